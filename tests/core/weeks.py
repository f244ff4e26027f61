"""What the tests of windows draw from: zones, moments around clock changes, any week, any rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.domain.hours import Hours, Span
from app.domain.rules import ClockRule, EveningRule, GroupRule, LeadRule, Rule

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
)
_CHANGES = [  # around clock changes, midnight, month end, leap day
    datetime(2026, 3, 28, 20, tzinfo=UTC),
    datetime(2026, 10, 24, 20, tzinfo=UTC),
    datetime(2026, 3, 8, 3, tzinfo=UTC),
    datetime(2026, 11, 1, 2, tzinfo=UTC),
    datetime(2026, 4, 4, 8, tzinfo=UTC),
    datetime(2026, 10, 3, 9, tzinfo=UTC),
    datetime(2028, 2, 28, 15, tzinfo=UTC),
    datetime(2026, 12, 31, 10, tzinfo=UTC),
]
MOMENTS = st.builds(
    lambda start, seconds: start + timedelta(seconds=seconds),
    st.sampled_from(_CHANGES) | st.integers(0, 7000).map(lambda day: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(day)),
    st.integers(0, 86_400),
)
SPANS = st.builds(
    lambda opens, length: Span(opens, opens + length),
    st.integers(0, 95).map(lambda quarter: quarter * 15) | st.integers(0, 1439),
    st.integers(1, 96).map(lambda quarter: quarter * 15) | st.integers(1, 1440),
)


def local(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a local time such as 2026-08-01 12:00."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.opens >= kept[-1].closes:
            kept.append(span)
    return tuple(kept)


_DAY_SPANS = st.lists(SPANS, max_size=3).map(_apart)


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    """Draw any week with any exceptions."""
    weekly = draw(st.tuples(*[_DAY_SPANS] * 7))
    dates = st.dates(date(2026, 1, 1), date(2028, 12, 31))
    exceptions = draw(st.dictionaries(dates, _DAY_SPANS, max_size=3))
    return Hours(weekly, tuple(sorted(exceptions.items())))


@st.composite
def _evenings(draw: st.DrawFn) -> EveningRule:
    span = draw(SPANS)
    cutoff = draw(st.integers(max(0, span.closes - 1439), span.closes))
    return EveningRule(span, cutoff, draw(st.integers(0, 300)))


RULES: st.SearchStrategy[Rule] = st.one_of(
    st.builds(ClockRule, SPANS, st.integers(0, 3), st.none() | st.integers(0, 1440), st.integers(1, 4)),
    st.builds(LeadRule, st.integers(0, 600), st.integers(15, 300), st.integers(1, 8)),
    st.builds(GroupRule, SPANS, st.integers(0, 5), st.integers(2, 20), st.integers(1, 3000)),
    _evenings(),
)
