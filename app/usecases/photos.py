"""Photos of what stayed here: kept with their hand-over, sent when nothing else waits, let go when HQ has them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from app.changes import Changes
from app.domain import photo
from app.domain.events import Event
from app.storage.work import Work, millis
from app.usecases.grant import LEAST_FREE_BYTES

log = logging.getLogger(__name__)

# Photos are given up before claims are: a hand-over is worth more than its picture.
ROOM_FOR_PHOTOS = 2 * LEAST_FREE_BYTES
# As long as HQ keeps one: what it would not take for so long, nobody needs to see any more.
KEPT = timedelta(days=90)

# The outbox goes first, all of it; a photo whose hand-over HQ has set aside stays behind with it.
_NEXT = """
SELECT p.event_seq, p.order_number, p.attempt_id, p.jpeg FROM photos p
WHERE p.jpeg IS NOT NULL AND p.event_seq > ? AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.seq = p.event_seq)
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE NOT parked)
ORDER BY p.event_seq LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class WaitingPhoto:
    """A photo that HQ does not have; `seq` is its hand-over's number in the chain of events."""

    seq: int
    order_number: int
    attempt_id: str
    jpeg: bytes


def fit_to_keep(work: Work, attempt_id: str, jpeg: bytes | None) -> bytes | None:
    """Return a hand-over's photo if it can be kept; what cannot be is dropped, with a line in the log."""
    if jpeg is None:
        return None
    reason: str | None = photo.flaw(jpeg)
    if reason is None and (work.scarce or work.free_bytes < ROOM_FOR_PHOTOS):
        reason = "disk_full"
    if reason:
        log.warning("the photo of hand-over %s was dropped: %s", attempt_id, reason)
    return None if reason else jpeg


def keep(work: Work, event: Event, attempt_id: str, jpeg: bytes) -> None:
    """Keep a photo beside its hand-over's event."""
    work.conn.execute(
        "INSERT INTO photos (attempt_id, order_number, event_seq, at, by, jpeg) VALUES (?, ?, ?, ?, ?, ?)",
        (attempt_id, event.order_number, event.seq, millis(event.at), event.by, jpeg),
    )


def next_photo(work: Work, *, after: int = 0) -> WaitingPhoto | None:
    """Return the oldest photo that may be sent, of those after `after`: HQ has its hand-over, nothing waits."""
    row = work.conn.execute(_NEXT, (after,)).fetchone()
    return WaitingPhoto(*row) if row else None


def photo_sent(work: Work, attempt_id: str) -> Changes:
    """Let a photo go that HQ has; that there was one stays known."""
    work.conn.execute("UPDATE photos SET jpeg = NULL, sent_at = ? WHERE attempt_id = ?", (millis(work.now), attempt_id))
    return Changes()


def forget_photos(work: Work) -> Changes:
    """Let photos go that were taken long ago, whether HQ took them or not."""
    work.conn.execute("UPDATE photos SET jpeg = NULL WHERE jpeg IS NOT NULL AND at < ?", (millis(work.now - KEPT),))
    return Changes()
