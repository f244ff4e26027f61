"""What an operator sees first: today's orders by state, silent stores, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, func, select

from app.domain.order import Status
from hq import alerts
from hq.counters import contacts, incidents
from hq.counters.contacts import Contacts, Silence
from hq.schema import orders, stores, terminals

_TODAY = (
    select(orders.c.status, (orders.c.opens <= bindparam("minute")).label("is_open"))
    .where(orders.c.opens >= bindparam("start"), orders.c.opens < bindparam("end"))
    .subquery()
)
_BY_STATE = select(_TODAY.c.status, _TODAY.c.is_open, func.count()).group_by(_TODAY.c.status, _TODAY.c.is_open)
_STORES = select(func.count()).select_from(stores).where(stores.c.active)
_TERMINALS = select(func.count()).select_from(terminals).where(terminals.c.revoked_at.is_(None))


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of this moment; `by_state` counts the orders whose window opens today."""

    by_state: tuple[tuple[Status, int], ...]
    stores: int
    terminals: int
    silent: tuple[Silence, ...]
    open_incidents: int
    open_alerts: int


def look(conn: Connection, heard: Contacts, now: datetime, zone: ZoneInfo) -> Overview:
    """Return the figures."""
    return Overview(
        by_state=_states(conn, now, zone),
        stores=conn.execute(_STORES).scalar_one(),
        terminals=conn.execute(_TERMINALS).scalar_one(),
        silent=tuple(contacts.silent_stores(conn, heard, now)),
        open_incidents=incidents.count_open(conn),
        open_alerts=alerts.count_open(conn),
    )


def _states(conn: Connection, now: datetime, zone: ZoneInfo) -> tuple[tuple[Status, int], ...]:
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = (int(each.timestamp()) // 60 for each in (midnight, midnight + timedelta(days=1)))
    found = conn.execute(_BY_STATE, {"start": start, "end": end, "minute": int(now.timestamp()) // 60})
    counts: dict[Status, int] = {}
    for status, is_open, count in found:
        shown = Status.AWAITING_PICKUP if is_open and status == Status.PREPARED else Status(status)
        counts[shown] = counts.get(shown, 0) + count
    return tuple((status, counts[status]) for status in Status if status in counts)
