"""What stores carry: orders booked into each quarter of an hour against capacity, and what routing decisions tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import events, ui
from sqlalchemy import Connection

from hq import stores
from hq.console import entries
from hq.console.charts import bars
from hq.console.frame import Page
from hq.console.period_bar import period_bar, usual
from hq.console.slowly import Slowly
from hq.console.visit import HOME, Visit
from hq.console.widgets import Column, Table, card, choice, heading
from hq.console.words import ANSWERS, WHY, Word
from hq.goods import catalogue
from hq.problems import Rejection
from hq.reports import figures
from hq.reports.figures import Habits, Routing
from hq.reports.totals import Asked
from hq.stores import StoreRow

_ASK_EVERY = 20.0


@dataclass(slots=True)
class _Day:
    store: str
    day: str


@dataclass(frozen=True, slots=True)
class _Load:
    store: StoreRow
    booked: tuple[tuple[datetime, int], ...]


@dataclass(frozen=True, slots=True)
class _Report:
    routing: Mapping[int, Routing]
    names: Mapping[int, str]
    habits: Habits


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    known = {store.id: store for store in await see.read(stores.all_stores)}
    with heading(see.say("门店负荷与分配", "Load and routing")):
        pass
    if known:
        await _load(see, known)
    await _report(see, known)


async def _load(see: Visit, known: Mapping[str, StoreRow]) -> None:
    first = next((each for each in known.values() if each.active), next(iter(known.values())))
    chosen = _Day(first.id, f"{see.now.astimezone(ZoneInfo(first.time_zone)):%Y-%m-%d}")

    def setter(name: str) -> Any:
        async def changed(event: events.ValueChangeEventArguments[Any]) -> None:
            before = getattr(chosen, name)
            setattr(chosen, name, str(event.value or ""))
            try:
                entries.day(chosen.day)
            except Rejection as refused:
                setattr(chosen, name, before)
                see.refuse(refused)
                return
            await see.refresh()

        return changed

    def query(conn: Connection) -> _Load:
        store = known[chosen.store]
        zone = ZoneInfo(store.time_zone)
        day = entries.day(chosen.day) or see.now.astimezone(zone).date()
        start = datetime(day.year, day.month, day.day, tzinfo=zone)
        return _Load(store, tuple(figures.load_of(conn, store.id, start, start + timedelta(days=1))))

    with card(see.say("每刻钟已约订单与上限", "Orders booked per quarter of an hour")) as corner:
        with corner:
            its_stores = {each.id: f"{each.number} {each.name}" for each in known.values()}
            choice(see.say("门店", "Store"), its_stores, chosen.store).on_value_change(setter("store"))
            day = ui.input(see.say("日期", "Day"), value=chosen.day, on_change=setter("day"))
            day.props("type=date dense outlined stack-label").classes("field")
        await see.region(query, lambda found: _draw_load(see, found))


def _draw_load(see: Visit, found: _Load) -> None:
    capacity = found.store.capacity
    if not any(booked for _, booked in found.booked):
        ui.label(see.say("这一天没有预约到刻钟的订单。", "No order is booked into a quarter on this day.")).classes(
            "empty"
        )
        return
    zone = ZoneInfo(found.store.time_zone)
    # An hour of quiet on both sides shows where the rush begins and ends.
    first, last = found.booked[0][0] - timedelta(hours=1), found.booked[-1][0] + timedelta(hours=1)
    counts = dict(found.booked)
    quarters = [first + timedelta(minutes=15 * at) for at in range(int((last - first).total_seconds()) // 900 + 1)]
    labels = [f"{each.astimezone(zone):%H:%M}" for each in quarters]
    bars(see, labels, [counts.get(each, 0) for each in quarters], see.say("已约", "Booked"), limit=capacity)
    told = see.say("不限", "unbounded") if capacity is None else str(capacity)
    busiest = max(found.booked, key=lambda pair: pair[1])
    peak = f"{busiest[0].astimezone(zone):%H:%M} ({busiest[1]})"
    total = sum(booked for _, booked in found.booked)
    sentence = see.say(
        f"共 {total} 单；最忙 {peak}；每刻钟上限 {told}",
        f"{total} orders; busiest {peak}; capacity per quarter {told}",
    )
    ui.label(sentence).classes("hint")


async def _report(see: Visit, known: Mapping[str, StoreRow]) -> None:
    chosen = usual(see.now, "month")

    def query(conn: Connection) -> _Report:
        # The same bound as for the other figures.
        asked = Asked(*chosen.span(HOME))
        routing = figures.routing(conn, asked.since, asked.until)
        store = known.get(chosen.store)
        if store:
            routing = {number: each for number, each in routing.items() if number == store.number}
        numbers = {number for each in routing.values() for number in each.short_products}
        names = {number: product.name for number, product in catalogue.find(conn, numbers).items()}
        return _Report(routing, names, figures.habits(conn, asked.since, asked.until))

    with card(see.say("分配报告", "Routing report")):
        period_bar(see, chosen, known, None, see.refresh)
        slow = Slowly(see.desk.office.clock, query, lambda: tuple(chosen.told().values()), _ASK_EVERY)
        numbers = {store.number: store.name for store in known.values()}
        await see.region(slow, lambda found: _draw_report(see, found, numbers), "stack")


def _draw_report(see: Visit, found: _Report, known: Mapping[int, str]) -> None:
    columns = (
        Column("store", see.say("门店", "Store")),
        Column("assigned", see.say("已分配", "Assigned"), "number"),
        Column("short", see.say("缺货", "Short"), "number"),
        Column("share", see.say("缺货率", "Share short"), "number"),
        Column("why", see.say("原因", "Why"), "long"),
        Column("products", see.say("缺的商品", "Products short"), "long"),
        Column("answers", see.say("顾客答复", "Customers' answers"), "long"),
    )
    table = Table(columns, empty=see.say("这段时间没有分配记录。", "No decision in this period."))
    table.show([_row(see, number, each, found.names, known) for number, each in sorted(found.routing.items())])
    habits = found.habits
    with ui.element("div").classes("figures wide"):
        for name, value in (
            (see.say("下单顾客", "Customers"), habits.customers),
            (see.say("回头客（两单及以上）", "Returning (two orders and more)"), habits.returning),
            (see.say("只去一家店的回头客", "Returning to one store only"), habits.faithful),
        ):
            with ui.element("div").classes("figure"):
                ui.label(str(value)).classes("value")
                ui.label(name).classes("name")


def _row(see: Visit, number: int, each: Routing, names: Mapping[int, str], known: Mapping[int, str]) -> dict[str, Any]:
    decided = each.assigned + each.short
    against = [(why, many) for why, many in each.why.most_common() if why not in {"in_stock", "held", "not_counted"}]
    return {
        "id": number,
        "store": f"{number} {known.get(number, '')}",
        "assigned": each.assigned,
        "short": each.short,
        "share": f"{each.short / decided * 100:.1f} %" if decided else "—",
        "why": see.say("，", ", ").join(f"{see.word(WHY, why)} {many}" for why, many in against),
        "products": see.say("，", ", ").join(
            f"{names.get(one, one)} {many}" for one, many in each.short_products.most_common(5)
        ),
        "answers": see.say("，", ", ").join(
            f"{see.word(ANSWERS, answer)} {many}" for answer, many in each.answers.most_common()
        ),
    }


PAGES = (Page("/load", Word("负荷与分配", "Store load"), draw, icon="stacked_bar_chart", place=13),)
