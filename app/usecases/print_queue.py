"""What waits for a printer: queued in the transaction that wants it, printed when there is paper."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.changes import Changes
from app.domain.document import Document, Paper
from app.storage.work import Work, from_millis, millis

# What was printed or given up is of no use after that.
KEPT = timedelta(days=7)
_COLUMNS = "id, at, title, document, copies, tries, trouble"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A document that waits; `repeated`: an earlier try may have left it on paper already."""

    id: str
    at: datetime
    title: str
    document: Document
    copies: int
    trouble: str
    repeated: bool = False


def queue_print(work: Work, document: Document, *, copies: int = 1) -> Changes:
    """Put a document into the queue; it is printed even after a power cut."""
    work.conn.execute(
        "INSERT INTO print_jobs (id, at, printer, title, document, copies, state) VALUES (?, ?, ?, ?, ?, ?, 'waiting')",
        (
            work.new_id(),
            millis(work.now),
            document.paper.value,
            document.title,
            json.dumps(document.as_json, ensure_ascii=False),
            copies,
        ),
    )
    return Changes(printing=True)


def begin_print(work: Work, paper: Paper) -> PrintJob | None:
    """Return the oldest document that waits for a printer, noting that it is tried: a crash from here on repeats it."""
    row = work.conn.execute(
        f"SELECT {_COLUMNS} FROM print_jobs WHERE state = 'waiting' AND printer = ? ORDER BY at, id LIMIT 1",  # noqa: S608 - our own constant
        (paper.value,),
    ).fetchone()
    if row is None:
        return None
    work.conn.execute("UPDATE print_jobs SET tries = tries + 1, trouble = '' WHERE id = ?", (row[0],))
    return _job(row)


def end_print(work: Work, job_id: str, trouble: str = "") -> Changes:
    """Take a document off the queue, or leave it there with what was wrong."""
    if trouble:
        work.conn.execute("UPDATE print_jobs SET trouble = ? WHERE id = ?", (trouble, job_id))
    else:
        _finish(work, job_id, "printed")
    return Changes(printing=True)


def drop_print(work: Work, job_id: str) -> Changes:
    """Give a document up: it is not printed."""
    _finish(work, job_id, "dropped")
    return Changes(printing=True)


def print_queue(work: Work) -> dict[Paper, tuple[PrintJob, ...]]:
    """List what waits for each printer, oldest first."""
    found: dict[Paper, tuple[PrintJob, ...]] = {}
    for paper in Paper:
        rows = work.conn.execute(
            f"SELECT {_COLUMNS} FROM print_jobs WHERE state = 'waiting' AND printer = ? ORDER BY at, id",  # noqa: S608 - our own constant
            (paper.value,),
        )
        found[paper] = tuple(_job(row) for row in rows)
    return found


def forget_printed(work: Work) -> Changes:
    """Throw away what was printed or given up long ago."""
    work.conn.execute("DELETE FROM print_jobs WHERE done_at < ?", (millis(work.now - KEPT),))
    return Changes()


def _finish(work: Work, job_id: str, state: str) -> None:
    work.conn.execute(
        "UPDATE print_jobs SET state = ?, done_at = ? WHERE id = ? AND state = 'waiting'",
        (state, millis(work.now), job_id),
    )


def _job(row: tuple[str, int, str, str, int, int, str]) -> PrintJob:
    id, at, title, document, copies, tries, trouble = row
    # Tried and neither printed nor in trouble: the program ended in between. In every other trouble but one nothing
    # was sent.
    repeated = tries > 0 and trouble in ("", "cut_off")
    return PrintJob(id, from_millis(at), title, Document.from_json(json.loads(document)), copies, trouble, repeated)
