"""Orders: searched and filtered across stores, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import events, ui
from sqlalchemy import Connection

from app.domain.lookup import mask_name, mask_phone
from app.domain.order import Status
from hq import stores
from hq.console import entries
from hq.console.downloads import export_buttons
from hq.console.frame import Page
from hq.console.visit import HOME, Visit
from hq.console.widgets import Column, Table, button, choice, heading, search_box
from hq.console.words import STATUS, TONES, Word
from hq.ordering.book import OrderRow
from hq.reports import order_search
from hq.reports.order_search import PAGE, Wanted
from hq.stores import StoreRow

_NEWEST = 2**63 - 1


@dataclass(slots=True)
class Filter:
    """What is looked for, and the pages that lie behind: each is the number that it began below."""

    text: str = ""
    store_id: str = ""
    status: str = ""
    day: str = ""
    trail: list[int] = field(default_factory=lambda: [_NEWEST])


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    asked = see.client.request.query_params
    known = {store.id: store for store in await see.read(stores.all_stores)}
    chosen = Filter(status=asked.get("status", "") if asked.get("status") in STATUS else "")
    chosen.day = f"{see.now.astimezone(HOME):%Y-%m-%d}" if asked.get("day") == "today" else ""
    await _filters(see, chosen, known)
    columns = (
        Column("label", see.say("订单", "Order"), "link"),
        Column("status", see.say("状态", "State"), "chip"),
        Column("store", see.say("门店", "Store")),
        Column("window", see.say("自提时段", "Pickup window")),
        Column("customer", see.say("顾客", "Customer")),
        Column("phone", see.say("电话", "Phone")),
        Column("total", see.say("金额（元）", "Total (yuan)"), "number"),
        Column("placed", see.say("下单时间", "Placed")),
    )
    table = Table(columns, empty=see.say("没有符合条件的订单。", "No order matches."), sort=False)
    turn = _turning(see, chosen)

    def query(conn: Connection) -> list[OrderRow]:
        return order_search.search(conn, _wanted(chosen), see.now, before=chosen.trail[-1])

    def show(found: list[OrderRow]) -> None:
        table.show([_row(see, row, known.get(row.store_id)) for row in found[:PAGE]])
        turn(found)

    await see.live(query, show)


async def _filters(see: Visit, chosen: Filter, known: Mapping[str, StoreRow]) -> None:
    async def set_to(name: str, value: str) -> None:
        setattr(chosen, name, value)
        chosen.trail = [_NEWEST]
        await see.refresh()

    def setter(name: str) -> Any:
        async def changed(event: events.ValueChangeEventArguments[Any]) -> None:
            await set_to(name, str(event.value or ""))

        return changed

    with heading(see.say("订单", "Orders")):
        export_buttons(
            see,
            "orders",
            lambda: {name: getattr(chosen, name) for name in ("text", "store_id", "status", "day")},
        )
    with ui.element("div").classes("filters"):
        search_box(
            see.say("订单号、#尾号、手机尾号、短码、姓名、备注", "Number, #label, phone tail, short code, name, note"),
            lambda said: set_to("text", said),
        )
        its_stores = {"": see.say("全部门店", "All stores")} | {
            each.id: f"{each.number} {each.name}" for each in known.values()
        }
        choice(see.say("门店", "Store"), its_stores, "").on_value_change(setter("store_id"))
        states = {"": see.say("全部状态", "All states")} | see.choices(STATUS)
        choice(see.say("状态", "State"), states, chosen.status).on_value_change(setter("status"))
        day = ui.input(see.say("自提日", "Pickup day"), value=chosen.day, on_change=setter("day"))
        day.props("type=date dense outlined clearable stack-label").classes("field")


def _wanted(chosen: Filter) -> Wanted:
    day = entries.day(chosen.day)
    start, end = entries.minutes_of(day, HOME) if day else (None, None)
    status = Status(chosen.status) if chosen.status else None
    return Wanted(chosen.text, chosen.store_id, status, start, end)


def _turning(see: Visit, chosen: Filter) -> Any:
    async def newer() -> None:
        chosen.trail = chosen.trail[:-1] or [_NEWEST]
        await see.refresh()

    async def older() -> None:
        chosen.trail.append(last[0])
        await see.refresh()

    last = [_NEWEST]
    with ui.element("div").classes("turning"):
        back = button(see.say("较新", "Newer"), newer, icon="chevron_left")
        which = ui.label()
        forth = button(see.say("较旧", "Older"), older, icon="chevron_right")

    def turn(found: list[OrderRow]) -> None:
        last[0] = found[:PAGE][-1].number if found else _NEWEST
        back.set_enabled(len(chosen.trail) > 1)
        forth.set_enabled(len(found) > PAGE)
        which.text = see.say(f"第 {len(chosen.trail)} 页", f"Page {len(chosen.trail)}")

    return turn


def _row(see: Visit, row: OrderRow, store: StoreRow | None) -> dict[str, Any]:
    zone = ZoneInfo(store.time_zone) if store else HOME
    status = row.status_at(see.now)
    return {
        "id": str(row.number),
        "label": row.label,
        "status": see.say("取消中", "Cancelling") if row.cancel_requested else see.word(STATUS, status),
        "status_tone": "wait" if row.cancel_requested else TONES[status],
        "store": f"{store.number} {store.name}" if store else row.store_id,
        "window": span(row, zone),
        "customer": mask_name(row.customer_name),
        "phone": mask_phone(row.customer_phone),
        "total": entries.yuan(row.total_fen),
        "placed": see.at(row.placed_at, zone),
        "href": f"/console/orders/{row.number}",
    }


def span(row: OrderRow, zone: ZoneInfo) -> str:
    """Return a pickup window as people write it."""
    opens, closes = row.window.opens.astimezone(zone), row.window.closes.astimezone(zone)
    until = f"{closes:%H:%M}" if closes.date() == opens.date() else f"{closes:%m-%d %H:%M}"
    return f"{opens:%m-%d %H:%M} – {until}"


PAGES = (Page("/orders", Word("订单", "Orders"), draw, icon="receipt_long", place=20),)
