"""One order: what was ordered by whom, what happened to it, cancelling and moving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nicegui import ui
from sqlalchemy import Connection

from app.domain.lookup import mask_name, mask_phone
from app.domain.order import Status, may_move
from hq import stores
from hq.console import entries, order_more
from hq.console.frame import Page
from hq.console.order_more import More
from hq.console.pages.orders import span
from hq.console.photos import show as show_photos
from hq.console.shortage_dialog import open_shortage
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, card, chip, facts, heading, long_text, text, typed
from hq.console.words import FACTS, INCIDENTS, STANDINGS, STATUS, TONES, Word
from hq.counters import incidents, photos
from hq.counters.photos import PhotoRow
from hq.ordering import book, orders
from hq.ordering.book import OrderLineRow, OrderRow
from hq.people.operators import Role
from hq.problems import Rejection, invalid
from hq.reports import order_search
from hq.reports.order_search import FactRow, RedemptionRow
from hq.stores import StoreRow

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the page tells; `status` moves with the clock."""

    order: OrderRow
    status: Status
    store: StoreRow
    lines: tuple[OrderLineRow, ...]
    facts: tuple[FactRow, ...]
    hand_overs: tuple[RedemptionRow, ...]
    photos: tuple[PhotoRow, ...]
    incidents: tuple[tuple[str, bool], ...]
    more: More

    @property
    def zone(self) -> ZoneInfo:
        """The store's time zone."""
        return ZoneInfo(self.store.time_zone)


async def draw(see: Visit, told: Mapping[str, str]) -> None:
    """Draw the page."""
    number = int(told["number"]) if told["number"].isascii() and told["number"].isdigit() else -1

    def query(conn: Connection) -> Told:
        order = orders.get(conn, number)
        found = incidents.of_order(conn, order.store_id, order.number)
        return Told(
            order,
            order.status_at(see.now),
            stores.by_id(conn, order.store_id),
            book.lines(conn, order),
            tuple(order_search.facts(conn, order)),
            tuple(order_search.hand_overs(conn, order)),
            photos.of_order(conn, order),
            tuple((row.incident, row.closed_at is None) for row in found),
            order_more.look(conn, order),
        )

    await see.region(query, lambda found: _page(see, found))


def _page(see: Visit, told: Told) -> None:
    order = told.order
    with heading(f"{see.say('订单', 'Order')} {order.label}", str(order.number)):
        chip(see.word(STATUS, told.status), TONES[told.status])
        if order.cancel_requested:
            chip(see.say("等待门店同意取消", "Waiting for the store to cancel"), "wait")
        is_open = told.status not in {Status.COMPLETED, Status.CANCELLED} and not order.cancel_requested
        if told.status is Status.SHORTAGE:
            button(
                see.say("处理缺货", "Work off"),
                lambda: open_shortage(see, order.number),
                icon="support_agent",
                kind="main",
            )
        if is_open and see.may(Role.OPERATOR):
            if may_move(Status(order.status), Status.SHORTAGE):
                button(see.say("改派门店", "Re-route"), lambda: _reroute(see, told), icon="alt_route")
            button(see.say("改期", "Reschedule"), lambda: _move(see, told), icon="event")
            button(see.say("取消订单", "Cancel order"), lambda: _cancel(see, told), icon="cancel", kind="danger")
    with ui.element("div").classes("columns"):
        with ui.element("div").classes("stack"):
            _what(see, told)
            _lines(see, told)
            order_more.money(see, told.more)
            order_more.routing(see, told.more, told.lines, told.zone)
        with ui.element("div").classes("stack"):
            _timeline(see, told)
            _hand_overs(see, told)
            show_photos(see, order.number, told.photos, told.zone)
            order_more.messages(see, told.more)


def _reroute(see: Visit, told: Told) -> None:
    number = told.order.number

    async def choose() -> None:
        with see.client:
            await open_shortage(see, number)

    order_more.open_rerouting(see, told.order, told.store, choose)


def _what(see: Visit, told: Told) -> None:
    order = told.order
    with card(see.say("订单信息", "Order")):
        facts(
            [
                (see.say("门店", "Store"), f"{told.store.number} {told.store.name}"),
                (see.say("自提时段", "Pickup window"), span(order, told.zone)),
                (see.say("顾客", "Customer"), mask_name(order.customer_name)),
                (see.say("电话", "Phone"), mask_phone(order.customer_phone)),
                (see.say("代取人", "Collector"), _collector(order)),
                (see.say("顾客已到店", "Customer is there since"), see.at(order.arrived_at, told.zone)),
                (see.say("备注", "Note"), order.note),
                (see.say("货位", "Shelf"), order.shelf),
                (see.say("取货码期号", "Code's issue"), str(order.issue)),
                (see.say("取消原因", "Cancellation's reason"), order.cancel_reason),
            ]
        )
        order_more.links(see, order)
        for kind, is_open in told.incidents:
            chip(f"{see.say('异常', 'Incident')}：{see.word(INCIDENTS, kind)}", "bad" if is_open else "off")


def _collector(order: OrderRow) -> str:
    return " ".join(part for part in (mask_name(order.collector_name), order.collector_relation) if part)


def _lines(see: Visit, told: Told) -> None:
    with card(see.say("商品", "Lines")):
        columns = (
            Column("name", see.say("名称", "Name")),
            Column("quantity", see.say("数量", "Quantity"), "number"),
            Column("price", see.say("单价（元）", "Price (yuan)"), "number"),
            Column("sum", see.say("小计（元）", "Sum (yuan)"), "number"),
        )
        Table(columns, empty="", sort=False).show(
            [
                {
                    "id": at,
                    "name": line.name,
                    "quantity": line.quantity,
                    "price": entries.yuan(line.price_fen),
                    "sum": entries.yuan(line.price_fen * line.quantity),
                }
                for at, line in enumerate(told.lines)
            ]
        )
        total = entries.yuan(told.order.total_fen)
        ui.label(f"{see.say('合计', 'Total')} ¥{total}").classes("total")


def _timeline(see: Visit, told: Told) -> None:
    order = told.order
    steps = [(order.placed_at, see.say("下单", "Placed"), "")]
    if order.paid_at:
        steps.append((order.paid_at, see.word(STATUS, "paid"), ""))
    if order.assigned_at:
        steps.append((order.assigned_at, see.say("分配到门店", "Assigned to the store"), told.store.name))
    steps += [(fact.at, see.word(FACTS, fact.kind), _by(see, fact)) for fact in told.facts]
    with card(see.say("时间线", "Timeline")), ui.element("ol").classes("timeline"):
        for at, what, more in sorted(steps, key=lambda step: step[0]):
            with ui.element("li"):
                ui.label(what).classes("what")
                if more:
                    ui.label(more).classes("more")
                ui.label(see.at(at, told.zone)).classes("when")


def _by(see: Visit, fact: FactRow) -> str:
    shelf = f"{see.say('货位', 'Shelf')} {fact.detail}" if fact.kind == "prepared" and fact.detail else ""
    return " · ".join(part for part in (fact.by, shelf) if part)


def _hand_overs(see: Visit, told: Told) -> None:
    if not told.hand_overs:
        return
    with card(see.say("核销记录", "Hand-overs")):
        columns = (
            Column("at", see.say("时间", "At")),
            Column("by", see.say("经手人", "By")),
            Column("terminal", see.say("收银台", "Terminal")),
            Column("standing", see.say("效力", "Standing"), "chip"),
        )
        Table(columns, empty="", sort=False).show([_hand_over(see, each, told.zone) for each in told.hand_overs])


def _hand_over(see: Visit, each: RedemptionRow, zone: ZoneInfo) -> dict[str, str]:
    manager = f"（{each.manager}）" if each.manager else ""
    collector = f" → {each.collector}" if each.collector else ""
    return {
        "id": each.attempt_id,
        "at": see.at(each.at, zone),
        "by": each.by + manager + collector,
        "terminal": each.terminal,
        "standing": see.word(STANDINGS, each.standing),
        "standing_tone": {"stands": "good", "revoked": "off"}.get(each.standing, "bad"),
    }


def _cancel(see: Visit, told: Told) -> None:
    label, number = told.order.label, told.order.number
    title = f"{see.say('取消订单', 'Cancel order')} {label}"
    with Dialog(see, title, save=see.say("确认取消", "Cancel it"), danger=True) as dialog:
        sentence = see.say(
            "若货已在门店，将由主收银台答复；未备货则立即取消。",
            "When it is at the store already, its lead terminal answers; otherwise it is cancelled at once.",
        )
        ui.label(sentence).classes("whole")
        reason = long_text(see.say("原因", "Reason"))

    async def save() -> bool:
        said = " ".join(typed(reason).split())
        if not 1 <= len(said) <= _LONGEST_REASON:
            see.refuse(invalid("reason", f"A reason has 1 to {_LONGEST_REASON} characters."))
            return False
        done = await see.act(
            "order_cancelled", str(number), lambda work: orders.cancel(work, number, said), detail=said
        )
        if done:
            asked = see.say("已请求门店取消", "The store was asked to cancel")
            see.toast(asked if done.value.cancel_requested else see.say("已取消", "Cancelled"))
        return done is not None

    dialog.on_save = save


def _move(see: Visit, told: Told) -> None:
    number, zone = told.order.number, told.zone
    opens_at, closes_at = (at.astimezone(zone) for at in (told.order.window.opens, told.order.window.closes))
    with Dialog(see, f"{see.say('改期', 'Reschedule')} {told.order.label}", save=see.say("改期", "Move")) as dialog:
        opens = text(see.say("开始", "Opens"), f"{opens_at:%Y-%m-%dT%H:%M}").props("type=datetime-local stack-label")
        closes = text(see.say("结束", "Closes"), f"{closes_at:%Y-%m-%dT%H:%M}").props("type=datetime-local stack-label")
        sentence = see.say(
            f"门店时间（{zone.key}）；旧的提货码将失效。", f"Store's time ({zone.key}); older codes become worthless."
        )
        ui.label(sentence).classes("whole hint")

    async def save() -> bool:
        try:
            start, end = entries.moment(typed(opens), zone), entries.moment(typed(closes), zone)
        except Rejection as refused:
            see.refuse(refused)
            return False
        detail = f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}"
        done = await see.act(
            "order_rescheduled", str(number), lambda work: orders.reschedule(work, number, start, end), detail=detail
        )
        if done:
            see.toast(see.say("已改期", "Moved"))
        return done is not None

    dialog.on_save = save


PAGES = (Page("/orders/{number}", Word("订单", "Order"), draw, place=21),)
