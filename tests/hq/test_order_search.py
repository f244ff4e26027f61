"""Operators find an order by whatever the customer can say about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.events import EventKind
from app.domain.order import Status
from hq.console import entries
from hq.reports import order_search
from hq.reports.order_search import Wanted
from tests.hq.server import Teller
from tests.hq.town import Town


def found(town: Town, wanted: Wanted, *, before: int = 2**63 - 1, limit: int = 25) -> list[int]:
    now = town.clock.now()
    rows = town.office.read(lambda conn: order_search.search(conn, wanted, now, before=before, limit=limit))
    return [row.number for row in rows]


def test_an_order_is_found_by_each_thing_that_a_customer_can_say(town: Town) -> None:
    view = town.place(customer_name="李雷", customer_phone="13900001234", note="不要 100% 糖")
    town.place(customer_name="韩梅梅", customer_phone="13700009999")
    said = (str(view.row.number), view.row.label, "1234", "13900001234", view.short_code, "李雷", "100%")
    assert [found(town, Wanted(text=text)) for text in said] == [[view.row.number]] * len(said)


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "9" * 400, "\x00", "#", "₂", "no such"])
def test_what_nobody_said_finds_nothing_and_breaks_nothing(town: Town, text: str) -> None:
    town.place()
    assert found(town, Wanted(text=text)) == []


def test_a_store_sees_its_own(town: Town) -> None:
    other = town.open_store(102)
    mine, theirs = town.place().row.number, town.place(store_number=102).row.number
    assert found(town, Wanted(store_id=town.store.id)) == [mine]
    assert found(town, Wanted(store_id=other.id)) == [theirs]


def test_packed_turns_into_ready_when_the_window_opens(town: Town) -> None:
    opens = town.clock.now() + timedelta(hours=2)
    order = town.place(opens=opens, closes=opens + timedelta(hours=2)).row
    town.push(town.lead, Teller(now=town.clock.now).tell(EventKind.PREPARED, order.number, shelf="A"))
    assert found(town, Wanted(status=Status.PREPARED)) == [order.number]
    town.clock.pass_time(hours=2)
    assert found(town, Wanted(status=Status.AWAITING_PICKUP)) == [order.number]
    assert found(town, Wanted(status=Status.PREPARED)) == []


def test_a_day_is_the_days_of_the_window(town: Town) -> None:
    order = town.place().row
    minute = order.opens
    assert found(town, Wanted(opens_from=minute, opens_until=minute + 1)) == [order.number]
    assert found(town, Wanted(opens_from=minute + 1)) == found(town, Wanted(opens_until=minute)) == []


def test_pages_hold_every_order_once_newest_first(town: Town) -> None:
    placed = [town.place().row.number for _ in range(7)]
    first = found(town, Wanted(), limit=3)
    second = found(town, Wanted(), before=first[2], limit=3)
    third = found(town, Wanted(), before=second[2], limit=3)
    # One more than the page says that there is another.
    assert [len(first), len(second), len(third)] == [4, 4, 1]
    assert [*first[:3], *second[:3], *third] == sorted(placed, reverse=True)


def test_prices_are_read_as_they_are_written() -> None:
    assert [entries.fen(text) for text in ("12.8", "¥1,200", "0", "0.01")] == [1280, 120_000, 0, 1]
    assert [entries.yuan(amount) for amount in (1280, 0, 5, -250)] == ["12.80", "0.00", "0.05", "-2.50"]


def test_opening_hours_are_kept_as_they_are_typed() -> None:
    week = ["8:00-12:00，14:00－22:00".replace("－", "-"), "18:00-02:00", "", "", "", "00:00-24:00", ""]
    kept = entries.hours(week, '{"weekly": {}, "exceptions": {"2026-10-01": []}}')
    assert entries.week(kept) == ["08:00-12:00, 14:00-22:00", "18:00-02:00", "", "", "", "00:00-24:00", ""]
    assert "2026-10-01" in kept
    assert entries.hours([""] * 7) == ""
