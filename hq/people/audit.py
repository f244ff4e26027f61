"""The audit log: who did what through the console, written in the transaction that did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, or_, select

from hq.schema import audit
from hq.work import Work

PAGE = 50
_INSERT = insert(audit)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that somebody did."""

    id: str
    at: datetime
    by: str
    action: str
    subject: str
    detail: str


def record(work: Work, by: str, action: str, subject: str = "", detail: str = "") -> None:
    """Write down who did what."""
    row = {"by": by[:_LONGEST], "action": action, "subject": subject[:_LONGEST], "detail": detail[:_LONGEST]}
    work.conn.execute(_INSERT, {"id": work.new_id(), "at": work.now, **row})


def rows(conn: Connection, text: str = "", *, limit: int = PAGE) -> list[AuditRow]:
    """Return what was done, newest first, where `text` occurs in it."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if text.strip():
        told = (audit.c.by, audit.c.action, audit.c.subject, audit.c.detail)
        query = query.where(or_(*(column.icontains(text.strip(), autoescape=True) for column in told)))
    return [AuditRow(*row) for row in conn.execute(query)]
