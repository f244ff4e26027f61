"""Carries routing decisions out: an order reaches its store, or its customer is asked what there shall be instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from app.domain.order import Status
from app.domain.window import Window
from hq import alerts, stores
from hq.goods import catalogue, stock
from hq.goods.catalogue import Product
from hq.goods.stock import deciding
from hq.mall import offers, sessions
from hq.ordering import book, orders, shortages, telling
from hq.ordering.book import OrderLineRow, OrderRow
from hq.ordering.holds import Hold, Wanted
from hq.ordering.shortages import Answer, Cause, Shortage
from hq.problems import conflict, invalid
from hq.routing import MOST_WINDOWS, Missing, Need, WindowOption, decide
from hq.stores import StoreRow
from hq.work import Work

_SHORTAGE = "shortage"
# Longer than a store may take to agree to the cancellation of what is being replaced.
_KEEP = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class InStore:
    """The customer takes the same from another store."""

    store_number: int


@dataclass(frozen=True, slots=True)
class OtherProduct:
    """The customer takes another product in place of a missing one."""

    instead_of: int
    product_number: int


@dataclass(frozen=True, slots=True)
class OtherWindow:
    """The customer comes at another time: epoch minutes and length."""

    opens: int
    length: int


Choice = InStore | OtherProduct | OtherWindow


def fell_short(work: Work, order: OrderRow, cause: Cause, missing: Sequence[Missing], detail: str = "") -> Shortage:
    """Find what there is instead, ask the customer, and call the operators; the order is in `shortage` already."""
    store = stores.by_id(work.conn, order.store_id)
    lines = book.lines(work.conn, order)
    products = catalogue.find(work.conn, [line.product_number for line in lines])
    needs = [Need(line.product_number, line.quantity) for line in lines]
    among = sessions.stores_of(work.conn, order.session_id)
    windows = _other_windows(work, order, store, needs, products)
    offered = work.shelf.alternatives(work.conn, store, needs, missing, products, windows, among=among)
    shortage = shortages.add(work, order.store_id, order.number, cause, missing, offered, detail)
    facts = {
        "label": order.label,
        "cause": cause.value,
        "detail": detail,
        "missing": [asdict(each) for each in missing],
        "stores": len(offered.stores),
        "products": len(offered.products),
    }
    alerts.record(work, order.store_id, _SHORTAGE, _subject(shortage), facts, order_number=order.number)
    telling.short(work, order, shortage.no)
    return shortage


def hold_for(conn: Connection, order: OrderRow, choice: Choice) -> Hold:
    """Return the hold of what the customer chose instead; it costs nothing, the order's payment goes along."""
    shortage = _open_shortage(conn, order)
    store = stores.by_id(conn, order.store_id)
    lines, window, number = book.lines(conn, order), order.window, store.number
    match choice:
        case InStore(store_number):
            if store_number not in {option.store_number for option in shortage.alternatives.stores}:
                raise invalid("choice", "This store is not among those that were offered.")
            number = store_number
        case OtherProduct(instead_of, product_number):
            lines = _exchanged(shortage, lines, instead_of, product_number)
        case OtherWindow(opens, length):
            if (opens, length) not in {(option.opens, option.length) for option in shortage.alternatives.windows}:
                raise invalid("choice", "This time is not among those that were offered.")
            window = Window.of_minutes(opens, length)
    wanted = Wanted(
        store_number=number,
        window=window,
        lines=lines,
        customer_id=order.customer_id or "",
        customer_name=order.customer_name,
        customer_phone=order.customer_phone,
        note=order.note,
        collector_name=order.collector_name,
        collector_relation=order.collector_relation,
        language=order.language,
        consents=order.consents,
        session_id=order.session_id,
        discount_fen=order.discount_fen,
        replaces=order.number,
        keep=_KEEP,
    )
    return Hold(f"instead:{order.number}:{shortage.no}:{choice}", wanted)


def accept(work: Work, number: int, store_id: str, hold_id: str) -> OrderRow:
    """Write down that the customer takes what is held for them; `settle` in `hq.ordering.replacing` does the rest."""
    order = orders.locked(work, number)
    shortage = shortages.latest(work.conn, order.store_id, order.number)
    if shortage and shortage.answer == Answer.ACCEPTED and shortage.chosen.get("checkout") == hold_id:
        return order
    _answer(work, order, Answer.ACCEPTED, f'{{"store":"{store_id}","checkout":"{hold_id}"}}')
    return order


def refuse(work: Work, number: int, answer: Answer = Answer.REFUSED) -> OrderRow:
    """Write down that the customer wants the money back; a second time changes nothing."""
    order = orders.locked(work, number)
    shortage = shortages.latest(work.conn, order.store_id, order.number)
    if shortage and shortage.answer in {Answer.REFUSED, Answer.SILENT}:
        return order
    _answer(work, order, answer, "{}")
    return order


def resolved(work: Work, shortage: Shortage, how: str) -> None:
    """Write down that a shortage is carried out, and close its alert."""
    shortages.change(work, shortage, settled_at=work.now)
    alerts.settle(work, shortage.store_id, _SHORTAGE, _subject(shortage), how)


def _other_windows(
    work: Work, order: OrderRow, store: StoreRow, needs: Sequence[Need], products: Mapping[int, Product]
) -> tuple[WindowOption, ...]:
    """Return when the same store could serve the order, if the goods are there and only the time was wrong."""
    balances = deciding(stock.balances(work.conn, store.id, products), needs, products)
    if order.session_id is None or decide(needs, balances, active=store.active).missing:
        return ()
    session = sessions.by_id(work.conn, order.session_id)
    lead = max((product.lead_minutes for product in products.values()), default=0)
    free = [
        offer.window
        for offer in offers.windows_of(work.conn, session, store, lead, work.now)
        if offer.why is None and offer.window != order.window
    ]
    return tuple(WindowOption(each.opens_minute, each.length) for each in free[:MOST_WINDOWS])


def _answer(work: Work, order: OrderRow, answer: Answer, chosen: str) -> None:
    shortage = _open_shortage(work.conn, order)
    shortages.change(work, shortage, answer=answer.value, answered_at=work.now, chosen=chosen)


def _open_shortage(conn: Connection, order: OrderRow) -> Shortage:
    shortage = shortages.latest(conn, order.store_id, order.number)
    if shortage is None or order.status != Status.SHORTAGE:
        raise conflict("no_shortage", f"Order {order.label} is not short of anything.")
    if shortage.answer:
        raise conflict("answered", f"What shall become of order {order.label} was decided already.")
    return shortage


def _exchanged(
    shortage: Shortage, lines: tuple[OrderLineRow, ...], instead_of: int, product_number: int
) -> tuple[OrderLineRow, ...]:
    offered = {(option.instead_of, option.product_number): option for option in shortage.alternatives.products}
    option = offered.get((instead_of, product_number))
    if option is None:
        raise invalid("choice", "This product is not among those that were offered.")
    changed = [
        replace(
            line,
            product_number=option.product_number,
            name=option.name,
            price_fen=min(line.price_fen, option.price_fen),
        )
        if line.product_number == instead_of
        else line
        for line in lines
    ]
    merged: dict[int, OrderLineRow] = {}
    for line in changed:
        same = merged.get(line.product_number)
        merged[line.product_number] = replace(line, quantity=line.quantity + same.quantity) if same else line
    return tuple(merged.values())


def _subject(shortage: Shortage) -> str:
    return f"{shortage.order_number}:{shortage.no}"
