"""The bar above figures: which period, which store, which session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import events, ui

from hq.console import entries
from hq.console.visit import HOME, Visit
from hq.console.widgets import choice
from hq.console.words import PERIODS
from hq.problems import Rejection, invalid
from hq.stores import StoreRow


@dataclass(slots=True)
class Chosen:
    """What stands in the bar; days as they are typed."""

    kind: str
    first: str
    last: str
    store: str = ""
    session: str = ""

    def zone(self, known: Mapping[str, StoreRow]) -> ZoneInfo:
        """Return whose days and hours are meant: the store's, or those of HQ's country."""
        store = known.get(self.store)
        return ZoneInfo(store.time_zone) if store else HOME

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the period, from its first midnight to the one after its last day."""
        first, last = days(self.kind, entries.day(self.first), entries.day(self.last))
        start, end = (
            datetime(each.year, each.month, each.day, tzinfo=zone) for each in (first, last + timedelta(days=1))
        )
        return start, end

    def told(self) -> dict[str, str]:
        """Return it as the query of a download."""
        return {name: getattr(self, name) for name in self.__slots__}


def days(kind: str, first: date | None, last: date | None) -> tuple[date, date]:
    """Return the first and the last day of the day, the week or the month that holds `first`, or of a range."""
    if first is None or not 2000 <= first.year <= 2199:
        raise invalid("day", "A day is written as 2026-10-01.")
    if kind == "week":
        monday = first - timedelta(days=first.weekday())
        return monday, monday + timedelta(days=6)
    if kind == "month":
        begins = first.replace(day=1)
        return begins, (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if kind == "range":
        if last is None or last < first:
            raise invalid("period", "A period ends on or after the day on which it begins.")
        return first, last
    return first, first


def usual(now: datetime, kind: str = "week") -> Chosen:
    """Return the period that a page begins with."""
    today = f"{now.astimezone(HOME):%Y-%m-%d}"
    return Chosen(kind, today, today)


def period_bar(
    see: Visit,
    chosen: Chosen,
    known: Mapping[str, StoreRow],
    sessions: Mapping[str, str] | None,
    on_change: Callable[[], Awaitable[None]],
) -> None:
    """Draw the bar; what cannot be read is said in a toast, and the figures stay as they were."""

    def setter(name: str) -> Any:
        async def changed(event: events.ValueChangeEventArguments[Any]) -> None:
            before = getattr(chosen, name)
            setattr(chosen, name, str(event.value or ""))
            until.visible = chosen.kind == "range"
            try:
                chosen.span(HOME)
            except Rejection as refused:
                see.refuse(refused)
                setattr(chosen, name, before)
                return
            await on_change()

        return changed

    with ui.element("div").classes("filters"):
        choice(see.say("时间", "Period"), see.choices(PERIODS), chosen.kind).on_value_change(setter("kind"))
        _day(see.say("日期", "Day"), chosen.first, setter("first"))
        until = _day(see.say("至", "Until"), chosen.last, setter("last"))
        until.visible = chosen.kind == "range"
        its_stores = {"": see.say("全部门店", "All stores")} | {
            each.id: f"{each.number} {each.name}" for each in known.values()
        }
        choice(see.say("门店", "Store"), its_stores, chosen.store).classes("wide").on_value_change(setter("store"))
        if sessions is not None:
            every = {"": see.say("全部场次", "All sessions"), **sessions}
            choice(see.say("场次", "Session"), every, chosen.session).classes("wide").on_value_change(setter("session"))


def _day(label: str, value: str, changed: Any) -> ui.input:
    return (
        ui.input(label, value=value, on_change=changed).props("type=date dense outlined stack-label").classes("field")
    )
