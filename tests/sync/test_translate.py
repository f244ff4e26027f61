"""Rows of the feed become the terminal's records."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.order import Line, Redemption, Status
from app.domain.records import IncidentRecord, KeyRecord, OrderRecord
from sync.translate import records
from sync.wire import FeedRow

AT = datetime(2026, 8, 1, 4, 30, tzinfo=UTC)
ORDER = {
    "kind": "order", "number": 7, "id": "o", "version": 3, "status": "completed", "issue": 1, "opens": 10, "length": 20,
    "placed_at": "2026-08-01T12:30:00+08:00", "lines": [{"product_number": 5, "quantity": 2, "name": "糕"}],
    "redemption": {"attempt_id": "a", "at": "2026-08-01T12:30:00+08:00", "by": "Wang", "terminal": "T"},
}  # fmt: skip


def record(item: dict[str, object]) -> object:
    return records([FeedRow.model_validate({"seq": 1, "item": item})])[0]


def test_an_order_is_taken_over_whole_with_its_times_in_utc() -> None:
    order = record(ORDER)
    assert isinstance(order, OrderRecord)
    assert (order.status, order.lines, order.placed_at) == (Status.COMPLETED, (Line(5, 2, "糕"),), AT)
    assert order.redemption == Redemption("a", AT, "Wang", "T")
    assert order.placed_at.tzinfo is UTC


def test_who_is_here_and_who_collects_are_taken_over() -> None:
    order = record(
        {**ORDER, "arrived_at": "2026-08-01T12:30:00+08:00", "collector": "李*", "collector_relation": "同事"}
    )
    assert isinstance(order, OrderRecord)
    assert (order.arrived_at, order.collector, order.collector_relation) == (AT, "李*", "同事")


def test_an_hq_of_the_release_before_tells_of_nobody() -> None:
    order = record(ORDER)
    assert isinstance(order, OrderRecord)
    assert (order.arrived_at, order.collector, order.collector_relation) == (None, "", "")


def test_a_key_becomes_its_bytes() -> None:
    assert record({"kind": "key", "key_id": 3, "public_key": "0f" * 32}) == KeyRecord(3, b"\x0f" * 32, retired=False)


def test_an_incidents_facts_become_canonical_text() -> None:
    item = {"kind": "incident", "id": "i", "incident": "unknown_order", "opened_at": AT, "facts": {"b": 1, "a": "糕"}}
    incident = record(item)
    assert isinstance(incident, IncidentRecord)
    assert incident.facts == '{"a":"糕","b":1}'
