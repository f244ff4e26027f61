"""The shifts of stores' tills, as they were counted and closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from app.domain.events import Event
from hq.counters.bodies import ShiftClosed
from hq.counters.terminals import Terminal
from hq.schema import shifts
from hq.work import Work

_BY_ID = select(shifts.c.id).where(shifts.c.store_id == bindparam("store_id"), shifts.c.id == bindparam("id"))
_OF_STORE = (
    select(shifts)
    .where(
        shifts.c.store_id == bindparam("store_id"),
        shifts.c.closed_at >= bindparam("since"),
        shifts.c.closed_at < bindparam("until"),
    )
    .order_by(shifts.c.closed_at.desc(), shifts.c.id)
    .limit(bindparam("at_most"))
)


@dataclass(frozen=True, slots=True)
class Shift:
    """A closed shift; `tenders` is what was taken by kind, `cash_moves_fen` what was put in less what was taken out."""

    store_id: str
    id: str
    terminal_id: str
    terminal: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime
    closed_by: str
    float_fen: int
    counted_fen: int
    expected_fen: int
    accepted_by: str
    reason: str
    sales: int
    sales_fen: int
    refunds_fen: int
    cash_moves_fen: int
    tenders: Mapping[str, int]

    @property
    def difference_fen(self) -> int:
        """What was counted more than expected; below zero: what lacks."""
        return self.counted_fen - self.expected_fen


def add(work: Work, terminal: Terminal, event: Event, closed: ShiftClosed) -> bool:
    """Keep a shift that a terminal closed; tell whether HQ did not have it."""
    if work.conn.execute(_BY_ID, {"store_id": terminal.store_id, "id": closed.shift_id}).first():
        return False
    row = {
        **closed.model_dump(exclude={"shift_id", "terminal", "tenders"}),
        "store_id": terminal.store_id,
        "id": closed.shift_id,
        "terminal_id": terminal.id,
        "terminal": closed.terminal or terminal.name,
        "closed_at": event.at,
        "closed_by": event.by,
        "tenders": json.dumps(closed.tenders, sort_keys=True),
    }
    work.conn.execute(insert(shifts), row)
    return True


def of_store(conn: Connection, store_id: str, since: datetime, until: datetime, *, limit: int = 1000) -> list[Shift]:
    """Return the shifts of a store that were closed in a period, the last first."""
    asked = {"store_id": store_id, "since": since, "until": until, "at_most": limit}
    rows = conn.execute(_OF_STORE, asked).mappings()
    return [Shift(**{**row, "tenders": json.loads(row["tenders"])}) for row in rows]
