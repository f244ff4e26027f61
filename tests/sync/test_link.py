"""What people are told about the link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sync.failures import NotWelcome, Reason, ServerTrouble, TimedOut, Unreachable
from sync.link import Direction, LinkKind, LinkState, at_rest, failed, heard

NOON = datetime(2026, 8, 1, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
PUSH, PULL = Direction.PUSH, Direction.PULL


def test_before_the_first_try_the_link_is_offline_and_says_why() -> None:
    state = LinkState()
    assert (state.kind, state.reason, state.since) == (LinkKind.OFFLINE, Reason.NOT_TRIED, None)


def test_an_answer_puts_the_link_online() -> None:
    state = heard(LinkState(), PULL, NOON)
    assert (state.kind, state.reason, state.last_contact) == (LinkKind.ONLINE, None, NOON)


def test_offline_counts_from_the_first_failure() -> None:
    state = failed(heard(LinkState(), PULL, NOON), PULL, Unreachable("no cable"), NOON)
    state = failed(state, PULL, TimedOut("slow"), LATER)
    assert (state.kind, state.reason, state.since) == (LinkKind.OFFLINE, Reason.TIMED_OUT, NOON)
    assert state.last_contact == NOON


def test_a_stuck_upload_is_not_hidden_by_a_feed_that_runs() -> None:
    state = heard(failed(LinkState(), PUSH, ServerTrouble("500"), NOON), PULL, LATER)
    assert (state.kind, state.reason, state.last_contact) == (LinkKind.OFFLINE, Reason.SERVER_TROUBLE, LATER)


def test_what_needs_a_person_is_said_before_the_rest() -> None:
    state = failed(failed(LinkState(), PULL, Unreachable("x"), NOON), PUSH, NotWelcome("revoked"), LATER)
    assert (state.kind, state.reason, state.since) == (LinkKind.ATTENTION, Reason.NOT_WELCOME, LATER)


def test_an_answer_ends_its_own_directions_trouble() -> None:
    state = heard(failed(LinkState(), PUSH, NotWelcome("revoked"), NOON), PUSH, LATER)
    assert state.kind is LinkKind.ONLINE


def test_nothing_to_do_is_neither_trouble_nor_news() -> None:
    state = at_rest(failed(LinkState(), PUSH, Unreachable("x"), NOON), PUSH)
    assert (state.trouble, state.last_contact) == (None, None)
