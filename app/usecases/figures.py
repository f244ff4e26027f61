"""The store's figures from its own file, by the definitions that HQ uses too (`app.domain.kpi`)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.kpi import Figures, OrderFact, measure
from app.domain.order import Status
from app.domain.window import Window
from app.storage.work import Work, from_millis

# As at HQ: a window is what an order belongs to.
_FACTS = """
SELECT o.number, o.status, o.opens, o.length, o.placed_at, o.prepared_at, o.cancelled_at, r.attempt_id, r.at, r.by,
    r.scan_ms
FROM orders o LEFT JOIN redemptions r ON r.attempt_id = (SELECT f.attempt_id FROM redemptions f
    WHERE f.order_number = o.number AND f.revoked_at IS NULL ORDER BY f.at LIMIT 1)
WHERE o.opens >= ? AND o.opens < ?
"""
_ADDONS = """
SELECT c.order_number, sum(s.total_fen - coalesce((SELECT sum(amount_fen) FROM refunds WHERE sale_id = s.id), 0))
FROM sales s JOIN claims c ON c.attempt_id = s.attempt_id JOIN orders o ON o.number = c.order_number
WHERE o.opens >= ? AND o.opens < ? GROUP BY c.order_number
"""
MOST_LATE = 8


@dataclass(frozen=True, slots=True)
class Late:
    """An order whose window has closed and that nobody collected."""

    number: int
    label: str
    closed_at: datetime
    status: Status


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """A period's figures, those of each clerk's hand-overs by name, what is overdue, and how many lack something."""

    whole: Figures
    by_clerk: tuple[tuple[str, Figures], ...]
    late: tuple[Late, ...]
    late_count: int
    short: int


def figures(work: Work, since: datetime, until: datetime) -> StoreFigures:
    """Return the figures of the orders whose windows open in [since, until), as they stand now."""
    span = int(since.timestamp()) // 60, int(until.timestamp()) // 60
    addons = dict(work.conn.execute(_ADDONS, span).fetchall())
    facts: list[OrderFact] = []
    by_clerk: dict[str, list[OrderFact]] = defaultdict(list)
    late: list[Late] = []
    short = 0
    for row in work.conn.execute(_FACTS, span):
        fact, clerk = _fact(work, row, addons)
        facts.append(fact)
        if fact.completed_at:
            by_clerk[clerk].append(fact)
        status = Status(row[1])
        short += status is Status.SHORTAGE
        if status not in (Status.COMPLETED, Status.CANCELLED) and fact.window.closes <= work.now:
            late.append(Late(row[0], f"#{row[0] % 10_000:04d}", fact.window.closes, status))
    zone = _zone(work)
    late.sort(key=lambda each: each.closed_at)
    clerks = sorted(by_clerk.items(), key=lambda item: -len(item[1]))
    return StoreFigures(
        whole=measure(facts, now=work.now, zone=zone),
        by_clerk=tuple((name, measure(theirs, now=work.now, zone=zone)) for name, theirs in clerks),
        late=tuple(late[:MOST_LATE]),
        late_count=len(late),
        short=short,
    )


def _fact(work: Work, row: tuple[Any, ...], addons: dict[int, int]) -> tuple[OrderFact, str]:
    number, status, opens, length, placed_at, prepared_at, cancelled_at, attempt, at, by, scan_ms = row
    if status == Status.CANCELLED and cancelled_at is None:
        # HQ called it off without asking the store: nothing had been prepared for it.
        cancelled_at = placed_at
    store = work.identity.store_number if work.identity else 0
    fact = OrderFact(
        store=store,
        session=None,
        window=Window.of_minutes(opens, length),
        prepared_at=_time(prepared_at),
        completed_at=_time(at) if attempt else None,
        cancelled_at=_time(cancelled_at),
        scan_seconds=scan_ms / 1000 if scan_ms is not None else None,
        addon_fen=addons.get(number, 0),
    )
    return fact, by or ""


def _time(value: int | None) -> datetime | None:
    return from_millis(value) if value is not None else None


def _zone(work: Work) -> ZoneInfo:
    try:
        return ZoneInfo(work.known.store.time_zone if work.known.store else "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(str(UTC))
