"""The story of an order: what follows from the facts, in whatever order they arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.order import Status
from hq.ordering.story import Fact, FactKind, State, in_order, tell

AT = datetime(2026, 8, 1, 12, tzinfo=UTC)
K = FactKind


def fact(kind: FactKind, seq: int, attempt: str = "", *, no: int = 0, detail: str = "", by: str = "t1") -> Fact:
    return Fact(no or seq, kind, AT, by, seq, attempt, detail)


def from_hq(kind: FactKind, no: int) -> Fact:
    return Fact(no, kind, AT)


def test_without_facts_an_order_is_assigned() -> None:
    assert tell([]) == State()


def test_preparation_goes_forward_and_back() -> None:
    steps = [fact(K.PREPARATION_STARTED, 1), fact(K.PREPARED, 2, detail="A3")]
    assert (tell(steps).status, tell(steps).shelf) == (Status.PREPARED, "A3")
    steps.append(fact(K.PREPARATION_UNDONE, 3, detail="preparing"))
    assert (tell(steps).status, tell(steps).prepared_at) == (Status.PREPARING, None)
    steps.append(fact(K.PREPARATION_UNDONE, 4, detail="assigned"))
    assert tell(steps).status is Status.ASSIGNED


def test_a_late_start_does_not_undo_what_is_prepared() -> None:
    assert tell([fact(K.PREPARED, 1), fact(K.PREPARATION_STARTED, 1, by="t2", no=2)]).status is Status.PREPARED


def test_the_first_hand_over_counts_and_the_second_collides() -> None:
    state = tell([fact(K.HANDED_OVER, 1, "a"), fact(K.HANDED_OVER, 1, "b", by="t2", no=2)])
    assert (state.redemption, state.twice) == ("a", (("b", "a"),))


def test_the_same_attempt_twice_is_one_hand_over() -> None:
    once = [fact(K.HANDED_OVER, 1, "a")]
    assert tell([*once, fact(K.HANDED_OVER, 2, "a")]) == tell(once)


def test_a_revoked_hand_over_makes_way_for_another() -> None:
    told = [fact(K.HANDED_OVER, 1, "a"), fact(K.HAND_OVER_REVOKED, 2, "a")]
    assert tell(told).status is Status.AWAITING_PICKUP
    again = tell([*told, fact(K.HANDED_OVER, 3, "b")])
    assert (again.status, again.redemption, again.twice) == (Status.COMPLETED, "b", ())


def test_when_the_first_of_two_is_revoked_the_other_still_stands() -> None:
    both = [fact(K.HANDED_OVER, 1, "a"), fact(K.HANDED_OVER, 1, "b", by="t2", no=2)]
    state = tell([*both, fact(K.HAND_OVER_REVOKED, 2, "a", no=3)])
    assert (state.status, state.redemption) == (Status.COMPLETED, "b")


def test_a_request_to_cancel_waits_for_the_store() -> None:
    asked = [from_hq(K.CANCELLATION_REQUESTED, 1)]
    assert (tell(asked).status, tell(asked).cancel_requested) == (Status.ASSIGNED, True)
    assert tell([*asked, fact(K.CANCELLATION_ACCEPTED, 1, no=2)]).status is Status.CANCELLED


def test_a_hand_over_refuses_the_request_to_cancel() -> None:
    state = tell([from_hq(K.CANCELLATION_REQUESTED, 1), fact(K.HANDED_OVER, 1, "a", no=2)])
    assert (state.status, state.cancel_requested) == (Status.COMPLETED, False)
    assert state.after_cancellation == ("a",)


def test_a_hand_over_after_the_cancellation_changes_nothing_but_is_known() -> None:
    state = tell([from_hq(K.CANCELLED, 1), fact(K.HANDED_OVER, 1, "a", no=2)])
    assert (state.status, state.redemption, state.after_cancellation) == (Status.CANCELLED, None, ("a",))


def test_an_acceptance_that_nobody_asked_for_changes_nothing() -> None:
    assert tell([fact(K.CANCELLATION_ACCEPTED, 1)]) == State()


def test_what_overtook_an_earlier_fact_pulls_it_forward() -> None:
    late, early = fact(K.HANDED_OVER, 2, "a", no=1), fact(K.PREPARED, 1, no=3)
    other = fact(K.HANDED_OVER, 1, "b", by="t2", no=2)
    assert in_order([other, early, late]) == [early, late, other]


KINDS = st.sampled_from([kind for kind in FactKind if kind not in {K.CANCELLED, K.CANCELLATION_REQUESTED}])
DETAILS = st.sampled_from(["assigned", "preparing"])


@st.composite
def stories(draw: st.DrawFn, most: int = 8) -> list[Fact]:
    """One terminal's facts as it numbered them, after a request to cancel or without one."""
    count = draw(st.integers(1, most))
    told = [
        fact(draw(KINDS), seq, draw(st.sampled_from("abc")), no=seq + 1, detail=draw(DETAILS))
        for seq in range(1, count + 1)
    ]
    return [from_hq(K.CANCELLATION_REQUESTED, 1), *told] if draw(st.booleans()) else told


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(story: list[Fact], dice: object) -> None:
    ours, theirs = [f for f in story if not f.incarnation], [f for f in story if f.incarnation]
    arrived = list(theirs)
    dice.shuffle(arrived)  # type: ignore[attr-defined]
    again = [replace(f, no=at) for at, f in enumerate(arrived, start=2)]
    assert tell([*ours, *again]) == tell(story)


def test_every_arrival_of_a_full_story_ends_the_same() -> None:
    kinds = [(K.PREPARED, ""), (K.HANDED_OVER, "a"), (K.HAND_OVER_REVOKED, "a"), (K.HANDED_OVER, "b")]
    told = [fact(kind, seq, attempt) for seq, (kind, attempt) in enumerate(kinds, start=1)]
    ends = {
        tell(replace(f, no=at) for at, f in enumerate(arrived, start=1))
        for arrived in permutations([*told, fact(K.PREPARATION_STARTED, 5)])
    }
    assert len(ends) == 1


@given(stories(most=12))
def test_a_completed_order_has_exactly_one_redemption_that_counts(story: list[Fact]) -> None:
    state = tell(story)
    assert (state.status is Status.COMPLETED) == (state.redemption is not None)
    assert not set(state.live) & state.revoked
    assert len(set(state.live)) == len(state.live)
