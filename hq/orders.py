"""Orders: placed once per client key, cancelled, rescheduled, and shown with their codes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.domain.code import PickupCode
from app.domain.events import canonical, stamp
from app.domain.lookup import QueryKind, keyed_hash
from app.domain.order import AT_STORE, Status
from app.domain.window import Window
from hq import book, catalogue, chronicle, feed, keys, page_address, stores
from hq.book import OrderLineRow, OrderRow
from hq.problems import conflict, invalid, missing
from hq.story import Fact, FactKind
from hq.vault import Vault
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


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as the customer and the operators are shown it, with its codes."""

    row: OrderRow
    store: stores.StoreRow
    lines: tuple[OrderLineRow, ...]
    status: Status
    short_code: str
    pickup_code: str
    page_token: str


def place(work: Work, client_key: str, wish: NewOrder) -> tuple[OrderRow, bool]:
    """Place an order, paid and assigned to its store; the same key again returns the same order and `False`."""
    fingerprint = _fingerprint(wish)
    known = book.find_by_client_key(work.conn, client_key)
    if known:
        if known.fingerprint != fingerprint:
            raise conflict("idempotency_key", "This Idempotency-Key was used for another order: take a new one.")
        return known, False
    store = stores.get(work.conn, wish.store_number)
    feed.lock(work, store.id)
    window = _checked_window(wish.opens, wish.closes, work.now)
    products = _checked_products(work.conn, wish.lines)
    row = _new_row(work, client_key, fingerprint, wish, store, window, products)
    its_lines = tuple(
        OrderLineRow(number, quantity, products[number].name, products[number].price_fen)
        for number, quantity in wish.lines
    )
    book.add(work, row, its_lines)
    return row, True


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
    order = book.find(conn, number)
    if order is None:
        raise missing("order", f"There is no order {number}.")
    return order


def view(conn: Connection, vault: Vault, now: datetime, order: OrderRow) -> OrderView:
    """Return an order with its codes; the pickup code is signed anew, by the key that signs now."""
    lines = book.lines(conn, order)
    store = stores.by_id(conn, order.store_id)
    signer = keys.signer(conn, vault, now)
    carried = tuple((line.product_number, line.quantity) for line in lines)
    code = PickupCode(signer.key_id, store.number, order.number, order.issue, order.window, carried)
    return OrderView(
        row=order,
        store=store,
        lines=lines,
        status=order.status_at(now),
        short_code=order.short_code(vault.secret("short-code")),
        pickup_code=signer.text(code),
        page_token=page_address.token(vault.secret("page"), order.number),
    )


def _locked(work: Work, number: int) -> OrderRow:
    feed.lock(work, get(work.conn, number).store_id)
    return get(work.conn, number)


def _new_row(
    work: Work,
    client_key: str,
    fingerprint: str,
    wish: NewOrder,
    store: stores.StoreRow,
    window: Window,
    products: dict[int, ProductItem],
) -> OrderRow:
    phone = _checked_phone(wish.customer_phone)
    number = _free_number(work)
    attempt, short_code_hash = book.free_short_code(work, store.id, number, store.lookup_key)
    return OrderRow(
        store_id=store.id,
        number=number,
        id=work.new_id(),
        client_key=client_key,
        fingerprint=fingerprint,
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
        total_fen=sum(products[product].price_fen * quantity for product, quantity in wish.lines),
        short_code_attempt=attempt,
        short_code_hash=short_code_hash,
        phone_tail_hash=keyed_hash(store.lookup_key, QueryKind.PHONE_TAIL, phone[-4:]),
        cancel_requested=False,
        cancel_reason="",
        placed_at=work.now,
        paid_at=work.now,
        assigned_at=work.now,
    )


def _free_number(work: Work) -> int:
    millis = (work.now - EPOCH) // timedelta(milliseconds=1)
    while True:
        number = millis << 12 | work.random_bits(12)
        if book.find(work.conn, number) is None:
            return number
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


def _checked_products(conn: Connection, lines: tuple[tuple[int, int], ...]) -> dict[int, ProductItem]:
    if not 1 <= len(lines) <= MAX_LINES:
        raise invalid("lines", f"An order has 1 to {MAX_LINES} lines, this one has {len(lines)}.")
    products = catalogue.find(conn, (number for number, _ in lines))
    if len({number for number, _ in lines}) < len(lines):
        raise invalid("lines", "An order names each product once, with its quantity.")
    for number, quantity in lines:
        if not 1 <= quantity <= MAX_QUANTITY:
            raise invalid("quantity", f"Order 1 to {MAX_QUANTITY} of product {number}, not {quantity}.")
        if number not in products:
            raise invalid("product", f"There is no product {number}.")
        if not products[number].active:
            raise invalid("product", f"{products[number].name} is not for sale at the moment.")
    return products


def _checked_phone(phone: str) -> str:
    digits = phone.replace(" ", "").replace("-", "").removeprefix("+86").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) in _PHONE_DIGITS):
        raise invalid("phone", "A phone number has 5 to 15 digits.")
    return digits


def _checked_text(text: str, what: str, longest: int) -> str:
    text = text.strip()
    if len(text) > longest:
        raise invalid(what, f"The {what} is longer than {longest} characters.")
    if not text.isprintable():
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
