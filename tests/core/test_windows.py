"""Which windows an order may choose from: by clock, lead time, group and evening, across every odd day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import ALWAYS, Hours, Span, instant, local_day
from app.domain.offers import group_window, may_still_order, offer_windows, quarter_to_book, quarters
from app.domain.rules import ClockRule, EveningRule, GroupRule, LeadRule, Rule, rule_as_json, rule_from_json
from app.domain.window import WhyNot, Window, WindowOffer
from tests.core.weeks import MOMENTS, RULES, ZONES, hours, local

SHANGHAI = ZoneInfo("Asia/Shanghai")
SHOP = Hours.daily("08:00-22:00")
AFTERNOON = ClockRule(Span.parse("14:00-20:00"))
TONIGHT = EveningRule(Span.parse("20:00-22:00"), 21 * 60 + 30)
NIGHT = EveningRule(Span.parse("20:00-02:00"), 25 * 60 + 30)
GROUP = GroupRule(Span.parse("10:00-20:00"), days_after=2, size=3, forming_minutes=1440)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return local(text, zone)


def windows(rule: Rule, now: str, week: Hours = SHOP, **more: Any) -> list[str]:
    offers = offer_windows(rule, now=at(now), zone=SHANGHAI, hours=week, **more)
    return [told(offer) for offer in offers]


def told(offer: WindowOffer) -> str:
    opens, closes = (each.astimezone(SHANGHAI) for each in (offer.window.opens, offer.window.closes))
    return f"{opens:%m-%d %H:%M}-{closes:%H:%M}{' ' + offer.why if offer.why else ''}"


def test_next_day_by_the_clock() -> None:
    assert windows(AFTERNOON, "2026-08-31 20:00") == ["09-01 14:00-20:00"]
    assert windows(ClockRule(AFTERNOON.span, days=2), "2028-02-28 20:00") == ["02-29 14:00-20:00", "03-01 14:00-20:00"]


def test_order_after_the_cut_off_counts_as_the_next_days() -> None:
    rule = ClockRule(AFTERNOON.span, cutoff=18 * 60)
    assert windows(rule, "2026-08-01 17:59") == ["08-02 14:00-20:00"]
    assert windows(rule, "2026-08-01 18:00") == ["08-03 14:00-20:00"]


def test_window_that_has_begun_is_cut_to_the_next_quarter() -> None:
    rule = ClockRule(AFTERNOON.span, days_after=0)
    assert windows(rule, "2026-08-01 15:01") == ["08-01 15:15-20:00"]
    assert windows(rule, "2026-08-01 19:50") == ["08-02 14:00-20:00"]


def test_window_is_cut_to_the_opening_hours_and_a_closed_day_is_told_and_passed_over() -> None:
    week = Hours.from_json({"weekly": {"sat": ["09:00-18:00"], "mon": ["09:00-15:00", "16:00-19:00"]}})
    assert windows(AFTERNOON, "2026-08-01 12:00", week) == [
        "08-02 14:00-20:00 closed",
        "08-03 14:00-15:00",
        "08-03 16:00-19:00",
    ]


def test_made_to_order_goods_move_the_windows_opening() -> None:
    rule = ClockRule(AFTERNOON.span, days_after=0)
    assert windows(rule, "2026-08-01 13:00", lead_minutes=180) == ["08-01 16:00-20:00"]
    assert windows(rule, "2026-08-01 13:00", lead_minutes=410) == ["08-01 14:00-20:00 too_soon", "08-02 14:00-20:00"]


def test_from_two_hours_after_ordering_until_closing() -> None:
    rule = LeadRule(120, slot_minutes=90, slots=3)
    assert windows(rule, "2026-08-01 17:03") == ["08-01 19:15-20:45", "08-01 20:45-22:00", "08-02 08:00-09:30"]


def test_lead_time_runs_only_while_the_store_is_open() -> None:
    assert windows(LeadRule(120, slots=1), "2026-08-01 21:00") == ["08-02 09:00-10:00"]


def test_evening_until_closing_and_nothing_after_the_cut_off() -> None:
    assert windows(TONIGHT, "2026-08-01 12:00") == ["08-01 20:00-22:00"]
    assert windows(TONIGHT, "2026-08-01 20:31") == ["08-01 20:45-22:00"]
    assert windows(TONIGHT, "2026-08-01 21:30") == []
    assert windows(TONIGHT, "2026-08-01 23:00") == []


def test_evening_past_midnight_is_the_same_evening() -> None:
    assert windows(NIGHT, "2026-08-02 00:31", ALWAYS) == ["08-02 00:45-02:00"]
    assert windows(NIGHT, "2026-08-02 01:30", ALWAYS) == []
    assert windows(NIGHT, "2026-08-02 02:00", ALWAYS) == ["08-02 20:00-02:00"]


def test_evening_that_the_lead_time_overruns_is_too_soon() -> None:
    rule = EveningRule(TONIGHT.span, TONIGHT.cutoff, lead_minutes=120)
    assert windows(rule, "2026-08-01 20:00") == ["08-01 20:00-22:00 too_soon"]


def test_group_collects_together_on_day_x_after_it_is_complete() -> None:
    window = group_window(GROUP, at("2026-12-30 23:59"), zone=SHANGHAI, hours=ALWAYS)
    assert window == Window(at("2027-01-01 10:00"), at("2027-01-01 20:00"))
    assert GROUP.fails_at(at("2026-12-30 23:59")) == at("2026-12-31 23:59")


def test_group_takes_the_longest_stretch_of_a_day_with_room_for_all() -> None:
    week = Hours.daily("08:00-11:00", "12:00-20:00")
    window = group_window(GROUP, at("2026-08-01 12:00"), zone=SHANGHAI, hours=week)
    assert window == Window(at("2026-08-03 12:00"), at("2026-08-03 20:00"))
    full = dict.fromkeys(quarters(window), 1) | {quarters(window)[0]: 0, quarters(window)[1]: 0}
    later = group_window(GROUP, at("2026-08-01 12:00"), zone=SHANGHAI, hours=week, load=full, capacity=1)
    assert later == Window(at("2026-08-04 12:00"), at("2026-08-04 20:00"))
    assert group_window(GROUP, at("2026-08-01 12:00"), zone=SHANGHAI, hours=Hours.daily()) is None


def test_order_is_booked_into_the_first_quarter_with_room() -> None:
    window = Window(at("2026-08-01 14:00"), at("2026-08-01 14:45"))
    first, second, third = quarters(window)
    assert quarter_to_book(window) == first
    assert quarter_to_book(window, {first: 2, second: 1}, 2) == second
    assert quarter_to_book(window, dict.fromkeys((first, second, third), 2), 2) is None


def test_full_window_is_told_and_the_next_steps_in() -> None:
    taken = dict.fromkeys(quarters(Window(at("2026-08-02 14:00"), at("2026-08-02 20:00"))), 2)
    rule_offers = offer_windows(
        AFTERNOON, now=at("2026-08-01 12:00"), zone=SHANGHAI, hours=SHOP, load=taken, capacity=2
    )
    assert [told(each) for each in rule_offers] == ["08-02 14:00-20:00 full", "08-03 14:00-20:00"]
    assert [each.left for each in rule_offers] == [0, 48]


def test_limit_leaves_out_first_what_cannot_be_taken() -> None:
    week = Hours.from_json({"weekly": {"sat": ["08:00-22:00"]}})
    assert windows(AFTERNOON, "2026-08-02 12:00", week, limit=1) == ["08-08 14:00-20:00"]
    assert len(windows(AFTERNOON, "2026-08-02 12:00", week, limit=3)) == 3


def may(rule: Rule, window: Window, now: str, load: Mapping[int, int] | None = None) -> WhyNot | None:
    return may_still_order(rule, window, now=at(now), zone=SHANGHAI, hours=SHOP, load=load or {}, capacity=1)


def test_offered_window_may_be_taken_for_a_quarter_of_an_hour() -> None:
    window = Window(at("2026-08-01 14:15"), at("2026-08-01 15:15"))
    rule = LeadRule(120)
    assert may(rule, window, "2026-08-01 12:10") is None
    assert may(rule, window, "2026-08-01 12:30") is None
    assert may(rule, window, "2026-08-01 12:31") is WhyNot.NOT_OFFERED
    assert may(rule, window, "2026-08-01 12:10", dict.fromkeys(quarters(window), 1)) is WhyNot.FULL


def test_window_of_ones_own_making_is_refused() -> None:
    assert may(AFTERNOON, Window(at("2026-08-02 14:00"), at("2026-08-02 20:00")), "2026-08-01 12:00") is None
    for opens, closes in (("02 14:00", "02 20:15"), ("03 14:00", "03 20:00"), ("02 14:07", "02 14:09")):
        own = Window(at(f"2026-08-{opens}"), at(f"2026-08-{closes}"))
        assert may(AFTERNOON, own, "2026-08-01 12:00") is WhyNot.NOT_OFFERED


def test_clock_change_shortens_the_window_and_never_turns_it_round() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    rule = ClockRule(Span.parse("01:30-03:30"))
    (offer,) = offer_windows(rule, now=at("2026-03-28 12:00", berlin), zone=berlin, hours=ALWAYS)
    assert offer.window.length == 60
    skipped = ClockRule(Span.parse("02:00-03:00"))
    (offer,) = offer_windows(skipped, now=at("2026-03-28 12:00", berlin), zone=berlin, hours=ALWAYS)
    assert local_day(offer.window.opens, berlin).isoformat() == "2026-03-30"


class _Everywhere(dict[int, int]):
    """A load that repeats: every third quarter has some orders."""

    def __init__(self, orders: int) -> None:
        super().__init__()
        self._orders = orders

    def get(self, quarter: int, default: Any = 0) -> int:
        return self._orders if quarter % 3 else 0


LOADS = st.integers(0, 3).map(_Everywhere)


@given(RULES, MOMENTS, ZONES, hours(), st.integers(0, 300), LOADS, st.none() | st.integers(0, 3))
def test_what_may_be_taken_keeps_every_promise(
    rule: Rule, now: datetime, zone: ZoneInfo, week: Hours, lead: int, load: Mapping[int, int], capacity: int | None
) -> None:
    offers = offer_windows(
        rule, now=now, zone=zone, hours=week, lead_minutes=lead, load=load, capacity=capacity, limit=500
    )
    for offer in offers:
        window = offer.window
        assert window.opens >= now
        assert (window.opens.second, window.opens.utcoffset()) == (0, timedelta())
        assert week.openings(window.opens, window.closes, zone) == (
            () if offer.why is WhyNot.CLOSED else ((window.opens, window.closes),)
        )
        if offer.why is None:
            assert window.opens >= (week.after(now, lead, zone) or window.closes)
            assert capacity is None or offer.left
            assert quarter_to_book(window, load, capacity) in quarters(window)
    assert all(one.window.closes <= other.window.opens for one, other in pairwise(offers))


@given(RULES, MOMENTS, ZONES, hours(), st.integers(0, 14 * 60))
def test_what_was_offered_may_be_taken_while_the_form_is_filled_in(
    rule: Rule, now: datetime, zone: ZoneInfo, week: Hours, seconds: int
) -> None:
    for offer in offer_windows(rule, now=now, zone=zone, hours=week, limit=500):
        later = now + timedelta(seconds=seconds)
        answer = may_still_order(rule, offer.window, now=now, zone=zone, hours=week)
        assert answer is offer.why
        if offer.why is None and later < offer.window.closes:
            assert may_still_order(rule, offer.window, now=later, zone=zone, hours=week) is None


@given(MOMENTS, ZONES, hours(), st.integers(0, 1440), st.integers(0, 3))
def test_cut_off_and_days_after_are_those_of_the_stores_clock(
    now: datetime, zone: ZoneInfo, week: Hours, cutoff: int, after: int
) -> None:
    rule = ClockRule(Span(0, 1440), after, cutoff)
    today = local_day(now, zone)
    first = today + timedelta(days=after + (now >= instant(today, cutoff, zone)))
    for offer in offer_windows(rule, now=now, zone=zone, hours=week):
        assert local_day(offer.window.opens, zone) >= first


@given(RULES)
def test_rule_survives_json(rule: Rule) -> None:
    assert rule_from_json(rule_as_json(rule)) == rule


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "one of clock, lead, group, evening, not None"),
        ({"kind": ["clock"]}, "one of clock, lead"),
        ({"kind": "moon"}, "not 'moon'"),
        ({"kind": "clock", "opens": "14:00"}, "closes must be a time of day"),
        ({"kind": "clock", "opens": "14:00", "closes": "20:00", "open": 1}, "no field 'open'"),
        ({"kind": "clock", "opens": "14:00", "closes": "20:00", "days_after": -1}, "days_after must be a whole number"),
        ({"kind": "clock", "opens": "14:00", "closes": "20:00", "days": True}, "days must be a whole number"),
        ({"kind": "lead"}, "lead_minutes must be a whole number"),
        ({"kind": "lead", "lead_minutes": 120.5}, "lead_minutes must be a whole number"),
        ({"kind": "lead", "lead_minutes": 120, "slot_minutes": 5}, "slot_minutes must be a whole number from 15"),
        ({"kind": "group", "opens": "9:00", "closes": "20:00", "days_after": 1, "size": 1}, "size must be"),
        ({"kind": "evening", "opens": "20:00", "closes": "22:00", "cutoff": "22:30"}, "cut-off must lie before"),
        ({"kind": "evening", "opens": "20:00", "closes": "22:00", "cutoff": 21}, "cutoff must be a time of day"),
    ],
)
def test_bad_rule_is_refused_with_a_sentence(data: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        rule_from_json(data)


def test_rule_out_of_its_range_is_refused_in_code_too() -> None:
    with pytest.raises(ValueError, match="days must be from 1"):
        ClockRule(AFTERNOON.span, days=0)
    with pytest.raises(ValueError, match="cut-off"):
        EveningRule(NIGHT.span, 60)
