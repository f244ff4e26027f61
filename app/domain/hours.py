"""A store's opening hours in its local time: the week, dated exceptions, and the instants they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from app.domain.fields import DAY, clock, clock_text, record

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_SPANS = 8
MOST_EXCEPTIONS = 400
_LOOK_AHEAD = timedelta(days=31)
_A_YEAR = timedelta(days=400)
_NEWS = timedelta(days=14)  # how far ahead a description tells of exceptions
_MINUTE = timedelta(minutes=1)
_DASH = re.compile(r"\s*[-–—~～至]\s*")


class Opening(NamedTuple):
    """A stretch of time `[opens, closes)` in aware UTC."""

    opens: datetime
    closes: datetime


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a local time, whole minutes.

    A time that the clock skips becomes the first instant after the gap; of one that it shows twice the first counts.
    """
    local = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - a wall clock's
    first = local.replace(tzinfo=zone).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return _whole_minute(first)
    low = local.replace(tzinfo=zone, fold=1).astimezone(UTC)  # before the gap; `first` lies after it
    before = low.astimezone(zone).utcoffset()
    steps = int((first - low) / _MINUTE)
    start, end = 0, steps
    while end - start > 1:
        middle = (start + end) // 2
        if (low + middle * _MINUTE).astimezone(zone).utcoffset() == before:
            start = middle
        else:
            end = middle
    return _whole_minute(low + end * _MINUTE)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the store's date at an instant."""
    return moment.astimezone(zone).date()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Local times in minutes after midnight; `closes` beyond 1440 lies on the next day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < DAY or not self.opens < self.closes <= self.opens + DAY:
            raise ValueError("a span opens within its day and closes within 24 hours of it")

    @classmethod
    def of(cls, opens: object, closes: object) -> Self:
        """Read two times of day; a closing that is not after the opening is the next day's."""
        start, end = clock(opens, "opens"), clock(closes, "closes")
        if start == DAY:
            raise ValueError("opens must be before 24:00.")
        return cls(start, end if end > start else end + DAY)

    @classmethod
    def parse(cls, text: object) -> Self:
        """Read "08:00-22:00", or "18:00-02:00" past midnight."""
        halves = _DASH.split(text.strip()) if isinstance(text, str) else []
        if len(halves) != 2:
            raise ValueError(f"Opening hours are written as 08:00-22:00, not as {text!r}.")
        return cls.of(*halves)

    @property
    def text(self) -> str:
        """The span as `parse` reads it."""
        return f"{clock_text(self.opens)}-{clock_text(self.closes)}"

    def on(self, day: date, zone: ZoneInfo) -> Opening:
        """Return the instants of a date; they coincide where the clock skipped all of it."""
        return Opening(instant(day, self.opens, zone), instant(day, self.closes, zone))


@dataclass(frozen=True, slots=True)
class Hours:
    """A week's spans, Monday first, and what replaces them on single dates (no spans: closed).

    A span belongs to the date on which it opens: a closed date does not cut short the night that began before it.
    """

    weekly: tuple[tuple[Span, ...], ...]
    exceptions: tuple[tuple[date, tuple[Span, ...]], ...] = ()

    def __post_init__(self) -> None:
        if len(self.weekly) != len(DAYS):
            raise ValueError("a week has seven days")
        for spans in (*self.weekly, *(spans for _, spans in self.exceptions)):
            if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
                raise ValueError("The spans of a day must be in order and must not overlap.")
        if any(later[0] <= earlier[0] for earlier, later in pairwise(self.exceptions)):
            raise ValueError("The exceptions must be in order, one for a date.")

    @classmethod
    def daily(cls, *spans: str) -> Self:
        """Return the same hours for every day, such as `Hours.daily("08:00-12:00", "14:00-22:00")`."""
        return cls((_spans(list(spans), "every day"),) * 7)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read `{"weekly": {"mon": ["08:00-22:00"], …}, "exceptions": {"2026-10-01": []}}`; no day: closed."""
        known = record(data, "Opening hours", frozenset({"weekly", "exceptions"}))
        week = record(known.get("weekly", {}), "The week", frozenset(DAYS))
        dates = known.get("exceptions", {})
        if not isinstance(dates, dict) or len(dates) > MOST_EXCEPTIONS:
            raise ValueError(f"The exceptions must be an object of at most {MOST_EXCEPTIONS} dates.")
        weekly = tuple(_spans(week.get(day, []), day) for day in DAYS)
        return cls(weekly, tuple(sorted((_date(day), _spans(spans, str(day))) for day, spans in dates.items())))

    @property
    def as_json(self) -> dict[str, Any]:
        """The form that `from_json` reads."""
        return {
            "weekly": {day: [span.text for span in spans] for day, spans in zip(DAYS, self.weekly, strict=True)},
            "exceptions": {day.isoformat(): [span.text for span in spans] for day, spans in self.exceptions},
        }

    def on(self, day: date) -> tuple[Span, ...]:
        """Return the spans that open on a date."""
        for exception, spans in self.exceptions:
            if exception == day:
                return spans
        return self.weekly[day.weekday()]

    def openings(self, start: datetime, end: datetime, zone: ZoneInfo) -> tuple[Opening, ...]:
        """Return when the store is open within `[start, end)`: in order, joined where they touch, cut to it."""
        joined: list[Opening] = []
        for opens, closes in self._each(start, end, zone):
            if joined and opens <= joined[-1].closes:
                joined[-1] = Opening(joined[-1].opens, max(closes, joined[-1].closes))
            else:
                joined.append(Opening(opens, closes))
        cut = (Opening(max(each.opens, start), min(each.closes, end)) for each in joined)
        return tuple(each for each in cut if each.opens < each.closes)

    def is_open(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Tell whether the store is open at an instant."""
        return any(opens <= moment < closes for opens, closes in self._each(moment, moment, zone))

    def next_opening(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when it opens next after an instant; None if not within a year, or if it never closes."""
        for span in (timedelta(days=8), _A_YEAR):
            for each in self.openings(moment, moment + span, zone):
                if each.opens > moment:
                    return each.opens
        return None

    def closing(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when a store that is open now closes; None if it is closed, or stays open for a week and more."""
        end = moment + timedelta(days=8)
        first = next(iter(self.openings(moment, end, zone)), None)
        if first is None or first.opens > moment or first.closes == end:
            return None
        return first.closes

    def after(self, moment: datetime, minutes: int, zone: ZoneInfo) -> datetime | None:
        """Return when so many minutes of opening time have passed; None if not within a month."""
        if minutes <= 0:
            return moment
        left, done = timedelta(minutes=minutes), moment
        for opens, closes in self._each(moment, moment + _LOOK_AHEAD, zone):
            begins = max(opens, done)
            if begins + left <= closes:
                return begins + left
            left -= max(closes - begins, timedelta())
            done = max(done, closes)
        return None

    def before(self, moment: datetime, minutes: int, zone: ZoneInfo) -> datetime | None:
        """Return the last instant from which so many minutes of opening time remain until `moment`."""
        if minutes <= 0:
            return moment
        left = timedelta(minutes=minutes)
        for opens, closes in reversed(self.openings(moment - _LOOK_AHEAD, moment, zone)):
            if closes - left >= opens:
                return closes - left
            left -= closes - opens
        return None

    def describe(self, language: str = "zh", *, today: date | None = None) -> str:
        """Describe the week ("周一至周日 08:00–22:00"); with `today` also the next fortnight's exceptions."""
        words = _EN if language.startswith("en") else _ZH
        parts = [words.part(words.days(first, last), spans) for first, last, spans in self._runs()]
        if today is not None:
            parts += [
                words.part(words.date(day), spans) for day, spans in self.exceptions if today <= day < today + _NEWS
            ]
        return words.comma.join(parts)

    def _runs(self) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
        first = 0
        for day in range(1, 8):
            if day == 7 or self.weekly[day] != self.weekly[first]:
                yield first, day - 1, self.weekly[first]
                first = day

    def _each(self, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[Opening]:
        # Two days back: a night lasts 24 hours at most, and a zone may have skipped a whole date.
        day, last = local_day(start, zone) - timedelta(days=2), local_day(end, zone)
        while day <= last:
            yield from (span.on(day, zone) for span in self.on(day))
            day += timedelta(days=1)


class _Words(NamedTuple):
    names: tuple[str, ...]
    to: str
    gap: str
    comma: str
    closed: str
    all_day: str
    next_day: str
    chinese: bool

    def days(self, first: int, last: int) -> str:
        return self.names[first] if first == last else f"{self.names[first]}{self.to}{self.names[last]}"

    def date(self, day: date) -> str:
        return f"{day.month}月{day.day}日" if self.chinese else f"{day.day} {_MONTHS[day.month - 1]}"

    def part(self, when: str, spans: Iterable[Span]) -> str:
        return f"{when} {self.gap.join(map(self.span, spans)) or self.closed}"

    def span(self, span: Span) -> str:
        if (span.opens, span.closes) == (0, DAY):
            return self.all_day
        night = self.next_day if span.closes > DAY else ""
        return f"{clock_text(span.opens)}–{night}{clock_text(span.closes)}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZH_DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ZH = _Words(_ZH_DAYS, "至", "、", "，", "休息", "全天 24 小时", "次日", chinese=True)
_EN = _Words(_EN_DAYS, "–", " and ", ", ", "closed", "24 hours", "", chinese=False)


def _spans(data: object, day: str) -> tuple[Span, ...]:
    if not isinstance(data, list) or len(data) > MOST_SPANS:
        raise ValueError(f"The hours of {day} must be a list of at most {MOST_SPANS} spans such as 08:00-22:00.")
    return tuple(sorted(Span.parse(each) for each in data))


def _date(text: object) -> date:
    try:
        return date.fromisoformat(text if isinstance(text, str) else "")
    except ValueError as error:
        raise ValueError(f"A date is written as 2026-10-01, not as {text!r}.") from error


def _whole_minute(moment: datetime) -> datetime:
    # Offsets of the nineteenth century have seconds.
    return moment if moment.second == 0 else moment.replace(second=0, microsecond=0) + _MINUTE


ALWAYS = Hours.daily("00:00-24:00")
