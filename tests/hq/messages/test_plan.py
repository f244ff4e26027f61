"""Plans: waits grow, quiet hours are the store's, what cannot be read agrees to nothing."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hq.messages import plan
from hq.messages.kinds import GENTLE, Kind
from hq.messages.plan import Plan


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        ("Asia/Shanghai", "2026-08-01T22:00", "2026-08-02T08:00"),
        ("Asia/Shanghai", "2026-08-02T07:59", "2026-08-02T08:00"),
        ("Asia/Shanghai", "2026-12-31T23:30", "2027-01-01T08:00"),
        # The clocks go forward that night.
        ("Europe/Berlin", "2026-03-28T23:00", "2026-03-29T08:00"),
    ],
)
def test_what_can_wait_waits_for_the_stores_morning(zone: str, now: str, morning: str) -> None:
    told, expected = (datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)) for text in (now, morning))
    assert plan.quiet_until(Kind.OVERDUE, zone, told) == expected


@pytest.mark.parametrize("kind", sorted(set(Kind) - GENTLE))
def test_what_is_urgent_is_sent_at_night(kind: Kind) -> None:
    assert plan.quiet_until(kind, "Asia/Shanghai", datetime(2026, 8, 1, 18, 0, tzinfo=UTC)) is None


@given(st.integers(0, 20 * 366 * 24 * 60), st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]))
def test_a_gentle_message_never_goes_out_at_night(minutes: int, zone: str) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    sent = plan.quiet_until(Kind.THANKS, zone, now) or now
    assert 8 <= sent.astimezone(ZoneInfo(zone)).hour < 22
    assert now <= sent <= now + timedelta(hours=11)


def test_waits_double_up_to_an_hour_and_never_come_before_the_provider_asked() -> None:
    dice = random.Random(1).getrandbits
    for tries in range(1, 101):
        longest = min(15 * 2 ** (tries - 1), 3_600)
        assert timedelta(seconds=longest / 2) <= plan.wait(tries, 0, dice) <= timedelta(seconds=longest)
        assert plan.wait(tries, 700, dice) >= timedelta(seconds=700)


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"consents": [1]}', '{"consents": maybe}'])
def test_a_plan_that_cannot_be_read_agrees_to_nothing(text: str) -> None:
    assert Plan.parse(text) == Plan({})


def test_a_plan_survives_the_database() -> None:
    told = Plan({"sms": True, "mini": ["paid"]}, ("mini", "sms"), ("wecom: 没有联系人",), 2)
    assert Plan.parse(told.text()) == told
