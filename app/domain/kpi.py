"""The shop's figures, defined once for HQ and terminal: redemption rate and time, add-on purchases, busy hours.

- An order is *due* once its window has closed, unless it was cancelled before that. Cancelled afterwards (nobody came,
  it was paid back) it stays due: a no-show must not improve the rate.
- A due order is *redeemed* if it was handed over by then, early, in time or late. Rate = redeemed / due.
- A *hand-over* is every order completed by then, whether its window has closed or not. Times, add-ons and hours are
  over hand-overs.
- Redemption time runs from when the customer could collect (prepared and the window open, whichever is later) to the
  hand-over; one that came sooner counts as 0. Where nobody noted "prepared", it runs from the opening.
- Add-on rate = hand-overs with an add-on / hand-overs; its mean value is over those with one.

A figure without a denominator is None, never 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.window import Window


@dataclass(frozen=True, slots=True)
class OrderFact:
    """What the figures need of one order; `scan_seconds`: from the scan to the hand-over, where it was measured."""

    store: int
    session: str | None
    window: Window
    prepared_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    scan_seconds: float | None = None
    addon_fen: int = 0

    @property
    def could_collect_at(self) -> datetime:
        """When the goods were there and the window open."""
        return self.window.opens if self.prepared_at is None else max(self.prepared_at, self.window.opens)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some orders at a moment; `by_hour` counts hand-overs by the store's hour, 0 to 23."""

    orders: int
    due: int
    redeemed: int
    handed_over: int
    redemption_rate: float | None
    mean_redemption_seconds: float | None
    mean_scan_seconds: float | None
    addon_rate: float | None
    addon_fen: int
    mean_addon_fen: int | None
    by_hour: tuple[int, ...]


def measure(facts: Iterable[OrderFact], *, now: datetime, zone: ZoneInfo) -> Figures:
    """Return the figures of these orders as they stand at `now`."""
    every = list(facts)
    due = [fact for fact in every if is_due(fact, now)]
    done = [(fact, fact.completed_at) for fact in every if fact.completed_at is not None and fact.completed_at <= now]
    redeemed = sum(is_redeemed(fact, now) for fact in due)
    scans = [fact.scan_seconds for fact, _ in done if fact.scan_seconds is not None]
    addons = [fact.addon_fen for fact, _ in done if fact.addon_fen > 0]
    return Figures(
        orders=len(every),
        due=len(due),
        redeemed=redeemed,
        handed_over=len(done),
        redemption_rate=_ratio(redeemed, len(due)),
        mean_redemption_seconds=_ratio(sum(_waited(fact, at) for fact, at in done), len(done)),
        mean_scan_seconds=_ratio(sum(scans), len(scans)),
        addon_rate=_ratio(len(addons), len(done)),
        addon_fen=sum(addons),
        mean_addon_fen=(2 * sum(addons) + len(addons)) // (2 * len(addons)) if addons else None,
        by_hour=_by_hour([at for _, at in done], zone),
    )


def measure_by_store(facts: Iterable[OrderFact], *, now: datetime, zones: Mapping[int, ZoneInfo]) -> dict[int, Figures]:
    """Return each store's figures, in its own zone, in order of their numbers."""
    groups: dict[int, list[OrderFact]] = defaultdict(list)
    for fact in facts:
        groups[fact.store].append(fact)
    return {store: measure(groups[store], now=now, zone=zones[store]) for store in sorted(groups)}


def measure_by_session(facts: Iterable[OrderFact], *, now: datetime, zone: ZoneInfo) -> dict[str | None, Figures]:
    """Return each live session's figures, in order of their ids; None holds the orders of no session."""
    groups: dict[str | None, list[OrderFact]] = defaultdict(list)
    for fact in facts:
        groups[fact.session].append(fact)
    return {
        session: measure(groups[session], now=now, zone=zone) for session in sorted(groups, key=lambda id: id or "")
    }


def is_due(fact: OrderFact, now: datetime) -> bool:
    """Tell whether an order counts for the redemption rate: its window has closed and it was not cancelled before."""
    if fact.window.closes > now:
        return False
    called_off = fact.cancelled_at is not None and fact.cancelled_at < fact.window.closes
    return not called_off or is_redeemed(fact, now)


def is_redeemed(fact: OrderFact, now: datetime) -> bool:
    """Tell whether an order was handed over by a moment."""
    return fact.completed_at is not None and fact.completed_at <= now


def _waited(fact: OrderFact, completed_at: datetime) -> float:
    return max(0.0, (completed_at - fact.could_collect_at).total_seconds())


def _by_hour(moments: Iterable[datetime], zone: ZoneInfo) -> tuple[int, ...]:
    hours = [0] * 24
    for moment in moments:
        hours[moment.astimezone(zone).hour] += 1
    return tuple(hours)


def _ratio(part: float, whole: int) -> float | None:
    return part / whole if whole else None
