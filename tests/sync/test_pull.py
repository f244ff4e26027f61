"""The feed comes down: slices, cursors, beginning again, and what is not taken for news."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from app.domain.events import EventKind
from app.errors import StorageFault
from app.storage.work import Work
from app.usecases.feed import FeedPosition, feed_position
from app.usecases.health import health
from app.usecases.outbox import pending_events
from sync.engine import Engine, Pulled
from sync.failures import ServerTrouble, Unreachable
from sync.wire import FeedPage, FeedRow, OrderItem, OrderLine
from tests.core.till import NOON, Till
from tests.sync.hq_double import GENERATION, ScriptedHq, page

T = TypeVar("T")


def item(number: int, version: int = 1) -> OrderItem:
    return OrderItem(
        number=number, id=f"o{number}", version=version, status="assigned", issue=0, opens=29_000_000, length=60,
        placed_at=NOON, lines=(OrderLine(product_number=1, quantity=1, name="x"),),
    )  # fmt: skip


def orders(till: Till) -> int:
    return int(till.sql("SELECT count(*) FROM orders")[0][0])


def test_the_first_pull_begins_the_history_and_the_second_brings_it(hq: ScriptedHq, engine: Engine, till: Till) -> None:
    hq.on_feed = lambda cursor, generation: page(cursor, item(1), generation="another")
    assert engine.pull_once() == Pulled(0, more=True)
    assert engine.pull_once() == Pulled(1)
    assert [asked[:2] for asked in hq.asked] == [(1, GENERATION), (0, "another")]
    assert till(feed_position) == FeedPosition(1, "another")


def test_a_page_is_applied_in_slices_each_with_its_own_cursor(hq: ScriptedHq, till: Till) -> None:
    seen: list[tuple[int, int]] = []

    def watched(usecase: Callable[[Work], T]) -> Future[T]:
        done = till.storage.submit(usecase)
        seen.append((orders(till), till(feed_position).cursor))
        return done

    hq.on_feed = lambda cursor, _: page(cursor, *(item(n) for n in range(1, 111)), head=999)
    assert Engine(hq, watched, lambda *_: None).pull_once() == Pulled(110, more=True)
    assert seen == [(0, 1), (50, 51), (100, 101), (110, 111)]


def test_a_fault_in_the_middle_of_a_page_keeps_what_was_applied(hq: ScriptedHq, engine: Engine, till: Till) -> None:
    def full_after_two(usecase: Callable[[Work], T]) -> Future[T]:
        return till.storage.submit(usecase if orders(till) < 400 else _no_room)

    hq.on_feed = lambda cursor, _: page(cursor, *(item(n) for n in range(cursor, 451)))
    with pytest.raises(StorageFault):
        Engine(hq, full_after_two, lambda *_: None).pull_once()
    assert (orders(till), till(feed_position).cursor) == (400, 401)
    engine.pull_once()
    assert orders(till) == 450


def _no_room(work: Work) -> Any:
    raise StorageFault("no room")


def test_no_news_moves_nothing_but_the_contact(hq: ScriptedHq, engine: Engine, till: Till) -> None:
    before = till(feed_position)
    assert engine.pull_once() == Pulled()
    assert till(feed_position) == before
    assert till(health).last_contact == NOON


def test_beginning_again_keeps_the_outbox(hq: ScriptedHq, engine: Engine, till: Till) -> None:
    till(lambda work: work.record(EventKind.REFUSED, None, by="W", body={}))
    hq.on_feed = lambda cursor, generation: page(0, generation="restored", must_refetch=True)
    assert engine.pull_once() == Pulled(0, more=True)
    assert till(feed_position) == FeedPosition(0, "restored")
    assert len(till(pending_events, 10)) == 1


def test_an_hq_that_always_asks_to_begin_again_is_in_trouble(hq: ScriptedHq, engine: Engine) -> None:
    hq.on_feed = lambda cursor, generation: page(0, generation="g", must_refetch=True)
    engine.pull_once()
    with pytest.raises(ServerTrouble, match="begin again"):
        engine.pull_once()


@pytest.mark.parametrize("seqs", [(1, 2), (3, 3), (4, 3)])
def test_a_page_that_does_not_continue_is_not_applied(
    hq: ScriptedHq, engine: Engine, till: Till, seqs: tuple[int, ...]
) -> None:
    rows = tuple(FeedRow(seq=seq, item=item(seq)) for seq in seqs)
    hq.on_feed = lambda *_: FeedPage(hq_time=NOON, generation=GENERATION, rows=rows, cursor=9, head=9)
    with pytest.raises(ServerTrouble, match="continue"):
        engine.pull_once()
    assert (orders(till), till(feed_position).cursor) == (0, 1)


def test_a_cursor_behind_its_own_rows_is_not_taken(hq: ScriptedHq, engine: Engine, till: Till) -> None:
    hq.on_feed = lambda *_: page(1, item(1)).model_copy(update={"cursor": 1})
    with pytest.raises(ServerTrouble, match="continue"):
        engine.pull_once()
    assert orders(till) == 0


def test_a_pull_works_while_the_push_is_stuck(hq: ScriptedHq, engine: Engine, till: Till) -> None:
    till(lambda work: work.record(EventKind.REFUSED, None, by="W", body={}))

    def stuck(events: object) -> object:
        raise Unreachable("no upload")

    hq.on_push = stuck  # type: ignore[assignment]
    hq.on_feed = lambda cursor, _: page(cursor, item(1))
    with pytest.raises(Unreachable):
        engine.run_once()
    assert orders(till) == 1


def test_run_once_pushes_and_pulls(hq: ScriptedHq, engine: Engine, till: Till) -> None:
    till(lambda work: work.record(EventKind.REFUSED, None, by="W", body={}))
    hq.on_feed = lambda cursor, _: page(cursor, item(1))
    pushed, pulled = engine.run_once()
    assert (pushed.settled, pulled.rows) == (1, 1)


def test_the_time_of_a_held_back_answer_is_not_shifted(
    hq: ScriptedHq, engine: Engine, till: Till, learnt: list[tuple[object, float]]
) -> None:
    def slow(cursor: int, generation: str) -> FeedPage:
        till.clock.forward(timedelta(seconds=8))
        return page(cursor)

    hq.on_feed = slow
    engine.pull_once(wait=25)
    engine.pull_once()
    assert learnt == [(NOON, 0.0), (NOON, 8.0)]


def test_records_reach_the_file_as_hq_said_them(hq: ScriptedHq, engine: Engine, till: Till) -> None:
    hq.on_feed = lambda cursor, _: page(cursor, item(42, version=3))
    engine.pull_once()
    assert till.sql("SELECT id, version, status FROM orders") == [("o42", 3, "assigned")]
