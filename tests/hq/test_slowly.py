"""A dear question is not asked again while its answer is young."""

from __future__ import annotations

from hq.console.slowly import Slowly
from tests.hq.market import Market
from tests.hq.town import HandClock


def test_an_answer_is_kept_for_a_while_and_for_what_was_asked(market: Market) -> None:
    asked: list[str] = []
    which = ["a"]

    def query(_conn: object) -> int:
        asked.append(which[0])
        return len(asked)

    slowly = Slowly(market.clock, query, lambda: which[0], 10)
    answers = [market.office.read(slowly)]
    market.clock.pass_time(seconds=9)
    answers.append(market.office.read(slowly))
    which[0] = "b"
    answers.append(market.office.read(slowly))
    market.clock.pass_time(seconds=10)
    answers.append(market.office.read(slowly))
    assert answers == [1, 1, 2, 3]
    assert asked == ["a", "b", "b"]


def test_what_took_long_is_asked_more_seldom(market: Market) -> None:
    clock: HandClock = market.clock
    asked: list[int] = []

    def query(_conn: object) -> int:
        clock.pass_time(seconds=5)
        asked.append(1)
        return len(asked)

    slowly = Slowly(clock, query, lambda: "", 10)
    market.office.read(slowly)
    clock.pass_time(seconds=44)
    assert market.office.read(slowly) == 1
    clock.pass_time(seconds=2)
    assert market.office.read(slowly) == 2
