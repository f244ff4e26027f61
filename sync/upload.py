"""The outbox goes up: what leaves it, what waits, and what is set aside for a person.

What leaves the outbox: an event that HQ's own answer names with a final outcome. Nothing else does.

A batch that HQ refuses as a whole is halved until the culprit stands alone, so that one bad event never blocks the
rest. The culprit is parked (visible, never deleted) only when HQ has meanwhile taken another event: a refusal of
everything is HQ's trouble, not the event's. A failing network says nothing about events at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.events import Event
from app.domain.records import Settled
from app.usecases.outbox import pending_events, settle
from sync.failures import Failure, RefusedByHq, ServerTrouble, TimedOut, Unreachable
from sync.local import Local
from sync.wire import MAX_BATCH, Outcome, PushAnswer

# 400, 413 and 422 speak of what was sent; 500 may. 502 to 504 speak of what stands before HQ.
_REFUSES_CONTENT = frozenset({400, 413, 422})
# One refusal in HQ's own words says enough; a bare 500 must come back.
_RIPE = 5
_WEIGHT_OF_A_WORD = 5
_WEIGHT_OF_A_500 = 1
# Halving 100 events down to the first two alone takes nine refusals; more in a row are not one event's doing.
_MAX_REFUSALS_IN_A_ROW = 12


class WayUp(Protocol):
    """What carries events to HQ."""

    def push(self, events: Sequence[Event]) -> PushAnswer:
        """Return the outcome of each event, or raise a `Failure`."""
        ...


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a step of the upload did; `more`: there are events that have not been tried, `held`: tried in vain."""

    settled: int = 0
    more: bool = False
    held: int = 0


@dataclass(slots=True)
class _Held:
    """An event that was sent and not settled; `proof`: how many others had been settled when that began."""

    proof: int
    weight: int = 0
    reason: str = ""


class Upload:
    """Brings the outbox to HQ; remembers what HQ would not take."""

    def __init__(self, way: WayUp, local: Local) -> None:
        self._way = way
        self._local = local
        self._held: dict[str, _Held] = {}
        self._settled = 0
        self._batch = MAX_BATCH

    def step(self) -> Pushed:
        """Send one batch, halved as often as it must be; raise the `Failure` when nothing of it was taken."""
        waiting = self._local.run(lambda work: pending_events(work, self._batch + len(self._held) + 1))
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
        started = self._local.monotonic()
        answer = self._way.push(part)
        self._local.learn_time(answer.hq_time, self._local.monotonic() - started)
        names = {event.id for event in part}
        results = {result.event_id: result for result in answer.results if result.event_id in names}
        settled = [
            Settled(result.event_id, result.outcome.value, result.reason, result.order_version)
            for result in results.values()
        ]
        self._local.take(answer, lambda work: settle(work, settled))
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
            self._local.run(lambda work: settle(work, ripe))
        for settled in ripe:
            del self._held[settled.event_id]
        return len(ripe)


def _speaks_of_content(failure: RefusedByHq | ServerTrouble) -> bool:
    return failure.status in _REFUSES_CONTENT or failure.status == 500
