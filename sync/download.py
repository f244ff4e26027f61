"""The feed comes down: page by page, each slice with the cursor that is true once it is applied."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from app.domain.records import FeedBatch
from app.usecases.feed import FeedPosition, apply_feed, feed_position, reset_feed
from sync import translate
from sync.failures import ServerTrouble
from sync.local import Local
from sync.wire import FeedPage

# The counter waits for the slice under way: at 200 rows its p99 was 36 ms, at 50 it was 24 (a disk that needs 5 ms to
# sync; 10,000 rows then take 1.9 s instead of 1.0).
SLICE = 50


class WayDown(Protocol):
    """What brings HQ's feed."""

    def feed(self, cursor: int, generation: str, wait: int = 0) -> FeedPage:
        """Return the changes after `cursor`, or raise a `Failure`."""
        ...


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a step of the download did; `more`: HQ has further rows."""

    rows: int = 0
    more: bool = False


class Download:
    """Brings HQ's feed into the file."""

    def __init__(self, way: WayDown, local: Local) -> None:
        self._way = way
        self._local = local

    def step(self, wait: int = 0) -> Pulled:
        """Fetch one page, waiting up to `wait` seconds at HQ for news, and apply it slice by slice."""
        position = self._local.run(feed_position)
        started = self._local.monotonic()
        page = self._way.feed(position.cursor, position.generation, wait)
        # How long HQ held the answer back says nothing of the way it took.
        self._local.learn_time(page.hq_time, 0.0 if wait else self._local.monotonic() - started)
        if page.must_refetch or page.generation != position.generation:
            return self._begin_again(page, position)
        _check_order(page, position)
        for batch in _slices(page):
            self._apply(page, batch)
        return Pulled(len(page.rows), bool(page.rows) and page.cursor < page.head)

    def _apply(self, page: FeedPage, batch: FeedBatch) -> None:
        self._local.take(page, lambda work: apply_feed(work, batch))

    def _begin_again(self, page: FeedPage, position: FeedPosition) -> Pulled:
        if position == FeedPosition(0, page.generation):
            raise ServerTrouble("HQ asks to begin again at the beginning")
        self._local.take(page, lambda work: reset_feed(work, page.generation))
        return Pulled(0, more=True)


def _check_order(page: FeedPage, position: FeedPosition) -> None:
    """Raise for a page that does not continue from where this terminal stands: a late answer, or a mistake of HQ's."""
    seqs = [position.cursor, *[row.seq for row in page.rows]]
    if any(later <= earlier for earlier, later in itertools.pairwise(seqs)) or page.cursor < seqs[-1]:
        raise ServerTrouble("HQ's feed does not continue where it stopped")


def _slices(page: FeedPage) -> Iterable[FeedBatch]:
    """Cut a page into what the storage takes at once; each slice's cursor is true once it is applied."""
    starts = range(0, len(page.rows), SLICE) or range(1)
    for start in starts:
        rows = page.rows[start : start + SLICE]
        is_last = start + SLICE >= len(page.rows)
        cursor = page.cursor if is_last else rows[-1].seq
        yield FeedBatch(page.generation, cursor, page.head, translate.records(rows))
