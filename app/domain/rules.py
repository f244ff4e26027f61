"""The rules by which a product's pickup windows are found, as an operator sets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.fields import DAY, clock, clock_text, integer, record
from app.domain.hours import Span

MOST_DAYS = 30
MOST_OFFERED = 48
MOST_LEAD = 14 * DAY


@dataclass(frozen=True, slots=True)
class ClockRule:
    """By the clock, such as "next day 14:00-20:00"; from the cut-off on an order counts as the next day's.

    `days`: how many days that can be taken are offered, one after the other.
    """

    span: Span
    days_after: int = 1
    cutoff: int | None = None
    days: int = 1

    def __post_init__(self) -> None:
        _within("days_after", self.days_after, 0, MOST_DAYS)
        _within("days", self.days, 1, MOST_DAYS)
        _within("cutoff", self.cutoff or 0, 0, DAY)


@dataclass(frozen=True, slots=True)
class LeadRule:
    """By lead time, such as "from 2 hours after ordering": `slots` windows of `slot_minutes`, each until closing."""

    lead_minutes: int
    slot_minutes: int = 60
    slots: int = 6

    def __post_init__(self) -> None:
        _within("lead_minutes", self.lead_minutes, 0, MOST_LEAD)
        _within("slot_minutes", self.slot_minutes, 15, DAY)
        _within("slots", self.slots, 1, MOST_OFFERED)


@dataclass(frozen=True, slots=True)
class GroupRule:
    """By the group: all of its members together, on day X after it is complete."""

    span: Span
    days_after: int
    size: int
    forming_minutes: int

    def __post_init__(self) -> None:
        _within("days_after", self.days_after, 0, MOST_DAYS)
        _within("size", self.size, 2, 10_000)
        _within("forming_minutes", self.forming_minutes, 1, MOST_DAYS * DAY)

    def fails_at(self, begun_at: datetime) -> datetime:
        """Return when a group that is not complete by then has failed."""
        return begun_at + timedelta(minutes=self.forming_minutes)


@dataclass(frozen=True, slots=True)
class EveningRule:
    """The same evening, such as until 22:00, and nothing after the cut-off.

    `span` may end past midnight; `cutoff` then counts on from the same midnight as the span does (25:30 is 1530).
    """

    span: Span
    cutoff: int
    lead_minutes: int = 0

    def __post_init__(self) -> None:
        _within("lead_minutes", self.lead_minutes, 0, DAY)
        night = self.span.closes - DAY
        if not 0 <= self.cutoff <= self.span.closes or self.cutoff <= night:
            raise ValueError("The cut-off must lie before the evening's end, on the evening's own day or night.")


Rule = ClockRule | LeadRule | GroupRule | EveningRule


def rule_from_json(data: object) -> Rule:
    """Read a rule from its JSON form; bad input raises ValueError with a sentence."""
    kind = data.get("kind") if isinstance(data, Mapping) else None
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise ValueError(f"A window rule is one of {', '.join(_FIELDS)}, not {kind!r}.")
    fields = record(data, f"A {kind} rule", _FIELDS[kind] | {"kind"})
    match kind:
        case "clock":
            return _clock_rule(fields)
        case "lead":
            return LeadRule(
                integer(fields, "lead_minutes", high=MOST_LEAD),
                integer(fields, "slot_minutes", 60, low=15, high=DAY),
                integer(fields, "slots", 6, low=1, high=MOST_OFFERED),
            )
        case "group":
            return GroupRule(
                _span(fields),
                integer(fields, "days_after", high=MOST_DAYS),
                integer(fields, "size", low=2, high=10_000),
                integer(fields, "forming_minutes", low=1, high=MOST_DAYS * DAY),
            )
        case _:
            return _evening_rule(fields)


def rule_as_json(rule: Rule) -> dict[str, Any]:
    """Return the form that `rule_from_json` reads."""
    match rule:
        case ClockRule():
            cutoff = None if rule.cutoff is None else clock_text(rule.cutoff)
            own = {**_times(rule.span), "days_after": rule.days_after, "cutoff": cutoff, "days": rule.days}
            return {"kind": "clock", **own}
        case LeadRule():
            own = {"lead_minutes": rule.lead_minutes, "slot_minutes": rule.slot_minutes, "slots": rule.slots}
            return {"kind": "lead", **own}
        case GroupRule():
            own = {"days_after": rule.days_after, "size": rule.size, "forming_minutes": rule.forming_minutes}
            return {"kind": "group", **_times(rule.span), **own}
        case EveningRule():
            own = {"cutoff": clock_text(rule.cutoff), "lead_minutes": rule.lead_minutes}
            return {"kind": "evening", **_times(rule.span), **own}


_FIELDS = {
    "clock": frozenset({"opens", "closes", "days_after", "cutoff", "days"}),
    "lead": frozenset({"lead_minutes", "slot_minutes", "slots"}),
    "group": frozenset({"opens", "closes", "days_after", "size", "forming_minutes"}),
    "evening": frozenset({"opens", "closes", "cutoff", "lead_minutes"}),
}


def _clock_rule(fields: Mapping[str, Any]) -> ClockRule:
    cutoff = fields.get("cutoff")
    return ClockRule(
        _span(fields),
        integer(fields, "days_after", 1, high=MOST_DAYS),
        None if cutoff is None else clock(cutoff, "cutoff"),
        integer(fields, "days", 1, low=1, high=MOST_DAYS),
    )


def _evening_rule(fields: Mapping[str, Any]) -> EveningRule:
    span = _span(fields)
    if fields.get("cutoff") is None:
        return EveningRule(span, span.closes, integer(fields, "lead_minutes", 0, high=DAY))
    cutoff = clock(fields["cutoff"], "cutoff")
    if cutoff <= span.closes - DAY:  # "01:30" of an evening until 02:00 is past midnight
        cutoff += DAY
    return EveningRule(span, cutoff, integer(fields, "lead_minutes", 0, high=DAY))


def _span(fields: Mapping[str, Any]) -> Span:
    return Span.of(fields.get("opens"), fields.get("closes"))


def _times(span: Span) -> dict[str, Any]:
    return {"opens": clock_text(span.opens), "closes": clock_text(span.closes)}


def _within(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} must be from {low} to {high}.")
