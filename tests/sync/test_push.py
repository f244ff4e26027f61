"""The outbox goes up: what leaves it, what stays, and what is set aside for a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from app.domain.events import Event, EventKind
from app.storage.work import Work
from app.usecases.health import health
from app.usecases.outbox import parked, pending_events, retry_parked
from sync.engine import Engine, Pushed
from sync.failures import Busy, CaptivePortal, Failure, NotWelcome, RefusedByHq, ServerTrouble, TimedOut, Unreachable
from sync.wire import EventResult, Outcome, Problem, PushAnswer
from tests.core.till import NOON, Till
from tests.sync.hq_double import ScriptedHq, applied


def record(till: Till, count: int) -> list[str]:
    def write(work: Work) -> list[str]:
        body = {"verdict": "forged", "flaw": "", "source": "camera", "number": None}
        return [work.record(EventKind.REFUSED, None, by="Wang", body=body).id for _ in range(count)]

    return till(write)


def unsent(till: Till) -> list[str]:
    return [event.id for event in till(pending_events, 10_000)]


def set_aside(till: Till) -> list[str]:
    return [event.event_id for event in till(parked)]


def refuses(*culprits: str, failure: Callable[[], Failure]) -> Callable[[Sequence[Event]], PushAnswer]:
    def answer(events: Sequence[Event]) -> PushAnswer:
        if any(event.id in culprits for event in events):
            raise failure()
        return applied(events)

    return answer


def in_hqs_words(status: int = 422) -> RefusedByHq:
    return RefusedByHq(Problem(code="event", title="Unreadable", status=status, detail="cannot read it"), status=status)


def bare_500() -> ServerTrouble:
    return ServerTrouble("HTTP 500", status=500)


def test_an_empty_outbox_asks_hq_nothing(engine: Engine, hq: ScriptedHq) -> None:
    assert engine.push_once() == Pushed()
    assert hq.pushed == []


def test_a_batch_goes_up_in_the_order_of_its_numbers(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 230)
    assert [engine.push_once() for _ in range(3)] == [Pushed(100, more=True), Pushed(100, more=True), Pushed(30)]
    assert [event for batch in hq.pushed for event in batch] == made
    assert unsent(till) == []


@pytest.mark.parametrize("outcome", [Outcome.APPLIED, Outcome.DUPLICATE, Outcome.CONFLICT])
def test_a_final_outcome_lets_an_event_go(engine: Engine, hq: ScriptedHq, till: Till, outcome: Outcome) -> None:
    record(till, 1)
    hq.on_push = lambda events: applied(events, outcome=outcome)
    engine.push_once()
    assert (unsent(till), set_aside(till)) == ([], [])


def test_what_hq_quarantines_is_kept_where_people_see_it(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 1)
    hq.on_push = lambda events: applied(events, outcome=Outcome.QUARANTINED)
    engine.push_once()
    assert (unsent(till), set_aside(till)) == ([], made)


def test_only_what_the_answer_names_is_settled(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 3)
    hq.on_push = lambda events: applied(events[:1])
    engine.push_once()
    assert unsent(till) == made[1:]


def test_an_answer_about_other_events_settles_nothing(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 2)
    other = PushAnswer(hq_time=NOON, results=(EventResult(event_id="someone-elses", outcome=Outcome.APPLIED),))
    hq.on_push = lambda events: other
    with pytest.raises(ServerTrouble, match="left out 2"):
        engine.push_once()
    assert unsent(till) == made


def test_what_was_left_out_does_not_stand_in_the_way_of_newer_events(
    engine: Engine, hq: ScriptedHq, till: Till
) -> None:
    stuck = record(till, 100)
    hq.on_push = lambda events: applied([event for event in events if event.id not in stuck])
    with pytest.raises(ServerTrouble):
        engine.push_once()
    record(till, 5)
    assert engine.push_once() == Pushed(5, held=100)
    assert unsent(till) == stuck


@pytest.mark.parametrize(
    "failure",
    [
        Unreachable("x"),
        TimedOut("x"),
        CaptivePortal("x"),
        ServerTrouble("x", status=200),
        ServerTrouble("x", status=502),
        Busy("x"),
        NotWelcome("x"),
        in_hqs_words(404),
    ],
    ids=str,
)
def test_a_failing_link_says_nothing_about_events(engine: Engine, hq: ScriptedHq, till: Till, failure: Failure) -> None:
    made = record(till, 3)
    hq.on_push = refuses(*made, failure=lambda: failure)
    for _ in range(12):
        with pytest.raises(type(failure)):
            engine.push_once()
    assert (unsent(till), set_aside(till)) == (made, [])
    assert {len(batch) for batch in hq.pushed} <= {3, 1}


@pytest.mark.parametrize("place", [0, 1, 42, 99])
@pytest.mark.parametrize("status", [400, 413, 422])
def test_the_one_event_that_hq_refuses_is_found_and_the_rest_goes_up(
    engine: Engine, hq: ScriptedHq, till: Till, place: int, status: int
) -> None:
    made = record(till, 100)
    hq.on_push = refuses(made[place], failure=lambda: in_hqs_words(status))
    assert engine.push_once() == Pushed(99)
    assert (unsent(till), set_aside(till)) == ([], [made[place]])
    assert till(parked)[0].reason == "cannot read it"


def test_several_culprits_are_found_in_one_go(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 64)
    culprits = [made[0], made[1], made[31], made[63]]
    hq.on_push = refuses(*culprits, failure=in_hqs_words)
    engine.push_once()
    assert (unsent(till), set_aside(till)) == ([], culprits)


def test_a_500_must_come_back_before_an_event_is_blamed(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    good, bad = record(till, 2)
    hq.on_push = refuses(bad, failure=bare_500)
    assert engine.push_once() == Pushed(1, held=1)
    for _ in range(3):
        with pytest.raises(ServerTrouble):
            engine.push_once()
        assert unsent(till) == [bad]
    engine.push_once()
    assert (unsent(till), set_aside(till)) == ([], [bad])
    assert good not in unsent(till)


def test_a_lone_500_lets_no_newer_event_overtake(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 1)
    hq.on_push = refuses(*made, failure=bare_500)
    with pytest.raises(ServerTrouble):
        engine.push_once()
    made += record(till, 1)
    hq.on_push = applied
    engine.push_once()
    assert hq.pushed[-1] == made


def test_a_500_that_passes_costs_nothing(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 4)
    hq.on_push = refuses(made[2], failure=bare_500)
    engine.push_once()
    hq.on_push = applied
    assert engine.push_once() == Pushed(1)
    assert (unsent(till), set_aside(till)) == ([], [])


@pytest.mark.parametrize("failure", [bare_500, in_hqs_words])
def test_an_hq_that_refuses_everything_is_not_the_events_fault(
    engine: Engine, hq: ScriptedHq, till: Till, failure: Callable[[], Failure]
) -> None:
    made = record(till, 100)
    hq.on_push = refuses(*made, failure=failure)
    for _ in range(200):
        with pytest.raises(Failure):
            engine.push_once()
    assert (unsent(till), set_aside(till)) == (made, [])


def test_an_hq_that_refuses_everything_is_not_asked_endlessly(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 100)
    hq.on_push = refuses(*made, failure=bare_500)
    with pytest.raises(ServerTrouble):
        engine.push_once()
    assert len(hq.pushed) <= 12


def test_a_lone_refused_event_waits_until_hq_takes_another(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    (bad,) = record(till, 1)
    hq.on_push = refuses(bad, failure=in_hqs_words)
    with pytest.raises(RefusedByHq):
        engine.push_once()
    assert (unsent(till), set_aside(till)) == ([bad], [])
    record(till, 1)
    engine.push_once()
    assert (unsent(till), set_aside(till)) == ([], [bad])


def test_a_parked_event_goes_up_when_a_person_says_so(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    _, bad = record(till, 2)
    hq.on_push = refuses(bad, failure=in_hqs_words)
    engine.push_once()
    hq.on_push = applied
    till(retry_parked, bad)
    assert engine.push_once() == Pushed(1)
    assert set_aside(till) == []


def test_a_slow_link_gets_smaller_batches_and_larger_ones_again(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    record(till, 300)

    def slow(events: Sequence[Event]) -> PushAnswer:
        if len(events) > 30:
            raise TimedOut("slow")
        return applied(events)

    hq.on_push = slow
    for _ in range(2):
        with pytest.raises(TimedOut):
            engine.push_once()
    engine.push_once()
    hq.on_push = applied
    engine.push_once(), engine.push_once()
    assert [len(batch) for batch in hq.pushed] == [100, 50, 25, 50, 100]


def test_what_was_settled_before_a_failure_stays_settled(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 4)
    hq.on_push = refuses(made[3], failure=in_hqs_words)

    def then_the_cable(events: Sequence[Event]) -> PushAnswer:
        if len(events) < 2:
            raise Unreachable("cable")
        return refuses(made[3], failure=in_hqs_words)(events)

    hq.on_push = then_the_cable
    with pytest.raises(Unreachable):
        engine.push_once()
    assert unsent(till) == made[2:]


def test_the_same_event_is_sent_again_under_the_same_id(engine: Engine, hq: ScriptedHq, till: Till) -> None:
    made = record(till, 1)
    hq.on_push = refuses(*made, failure=lambda: Unreachable("the answer was lost"))
    for _ in range(3):
        with pytest.raises(Unreachable):
            engine.push_once()
    assert hq.pushed == [made, made, made]


def test_an_answer_tells_the_time_and_is_noted(engine: Engine, till: Till, learnt: list[tuple[object, float]]) -> None:
    record(till, 1)
    engine.push_once()
    assert learnt == [(NOON, 0.0)]
    assert till(health).last_contact == NOON
