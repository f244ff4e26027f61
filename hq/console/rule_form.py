"""The fields of a window rule, one set for each kind, and what the rule would offer a store now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import events, ui

from app.domain.hours import Span
from app.domain.rules import ClockRule, EveningRule, GroupRule, LeadRule, Rule, rule_as_json, rule_from_json
from app.domain.window import WindowOffer
from hq import stores
from hq.console.visit import Visit
from hq.console.widgets import button, chip, choice, text, typed
from hq.console.words import RULES, WHY_NOT, Word
from hq.mall import offers
from hq.problems import Rejection, invalid
from hq.stores import StoreRow

_OPENS, _CLOSES = Word("开始（如 14:00）", "Opens (14:00)"), Word("结束（如 20:00）", "Closes (20:00)")
_DAYS_AFTER = Word("几天后（0 为当天）", "Days after (0: same day)")
_CUTOFF = Word("截单时间（空：不限）", "Cut-off (empty: none)")
# Times of day are kept as they are typed, everything else is a whole number.
_TIMES = {"opens", "closes", "cutoff"}
_FIELDS: Mapping[str, Mapping[str, Word]] = {
    "clock": {
        "opens": _OPENS,
        "closes": _CLOSES,
        "days_after": _DAYS_AFTER,
        "cutoff": Word("截单时间（空：不限；之后算次日单）", "Cut-off (empty: none; later counts as next day)"),
        "days": Word("可选几天", "Days offered"),
    },
    "lead": {
        "lead_minutes": Word("下单后多久可取（分钟）", "Ready after (minutes)"),
        "slot_minutes": Word("每段时长（分钟）", "Slot (minutes)"),
        "slots": Word("可选几段", "Slots offered"),
    },
    "group": {
        "opens": _OPENS,
        "closes": _CLOSES,
        "days_after": Word("成团后第几天", "Days after the group is complete"),
        "size": Word("几人成团", "Group size"),
        "forming_minutes": Word("成团时限（分钟）", "Must fill within (minutes)"),
    },
    "evening": {
        "opens": _OPENS,
        "closes": _CLOSES,
        "cutoff": _CUTOFF,
        "lead_minutes": Word("下单后多久可取（分钟）", "Ready after (minutes)"),
    },
}
USUAL: Mapping[str, Rule] = {
    "clock": ClockRule(Span.of("14:00", "20:00")),
    "lead": LeadRule(120),
    "group": GroupRule(Span.of("14:00", "20:00"), 1, 3, 1440),
    "evening": EveningRule(Span.of("19:00", "22:00"), Span.of("19:00", "22:00").closes),
}


class RuleForm:
    """Stands in a dialog; `read` returns the rule or refuses with a sentence."""

    def __init__(self, see: Visit, rule: Rule, known: list[StoreRow]) -> None:
        self._see = see
        self._given = rule_as_json(rule)
        self._fields: dict[str, ui.input] = {}
        self._kind = choice(see.say("时段规则", "Window rule"), see.choices(RULES), self._given["kind"])
        self._kind.classes("whole").on_value_change(self._turn)
        self._box = ui.element("div").classes("whole fields")
        self._draw()
        active = {store.number: f"{store.number} {store.name}" for store in known if store.active}
        with ui.element("div").classes("whole tools"):
            first = next(iter(active), None)
            self._store = choice(see.say("预览门店", "Preview for store"), active, first)
            self._store.props("use-input hide-selected fill-input input-debounce=0")
            button(see.say("预览可选时段", "Preview windows"), self._preview, icon="event_available")
        self._windows = ui.element("div").classes("whole tools windows")

    def read(self) -> Rule:
        """Return the rule."""
        kind = str(self._kind.value)
        told: dict[str, Any] = {"kind": kind}
        for name, word in _FIELDS[kind].items():
            said = typed(self._fields[name])
            told[name] = (said or None) if name in _TIMES else self._whole(said, word)
        try:
            return rule_from_json(told)
        except ValueError as error:
            raise invalid("rule", str(error)) from error

    def _whole(self, said: str, word: Word) -> int:
        if not (said.isascii() and said.isdigit() and len(said) <= 9):
            label = word.of(self._see.language)
            raise invalid("", self._see.say(f"“{label}”要填整数。", f"{label}: this is a whole number."))
        return int(said)

    def _turn(self, _event: events.ValueChangeEventArguments[Any]) -> None:
        self._draw()
        self._windows.clear()

    def _draw(self) -> None:
        kind = str(self._kind.value)
        values = self._given if self._given["kind"] == kind else rule_as_json(USUAL[kind])
        self._box.clear()
        with self._box:
            self._fields = {
                name: text(word.of(self._see.language), "" if values[name] is None else str(values[name]))
                for name, word in _FIELDS[kind].items()
            }

    async def _preview(self) -> None:
        see, number = self._see, self._store.value
        if number is None:
            return
        try:
            rule = self.read()
        except Rejection as refused:
            see.refuse(refused)
            return
        now = see.now
        done = await see.look(
            lambda conn: (store := stores.get(conn, int(number)), offers.windows_by(conn, rule, store, 0, now))
        )
        if done:
            store, found = done.value
            self._windows.clear()
            with self._windows:
                _show(see, found, ZoneInfo(store.time_zone))


def _show(see: Visit, found: tuple[WindowOffer, ...], zone: ZoneInfo) -> None:
    if not found:
        ui.label(see.say("此刻没有可选时段。", "Nothing would be offered now.")).classes("hint")
    for each in found:
        opens, closes = each.window.opens.astimezone(zone), each.window.closes.astimezone(zone)
        span = f"{opens:%m-%d %H:%M} – {closes:%H:%M}" + ("" if opens.date() == closes.date() else f" ({closes:%m-%d})")
        if each.why:
            chip(f"{span} · {see.word(WHY_NOT, each.why.value)}", "off")
        else:
            left = "" if each.left is None else see.say(f" · 余 {each.left}", f" · {each.left} left")
            chip(span + left, "good")
