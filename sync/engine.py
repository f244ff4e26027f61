"""Brings the outbox up and the feed down, one step at a time: no thread, no timer, no Qt.

What leaves the outbox: an event that HQ's own answer names with a final outcome. Nothing else does.

A batch that HQ refuses as a whole is halved until the culprit stands alone, so that one bad event never blocks the
rest. The culprit is parked (visible, never deleted) only when HQ has meanwhile taken another event: a refusal of
everything is HQ's trouble, not the event's. A failing network says nothing about events at all.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.changes import Changes
from app.domain.events import Event
from app.domain.records import FeedBatch, Settled
from app.usecases import (
    FeedPosition,
    Submit,
    Work,
    apply_feed,
    feed_position,
    note_contact,
    pending_events,
    reset_feed,
    settle,
)
from sync import translate
from sync.failures import Failure, RefusedByHq, ServerTrouble, TimedOut, Unreachable
from sync.wire import MAX_BATCH, Answer, FeedPage, Outcome, PushAnswer

T = TypeVar("T")

# More rows under one lock and the counter waits for them (docs: RELIABILITY B).
SLICE = 200
# 400, 413 and 422 speak of what was sent; 500 may. 502 to 504 speak of what stands before HQ.
_REFUSES_CONTENT = frozenset({400, 413, 422})
# One refusal in HQ's own words says enough; a bare 500 must come back.
_RIPE = 5
_WEIGHT_OF_A_WORD = 5
_WEIGHT_OF_A_500 = 1
# Halving 100 events down to the first two alone takes nine refusals; more in a row are not one event's doing.
_MAX_REFUSALS_IN_A_ROW = 12

LearnTime = Callable[[datetime, float], None]


class Transport(Protocol):
    """The way to HQ: `sync.client.HqClient`, or the simulation's."""

    def feed(self, cursor: int, generation: str, wait: int = 0) -> FeedPage:
        """Return the changes after `cursor`, or raise a `Failure`."""
        ...

    def push(self, events: Sequence[Event]) -> PushAnswer:
        """Return the outcome of each event, or raise a `Failure`."""
        ...


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a step of the upload did; `more`: there are events that have not been tried, `held`: tried in vain."""

    settled: int = 0
    more: bool = False
    held: int = 0


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a step of the download did; `more`: HQ has further rows."""

    rows: int = 0
    more: bool = False


@dataclass(slots=True)
class _Held:
    """An event that was sent and not settled; `proof`: how many others had been settled when that began."""

    proof: int
    weight: int = 0
    reason: str = ""


class Engine:
    """One terminal's exchange with HQ; `push_once` and `pull_once` may run on two threads."""

    def __init__(
        self,
        transport: Transport,
        submit: Submit,
        learn_time: LearnTime,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the way to HQ, the storage's `submit`, and who wants to know HQ's time and the round trip's seconds."""
        self._transport = transport
        self._submit = submit
        self._learn_time = learn_time
        self._monotonic = monotonic
        self._held: dict[str, _Held] = {}
        self._settled = 0
        self._batch = MAX_BATCH

    def run_once(self) -> tuple[Pushed, Pulled]:
        """Push a batch and pull a page; a push that fails is raised after the pull had its turn."""
        failure: Failure | None = None
        pushed = Pushed()
        try:
            pushed = self.push_once()
        except Failure as error:
            failure = error
        pulled = self.pull_once()
        if failure:
            raise failure
        return pushed, pulled

    # ── up ─────────────────────────────────────────────────────────────────────────────────────────────────

    def push_once(self) -> Pushed:
        """Send one batch, halved as often as it must be; raise the `Failure` when nothing of it was taken."""
        waiting = self._run(lambda work: pending_events(work, self._batch + len(self._held) + 1))
        fresh = [event for event in waiting if event.id not in self._held]
        batch = (fresh or waiting)[: self._batch]
        if not batch:
            return Pushed()
        before = self._settled
        failure = self._send(batch, before)
        parked = self._park_the_ripe()
        if failure and self._settled == before and not parked:
            self._forgive(before)
            raise failure
        self._batch = min(self._batch * 2, MAX_BATCH)
        return Pushed(self._settled - before, len(fresh) > len(batch), len(self._held))

    def _send(self, batch: Sequence[Event], proof: int) -> Failure | None:
        """Send the batch and settle what HQ names; return the last refusal of a part, raise what is not one."""
        parts, refusals = [batch], 0
        last: Failure | None = None
        while parts and refusals < _MAX_REFUSALS_IN_A_ROW:
            part = parts.pop()
            try:
                last = self._exchange(part, proof) or last
                refusals = 0
            except (RefusedByHq, ServerTrouble) as failure:
                if not _speaks_of_content(failure):
                    raise
                last = failure
                refusals += 1
                parts += self._halves(part, failure, proof)
            except (TimedOut, Unreachable):
                # A link that is too slow or too shaky for the whole batch may manage half of it.
                self._batch = max(self._batch // 2, 1)
                raise
        return last

    def _halves(self, part: Sequence[Event], failure: RefusedByHq | ServerTrouble, proof: int) -> list[Sequence[Event]]:
        middle = len(part) // 2
        if middle:
            return [part[middle:], part[:middle]]
        held = self._hold(part[0], proof)
        held.weight += _WEIGHT_OF_A_WORD if isinstance(failure, RefusedByHq) else _WEIGHT_OF_A_500
        held.reason = str(failure)
        return []

    def _exchange(self, part: Sequence[Event], proof: int) -> Failure | None:
        """Push and settle; return a failure when HQ's answer leaves events out."""
        started = self._monotonic()
        answer = self._transport.push(part)
        self._learn_time(answer.hq_time, self._monotonic() - started)
        names = {event.id for event in part}
        results = {result.event_id: result for result in answer.results if result.event_id in names}
        settled = [
            Settled(result.event_id, result.outcome.value, result.reason, result.order_version)
            for result in results.values()
        ]
        self._run(lambda work: _heard(work, answer, settle(work, settled)))
        self._settled += len(settled)
        for event_id in results:
            self._held.pop(event_id, None)
        left_out = [event for event in part if event.id not in results]
        for event in left_out:
            self._hold(event, proof)
        return ServerTrouble(f"HQ's answer left out {len(left_out)} events") if left_out else None

    def _hold(self, event: Event, proof: int) -> _Held:
        return self._held.setdefault(event.id, _Held(proof))

    def _forgive(self, proof: int) -> None:
        """Let go of what was refused while HQ took nothing at all: newer events must not overtake it for that."""
        for event_id in [each for each, held in self._held.items() if held.weight and held.proof == proof]:
            del self._held[event_id]

    def _park_the_ripe(self) -> int:
        """Park the events that HQ keeps refusing while it takes others."""
        ripe = [
            Settled(event_id, Outcome.QUARANTINED.value, held.reason)
            for event_id, held in self._held.items()
            if held.weight >= _RIPE and self._settled > held.proof
        ]
        if ripe:
            self._run(lambda work: settle(work, ripe))
        for settled in ripe:
            del self._held[settled.event_id]
        return len(ripe)

    # ── down ───────────────────────────────────────────────────────────────────────────────────────────────

    def pull_once(self, wait: int = 0) -> Pulled:
        """Fetch one page, waiting up to `wait` seconds at HQ for news, and apply it slice by slice."""
        position = self._run(feed_position)
        started = self._monotonic()
        page = self._transport.feed(position.cursor, position.generation, wait)
        # How long HQ held the answer back says nothing of the way it took.
        self._learn_time(page.hq_time, 0.0 if wait else self._monotonic() - started)
        if page.must_refetch or page.generation != position.generation:
            return self._begin_again(page, position)
        _check_order(page, position)
        for batch in _slices(page):
            self._apply(page, batch)
        return Pulled(len(page.rows), bool(page.rows) and page.cursor < page.head)

    def _apply(self, page: FeedPage, batch: FeedBatch) -> None:
        self._run(lambda work: _heard(work, page, apply_feed(work, batch)))

    def _begin_again(self, page: FeedPage, position: FeedPosition) -> Pulled:
        if position == FeedPosition(0, page.generation):
            raise ServerTrouble("HQ asks to begin again at the beginning")
        self._run(lambda work: _heard(work, page, reset_feed(work, page.generation)))
        return Pulled(0, more=True)

    def _run(self, usecase: Callable[[Work], T]) -> T:
        return self._submit(usecase).result()


def _heard(work: Work, answer: Answer, changes: Changes) -> Changes:
    """Note in the same transaction that HQ was heard."""
    note_contact(work, answer.hq_time)
    return changes


def _speaks_of_content(failure: RefusedByHq | ServerTrouble) -> bool:
    return failure.status in _REFUSES_CONTENT or failure.status == 500


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
