"""An incident told so that both sides can be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui

from hq.console.visit import Visit
from hq.console.widgets import Dialog, chip, facts
from hq.console.words import INCIDENTS, STORY, Word
from sync.wire import IncidentItem

_CANCELLATION = ("cancelled_at", "cancel_reason")
_COUNTS: Mapping[str, Word] = {
    "cancellation": Word("取消", "The cancellation"),
    "hand_over": Word("交付", "The hand-over"),
}


def open_incident(see: Visit, store_name: str, zone: ZoneInfo, item: IncidentItem) -> None:
    """Show an incident's stories side by side."""
    with Dialog(see, see.word(INCIDENTS, item.incident.value), wide=True):
        with ui.element("div").classes("whole tools"):
            chip(store_name, "info")
            if item.order_number is not None:
                ui.link(f"#{item.order_number % 10_000:04d}", f"/orders/{item.order_number}").classes("row-link")
            ui.label(see.at(item.opened_at, zone))
        with ui.element("div").classes("whole stories"):
            for title, story in stories(see, item.facts, zone):
                with ui.element("div").classes("story"):
                    ui.label(title).classes("section")
                    facts(story)
        _ending(see, item, zone)


def stories(see: Visit, told: Mapping[str, Any], zone: ZoneInfo) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sides of an incident's story: (title, its facts by name)."""
    first = {key.removeprefix("first_"): value for key, value in told.items() if key.startswith("first_")}
    cancelled = {key: told[key] for key in _CANCELLATION if key in told}
    rest = {
        key: value
        for key, value in told.items()
        if not key.startswith("first_") and key not in {*_CANCELLATION, "counts"}
    }
    sides = [
        (see.say("先前的交付", "The hand-over before"), first),
        (see.say("取消", "The cancellation"), cancelled),
        (see.say("这次的情况", "What happened then") if first or cancelled else see.say("情况", "What happened"), rest),
    ]
    found = [(title, _pairs(see, side, zone)) for title, side in sides if side]
    if "counts" in told:
        pair = (see.word(STORY, "counts"), see.word(_COUNTS, str(told["counts"])))
        found.append((see.say("结论", "Outcome"), [pair]))
    return found


def _pairs(see: Visit, side: Mapping[str, Any], zone: ZoneInfo) -> list[tuple[str, str]]:
    return [
        (see.word(STORY, key), _value(see, value, zone))
        for key, value in side.items()
        if value is not None and value != ""
    ]


def _value(see: Visit, value: object, zone: ZoneInfo) -> str:
    text = str(value)
    if len(text) >= 20 and text[4:5] == "-" and "T" in text:
        try:
            return see.at(datetime.fromisoformat(text), zone)
        except ValueError:
            return text
    return text


def _ending(see: Visit, item: IncidentItem, zone: ZoneInfo) -> None:
    if item.closed_at is None:
        sentence = see.say(
            "由门店店长在收银台上查看实物并关闭；总部不能代为关闭。",
            "The store's manager looks at the goods and closes it at the counter; HQ cannot close it.",
        )
        chip(sentence, "wait").classes("whole")
        return
    pairs = [
        (see.say("关闭时间", "Closed"), see.at(item.closed_at, zone)),
        (see.say("关闭人", "By"), item.closed_by),
        (see.say("原因", "Reason"), item.reason),
    ]
    with ui.element("div").classes("whole"):
        facts(pairs)
