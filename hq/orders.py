"""Orders: placed once per client key, cancelled, rescheduled."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.domain.events import canonical, stamp
from app.domain.lookup import QueryKind, keyed_hash
from app.domain.order import AT_STORE, Status
from app.domain.window import Window
from hq import book, catalogue, chronicle, feed, keys, stores, views
from hq.book import OrderLineRow, OrderRow
from hq.problems import conflict, invalid, missing
from hq.story import Fact, FactKind
from hq.views import OrderView
from hq.work import Work
from sync.wire import ProductItem

MAX_LINES = 50
MAX_QUANTITY = 999
MAX_NAME = 60
MAX_NOTE = 200
LONGEST_WINDOW = timedelta(days=7)
FURTHEST_WINDOW = timedelta(days=366)
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_PHONE_DIGITS = range(5, 16)


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What a customer wishes; `lines` are (product number, quantity)."""

    store_number: int
    opens: datetime
    closes: datetime
    customer_name: str
    customer_phone: str
    lines: tuple[tuple[int, int], ...]
    note: str = ""


def place(work: Work, client_key: str, wish: NewOrder) -> tuple[OrderView, bool]:
    """Place an order, paid and assigned to its store; the same key again returns the same order and `False`."""
    fingerprint = _fingerprint(wish)
    number, known = _free_number(work, client_key)
    if known:
        if known.fingerprint != fingerprint:
            raise conflict("idempotency_key", "This Idempotency-Key was used for another order: take a new one.")
        return views.in_work(work, known), False
    store = stores.locked(work, wish.store_number)
    window = _checked_window(wish.opens, wish.closes, work.now)
    lines = _checked_lines(work.conn, wish.lines)
    row = _new_row(work, wish, store, number, window, lines, client_key=client_key, fingerprint=fingerprint)
    book.add(work, row, lines)
    return views.compose(row, store, lines, keys.signer_of(work), work.vault, work.now), True


def cancel(work: Work, number: int, reason: str) -> OrderRow:
    """Cancel an order, or ask its store to: where a lead terminal holds the claims, only that may say yes."""
    order = _locked(work, number)
    if order.status == Status.CANCELLED or order.cancel_requested:
        return order
    if order.status == Status.COMPLETED:
        raise conflict("completed", f"Order {order.label} was handed over already.")
    store = stores.by_id(work.conn, order.store_id)
    asks = store.lead_terminal is not None and Status(order.status) in AT_STORE
    kind = FactKind.CANCELLATION_REQUESTED if asks else FactKind.CANCELLED
    order = replace(order, cancel_reason=reason)
    return chronicle.add(work, order, Fact(0, kind, work.now), by="HQ").order


def reschedule(work: Work, number: int, opens: datetime, closes: datetime) -> OrderRow:
    """Move an order to another window under its next issue; codes of older issues are worth nothing then."""
    order = _locked(work, number)
    window = _checked_window(opens, closes, work.now)
    if order.window == window:
        return order
    if order.status in {Status.COMPLETED, Status.CANCELLED} or order.cancel_requested:
        raise conflict("closed", f"Order {order.label} is closed: its window cannot be moved.")
    return book.save(work, replace(order, issue=order.issue + 1, opens=window.opens_minute, length=window.length))


def get(conn: Connection, number: int) -> OrderRow:
    """Return an order, or refuse."""
    # What no column can hold is no order either.
    order = book.find(conn, number) if 0 <= number < 2**63 else None
    if order is None:
        raise missing("order", f"There is no order {number}.")
    return order


def _locked(work: Work, number: int) -> OrderRow:
    feed.lock(work, get(work.conn, number).store_id)
    return get(work.conn, number)


def _new_row(
    work: Work,
    wish: NewOrder,
    store: stores.StoreRow,
    number: int,
    window: Window,
    lines: tuple[OrderLineRow, ...],
    *,
    client_key: str,
    fingerprint: str,
) -> OrderRow:
    phone = _checked_phone(wish.customer_phone)
    attempt, short_code_hash = book.free_short_code(work, store.id, number, store.lookup_key)
    return OrderRow(
        store_id=store.id,
        number=number,
        id=work.new_id(),
        version=1,
        status=Status.ASSIGNED.value,
        payment="paid",
        issue=0,
        opens=window.opens_minute,
        length=window.length,
        customer_name=_checked_text(wish.customer_name, "name", MAX_NAME),
        customer_phone=phone,
        note=_checked_text(wish.note, "note", MAX_NOTE),
        shelf="",
        total_fen=sum(line.price_fen * line.quantity for line in lines),
        short_code_attempt=attempt,
        short_code_hash=short_code_hash,
        phone_tail_hash=keyed_hash(store.lookup_key, QueryKind.PHONE_TAIL, phone[-4:]),
        cancel_requested=False,
        cancel_reason="",
        placed_at=work.now,
        paid_at=work.now,
        assigned_at=work.now,
        client_key=client_key,
        fingerprint=fingerprint,
    )


def _free_number(work: Work, client_key: str) -> tuple[int, OrderRow | None]:
    """Return a number that no order has, and the order that the client's key stands for already."""
    millis = (work.now - EPOCH) // timedelta(milliseconds=1)
    while True:
        number = millis << 12 | work.random_bits(12)
        same = book.find_same(work.conn, client_key, number)
        known = next((order for order in same if order.client_key == client_key), None)
        if known or not same:
            return number, known
        # A millisecond holds 4,096 numbers; a burst that collides borrows from the next one.
        millis += 1


def _checked_window(opens: datetime, closes: datetime, now: datetime) -> Window:
    if opens.second or opens.microsecond or closes.second or closes.microsecond:
        raise invalid("window", "A pickup window opens and closes on a whole minute.")
    if closes <= opens:
        raise invalid("window", "A pickup window closes after it opens.")
    if closes <= now:
        raise invalid("window", "This pickup window is over already.")
    if closes - opens > LONGEST_WINDOW:
        raise invalid("window", f"A pickup window is at most {LONGEST_WINDOW.days} days long.")
    if opens - now > FURTHEST_WINDOW:
        raise invalid("window", "A pickup window opens within a year.")
    return Window(opens.astimezone(UTC), closes.astimezone(UTC))


def _checked_lines(conn: Connection, lines: tuple[tuple[int, int], ...]) -> tuple[OrderLineRow, ...]:
    if not 1 <= len(lines) <= MAX_LINES:
        raise invalid("lines", f"An order has 1 to {MAX_LINES} lines, this one has {len(lines)}.")
    if len({number for number, _ in lines}) < len(lines):
        raise invalid("lines", "An order names each product once, with its quantity.")
    products = catalogue.find(conn, (number for number, _ in lines))
    return tuple(_checked_line(products.get(number), number, quantity) for number, quantity in lines)


def _checked_line(product: ProductItem | None, number: int, quantity: int) -> OrderLineRow:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise invalid("quantity", f"Order 1 to {MAX_QUANTITY} of product {number}, not {quantity}.")
    if product is None:
        raise invalid("product", f"There is no product {number}.")
    if not product.active:
        raise invalid("product", f"{product.name} is not for sale at the moment.")
    return OrderLineRow(number, quantity, product.name, product.price_fen)


def _checked_phone(phone: str) -> str:
    digits = phone.replace(" ", "").replace("-", "").removeprefix("+86").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) in _PHONE_DIGITS):
        raise invalid("phone", "A phone number has 5 to 15 digits.")
    return digits


def _checked_text(text: str, what: str, longest: int) -> str:
    text = " ".join(text.split())
    if len(text) > longest:
        raise invalid(what, f"The {what} is longer than {longest} characters.")
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise invalid(what, f"The {what} holds characters that cannot be printed.")
    return text


def _fingerprint(wish: NewOrder) -> str:
    told = [
        wish.store_number,
        stamp(wish.opens),
        stamp(wish.closes),
        wish.customer_name,
        wish.customer_phone,
        [list(line) for line in wish.lines],
        wish.note,
    ]
    return hashlib.sha256(canonical(told)).hexdigest()
