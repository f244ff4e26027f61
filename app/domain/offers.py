"""Which windows an order may choose from, by a product's rule, the store's hours and its capacity.

How an order counts against a store's capacity: it is booked into one quarter of an hour, the first of its window
that has room (`quarter_to_book`), because that is when the store must have it ready. A quarter is counted from the
epoch in UTC, so that windows which share it share its room, and no clock change can give it twice. A window is full
when none of its quarters has room; `left` is the room of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import assert_never
from zoneinfo import ZoneInfo

from app.domain.hours import Hours, Opening, Span, instant, local_day
from app.domain.rules import ClockRule, EveningRule, GroupRule, LeadRule, Rule
from app.domain.window import WhyNot, Window, WindowOffer

_QUARTER = timedelta(minutes=15)
_QUARTER_S = 900
_DAY = timedelta(days=1)
_DAYS_TRIED = 31  # how far ahead days are looked for before a rule offers fewer than it wants
_SLOT_DAYS = 14
_NO_LOAD: Mapping[int, int] = MappingProxyType({})
CHECKOUT = timedelta(minutes=15)  # how long an offered window may still be taken after its own start has moved on


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is known when windows are looked for; `ready`: when the goods can be there, None: not within a month."""

    now: datetime
    ready: datetime | None
    zone: ZoneInfo
    hours: Hours


def offer_windows(
    rule: Rule,
    *,
    now: datetime,
    zone: ZoneInfo,
    hours: Hours,
    lead_minutes: int = 0,
    load: Mapping[int, int] = _NO_LOAD,
    capacity: int | None = None,
    limit: int = 20,
) -> tuple[WindowOffer, ...]:
    """Return the windows that an order placed now is shown, in order; those that it cannot take say why.

    `lead_minutes` is the longest of the cart's made-to-order products; it is counted in opening time, because nobody
    works in a closed store. A window that has begun, or begins before the goods can be there, is cut to the next
    quarter of an hour. Closed and full days do not count against the days or slots that a rule offers: the next ones
    step in. Above `limit` those that cannot be taken give way first. A group's window is the one that it has if it is
    complete now; it needs room for all.
    """
    terms = _terms(rule, now, zone, hours, lead_minutes)
    return _limited(list(_offers(rule, terms, load, capacity)), limit)


def may_still_order(
    rule: Rule,
    window: Window,
    *,
    now: datetime,
    zone: ZoneInfo,
    hours: Hours,
    lead_minutes: int = 0,
    load: Mapping[int, int] = _NO_LOAD,
    capacity: int | None = None,
) -> WhyNot | None:
    """Tell why a window that a customer chose cannot be taken (any more), or None: at checkout, and for a new date.

    What was offered within the last quarter of an hour may be taken: meanwhile the customer filled in the form.
    """
    reasons = []
    for moment in (now, now - CHECKOUT):
        terms = _terms(rule, moment, zone, hours, lead_minutes)
        reasons += [offer.why for offer in _offers(rule, terms, load, capacity) if offer.window == window]
    if window.closes <= now or not reasons:
        return WhyNot.NOT_OFFERED
    return None if None in reasons else reasons[0]


def group_window(
    rule: GroupRule,
    completed_at: datetime,
    *,
    zone: ZoneInfo,
    hours: Hours,
    lead_minutes: int = 0,
    load: Mapping[int, int] = _NO_LOAD,
    capacity: int | None = None,
) -> Window | None:
    """Return the one window of a complete group: on day X, or the next day on which the store is open and has room.

    Of a day that a closing cuts in pieces it is the longest. None if there is no such day within a month.
    """
    terms = _terms(rule, completed_at, zone, hours, lead_minutes)
    return next((offer.window for offer in _offers(rule, terms, load, capacity) if offer.why is None), None)


def quarters(window: Window) -> range:
    """Return the quarters of an hour since the epoch that a window touches."""
    opens, closes = int(window.opens.timestamp()), int(window.closes.timestamp())
    return range(opens // _QUARTER_S, -(-closes // _QUARTER_S))


def quarter_to_book(window: Window, load: Mapping[int, int] = _NO_LOAD, capacity: int | None = None) -> int | None:
    """Return the quarter against which an order of this window counts: the first with room; None if it is full."""
    for quarter in quarters(window):
        if capacity is None or load.get(quarter, 0) < capacity:
            return quarter
    return None


_Step = list[tuple[Window, WhyNot | None]]


def _terms(rule: Rule, now: datetime, zone: ZoneInfo, hours: Hours, lead_minutes: int) -> _Terms:
    own = rule.lead_minutes if isinstance(rule, LeadRule | EveningRule) else 0
    return _Terms(now, hours.after(now, max(own, lead_minutes), zone), zone, hours)


def _offers(rule: Rule, terms: _Terms, load: Mapping[int, int], capacity: int | None) -> Iterator[WindowOffer]:
    wanted = rule.days if isinstance(rule, ClockRule) else rule.slots if isinstance(rule, LeadRule) else 1
    places = rule.size if isinstance(rule, GroupRule) else 1
    for step in _steps(rule, terms):
        offers = [_offer(window, why, load, capacity, places) for window, why in step]
        yield from offers
        wanted -= any(offer.why is None for offer in offers)
        if wanted == 0:
            return


def _steps(rule: Rule, terms: _Terms) -> Iterator[_Step]:
    """Yield a rule's days or slots, the nearest first; a day holds several windows if the store closes in between."""
    match rule:
        case ClockRule():
            yield from (_on_day(rule.span, day, terms) for day in _days(_counted_from(rule, terms), rule.days_after))
        case GroupRule():
            today = local_day(terms.now, terms.zone)
            yield from (_together(rule.span, day, terms) for day in _days(today, rule.days_after))
        case EveningRule():
            yield _evening(rule, terms)
        case LeadRule():
            yield from _slots(rule, terms)
        case _:
            assert_never(rule)


def _days(first: date, after: int) -> Iterator[date]:
    return (first + (after + step) * _DAY for step in range(_DAYS_TRIED))


def _counted_from(rule: ClockRule, terms: _Terms) -> date:
    today = local_day(terms.now, terms.zone)
    if rule.cutoff is not None and terms.now >= instant(today, rule.cutoff, terms.zone):
        return today + _DAY
    return today


def _on_day(span: Span, day: date, terms: _Terms) -> _Step:
    whole = span.on(day, terms.zone)
    openings = terms.hours.openings(*whole, terms.zone)
    if openings:
        return [cut for opening in openings for cut in _cut(opening, terms)]
    return [(Window(*whole), WhyNot.CLOSED)] if terms.now <= whole.opens < whole.closes else []


def _cut(opening: Opening, terms: _Terms) -> _Step:
    opens, closes = opening
    if opens < terms.now:
        opens = _next_quarter(terms.now)
        if opens + _QUARTER > closes:
            return []
    if terms.ready is None:
        return [(Window(opens, closes), WhyNot.TOO_SOON)]
    if terms.ready <= opens:
        return [(Window(opens, closes), None)]
    ready = _next_quarter(terms.ready)
    return [(Window(ready, closes), None) if ready + _QUARTER <= closes else (Window(opens, closes), WhyNot.TOO_SOON)]


def _together(span: Span, day: date, terms: _Terms) -> _Step:
    step = _on_day(span, day, terms)
    return [max(step, key=lambda each: (each[1] is None, each[0].length))] if step else []


def _evening(rule: EveningRule, terms: _Terms) -> _Step:
    day = local_day(terms.now, terms.zone)
    if terms.now < rule.span.on(day - _DAY, terms.zone).closes:
        day -= _DAY  # the night before is not over
    return [] if terms.now >= instant(day, rule.cutoff, terms.zone) else _on_day(rule.span, day, terms)


def _slots(rule: LeadRule, terms: _Terms) -> Iterator[_Step]:
    if terms.ready is None:
        return
    slot = timedelta(minutes=rule.slot_minutes)
    first = _next_quarter(terms.ready)
    for opens, closes in terms.hours.openings(first, first + _SLOT_DAYS * _DAY, terms.zone):
        start = opens
        while start + _QUARTER <= closes:
            end = start + slot if start + slot + _QUARTER <= closes else closes  # the last takes a rest too short
            yield [(Window(start, end), None)]
            start = end


def _offer(
    window: Window, why: WhyNot | None, load: Mapping[int, int], capacity: int | None, places: int
) -> WindowOffer:
    if why is not None or capacity is None:
        return WindowOffer(window, None, why)
    left = sum(max(0, capacity - load.get(quarter, 0)) for quarter in quarters(window))
    return WindowOffer(window, left, None if left >= places else WhyNot.FULL)


def _limited(offers: list[WindowOffer], limit: int) -> tuple[WindowOffer, ...]:
    open_ones = sum(offer.why is None for offer in offers)
    places = {True: limit, False: max(0, limit - open_ones)}
    kept = []
    for offer in offers:
        if places[offer.why is None] > 0:
            places[offer.why is None] -= 1
            kept.append(offer)
    return tuple(kept)


def _next_quarter(moment: datetime) -> datetime:
    return datetime.fromtimestamp(-(-moment.timestamp() // _QUARTER_S) * _QUARTER_S, UTC)
