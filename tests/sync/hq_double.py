"""A way to HQ that says what a test wants said, in HQ's own types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from app.domain.events import Event
from sync.wire import EventResult, FeedPage, FeedRow, Item, Outcome, PushAnswer
from tests.core.till import NOON

GENERATION = "generation-1"


class ScriptedHq:
    """Answers by `on_push` and `on_feed`; keeps what it was asked."""

    def __init__(self) -> None:
        self.pushed: list[list[str]] = []
        self.asked: list[tuple[int, str, int]] = []
        self.on_push: Callable[[Sequence[Event]], PushAnswer] = applied
        self.on_feed: Callable[[int, str], FeedPage] = lambda cursor, generation: page(cursor)

    def push(self, events: Sequence[Event]) -> PushAnswer:
        self.pushed.append([event.id for event in events])
        return self.on_push(events)

    def feed(self, cursor: int, generation: str, wait: int = 0) -> FeedPage:
        self.asked.append((cursor, generation, wait))
        return self.on_feed(cursor, generation)


def applied(events: Sequence[Event], *, outcome: Outcome = Outcome.APPLIED, at: datetime = NOON) -> PushAnswer:
    results = tuple(EventResult(event_id=event.id, outcome=outcome) for event in events)
    return PushAnswer(hq_time=at, results=results)


def page(
    cursor: int, *items: Item, head: int = 0, generation: str = GENERATION, must_refetch: bool = False
) -> FeedPage:
    rows = tuple(FeedRow(seq=cursor + at, item=item) for at, item in enumerate(items, 1))
    last = cursor + len(rows)
    return FeedPage(
        hq_time=NOON, generation=generation, must_refetch=must_refetch, rows=rows, cursor=last, head=max(head, last)
    )
