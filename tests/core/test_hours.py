"""Opening hours: what they read, when they are open, how they survive clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import ALWAYS, Hours, Span, instant
from tests.core.weeks import MOMENTS, ZONES, hours, local

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SHOP = Hours.daily("08:00-22:00")
BAR = Hours.daily("18:00-02:00")


def test_time_that_the_clock_skips_becomes_the_first_after_the_gap() -> None:
    gap_ends = datetime(2026, 3, 29, 1, tzinfo=UTC)
    for minute in (120, 130, 179, 180):
        assert instant(date(2026, 3, 29), minute, BERLIN) == gap_ends
    assert instant(date(2026, 10, 4), 2 * 60 + 10, LORD_HOWE) == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)


def test_time_that_the_clock_shows_twice_is_its_first() -> None:
    assert instant(date(2026, 10, 25), 150, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(date(2026, 4, 5), 105, LORD_HOWE) == datetime(2026, 4, 4, 14, 45, tzinfo=UTC)


def test_date_that_a_zone_skipped_has_no_opening() -> None:
    apia = ZoneInfo("Pacific/Apia")
    opening = Span(480, 1200).on(date(2011, 12, 30), apia)
    assert opening.opens == opening.closes == datetime(2011, 12, 30, 10, tzinfo=UTC)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 2879), ZONES)
def test_instants_follow_the_wall_clock_in_order(day: date, minute: int, zone: ZoneInfo) -> None:
    one, next_one = instant(day, minute, zone), instant(day, minute + 1, zone)
    assert one <= next_one
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - a wall clock's
    assert one.astimezone(zone).replace(tzinfo=None) >= wall
    assert one.second == 0


def test_night_belongs_to_the_date_on_which_it_begins() -> None:
    closed_sunday = Hours(BAR.weekly, ((date(2026, 8, 2), ()),))
    assert closed_sunday.is_open(local("2026-08-02 01:59", SHANGHAI), SHANGHAI)
    assert not closed_sunday.is_open(local("2026-08-02 02:00", SHANGHAI), SHANGHAI)
    assert not closed_sunday.is_open(local("2026-08-02 19:00", SHANGHAI), SHANGHAI)
    assert closed_sunday.next_opening(local("2026-08-02 03:00", SHANGHAI), SHANGHAI) == local(
        "2026-08-03 18:00", SHANGHAI
    )


def test_next_opening_and_closing_are_none_where_there_is_none() -> None:
    now = local("2026-08-01 12:00", SHANGHAI)
    assert SHOP.closing(now, SHANGHAI) == local("2026-08-01 22:00", SHANGHAI)
    assert SHOP.next_opening(now, SHANGHAI) == local("2026-08-02 08:00", SHANGHAI)
    assert (ALWAYS.closing(now, SHANGHAI), ALWAYS.next_opening(now, SHANGHAI)) == (None, None)
    assert Hours.daily().next_opening(now, SHANGHAI) is None


def test_work_is_counted_in_opening_time() -> None:
    late, morning = local("2026-08-01 21:30", SHANGHAI), local("2026-08-02 09:30", SHANGHAI)
    assert SHOP.after(late, 120, SHANGHAI) == morning
    assert SHOP.before(morning, 120, SHANGHAI) == late
    assert SHOP.after(late, 0, SHANGHAI) == late
    assert Hours.daily().after(late, 1, SHANGHAI) is None
    assert Hours.daily().before(late, 1, SHANGHAI) is None


@given(hours(), MOMENTS, ZONES, st.integers(1, 600))
def test_openings_are_in_order_apart_and_agree_with_is_open(
    week: Hours, now: datetime, zone: ZoneInfo, ahead: int
) -> None:
    openings = week.openings(now, now + timedelta(days=5), zone)
    assert all(each.opens < each.closes for each in openings)
    assert all(one.closes < other.opens for one, other in pairwise(openings))
    then = now + timedelta(minutes=ahead)
    assert week.is_open(then, zone) == any(each.opens <= then < each.closes for each in openings)


@given(hours(), MOMENTS, ZONES, st.integers(1, 600))
def test_after_counts_exactly_the_open_minutes(week: Hours, now: datetime, zone: ZoneInfo, minutes: int) -> None:
    done = week.after(now, minutes, zone)
    if done is None:
        return
    openings = week.openings(now, done, zone)
    assert sum((each.closes - each.opens for each in openings), timedelta()) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("week", "zh", "en"),
    [
        (SHOP, "周一至周日 08:00–22:00", "Mon–Sun 08:00–22:00"),
        (BAR, "周一至周日 18:00–次日02:00", "Mon–Sun 18:00–02:00"),
        (ALWAYS, "周一至周日 全天 24 小时", "Mon–Sun 24 hours"),
        (
            Hours.from_json({"weekly": {day: ["8:00-12:00", "14:00-20:00"] for day in ("mon", "tue", "sun")}}),
            "周一至周二 08:00–12:00、14:00–20:00，周三至周六 休息，周日 08:00–12:00、14:00–20:00",
            "Mon–Tue 08:00–12:00 and 14:00–20:00, Wed–Sat closed, Sun 08:00–12:00 and 14:00–20:00",
        ),
    ],
)
def test_hours_are_told_in_both_languages(week: Hours, zh: str, en: str) -> None:
    assert (week.describe(), week.describe("en")) == (zh, en)


def test_exceptions_of_the_next_fortnight_are_told() -> None:
    week = Hours(SHOP.weekly, ((date(2026, 10, 1), ()), (date(2026, 12, 31), (Span(600, 900),))))
    assert week.describe(today=date(2026, 9, 25)) == "周一至周日 08:00–22:00，10月1日 休息"
    assert week.describe("en", today=date(2026, 12, 30)) == "Mon–Sun 08:00–22:00, 31 Dec 10:00–15:00"


@given(hours())
def test_hours_survive_json(week: Hours) -> None:
    assert Hours.from_json(week.as_json) == week


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "Opening hours must be an object"),
        ({"weekley": {}}, "no field 'weekley'"),
        ({"weekly": {"monday": []}}, "no field 'monday'"),
        ({"weekly": {"mon": "08:00-22:00"}}, "hours of mon must be a list"),
        ({"weekly": {"mon": ["8-22"]}}, "time of day such as 08:00"),
        ({"weekly": {"mon": ["08:00"]}}, "written as 08:00-22:00"),
        ({"weekly": {"mon": [8]}}, "written as 08:00-22:00"),
        ({"weekly": {"mon": ["24:00-08:00"]}}, "before 24:00"),
        ({"weekly": {"mon": ["08:00-25:00"]}}, "time of day"),
        ({"weekly": {"mon": ["08:00-12:00", "11:00-13:00"]}}, "must not overlap"),
        ({"weekly": {"mon": ["08:00-09:00"] * 9}}, "at most 8"),
        ({"exceptions": []}, "exceptions must be an object"),
        ({"exceptions": {"1.10.2026": []}}, "written as 2026-10-01"),
    ],
)
def test_bad_hours_are_refused_with_a_sentence(data: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Hours.from_json(data)
