"""What waits for a printer: queued in the transaction that wants it, printed when there is paper."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.changes import Changes
from app.domain.document import Document, Paper
from app.storage.work import Work, from_millis, millis

# What was printed or given up is of no use after that.
KEPT = timedelta(days=7)
# Nobody knows how to print it: it waits for a person and holds nothing else up.
UNPRINTABLE = "unprintable"
# A drawer that springs open when the paper comes long after its sale opens for nobody.
DRAWER_PATIENCE = timedelta(minutes=2)
_COLUMNS = "id, at, title, document, copies, tries, trouble"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A document that waits; `None` where this release cannot read it; `repeated`: it may be on paper already."""

    id: str
    at: datetime
    title: str
    document: Document | None
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
        f"SELECT {_COLUMNS} FROM print_jobs WHERE state = 'waiting' AND printer = ? AND trouble != ?"  # noqa: S608 - our own constant
        " ORDER BY at, id LIMIT 1",
        (paper.value, UNPRINTABLE),
    ).fetchone()
    if row is None:
        return None
    work.conn.execute("UPDATE print_jobs SET tries = tries + 1 WHERE id = ?", (row[0],))
    job = _job(row)
    if job.document and work.now - job.at > DRAWER_PATIENCE:
        return replace(job, document=replace(job.document, opens_drawer=False))
    return job


def end_print(work: Work, job_id: str) -> Changes:
    """Take a document off the queue: the printer took it all."""
    _finish(work, job_id, "printed")
    return Changes(printing=True)


def leave_print(work: Work, job_id: str, trouble: str, *, printed: int = 0, on_paper: bool = True) -> None:
    """Leave a document in the queue with what was wrong; `printed` of its copies need not be printed again.

    `on_paper`: some of the copy that failed may have been printed. No `Changes`: the queue is as long as before, and
    whoever prints must not be woken by its own trouble.
    """
    work.conn.execute(
        "UPDATE print_jobs SET trouble = ?, tries = tries - ?, copies = max(1, copies - ?) WHERE id = ?",
        (trouble, int(not on_paper), printed, job_id),
    )


def retry_prints(work: Work) -> Changes:
    """Give what could not be printed another chance, as after an update of the program."""
    work.conn.execute("UPDATE print_jobs SET trouble = '' WHERE state = 'waiting'")
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
    # Tries of which nothing reached the printer are taken back: what is left may be on paper, also after a crash.
    return PrintJob(id, from_millis(at), title, _document(document), copies, trouble, tries > 0)


def _document(text: str) -> Document | None:
    try:
        return Document.from_json(json.loads(text))
    except (KeyError, TypeError, ValueError):
        # A later release may have written it before this one was put back.
        return None
