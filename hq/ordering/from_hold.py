"""Turns a hold into an order: routed again at that moment, joined to its group, or short with something to choose."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.order import Status
from hq import stores
from hq.counters import feed
from hq.goods import catalogue, stock
from hq.goods.stock import Allocation, Move, deciding
from hq.ordering import book, chronicle, decisions, dispatch, groups, holds, loads, numbering, telling
from hq.ordering.book import Draft, More, OrderRow
from hq.ordering.decisions import Decided
from hq.ordering.holds import HoldRow, Standing
from hq.ordering.shortages import Cause
from hq.ordering.story import Fact, FactKind
from hq.routing import Decision, Need, Outcome, decide
from hq.stores import StoreRow
from hq.work import Work


@dataclass(frozen=True, slots=True)
class _Routed:
    needs: tuple[Need, ...]
    allocation: Allocation
    decided: Decided
    quarter: int | None

    @property
    def decision(self) -> Decision:
        return self.decided.decision


def order_from(work: Work, hold: HoldRow) -> OrderRow:
    """Make the order that a hold is for; a hold that is an order already answers with it. Locks the store."""
    feed.lock(work, hold.store_id)
    hold = holds.get(work.conn, hold.store_id, hold.id)
    if hold.order_number is not None:
        known = book.find_in_store(work.conn, hold.store_id, hold.order_number)
        if known:
            return known
    store = stores.by_id(work.conn, hold.store_id)
    name = numbering.names(work, [store])[0]
    routed = _route(work, store, hold, name.number)
    group = groups.of_hold(work, store, hold)
    status = _status(routed.decision, waits_for_group=group is not None)
    row = book.row_of(work, _draft(hold, store, name, status, routed.quarter, group.id if group else None))
    lines = hold.lines
    head = stores.lock_several(work, [store.number])[store.number].seq
    book.add_several(work, [(row, lines)], {store.id: head})
    _settle_promises(work, hold, row, routed)
    if row.replaces is None:
        telling.placed(work, [(row, lines, store)])
    if status is Status.SHORTAGE:
        chronicle.add(work, row, Fact(0, FactKind.FELL_SHORT, work.now), by="HQ")
        dispatch.fell_short(work, row, Cause.ROUTING, routed.decision.missing)
    elif group:
        chronicle.add(work, row, Fact(0, FactKind.GROUP_JOINED, work.now), by="HQ")
        groups.join(work, store, group)
    return book.find_in_store(work.conn, store.id, row.number) or row


def _route(work: Work, store: StoreRow, hold: HoldRow, number: int) -> _Routed:
    held = hold.status == Standing.OPEN
    needs = tuple(Need(need.product_number, need.quantity, held=held) for need in hold.needs)
    allocation = Allocation(work, {store.id: {need.product_number for need in needs}})
    products = catalogue.find(work.conn, [need.product_number for need in needs])
    balances = deciding(allocation.balances(store.id), needs, products)
    # A hold that ran out gave its place in the day back.
    room, quarter = (True, hold.quarter) if held else holds.room_in(work, store, hold.window)
    decision = decide(needs, balances, active=store.active, room=room)
    decided = Decided(store.id, number, decision, needs, balances, hold.window)
    return _Routed(needs, allocation, decided, quarter)


def _settle_promises(work: Work, hold: HoldRow, row: OrderRow, routed: _Routed) -> None:
    held = holds.become(work, hold, row.number)
    assigned = routed.decision.outcome is Outcome.ASSIGNED
    if assigned and not held:
        routed.allocation.take(row.store_id, routed.needs, f"order:{row.number}", row.number)
        routed.allocation.write()
        holds.book_room(work, row.store_id, routed.quarter)
    elif held and not assigned:
        moves = [Move(need.product_number, 0, -need.quantity) for need in routed.needs]
        cause = f"order:{row.number}:{row.version}"
        stock.tell(work, row.store_id, moves, cause=cause, kind="shortage", order_number=row.number)
        loads.release(work, row.store_id, routed.quarter)
    decisions.record(work, [routed.decided])


def _status(decision: Decision, *, waits_for_group: bool) -> Status:
    if decision.outcome is Outcome.SHORTAGE:
        return Status.SHORTAGE
    return Status.AWAITING_GROUP if waits_for_group else Status.ASSIGNED


def _draft(
    hold: HoldRow, store: StoreRow, name: numbering.Name, status: Status, quarter: int | None, group_id: str | None
) -> Draft:
    told = hold.told
    return Draft(
        store=store,
        name=name,
        client_key=f"checkout:{hold.id}",
        fingerprint=hold.fingerprint,
        window=hold.window,
        lines=hold.lines,
        customer_name=told["name"],
        customer_phone=told["phone"],
        note=told["note"],
        status=status,
        more=More(
            session_id=hold.session_id,
            customer_id=hold.customer_id or None,
            checkout_id=hold.id,
            group_id=group_id,
            discount_fen=hold.discount_fen,
            quarter=quarter if status is not Status.SHORTAGE else None,
            collector_name=told["collector_name"],
            collector_relation=told["collector_relation"],
            language=told["language"],
            consents=told["consents"],
            replaces=told["replaces"],
        ),
    )
