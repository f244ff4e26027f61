"""Bound guessing: after a few wrong tries the next one waits, longer each time."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.storage.work import Work, from_millis, millis

FREE_TRIES = 5
WINDOW = timedelta(minutes=15)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)


def locked_until(work: Work, kind: str) -> datetime | None:
    """Return when the next try is allowed, or `None` when it is allowed now."""
    since = millis(work.now - WINDOW)
    count, last = work.conn.execute(
        "SELECT count(*), max(at) FROM failed_attempts WHERE kind = ? AND at > ?", (kind, since)
    ).fetchone()
    if count < FREE_TRIES:
        return None
    pause = min(FIRST_PAUSE * 2 ** min(count - FREE_TRIES, 10), LONGEST_PAUSE)
    until = from_millis(last) + pause
    return until if until > work.now else None


def record_failure(work: Work, kind: str) -> None:
    """Remember a wrong try; those that no longer count are forgotten."""
    work.conn.execute("DELETE FROM failed_attempts WHERE at <= ?", (millis(work.now - 2 * WINDOW),))
    work.conn.execute(
        "INSERT INTO failed_attempts (kind, at, id) VALUES (?, ?, ?)", (kind, millis(work.now), work.new_id())
    )


def forgive(work: Work, kind: str) -> None:
    """Forget the wrong tries after a right one."""
    work.conn.execute("DELETE FROM failed_attempts WHERE kind = ?", (kind,))
