"""Looking after the file: integrity, and notes of what the scheduler did."""

from __future__ import annotations

from app.changes import Changes
from app.domain.events import GENESIS, is_intact, stamp
from app.errors import CorruptData
from app.storage import orders
from app.storage.work import EVENT_COLUMNS, Work, event_of
from app.usecases.health import LAST_BACKUP, LAST_CHECK


def note_check(work: Work) -> Changes:
    """Remember that the file was found sound now."""
    work.set_meta(LAST_CHECK, stamp(work.now))
    return Changes(profile=True)


def check_rows(work: Work, *, after: int = -1, limit: int = 500) -> int | None:
    """Verify the checksums of a slice of orders; return where to go on, `None` at the end.

    Sliced, because the counter waits for the same thread. Raises `CorruptData` naming the order.
    """
    rows = work.conn.execute(orders.SLICE, (after, limit)).fetchall()
    for row in rows:
        orders.order_of(row, work.known)
    return int(rows[-1][0]) if len(rows) == limit else None


def check_chain(work: Work, *, after: int = 0, limit: int = 500) -> int | None:
    """Verify a slice of the event chain; return where to go on, `None` at the end. Raises `CorruptData`."""
    before = work.conn.execute("SELECT hash FROM events WHERE seq <= ? ORDER BY seq DESC LIMIT 1", (after,)).fetchone()
    prev = before[0] if before else GENESIS
    rows = work.conn.execute(
        f"SELECT {EVENT_COLUMNS} FROM events WHERE seq > ? ORDER BY seq LIMIT ?",  # noqa: S608 - our own constant
        (after, limit),
    ).fetchall()
    for row in rows:
        event = event_of(row)
        if event.prev != prev or not is_intact(event):
            raise CorruptData(f"The record of event {event.seq} is damaged.")
        prev = event.hash
    return int(rows[-1][2]) if len(rows) == limit else None


def note_backup(work: Work) -> Changes:
    """Remember that a backup was made now."""
    work.set_meta(LAST_BACKUP, stamp(work.now))
    return Changes(profile=True)
