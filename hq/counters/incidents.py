"""Incidents: what HQ found that a person must look at and close with a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from app.domain.events import canonical
from hq.counters import feed
from hq.messages.kinds import Kind
from hq.ordering import book, telling
from hq.schema import incidents
from hq.work import Work
from sync.wire import IncidentItem, IncidentKind

_BY_SUBJECT = select(incidents).where(
    incidents.c.store_id == bindparam("store_id"),
    incidents.c.incident == bindparam("incident"),
    incidents.c.subject == bindparam("subject"),
)
_BY_ID = select(incidents).where(incidents.c.store_id == bindparam("store_id"), incidents.c.id == bindparam("id"))
_OF_ORDER = select(incidents).where(
    incidents.c.store_id == bindparam("store_id"), incidents.c.order_number == bindparam("order_number")
)
_OF_STORE = select(incidents).where(incidents.c.store_id == bindparam("store_id")).order_by(incidents.c.id)
_EVERYWHERE = select(incidents).order_by(incidents.c.closed_at.is_not(None), incidents.c.id.desc())
_COUNT_OPEN = select(func.count()).select_from(incidents).where(incidents.c.closed_at.is_(None))


def about(order_number: int | None, attempt_id: str) -> str:
    """Return the subject of an incident about a hand-over."""
    return f"{order_number}:{attempt_id}"


def record(
    work: Work,
    store_id: str,
    kind: IncidentKind,
    subject: str,
    facts: Mapping[str, Any],
    *,
    order_number: int | None = None,
) -> None:
    """Open an incident about a subject, once; one that HQ had withdrawn opens again."""
    where = {"store_id": store_id, "incident": kind.value, "subject": subject}
    known = work.conn.execute(_BY_SUBJECT, where).first()
    if known is None:
        incident_id = work.new_id()
        story = {"facts": canonical(facts).decode(), "order_number": order_number, "opened_at": work.now}
        work.conn.execute(insert(incidents), {"id": incident_id, **where, **story})
        _publish(work, store_id, incident_id)
        _call_operators(work, store_id, kind, order_number)
    elif known.withdrawn:
        told = canonical(facts).decode()
        _set(work, store_id, known.id, closed_at=None, closed_by="", reason="", withdrawn=False, facts=told)


def revise(work: Work, store_id: str, known: Row[Any], facts: Mapping[str, Any]) -> None:
    """Tell an open incident's story as it is known now."""
    told = canonical(facts).decode()
    if known.closed_at is None and known.facts != told:
        _set(work, store_id, known.id, facts=told)


def withdraw(work: Work, store_id: str, incident_id: str, reason: str) -> None:
    """Close an open incident whose cause does not exist after all."""
    _set(work, store_id, incident_id, closed_at=work.now, closed_by="HQ", reason=reason, withdrawn=True)


def withdraw_about(work: Work, store_id: str, kind: IncidentKind, subject: str, reason: str) -> None:
    """Close the incident about a subject, if there is an open one."""
    known = work.conn.execute(_BY_SUBJECT, {"store_id": store_id, "incident": kind.value, "subject": subject}).first()
    if known and known.closed_at is None:
        withdraw(work, store_id, known.id, reason)


def close(work: Work, store_id: str, incident_id: str, *, at: datetime, by: str, reason: str) -> bool:
    """Close an incident of this store; tell whether there was one to close."""
    known = work.conn.execute(_BY_ID, {"store_id": store_id, "id": incident_id}).first()
    if known is None or known.closed_at is not None:
        return False
    _set(work, store_id, incident_id, closed_at=at, closed_by=by, reason=reason)
    return True


def of_order(conn: Connection, store_id: str, order_number: int) -> list[Row[Any]]:
    """Return the incidents about an order."""
    return list(conn.execute(_OF_ORDER, {"store_id": store_id, "order_number": order_number}).all())


def of_store(conn: Connection, store_id: str) -> list[IncidentItem]:
    """Return all incidents of a store, oldest first."""
    return [_item(row) for row in conn.execute(_OF_STORE, {"store_id": store_id})]


def _call_operators(work: Work, store_id: str, kind: IncidentKind, order_number: int | None) -> None:
    order = book.find_in_store(work.conn, store_id, order_number) if order_number is not None else None
    if order:
        telling.alert(work, Kind.INCIDENT_ALERT, order, f"incident:{kind}", {"reason": kind.value})


def everywhere(conn: Connection, *, limit: int = 200) -> list[tuple[str, IncidentItem]]:
    """Return incidents with their store's id, the open ones first, each kind of them newest first."""
    return [(row.store_id, _item(row)) for row in conn.execute(_EVERYWHERE.limit(limit))]


def count_open(conn: Connection) -> int:
    """Return how many incidents are open."""
    return conn.execute(_COUNT_OPEN).scalar_one()


def _set(work: Work, store_id: str, incident_id: str, **values: Any) -> None:
    where = (incidents.c.store_id == store_id, incidents.c.id == incident_id)
    work.conn.execute(update(incidents).where(*where).values(**values))
    _publish(work, store_id, incident_id)


def _publish(work: Work, store_id: str, incident_id: str) -> None:
    row = work.conn.execute(_BY_ID, {"store_id": store_id, "id": incident_id}).one()
    feed.publish(work, store_id, _item(row))


def _item(row: Row[Any]) -> IncidentItem:
    return IncidentItem(
        id=row.id,
        incident=IncidentKind(row.incident),
        order_number=row.order_number,
        opened_at=row.opened_at,
        facts=json.loads(row.facts),
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        reason=row.reason,
    )
