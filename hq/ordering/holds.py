"""Holds: goods and a place in the day promised for a while, until a payment makes them an order."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from app.domain.events import canonical
from app.domain.offers import quarter_to_book, quarters
from app.domain.window import Window
from hq import bulk, stores
from hq.goods import catalogue, stock
from hq.goods.catalogue import Product
from hq.goods.stock import Allocation, Move, deciding
from hq.mall import sessions
from hq.money import takings
from hq.money.takings import Payment, Taking
from hq.ordering import loads
from hq.ordering.book import OrderLineRow
from hq.ordering.refusals import short
from hq.problems import Rejection, conflict, missing
from hq.routing import Need, Outcome, WindowOption, decide
from hq.schema import checkouts
from hq.stores import Locked, StoreRow
from hq.work import Done, Work

PAY_WITHIN = timedelta(minutes=15)
_BY_KEYS = select(checkouts).where(checkouts.c.client_key.in_(bindparam("client_keys", expanding=True)))
_BY_ID = select(checkouts).where(checkouts.c.store_id == bindparam("store_id"), checkouts.c.id == bindparam("id"))
_DUE = (
    select(checkouts)
    .where(checkouts.c.status == "open", checkouts.c.expires_at <= bindparam("now"))
    .order_by(checkouts.c.expires_at)
    .limit(bindparam("at_most"))
)


class Standing(StrEnum):
    """Where a hold stands."""

    OPEN = "open"
    ORDERED = "ordered"
    EXPIRED = "expired"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be held, priced and checked by whoever sells it; `lines` have the prices that are paid."""

    store_number: int
    window: Window
    lines: tuple[OrderLineRow, ...]
    customer_id: str
    customer_name: str
    customer_phone: str
    note: str = ""
    collector_name: str = ""
    collector_relation: str = ""
    language: str = "zh"
    consents: str = ""
    session_id: str | None = None
    group_id: str | None = None
    discount_fen: int = 0
    replaces: int | None = None
    # Empty: nothing is to be paid, another order's payment goes along.
    provider: str = ""
    keep: timedelta = PAY_WITHIN
    windows: tuple[WindowOption, ...] = ()

    @property
    def total_fen(self) -> int:
        """What it costs."""
        return sum(line.price_fen * line.quantity for line in self.lines)

    @property
    def needs(self) -> tuple[Need, ...]:
        """What it takes from the stock."""
        return tuple(Need(line.product_number, line.quantity) for line in self.lines)


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold as HQ keeps it; `wish` is JSON, read by `lines` and `person`."""

    store_id: str
    id: str
    client_key: str
    fingerprint: str
    status: str
    session_id: str | None
    customer_id: str
    wish: str
    opens: int
    length: int
    quarter: int | None
    group_id: str | None
    total_fen: int
    discount_fen: int
    created_at: datetime
    expires_at: datetime
    order_number: int | None

    @property
    def window(self) -> Window:
        """When it may be collected."""
        return Window.of_minutes(self.opens, self.length)

    @property
    def told(self) -> dict[str, Any]:
        """Everything about the customer, and what the order replaces."""
        told: dict[str, Any] = json.loads(self.wish)
        return told

    @property
    def lines(self) -> tuple[OrderLineRow, ...]:
        """What is held, at the prices that are paid."""
        return tuple(OrderLineRow(*line) for line in self.told["lines"])

    @property
    def needs(self) -> tuple[Need, ...]:
        """What it takes from the stock; promised already while the hold is open."""
        return tuple(Need(line.product_number, line.quantity, held=True) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Held:
    """A hold, the payment that is asked for it, and whether this call made them."""

    hold: HoldRow
    payment: Payment | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """The use-case: hold goods under the client's key, once for ever."""

    client_key: str
    wanted: Wanted

    def __call__(self, work: Work) -> Held:
        """Hold them alone."""
        held: Held = hold_all(work, [self])[0].answer()
        return held

    def with_others(self, work: Work, same: Sequence[Hold]) -> list[Done]:
        """Hold several."""
        return hold_all(work, same)


@dataclass(slots=True)
class _Market:
    stores: dict[int, Locked]
    products: dict[int, Product]
    allocation: Allocation
    booked: dict[str, dict[int, int]] = field(default_factory=dict)
    new: list[tuple[HoldRow, Payment | None]] = field(default_factory=list)


def hold_all(work: Work, holds: Sequence[Hold]) -> list[Done]:
    """Hold goods for several customers; what is held under a key already is answered with it."""
    found = work.conn.execute(_BY_KEYS, {"client_keys": sorted({hold.client_key for hold in holds})})
    known = {row.client_key: HoldRow(*row) for row in found}
    market = _look_around(work, [hold for hold in holds if hold.client_key not in known])
    done: list[Done] = []
    for hold in holds:
        fingerprint = _fingerprint(hold.wanted)
        row = known.get(hold.client_key)
        if row:
            done.append(_again(work, row, fingerprint))
            continue
        done.append(_try(work, market, hold, fingerprint))
        if done[-1].value:
            known[hold.client_key] = done[-1].value.hold
    _write(work, market)
    return done


def find(conn: Connection, store_id: str, hold_id: str) -> HoldRow | None:
    """Return a hold of a store."""
    row = conn.execute(_BY_ID, {"store_id": store_id, "id": hold_id}).first()
    return HoldRow(*row) if row else None


def by_client_key(conn: Connection, client_key: str) -> HoldRow | None:
    """Return what is held under a client's key."""
    row = conn.execute(_BY_KEYS, {"client_keys": [client_key]}).first()
    return HoldRow(*row) if row else None


def get(conn: Connection, store_id: str, hold_id: str) -> HoldRow:
    """Return a hold of a store, or refuse."""
    row = find(conn, store_id, hold_id)
    if row is None:
        raise missing("checkout", "There is no such checkout.")
    return row


def due(conn: Connection, now: datetime, most: int = 200) -> list[HoldRow]:
    """Return open holds whose time is over."""
    return [HoldRow(*row) for row in conn.execute(_DUE, {"now": now, "at_most": most})]


def let_go(work: Work, hold: HoldRow, standing: Standing) -> bool:
    """Give back what an open hold promised; tell whether it was open. The caller has locked the store."""
    if not _close(work, hold, standing):
        return False
    moves = [Move(need.product_number, 0, -need.quantity) for need in hold.needs]
    stock.tell(work, hold.store_id, moves, cause=f"{standing}:{hold.id}", kind=standing.value)
    loads.release(work, hold.store_id, hold.quarter)
    return True


def become(work: Work, hold: HoldRow, number: int) -> bool:
    """Turn a hold into an order's; tell whether it was open, and not over before its payment came."""
    if _close(work, hold, Standing.ORDERED, order_number=number):
        return True
    where = (checkouts.c.store_id == hold.store_id, checkouts.c.id == hold.id)
    work.conn.execute(update(checkouts).where(*where).values(status=Standing.ORDERED.value, order_number=number))
    return False


def room_in(
    work: Work, store: StoreRow, window: Window, booked: Mapping[int, int] | None = None
) -> tuple[bool, int | None]:
    """Tell whether the store can take one more order in a window, and which quarter of an hour it is booked into."""
    if store.capacity is None:
        return True, None
    span = quarters(window)
    load = booked if booked is not None else loads.load(work.conn, store.id, span.start, span.stop)
    quarter = quarter_to_book(window, load, store.capacity)
    return quarter is not None, quarter


def book_room(work: Work, store_id: str, quarter: int | None) -> None:
    """Book one order into a quarter of an hour that `room_in` found."""
    if quarter is not None:
        loads.book(work, [(store_id, quarter)])


def _close(work: Work, hold: HoldRow, standing: Standing, **more: Any) -> bool:
    where = (
        checkouts.c.store_id == hold.store_id,
        checkouts.c.id == hold.id,
        checkouts.c.status == Standing.OPEN.value,
    )
    return bool(work.conn.execute(update(checkouts).where(*where).values(status=standing.value, **more)).rowcount)


def _look_around(work: Work, holds: Sequence[Hold]) -> _Market:
    locked = stores.lock_several(work, {hold.wanted.store_number for hold in holds})
    needed: dict[str, set[int]] = defaultdict(set)
    for hold in holds:
        if hold.wanted.store_number in locked:
            asked = {line.product_number for line in hold.wanted.lines}
            needed[locked[hold.wanted.store_number].row.id] |= asked
    numbers = {number for asked in needed.values() for number in asked}
    return _Market(locked, catalogue.find(work.conn, numbers) if numbers else {}, Allocation(work, needed))


def _again(work: Work, row: HoldRow, fingerprint: str) -> Done:
    if row.fingerprint != fingerprint:
        error = conflict("idempotency_key", "This Idempotency-Key was used for another checkout: take a new one.")
        return Done(error=error)
    return Done(Held(row, takings.of_checkout(work.conn, row.store_id, row.id), is_new=False))


def _try(work: Work, market: _Market, hold: Hold, fingerprint: str) -> Done:
    try:
        return Done(_admit(work, market, hold, fingerprint))
    except Rejection as refused:
        return Done(error=refused)


def _admit(work: Work, market: _Market, hold: Hold, fingerprint: str) -> Held:
    wanted = hold.wanted
    locked = market.stores.get(wanted.store_number)
    if locked is None:
        raise stores.none_such(wanted.store_number)
    store = locked.row
    room, quarter = room_in(work, store, wanted.window, _booked(work, market, store, wanted.window))
    balances = deciding(market.allocation.balances(store.id), wanted.needs, market.products)
    decision = decide(wanted.needs, balances, active=store.active, room=room)
    if decision.outcome is Outcome.SHORTAGE:
        among = sessions.stores_of(work.conn, wanted.session_id)
        raise short(work, store, wanted.needs, decision, market.products, wanted.windows, among)
    row = _row(work, store, hold, fingerprint, quarter)
    market.allocation.take(store.id, wanted.needs, f"checkout:{row.id}", None)
    if quarter is not None:
        market.booked[store.id][quarter] = market.booked[store.id].get(quarter, 0) + 1
    payment = _payment(work, row, wanted.provider) if wanted.provider else None
    market.new.append((row, payment))
    return Held(row, payment, is_new=True)


def _booked(work: Work, market: _Market, store: StoreRow, window: Window) -> dict[int, int]:
    if store.capacity is None:
        return {}
    if store.id not in market.booked:
        first = int(work.now.timestamp()) // 900
        market.booked[store.id] = loads.load(
            work.conn, store.id, first, max(quarters(window).stop, first + loads.HORIZON)
        )
    return market.booked[store.id]


def _row(work: Work, store: StoreRow, hold: Hold, fingerprint: str, quarter: int | None) -> HoldRow:
    wanted = hold.wanted
    return HoldRow(
        store_id=store.id,
        id=work.new_id(),
        client_key=hold.client_key,
        fingerprint=fingerprint,
        status=Standing.OPEN.value,
        session_id=wanted.session_id,
        customer_id=wanted.customer_id,
        wish=json.dumps(_told(wanted), ensure_ascii=False),
        opens=wanted.window.opens_minute,
        length=wanted.window.length,
        quarter=quarter,
        group_id=wanted.group_id,
        total_fen=wanted.total_fen,
        discount_fen=wanted.discount_fen,
        created_at=work.now,
        expires_at=work.now + wanted.keep,
        order_number=None,
    )


def _told(wanted: Wanted) -> dict[str, Any]:
    return {
        "lines": [list(asdict(line).values()) for line in wanted.lines],
        "name": wanted.customer_name,
        "phone": wanted.customer_phone,
        "note": wanted.note,
        "collector_name": wanted.collector_name,
        "collector_relation": wanted.collector_relation,
        "language": wanted.language,
        "consents": wanted.consents,
        "replaces": wanted.replaces,
    }


def _payment(work: Work, row: HoldRow, provider: str) -> Payment:
    return Payment(
        store_id=row.store_id,
        id=work.new_id(),
        checkout_id=row.id,
        order_number=None,
        provider=provider,
        provider_ref="",
        amount_fen=row.total_fen,
        refunded_fen=0,
        status=Taking.ASKED.value,
        asked_at=work.now,
        paid_at=None,
    )


def _write(work: Work, market: _Market) -> None:
    if not market.new:
        return
    market.allocation.write()
    loads.book(work, [(row.store_id, row.quarter) for row, _ in market.new if row.quarter is not None])
    bulk.add_rows(work.conn, checkouts, [row for row, _ in market.new])
    for _, payment in market.new:
        if payment:
            takings.add(work, payment)


def _fingerprint(wanted: Wanted) -> str:
    told = _told(replace(wanted, windows=()))
    window = [wanted.window.opens_minute, wanted.window.length]
    rest = [wanted.store_number, wanted.session_id, wanted.group_id, wanted.discount_fen]
    return hashlib.sha256(canonical([told, window, rest])).hexdigest()
