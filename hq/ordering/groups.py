"""Group buys: customers who order together at one store collect on the same day, or all get their money back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, insert, select, update

from app.domain.offers import group_window
from app.domain.order import Status
from app.domain.rules import GroupRule
from app.domain.window import Window
from hq import alerts
from hq.counters import feed
from hq.mall import sessions
from hq.ordering import book, chronicle, holds, loads, opening, telling
from hq.ordering.book import OrderRow
from hq.ordering.holds import HoldRow
from hq.ordering.story import Fact, FactKind
from hq.schema import groups, orders
from hq.stores import StoreRow
from hq.work import Work

_BY_ID = select(groups).where(groups.c.store_id == bindparam("store_id"), groups.c.id == bindparam("id"))
_DUE = (
    select(groups)
    .where(groups.c.status == "forming", groups.c.deadline_at <= bindparam("now"))
    .order_by(groups.c.deadline_at)
    .limit(bindparam("at_most"))
)
_MEMBERS = (
    select(orders)
    .where(
        orders.c.store_id == bindparam("store_id"),
        orders.c.group_id == bindparam("group_id"),
        orders.c.status == Status.AWAITING_GROUP.value,
    )
    .order_by(orders.c.number)
)


class Forming(StrEnum):
    """Where a group stands."""

    FORMING = "forming"
    COMPLETE = "complete"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Group:
    """A group: how many are wanted and have paid, and until when."""

    store_id: str
    id: str
    session_id: str
    wanted: int
    joined: int
    status: str
    opened_at: datetime
    deadline_at: datetime
    closed_at: datetime | None


def find(conn: Connection, store_id: str, group_id: str) -> Group | None:
    """Return a group of a store."""
    row = conn.execute(_BY_ID, {"store_id": store_id, "id": group_id}).first()
    return Group(*row) if row else None


def of_hold(work: Work, store: StoreRow, hold: HoldRow) -> Group | None:
    """Return the group that a paid hold joins: the one it names while that forms, else a new one."""
    if hold.session_id is None:
        return None
    rule = sessions.rules_of(work.conn, hold.session_id).window
    if not isinstance(rule, GroupRule) or hold.told["replaces"] is not None:
        return None
    group = find(work.conn, store.id, hold.group_id) if hold.group_id else None
    if (
        group
        and group.status == Forming.FORMING
        and group.joined < group.wanted
        and group.session_id == hold.session_id
    ):
        return group
    return _open(work, store, hold.session_id, rule)


def join(work: Work, store: StoreRow, group: Group) -> Group:
    """Count a member in; the last one completes the group and sends every order to the store."""
    group = replace(group, joined=group.joined + 1)
    _set(work, group, joined=group.joined)
    if group.joined < group.wanted:
        return group
    group = replace(group, status=Forming.COMPLETE.value, closed_at=work.now)
    _set(work, group, status=group.status, closed_at=work.now)
    _collect_together(work, store, group)
    return group


def due(conn: Connection, now: datetime, most: int = 100) -> list[Group]:
    """Return groups that did not fill in time."""
    return [Group(*row) for row in conn.execute(_DUE, {"now": now, "at_most": most})]


def fail(work: Work, group: Group) -> None:
    """Give a group up: every member is told, and gets the money back."""
    feed.lock(work, group.store_id)
    known = find(work.conn, group.store_id, group.id)
    if known is None or known.status != Forming.FORMING:
        return
    _set(work, known, status=Forming.FAILED.value, closed_at=work.now)
    for order in _members(work.conn, known):
        telling.group_failed(work, order)
        chronicle.add(work, replace(order, cancel_reason="group"), Fact(0, FactKind.CANCELLED, work.now), by="HQ")


def _members(conn: Connection, group: Group) -> list[OrderRow]:
    found = conn.execute(_MEMBERS, {"store_id": group.store_id, "group_id": group.id})
    return [OrderRow(*row) for row in found]


def _open(work: Work, store: StoreRow, session_id: str, rule: GroupRule) -> Group:
    group = Group(
        store_id=store.id,
        id=work.new_id(),
        session_id=session_id,
        wanted=rule.size,
        joined=0,
        status=Forming.FORMING.value,
        opened_at=work.now,
        deadline_at=rule.fails_at(work.now),
        closed_at=None,
    )
    work.conn.execute(insert(groups), {name: getattr(group, name) for name in Group.__slots__})
    return group


def _collect_together(work: Work, store: StoreRow, group: Group) -> None:
    rule = sessions.rules_of(work.conn, group.session_id).window
    window = _day_of(work, store, rule) if isinstance(rule, GroupRule) else None
    if window is None:
        facts = {"group": group.id, "wanted": group.wanted}
        alerts.record(work, store.id, "group_without_day", group.id, facts)
    for order in _members(work.conn, group):
        routed = order if window is None else _in_window(work, store, order, window)
        chronicle.add(work, routed, Fact(0, FactKind.ROUTED, work.now), by="HQ")
        telling.assigned(work, routed)


def _day_of(work: Work, store: StoreRow, rule: GroupRule) -> Window | None:
    zone, hours = ZoneInfo(store.time_zone), opening.hours_of(store)
    load = loads.ahead(work.conn, store, work.now)
    together = group_window(rule, work.now, zone=zone, hours=hours, load=load, capacity=store.capacity)
    # A store that is full for weeks still serves a group that was promised to be served.
    return together or group_window(rule, work.now, zone=zone, hours=hours)


def _in_window(work: Work, store: StoreRow, order: OrderRow, window: Window) -> OrderRow:
    loads.release(work, order.store_id, order.quarter)
    _, quarter = holds.room_in(work, store, window)
    holds.book_room(work, store.id, quarter)
    return book.save(work, replace(order, opens=window.opens_minute, length=window.length, quarter=quarter))


def _set(work: Work, group: Group, **values: Any) -> None:
    where = (groups.c.store_id == group.store_id, groups.c.id == group.id)
    work.conn.execute(update(groups).where(*where).values(**values))
    # Nothing for the store yet, but its members' pages are open on their phones.
    work.touched.add(group.store_id)
