"""The waits between tries."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.backoff import BASE_SECONDS, CAP_SECONDS, Backoff, delay

DRAWS = st.floats(0, 1, exclude_max=True)


@given(failures=st.integers(1, 10_000), draw=DRAWS)
def test_a_wait_is_never_longer_than_the_cap(failures: int, draw: float) -> None:
    assert 0 <= delay(failures, draw) <= CAP_SECONDS


@given(failures=st.integers(1, 10_000), draw=DRAWS, asked=st.floats(0, 1e9))
def test_what_hq_asks_for_is_waited_out_up_to_the_cap(failures: int, draw: float, asked: float) -> None:
    assert min(asked, CAP_SECONDS) <= delay(failures, draw, asked) <= 2 * CAP_SECONDS


@pytest.mark.parametrize(("failures", "ceiling"), [(1, 1), (2, 2), (5, 16), (9, 256), (10, 300), (5000, 300)])
def test_the_ceiling_doubles(failures: int, ceiling: float) -> None:
    assert delay(failures, 0.5) == ceiling / 2


def test_two_terminals_do_not_come_back_together() -> None:
    one, other = Backoff(random.Random(1)), Backoff(random.Random(2))
    assert {one.failed() for _ in range(9)}.isdisjoint(other.failed() for _ in range(9))


def test_the_same_seed_waits_the_same() -> None:
    one, other = Backoff(random.Random(1)), Backoff(random.Random(1))
    assert [one.failed() for _ in range(9)] == [other.failed() for _ in range(9)]


def test_a_success_starts_over() -> None:
    backoff = Backoff(random.Random(1))
    for _ in range(20):
        backoff.failed()
    backoff.succeeded()
    assert backoff.failed() < BASE_SECONDS
