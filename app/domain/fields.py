"""Reading one field of a rule's JSON: the value in its range, or a ValueError that is a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

DAY = 1440
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)", re.ASCII)


def record(data: object, what: str, known: frozenset[str]) -> Mapping[str, Any]:
    """Return the JSON object, or refuse what is none or has a field that nobody knows."""
    if not isinstance(data, Mapping):
        raise ValueError(f"{what} must be an object.")
    if unknown := sorted(str(name) for name in data if name not in known):
        raise ValueError(f"{what} has no field {unknown[0]!r}.")
    return data


def integer(data: Mapping[str, Any], name: str, default: int | None = None, *, low: int = 0, high: int) -> int:
    """Return a whole number within its bounds."""
    value = data.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}.")
    return value


def optional(data: Mapping[str, Any], name: str, *, high: int) -> int | None:
    """Return a whole number from 0, or None where there is none."""
    return None if data.get(name) is None else integer(data, name, high=high)


def flag(data: Mapping[str, Any], name: str, *, default: bool) -> bool:
    """Return true or false."""
    value = data.get(name, default)
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false.")
    return value


def clock(value: object, name: str) -> int:
    """Read a time of day such as "08:00" as minutes after midnight; "24:00" is the day's end."""
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    minute = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    if minute > DAY:
        raise ValueError(f"{name} must be a time of day such as 08:00, not {value!r}.")
    return minute


def clock_text(minute: int) -> str:
    """Write minutes after midnight as "08:00"; what lies past midnight as the next day's time."""
    shown = minute if minute <= DAY else minute - DAY
    return f"{shown // 60:02d}:{shown % 60:02d}"
