"""Figures: redemption, waiting and add-ons of a period, by store, session, day and hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui
from sqlalchemy import Connection

from app.domain.kpi import Figures
from hq import stores
from hq.console import entries
from hq.console.charts import bars, lines
from hq.console.downloads import export_buttons
from hq.console.frame import Page
from hq.console.period_bar import period_bar, usual
from hq.console.slowly import Slowly
from hq.console.visit import Visit
from hq.console.widgets import Column, Table, card, heading
from hq.console.words import Word
from hq.mall import sessions
from hq.reports import totals
from hq.reports.totals import Asked, Totals
from hq.stores import StoreRow

# A month of a large chain takes seconds to add up: an open page does not ask more often.
_ASK_EVERY = 20.0


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures, and the days that they are of."""

    totals: Totals
    first: date
    last: date


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    known = {store.id: store for store in await see.read(stores.all_stores)}
    titles = {each.id: each.title for each in await see.read(sessions.all_sessions)}
    chosen = usual(see.now)

    def query(conn: Connection) -> _Told:
        zone = chosen.zone(known)
        since, until = chosen.span(zone)
        found = totals.totals(conn, Asked(since, until, chosen.store, chosen.session), now=see.now, zone=zone)
        return _Told(found, since.date(), until.date() - timedelta(days=1))

    with heading(
        see.say("经营数据", "Figures"), see.say("按自提时段所在的日期统计", "By the day of the pickup window")
    ):
        export_buttons(see, "figures", chosen.told)
    period_bar(see, chosen, known, titles, see.refresh)
    slow = Slowly(see.desk.office.clock, query, lambda: tuple(chosen.told().values()), _ASK_EVERY)
    numbers = {store.number: store for store in known.values()}
    await see.region(slow, lambda found: _figures(see, found, numbers, chosen.zone(known)), "stack")


def _figures(see: Visit, told: _Told, known: Mapping[int, StoreRow], zone: ZoneInfo) -> None:
    whole = told.totals.whole
    ui.label(f"{told.first} – {told.last} · {zone.key}").classes("under")
    with ui.element("div").classes("figures wide"):
        for name, value, under in tiles(see, whole):
            _tile(name, value, under)
    with ui.element("div").classes("columns"):
        with card(see.say("每日趋势", "Day by day")):
            _trend(see, told)
        with card(see.say("各时刻交付数", "Hand-overs by the hour")):
            _hours(see, whole)
    with card(see.say("门店排名", "Stores")):
        rows = [
            (f"{number} {known[number].name}" if number in known else str(number), each)
            for number, each in told.totals.by_store.items()
        ]
        _ranking(see, see.say("门店", "Store"), rows)
    with card(see.say("各场次", "Live sessions")):
        none = see.say("（非直播订单）", "(without a session)")
        _ranking(
            see, see.say("场次", "Session"), [(title or none, each) for title, each in told.totals.by_session.items()]
        )


def tiles(see: Visit, each: Figures) -> list[tuple[str, str, str]]:
    """Return the figures that stand on top: name, value, and how it comes about, or why there is none."""
    no_due = see.say("还没有到期的订单", "No order is due yet")
    no_done = see.say("还没有交付", "Nothing was handed over yet")
    no_addon = see.say("还没有加购", "No add-on yet")
    mean = see.say(f"平均每单 ¥{_yuan(each.mean_addon_fen)}", f"¥{_yuan(each.mean_addon_fen)} on average")
    return [
        (see.say("订单", "Orders"), str(each.orders), ""),
        (
            see.say("核销率", "Redemption rate"),
            percent(each.redemption_rate),
            see.say(f"到期 {each.due}，已取 {each.redeemed}", f"{each.redeemed} of {each.due} due")
            if each.due
            else no_due,
        ),
        (
            see.say("平均核销时长", "Mean redemption time"),
            duration(see, each.mean_redemption_seconds),
            see.say("从可取到交付", "From when it could be collected") if each.handed_over else no_done,
        ),
        (
            see.say("平均扫码到交付", "Mean scan to hand-over"),
            "—"
            if each.mean_scan_seconds is None
            else see.say(f"{each.mean_scan_seconds:.0f} 秒", f"{each.mean_scan_seconds:.0f} s"),
            see.say("收银台测得", "As the counters measured it") if each.mean_scan_seconds is not None else no_done,
        ),
        (see.say("交付", "Hand-overs"), str(each.handed_over), ""),
        (see.say("加购率", "Add-on rate"), percent(each.addon_rate), "" if each.handed_over else no_done),
        (
            see.say("加购金额（元）", "Add-ons (yuan)"),
            entries.yuan(each.addon_fen),
            no_addon if each.mean_addon_fen is None else mean,
        ),
    ]


def percent(rate: float | None) -> str:
    """Return a rate as people write it; a dash where there is none."""
    return "—" if rate is None else f"{rate * 100:.1f} %"


def duration(see: Visit, seconds: float | None) -> str:
    """Return a time span as people write it; a dash where there is none."""
    if seconds is None:
        return "—"
    minutes = seconds / 60
    if minutes < 180:
        return see.say(f"{minutes:.0f} 分钟", f"{minutes:.0f} min")
    return see.say(f"{minutes / 60:.1f} 小时", f"{minutes / 60:.1f} h")


def _yuan(fen: int | None) -> str:
    return "—" if fen is None else entries.yuan(fen)


def _tile(name: str, value: str, under: str) -> None:
    with ui.element("div").classes("figure"):
        ui.label(value).classes("value")
        ui.label(name).classes("name")
        if under:
            ui.label(under).classes("hint")


def _trend(see: Visit, told: _Told) -> None:
    count = (told.last - told.first).days + 1
    every = [told.first + timedelta(days=at) for at in range(count)]
    by_day = told.totals.by_day
    rate = see.say("核销率", "Redemption rate")

    def rates(day: date) -> float | None:
        found = by_day.get(day)
        return None if found is None or found.redemption_rate is None else round(found.redemption_rate * 100, 1)

    series: list[tuple[str, list[float | None]]] = [
        (see.say("订单", "Orders"), [by_day[day].orders if day in by_day else 0 for day in every]),
        (see.say("交付", "Hand-overs"), [by_day[day].handed_over if day in by_day else 0 for day in every]),
        (rate, [rates(day) for day in every]),
    ]
    lines(see, [f"{day:%m-%d}" for day in every], series, percent=rate)


def _hours(see: Visit, whole: Figures) -> None:
    bars(see, [f"{hour}" for hour in range(24)], whole.by_hour, see.say("交付", "Hand-overs"))


def _ranking(see: Visit, first: str, rows: list[tuple[str, Figures]]) -> None:
    columns = (
        Column("name", first, "long"),
        Column("orders", see.say("订单", "Orders"), "number"),
        Column("due", see.say("到期", "Due"), "number"),
        Column("rate", see.say("核销率", "Rate"), "number"),
        Column("mean", see.say("平均时长", "Mean time"), "number"),
        Column("done", see.say("交付", "Hand-overs"), "number"),
        Column("addon_rate", see.say("加购率", "Add-on rate"), "number"),
        Column("addons", see.say("加购（元）", "Add-ons (yuan)"), "number"),
    )
    table = Table(columns, empty=see.say("这段时间没有订单。", "No orders in this period."), sort=False)
    # The best first; who has nothing due yet comes last.
    best = sorted(
        rows, key=lambda row: (row[1].redemption_rate is None, -(row[1].redemption_rate or 0), -row[1].orders)
    )
    table.show([_rank(see, at, name, each) for at, (name, each) in enumerate(best)])


def _rank(see: Visit, at: int, name: str, each: Figures) -> dict[str, Any]:
    return {
        "id": at,
        "name": name,
        "orders": each.orders,
        "due": each.due,
        "rate": percent(each.redemption_rate),
        "mean": duration(see, each.mean_redemption_seconds),
        "done": each.handed_over,
        "addon_rate": percent(each.addon_rate),
        "addons": entries.yuan(each.addon_fen),
    }


PAGES = (Page("/figures", Word("经营数据", "Figures"), draw, icon="query_stats", place=12),)
