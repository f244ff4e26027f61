"""Spells windows, lines and money for people, in Chinese and English, in a store's own time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.window import Window
from hq.ordering.book import OrderLineRow

_DAYS_ZH = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_ITEMS = 5
_MALL = ZoneInfo("Asia/Shanghai")


def window(span: Window, zone: ZoneInfo, language: str) -> str:
    """Return `8月2日 周日 14:00 – 20:00` or `Sun 2 Aug 14:00 – 20:00`."""
    opens, closes = span.opens.astimezone(zone), span.closes.astimezone(zone)
    until = f"{closes:%H:%M}" if closes.date() == opens.date() else f"{day(closes, language)} {closes:%H:%M}"
    return f"{day(opens, language)} {opens:%H:%M} – {until}"


def day(at: datetime, language: str) -> str:
    """Return the date of a local time."""
    if language == "en":
        return f"{_DAYS_EN[at.weekday()]} {at.day} {_MONTHS_EN[at.month - 1]}"
    return f"{at.month}月{at.day}日 周{_DAYS_ZH[at.weekday()]}"


def moment(at: datetime, language: str, zone: ZoneInfo = _MALL) -> str:
    """Return `8月2日 周日 20:00`; what has no store is told in the mall's own time."""
    local = at.astimezone(zone)
    return f"{day(local, language)} {local:%H:%M}"


def items(lines: Iterable[OrderLineRow], language: str) -> str:
    """Return what an order holds in one line, the rest counted."""
    told = [f"{line.name} ×{line.quantity}" for line in lines]
    shown = ("、" if language == "zh" else ", ").join(told[:_MOST_ITEMS])
    if len(told) <= _MOST_ITEMS:
        return shown
    return f"{shown} 等 {len(told)} 种" if language == "zh" else f"{shown} and {len(told) - _MOST_ITEMS} more"
