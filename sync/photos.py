"""Photos go up beside the outbox: one at a time, when nothing else waits, and with no word about it when HQ won't."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from app.usecases.photos import next_photo, photo_sent
from sync.failures import RefusedByHq
from sync.local import Local
from sync.wire import Answer

# What HQ does not take now, a later release of it may, or it may yet hear of the hand-over: both take their time.
SELDOM_SECONDS = 3600.0
_IDLE_SECONDS = 60.0
# HQ's own word for an address that it does not have: it is older than the photos are.
_NO_SUCH_ADDRESS = "not_found"
_ALL = 2**63 - 1


class WayForPhotos(Protocol):
    """What carries a photo to HQ."""

    def send_photo(self, number: int, attempt_id: str, jpeg: bytes) -> Answer:
        """Return HQ's answer, or raise a `Failure`."""
        ...


class Photos:
    """Brings photos to HQ; remembers up to which hand-over HQ would not take them, and until when that counts."""

    def __init__(self, way: WayForPhotos, local: Local) -> None:
        self._way = way
        self._local = local
        self._refused, self._again_at = 0, 0.0

    def step(self) -> float:
        """Send the next photo; return the seconds until there may be another. Raises the `Failure` of the line."""
        if self._refused and self._local.monotonic() >= self._again_at:
            self._refused = 0
        found = self._local.run(partial(next_photo, after=self._refused))
        if found is None:
            return _IDLE_SECONDS
        try:
            answer = self._way.send_photo(found.order_number, found.attempt_id, found.jpeg)
        except RefusedByHq as refusal:
            self._pass_over(_ALL if refusal.problem.code == _NO_SUCH_ADDRESS else found.seq)
        else:
            self._local.take(answer, partial(photo_sent, attempt_id=found.attempt_id))
        return 0.0

    def _pass_over(self, seq: int) -> None:
        self._refused, self._again_at = seq, self._local.monotonic() + SELDOM_SECONDS
