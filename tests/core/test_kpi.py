"""The figures: what is due, what is redeemed, how long it took, what was bought besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.domain.kpi import OrderFact, is_due, measure, measure_by_session, measure_by_store
from app.domain.window import Window

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WINDOW = Window(NOON, NOON + 2 * HOUR)
LATER = NOON + 5 * HOUR
SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN = OrderFact(7, "live-1", WINDOW)
DONE = replace(OPEN, prepared_at=NOON - HOUR, completed_at=NOON + HOUR)


def test_without_orders_there_is_no_figure_rather_than_zero() -> None:
    figures = measure([], now=LATER, zone=SHANGHAI)
    assert (figures.redemption_rate, figures.mean_redemption_seconds, figures.mean_scan_seconds) == (None, None, None)
    assert (figures.addon_rate, figures.mean_addon_fen, sum(figures.by_hour)) == (None, None, 0)


def test_rate_is_over_the_orders_whose_window_has_closed() -> None:
    tomorrow = replace(OPEN, window=Window(NOON + 24 * HOUR, NOON + 26 * HOUR))
    figures = measure([OPEN, DONE, DONE, DONE, tomorrow], now=LATER, zone=SHANGHAI)
    assert (figures.orders, figures.due, figures.redeemed, figures.redemption_rate) == (5, 4, 3, 0.75)


def test_order_cancelled_in_time_is_not_due_and_a_no_show_is() -> None:
    assert not is_due(replace(OPEN, cancelled_at=WINDOW.closes - HOUR), LATER)
    assert is_due(replace(OPEN, cancelled_at=WINDOW.closes), LATER)
    assert is_due(replace(DONE, cancelled_at=NOON), LATER)


def test_figures_know_only_what_had_happened() -> None:
    figures = measure([DONE], now=WINDOW.closes - HOUR - timedelta(seconds=1), zone=SHANGHAI)
    assert (figures.due, figures.handed_over) == (0, 0)
    late = replace(DONE, completed_at=LATER)
    assert measure([late], now=LATER - HOUR, zone=SHANGHAI).redemption_rate == 0
    assert measure([late], now=LATER, zone=SHANGHAI).redemption_rate == 1


def test_time_runs_from_when_the_customer_could_collect() -> None:
    from_opening = measure([DONE], now=LATER, zone=SHANGHAI)
    from_prepared = measure([replace(DONE, prepared_at=NOON + HOUR / 2)], now=LATER, zone=SHANGHAI)
    unnoted = measure([replace(DONE, prepared_at=None)], now=LATER, zone=SHANGHAI)
    early = measure([replace(DONE, completed_at=NOON - HOUR / 2)], now=LATER, zone=SHANGHAI)
    found = [each.mean_redemption_seconds for each in (from_opening, from_prepared, unnoted, early)]
    assert found == [3600, 1800, 3600, 0]


def test_mean_of_the_scans_is_over_those_that_were_measured() -> None:
    facts = [DONE, replace(DONE, scan_seconds=2.0), replace(DONE, scan_seconds=5.0), replace(OPEN, scan_seconds=99.0)]
    assert measure(facts, now=LATER, zone=SHANGHAI).mean_scan_seconds == 3.5


def test_add_ons_are_counted_over_hand_overs() -> None:
    facts = [DONE, replace(DONE, addon_fen=100), replace(DONE, addon_fen=201), DONE, OPEN]
    figures = measure(facts, now=LATER, zone=SHANGHAI)
    assert (figures.addon_rate, figures.addon_fen, figures.mean_addon_fen) == (0.5, 301, 151)


def test_hours_are_the_stores_own() -> None:
    figures = measure([DONE, DONE], now=LATER, zone=SHANGHAI)
    assert {hour: count for hour, count in enumerate(figures.by_hour) if count} == {21: 2}


def test_stores_and_sessions_are_told_apart() -> None:
    facts = [DONE, replace(OPEN, store=8), replace(DONE, store=8, session=None)]
    stores = measure_by_store(facts, now=LATER, zones={7: SHANGHAI, 8: ZoneInfo("Europe/Berlin")})
    assert [(store, each.redemption_rate) for store, each in stores.items()] == [(7, 1), (8, 0.5)]
    assert stores[8].by_hour[15] == 1
    sessions = measure_by_session(facts, now=LATER, zone=SHANGHAI)
    assert [(session, each.orders) for session, each in sessions.items()] == [(None, 1), ("live-1", 2)]


@given(st.lists(st.tuples(st.sampled_from([7, 8]), st.none() | st.integers(-99, 400), st.integers(0, 3))))
def test_groups_add_up_to_the_whole(orders: list[tuple[int, int | None, int]]) -> None:
    facts = [
        replace(OPEN, store=store, completed_at=None if at is None else NOON + timedelta(minutes=at), addon_fen=fen)
        for store, at, fen in orders
    ]
    whole = measure(facts, now=LATER, zone=SHANGHAI)
    parts = measure_by_store(facts, now=LATER, zones={7: SHANGHAI, 8: SHANGHAI}).values()
    for name in ("orders", "due", "redeemed", "handed_over", "addon_fen"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    assert sum(whole.by_hour) == whole.handed_over
