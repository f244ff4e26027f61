"""Alerts: what operators must look at, recorded once per subject, worked off and closed with a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from app.domain.events import canonical
from hq.problems import conflict, invalid, missing
from hq.schema import alerts
from hq.work import Work

MOST = 200
_LONGEST_REASON = 1000
_BY_SUBJECT = select(alerts).where(
    alerts.c.store_id == bindparam("store_id"),
    alerts.c.kind == bindparam("kind"),
    alerts.c.subject == bindparam("subject"),
)
_BY_ID = select(alerts).where(alerts.c.store_id == bindparam("store_id"), alerts.c.id == bindparam("id"))
_OPEN = select(alerts).where(alerts.c.closed_at.is_(None)).order_by(alerts.c.opened_at.desc()).limit(MOST)
_CLOSED = select(alerts).where(alerts.c.closed_at.is_not(None)).order_by(alerts.c.closed_at.desc()).limit(MOST)
_COUNT = select(func.count()).select_from(alerts).where(alerts.c.closed_at.is_(None))
_INSERT = insert(alerts)


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert; `facts` are JSON scalars that tell the story."""

    store_id: str
    id: str
    kind: str
    subject: str
    order_number: int | None
    facts: Mapping[str, Any]
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str
    reason: str


def record(
    work: Work, store_id: str, kind: str, subject: str, facts: Mapping[str, Any], order_number: int | None = None
) -> bool:
    """Open an alert about a subject, once for ever; tell whether this is news."""
    where = {"store_id": store_id, "kind": kind, "subject": subject}
    if work.conn.execute(_BY_SUBJECT, where).first():
        return False
    story = {"facts": canonical(facts).decode(), "order_number": order_number, "opened_at": work.now}
    row = {"id": work.new_id(), "closed_at": None, "closed_by": "", "reason": ""}
    work.conn.execute(_INSERT, {**where, **story, **row})
    return True


def close(work: Work, store_id: str, alert_id: str, *, by: str, reason: str) -> Alert:
    """Close an alert with a reason."""
    reason = reason.strip()
    if not reason or len(reason) > _LONGEST_REASON:
        raise invalid("reason", f"A reason has 1 to {_LONGEST_REASON} characters.")
    known = work.conn.execute(_BY_ID, {"store_id": store_id, "id": alert_id}).first()
    if known is None:
        raise missing("alert", "There is no such alert.")
    if known.closed_at is not None:
        raise conflict("alert_closed", f"{known.closed_by} closed this alert already.")
    _end(work, known, by, reason)
    return _alert(work.conn.execute(_BY_ID, {"store_id": store_id, "id": alert_id}).one())


def settle(work: Work, store_id: str, kind: str, subject: str, reason: str) -> None:
    """Close the alert about a subject, if one is open, because its cause is gone."""
    known = work.conn.execute(_BY_SUBJECT, {"store_id": store_id, "kind": kind, "subject": subject}).first()
    if known and known.closed_at is None:
        _end(work, known, "HQ", reason)


def open_ones(conn: Connection) -> list[Alert]:
    """Return the open alerts of all stores, newest first."""
    return [_alert(row) for row in conn.execute(_OPEN)]


def closed_ones(conn: Connection) -> list[Alert]:
    """Return the alerts that were closed last."""
    return [_alert(row) for row in conn.execute(_CLOSED)]


def count_open(conn: Connection) -> int:
    """Return how many alerts are open."""
    return conn.execute(_COUNT).scalar_one()


def _end(work: Work, known: Row[Any], by: str, reason: str) -> None:
    where = (alerts.c.store_id == known.store_id, alerts.c.id == known.id)
    values = {"closed_at": work.now, "closed_by": by, "reason": reason}
    work.conn.execute(update(alerts).where(*where).values(**values))


def _alert(row: Sequence[Any]) -> Alert:
    known = Alert(*row)
    return replace(known, facts=json.loads(str(known.facts) or "{}"))
