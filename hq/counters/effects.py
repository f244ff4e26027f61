"""What each kind of event does to HQ's books; a hand-over is a fact and is never refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from app.domain.events import Event, EventKind, stamp
from app.domain.order import Status
from hq import alerts, stores
from hq.counters import bodies, incidents, photos, shifts, shortfall
from hq.counters.terminals import Terminal
from hq.goods import sales, stock
from hq.ordering import book, chronicle, dispatch, shortages, telling
from hq.ordering.book import OrderRow
from hq.ordering.chronicle import HandOver, Told
from hq.ordering.shortages import Cause
from hq.ordering.story import Fact, FactKind
from hq.routing import Missing
from hq.schema import inbox
from hq.work import Work
from sync.wire import IncidentKind, Outcome

_LAST_REJECTION = (
    select(inbox.c.raw)
    .where(
        inbox.c.store_id == bindparam("store_id"),
        inbox.c.order_number == bindparam("number"),
        inbox.c.kind == EventKind.LINE_REJECTED.value,
    )
    .order_by(inbox.c.received_at.desc(), inbox.c.seq.desc())
    .limit(1)
)


class Unreadable(ValueError):
    """The event is not one that HQ can take; the message says why."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event did, and the version that its order has now."""

    outcome: Outcome = Outcome.APPLIED
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """An event with who sent it and its body read."""

    work: Work
    terminal: Terminal
    event: Event
    body: Any


def apply(work: Work, terminal: Terminal, event: Event) -> Effect:
    """Do what the event says; raise `ValueError` when its body cannot be read."""
    body_type, effect = _EFFECTS[event.kind]
    return effect(Report(work, terminal, event, body_type.model_validate(event.body)))


def _prepare(report: Report) -> Effect:
    detail = getattr(report.body, "shelf", "") or getattr(report.body, "to", "")
    told = _tell(report, _fact(report, detail=detail))
    if told is None:
        return _unknown()
    cancelled = told.after.status is Status.CANCELLED
    return _effect(told, "The order was cancelled." if cancelled else "")


def _put_back(report: Report) -> Effect:
    told = _tell(report, _fact(report))
    if told is None:
        return _unknown()
    back = told.after.status is Status.PUT_BACK
    return _effect(told, "" if back else "The order is not one that can be put back.")


def _reject_line(report: Report) -> Effect:
    body: bodies.LineRejected = report.body
    told = _tell(report, _fact(report, detail=body.reason[:200]))
    if told is None:
        return _unknown()
    lacking = {line.product_number: line.quantity for line in body.lines}
    stock.lose(report.work, report.terminal.store_id, lacking, cause=f"event:{report.event.id}")
    if told.before.status is Status.SHORTAGE or told.after.status is not Status.SHORTAGE:
        return _effect(told, "The order is not one that the store can reject.")
    return _effect(told, "")


def _count_stock(report: Report) -> Effect:
    body: bodies.StockCounted = report.body
    counted = {count.product_number: count.on_hand for count in body.counts}
    cause = f"event:{report.event.id}"
    stock.count(report.work, report.terminal.store_id, counted, cause=cause, by=report.event.by)
    _watch(report, counted)
    return Effect()


def _change_offer(report: Report) -> Effect:
    body: bodies.OfferChanged = report.body
    stock.offer(report.work, report.terminal.store_id, body.products, listed=body.listed)
    return Effect()


def _sell(report: Report) -> Effect:
    sales.add(report.work, report.terminal, report.event, report.body)
    _watch(report, [line.product_number for line in report.body.lines])
    return Effect()


def _watch(report: Report, numbers: Iterable[int]) -> None:
    """Call the operators when a fact leaves less than what is promised; once a day for each product."""
    store_id, today = report.terminal.store_id, f"{report.work.now:%Y-%m-%d}"
    for number, balance in stock.balances(report.work.conn, store_id, numbers).items():
        if balance.on_hand < balance.reserved:
            facts = {"product": number, "on_hand": balance.on_hand, "promised": balance.reserved}
            alerts.record(report.work, store_id, "overpromised", f"{number}:{today}", facts)


def _refund_sale(report: Report) -> Effect:
    known = sales.refund(report.work, report.terminal, report.event, report.body)
    return Effect() if known else Effect(Outcome.CONFLICT, "HQ knows no such sale of this store.")


def _hand_over(report: Report) -> Effect:
    body: bodies.HandedOver = report.body
    hand_over = HandOver(
        attempt_id=body.attempt_id,
        terminal_id=report.terminal.id,
        terminal=body.terminal or report.terminal.name,
        at=report.event.at,
        by=report.event.by,
        verdict=body.verdict,
        manager=body.manager,
        reason=body.reason,
        unguarded=body.unguarded,
        scan_seconds=body.scan_seconds,
        collector=body.collector,
    )
    told = _tell(report, _fact(report, attempt_id=body.attempt_id), hand_over)
    if body.photo:
        photos.announce(report.work, report.terminal.store_id, report.event, body.attempt_id, body.photo)
    if body.unguarded:
        _note(report, IncidentKind.UNGUARDED_HAND_OVER, body)
    if told is None:
        _note(report, IncidentKind.UNKNOWN_ORDER, body)
        return _unknown()
    if told.after.status is Status.CANCELLED:
        return _effect(told, "The order had been cancelled before; HQ recorded an incident.")
    if body.short and told.after.redemption == body.attempt_id:
        shortfall.settle(
            report.work, told.order, body.attempt_id, body.short, by=report.event.by, has_photo=bool(body.photo)
        )
    twice = body.attempt_id in dict(told.after.twice)
    return _effect(told, "The order had been handed over before; HQ recorded an incident." if twice else "")


def _revoke(report: Report) -> Effect:
    told = _tell(report, _fact(report, attempt_id=report.body.attempt_id))
    if told is None:
        return _unknown()
    stood = told.before.redemption == report.body.attempt_id
    if stood:
        shortfall.take_back(report.work, told.order, report.body.attempt_id, by=report.event.by)
        telling.revoked(report.work, told.order, report.body.attempt_id)
    return _effect(told, "" if stood else "This hand-over is not the one that counts for the order.")


def _accept_cancellation(report: Report) -> Effect:
    lead = stores.by_id(report.work.conn, report.terminal.store_id).lead_terminal
    if lead != report.terminal.id:
        return Effect(Outcome.CONFLICT, "Only the store's lead terminal accepts a cancellation.")
    told = _tell(report, _fact(report))
    if told is None:
        return _unknown()
    cancelled = told.after.status is Status.CANCELLED
    return _effect(told, "" if cancelled else "HQ does not ask for a cancellation of this order.")


def _close_shift(report: Report) -> Effect:
    known = not shifts.add(report.work, report.terminal, report.event, report.body)
    return Effect(Outcome.CONFLICT, "HQ has this shift already.") if known else Effect()


def _keep_only(_report: Report) -> Effect:
    return Effect()


def _close_incident(report: Report) -> Effect:
    body: bodies.IncidentClosed = report.body
    event = report.event
    closed = incidents.close(
        report.work, report.terminal.store_id, body.incident_id, at=event.at, by=event.by, reason=body.reason
    )
    return Effect() if closed else Effect(Outcome.CONFLICT, "There is no such open incident.")


def _tell(report: Report, fact: Fact, hand_over: HandOver | None = None) -> Told | None:
    number = report.event.order_number
    if number is None:
        raise Unreadable("The event does not say which order it is about.")
    # Only among this store's orders: another store's order is as unknown here as one that does not exist.
    order = book.find_in_store(report.work.conn, report.terminal.store_id, number)
    if order is None:
        return None
    told = chronicle.add(report.work, order, fact, by=report.event.by, hand_over=hand_over)
    if told.before.status is not Status.SHORTAGE and told.after.status is Status.SHORTAGE:
        _fall_short(report, told.order)
    return told


def _fall_short(report: Report, order: OrderRow) -> None:
    """Ask the customer; an event that came late may bring a rejection to bear that arrived before it."""
    last = shortages.latest(report.work.conn, order.store_id, order.number)
    rejection = _rejection(report, order)
    if rejection is None or (last and last.settled_at is None):
        return
    ordered = {line.product_number: line.quantity for line in book.lines(report.work.conn, order)}
    missing = [
        Missing(line.product_number, ordered[line.product_number], max(0, ordered[line.product_number] - line.quantity))
        for line in rejection.lines
        if line.product_number in ordered
    ]
    dispatch.fell_short(report.work, order, Cause.STORE, missing, rejection.reason)


def _rejection(report: Report, order: OrderRow) -> bodies.LineRejected | None:
    if isinstance(report.body, bodies.LineRejected):
        return report.body
    raw = report.work.conn.execute(_LAST_REJECTION, {"store_id": order.store_id, "number": order.number}).scalar()
    return bodies.LineRejected.model_validate(json.loads(raw)["body"]) if raw else None


def _fact(report: Report, *, attempt_id: str = "", detail: str = "") -> Fact:
    event = report.event
    return Fact(0, FactKind(event.kind.value), event.at, event.incarnation, event.seq, attempt_id, detail)


def _effect(told: Told, contradiction: str) -> Effect:
    outcome = Outcome.CONFLICT if contradiction else Outcome.APPLIED
    return Effect(outcome, contradiction, told.order.version)


def _unknown() -> Effect:
    return Effect(Outcome.CONFLICT, "HQ knows no such order of this store.")


def _note(report: Report, kind: IncidentKind, body: bodies.HandedOver) -> None:
    facts = {
        "attempt_id": body.attempt_id,
        "at": stamp(report.event.at),
        "by": report.event.by,
        "terminal": body.terminal or report.terminal.name,
        "manager": body.manager,
        "reason": body.reason,
    }
    number = report.event.order_number
    subject = incidents.about(number, body.attempt_id)
    incidents.record(report.work, report.terminal.store_id, kind, subject, facts, order_number=number)


_EFFECTS: dict[EventKind, tuple[type[bodies.Body], Callable[[Report], Effect]]] = {
    EventKind.PREPARATION_STARTED: (bodies.Nothing, _prepare),
    EventKind.PREPARED: (bodies.Prepared, _prepare),
    EventKind.PREPARATION_UNDONE: (bodies.Undone, _prepare),
    EventKind.HANDED_OVER: (bodies.HandedOver, _hand_over),
    EventKind.HAND_OVER_REVOKED: (bodies.Revoked, _revoke),
    EventKind.CANCELLATION_ACCEPTED: (bodies.Nothing, _accept_cancellation),
    EventKind.REFUSED: (bodies.Nothing, _keep_only),
    EventKind.INCIDENT_CLOSED: (bodies.IncidentClosed, _close_incident),
    EventKind.LINE_REJECTED: (bodies.LineRejected, _reject_line),
    EventKind.PUT_BACK: (bodies.Nothing, _put_back),
    EventKind.STOCK_COUNTED: (bodies.StockCounted, _count_stock),
    EventKind.OFFER_CHANGED: (bodies.OfferChanged, _change_offer),
    EventKind.SOLD: (bodies.Sold, _sell),
    EventKind.SALE_REFUNDED: (bodies.SaleRefunded, _refund_sale),
    EventKind.SHIFT_CLOSED: (bodies.ShiftClosed, _close_shift),
}
