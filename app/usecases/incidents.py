"""What HQ found that a person of this store must look at and close with a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.changes import Changes
from app.domain.events import EventKind
from app.errors import NeedsManager, NotFound
from app.storage.work import Work, from_millis, millis


@dataclass(frozen=True, slots=True)
class Incident:
    """An open incident; `facts` holds both stories as JSON scalars."""

    id: str
    incident: str
    order_number: int | None
    opened_at: datetime
    facts: dict[str, Any]


def open_incidents(work: Work) -> tuple[Incident, ...]:
    """List what is not closed, oldest first."""
    rows = work.conn.execute(
        "SELECT id, incident, order_number, opened_at, facts FROM incidents WHERE closed_at IS NULL"
        " ORDER BY opened_at, id"
    )
    return tuple(
        Incident(id_, incident, number, from_millis(at), json.loads(facts)) for id_, incident, number, at, facts in rows
    )


def close_incident(work: Work, incident_id: str, *, manager: str, reason: str) -> Changes:
    """Close an incident; raise `NeedsManager` without a manager and a reason."""
    if not manager or not reason.strip():
        raise NeedsManager("Only a manager may close an incident, and must say why.")
    row = work.conn.execute(
        "SELECT order_number FROM incidents WHERE id = ? AND closed_at IS NULL", (incident_id,)
    ).fetchone()
    if row is None:
        raise NotFound("This incident is closed already.")
    work.conn.execute(
        "UPDATE incidents SET closed_at = ?, closed_by = ?, reason = ? WHERE id = ?",
        (millis(work.now), manager, reason, incident_id),
    )
    body = {"incident_id": incident_id, "reason": reason}
    work.record(EventKind.INCIDENT_CLOSED, row[0], by=manager, body=body)
    return Changes(incidents=True, outbox=True)
