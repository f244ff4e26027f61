"""Bound guessing: after a few wrong tries the next one waits, longer each time, whatever the machine's clock says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.storage.work import Work, from_millis, millis

# No bound looks further back than this.
_FORGOTTEN_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Bound:
    """How many wrong tries within `window` are free, and how the pause grows from then on."""

    free: int
    window: timedelta
    first_pause: timedelta
    longest_pause: timedelta


# Eight digits, and a customer waits.
SHORT_CODES = Bound(5, timedelta(minutes=15), timedelta(seconds=30), timedelta(minutes=15))
# Six digits of a colleague: a dozen tries in the first hour, then two an hour.
PINS = Bound(5, timedelta(hours=12), timedelta(seconds=30), timedelta(minutes=30))


def locked_until(work: Work, kind: str, bound: Bound = SHORT_CODES) -> datetime | None:
    """Return when the next try is allowed, as a time of day, or `None` when it is allowed now."""
    now = work.steady
    # What is noted for later than now was counted by a clock that HQ has put right since: it would never end.
    count, last = work.conn.execute(
        "SELECT count(*), max(at) FROM failed_attempts WHERE kind = ? AND at > ? AND at <= ?",
        (kind, millis(now - bound.window), millis(now)),
    ).fetchone()
    if count < bound.free:
        return None
    pause = min(bound.first_pause * 2 ** min(count - bound.free, 10), bound.longest_pause)
    left = from_millis(last) + pause - now
    return work.now + left if left > timedelta() else None


def pause_seconds(work: Work, kind: str, bound: Bound = SHORT_CODES) -> int:
    """Return for how long nothing may be tried, in whole seconds; 0 when a try is allowed now."""
    until = locked_until(work, kind, bound)
    return int((until - work.now).total_seconds()) + 1 if until else 0


def record_failure(work: Work, kind: str) -> None:
    """Remember a wrong try; those that no longer count are forgotten."""
    work.conn.execute("DELETE FROM failed_attempts WHERE at <= ?", (millis(work.steady - _FORGOTTEN_AFTER),))
    work.conn.execute(
        "INSERT INTO failed_attempts (kind, at, id) VALUES (?, ?, ?)", (kind, millis(work.steady), work.new_id())
    )


def forgive(work: Work, kind: str) -> None:
    """Forget the wrong tries after a right one."""
    work.conn.execute("DELETE FROM failed_attempts WHERE kind = ?", (kind,))
