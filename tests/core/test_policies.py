"""A new date, the steps after nobody came, and when work must begin."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import ALWAYS, Hours
from app.domain.policies import OverduePolicy, OverdueStep, ReschedulePolicy, WhyNoNewDate, prepare_by
from app.domain.rules import rule_from_json
from app.domain.window import Window

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
WINDOW = Window(NOON, NOON + timedelta(hours=2))
HOUR = timedelta(hours=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
FULL = OverduePolicy(2, 24, 500, 48, 72)


def test_new_date_is_allowed_until_the_last_minute_and_so_many_times() -> None:
    policy = ReschedulePolicy(latest_minutes=60, most_times=2)
    assert policy.may_reschedule(WINDOW, NOON - HOUR, 1) is None
    assert policy.may_reschedule(WINDOW, NOON - HOUR + timedelta(seconds=1), 0) is WhyNoNewDate.TOO_LATE
    assert policy.may_reschedule(WINDOW, NOON - HOUR, 2) is WhyNoNewDate.TOO_OFTEN
    assert ReschedulePolicy(allowed=False).may_reschedule(WINDOW, NOON - HOUR, 0) is WhyNoNewDate.NOT_ALLOWED


def test_overdue_steps_come_due_one_after_the_other() -> None:
    closes = WINDOW.closes
    assert FULL.due_steps(WINDOW, closes + timedelta(minutes=119)) == ()
    assert FULL.due_steps(WINDOW, closes + 2 * HOUR) == (OverdueStep.REMIND,)
    assert FULL.due_steps(WINDOW, closes + 48 * HOUR) == tuple(OverdueStep)[:3]
    assert FULL.due_steps(WINDOW, closes + 999 * HOUR) == tuple(OverdueStep)


def test_next_step_is_known_beforehand() -> None:
    assert FULL.next_step_at(WINDOW, NOON) == WINDOW.closes + 2 * HOUR
    assert FULL.next_step_at(WINDOW, WINDOW.closes + 2 * HOUR) == WINDOW.closes + 24 * HOUR
    assert FULL.next_step_at(WINDOW, WINDOW.closes + 72 * HOUR) is None


def test_work_begins_while_the_store_is_open() -> None:
    week = Hours.daily("08:00-22:00")
    window = Window(datetime(2026, 8, 1, 1, tzinfo=UTC), NOON)  # 09:00 in Shanghai
    begin = prepare_by(window, lead_minutes=120, pack_minutes=30, zone=SHANGHAI, hours=week)
    assert begin == datetime(2026, 7, 31, 12, 30, tzinfo=UTC)
    assert prepare_by(window, lead_minutes=60, pack_minutes=0, zone=SHANGHAI, hours=ALWAYS) == window.opens - HOUR
    assert (
        prepare_by(window, lead_minutes=60, pack_minutes=0, zone=SHANGHAI, hours=Hours.daily()) == window.opens - HOUR
    )


@given(st.booleans(), st.integers(0, 1000), st.integers(0, 9))
def test_reschedule_policy_survives_json(allowed: bool, latest: int, times: int) -> None:
    policy = ReschedulePolicy(allowed, latest, times)
    assert ReschedulePolicy.from_json(policy.as_json) == policy


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=4).map(sorted), st.integers(1, 9999), st.booleans())
def test_overdue_policy_survives_json(hours: list[int], fen: int, coupon: bool) -> None:
    remind, gift, back, refund = hours
    policy = OverduePolicy(remind, gift if coupon else None, fen if coupon else 0, back, refund)
    assert OverduePolicy.from_json(policy.as_json) == policy


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "An overdue policy must be an object"),
        ({"remind": 2}, "no field 'remind'"),
        ({"remind_hours": -1}, "remind_hours must be a whole number from 0"),
        ({"remind_hours": 5, "put_back_hours": 2}, "must follow one another"),
        ({"coupon_hours": 5}, "coupon needs both"),
        ({"coupon_fen": 500}, "coupon needs both"),
        ({"refund_hours": 5}, "refund needs put_back_hours"),
    ],
)
def test_bad_overdue_policy_is_refused_with_a_sentence(data: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        OverduePolicy.from_json(data)


def test_bad_reschedule_policy_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="allowed must be true or false"):
        ReschedulePolicy.from_json({"allowed": 1})
    assert ReschedulePolicy.from_json({}) == ReschedulePolicy()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["08:00-22:00", "24:00", "clock", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "opens", "closes", "cutoff", "weekly", "mon", "exceptions", "2026-10-01", "size"]),
            inner,
            max_size=5,
        )
    ),
)


@given(_JSON)
def test_any_json_is_read_or_refused_with_a_value_error(data: Any) -> None:
    for read in (Hours.from_json, rule_from_json, ReschedulePolicy.from_json, OverduePolicy.from_json):
        with contextlib.suppress(ValueError):
            read(data)
