"""What is typed into the console's fields, read into what HQ keeps, or refused with a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from hq.ordering import opening
from hq.problems import invalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)\s*[-–—~至]\s*([01]?\d|2[0-4])[:：]([0-5]\d)", re.ASCII)
_DEAREST = Decimal(10**7)


def words(text: str, code: str, longest: int, *, needed: bool = False) -> str:
    """Return a text on one line, or refuse one that is too long or missing."""
    text = " ".join(text.split())
    if len(text) > longest or (needed and not text) or not text.isprintable():
        raise invalid(code, f"The {code} has {int(needed)} to {longest} characters.")
    return text


def whole(text: str, code: str, low: int, high: int) -> int:
    """Return a whole number within its bounds."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18 and low <= int(text) <= high):
        raise invalid(code, f"The {code} is a whole number from {low} to {high}.")
    return int(text)


def place(lat: str, lon: str) -> tuple[float | None, float | None]:
    """Return a place in degrees, or none when both fields are empty."""
    if not lat and not lon:
        return None, None
    try:
        found = float(lat), float(lon)
    except ValueError as error:
        raise invalid("place", "A place needs both lat and lon, in degrees.") from error
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise invalid("place", "lat goes from -90 to 90, lon from -180 to 180.")
    return found


def fen(yuan: str) -> int:
    """Return a price in fen: "12.8" is 1280."""
    try:
        value = Decimal(yuan.removeprefix("¥").replace(",", "").strip())
    except InvalidOperation as error:
        raise invalid("price", "A price is written as 12.80.") from error
    if not value.is_finite() or not 0 <= value <= _DEAREST or value != round(value, 2):
        raise invalid("price", "A price is written as 12.80, and is at most ten million.")
    return int(value * 100)


def yuan(amount: int) -> str:
    """Return fen as yuan."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def week(hours: str) -> list[str]:
    """Return a store's kept opening hours as seven texts, Monday first; all are empty for a store that never closes."""
    kept = json.loads(hours) if hours else {}
    weekly: dict[str, list[str]] = kept.get("weekly", {})
    return [", ".join(weekly.get(day, [])) for day in DAYS]


def hours(texts: Sequence[str], before: str = "") -> str:
    """Return seven texts such as "08:00-12:00, 14:00-22:00" as they are kept, with the exceptions that were there."""
    if not any(text.strip() for text in texts):
        return ""
    weekly = {day: _spans(text) for day, text in zip(DAYS, texts, strict=True)}
    kept: dict[str, Any] = json.loads(before) if before else {}
    return opening.checked({"weekly": weekly, "exceptions": kept.get("exceptions", {})})


def day(text: str) -> date | None:
    """Return a date written as 2026-10-01, none for an empty field."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise invalid("day", "A day is written as 2026-10-01.") from error


def moment(text: str, zone: ZoneInfo) -> datetime:
    """Return a local time, as a browser's field for one gives it, or as 2026-10-01 18:30."""
    try:
        return datetime.fromisoformat(text.strip().replace(" ", "T")).replace(tzinfo=zone)
    except ValueError as error:
        raise invalid("window", "A time is written as 2026-10-01 18:30.") from error


def minutes_of(day: date, zone: ZoneInfo) -> tuple[int, int]:
    """Return the first minute since the epoch of a local day, and the first of the next."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    return int(start.timestamp()) // 60, int((start + timedelta(days=1)).timestamp()) // 60


def _spans(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[,，、;；]", text) if part.strip()]
    return sorted(_span(part) for part in parts)


def _span(text: str) -> str:
    found = _SPAN.fullmatch(text)
    if not found or (found[3] == "24" and found[4] != "00"):
        raise invalid("hours", "Opening hours are written as 08:00-22:00, several with a comma between them.")
    opens, closes = f"{int(found[1]):02d}:{found[2]}", f"{int(found[3]):02d}:{found[4]}"
    if opens == closes:
        raise invalid("hours", "A store that never closes is open from 00:00-24:00.")
    return f"{opens}-{closes}"
