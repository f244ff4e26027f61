"""A shortage worked off on the phone: what is missing, what was offered, and the customer's choice made for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from nicegui import ui
from sqlalchemy import Connection

from app.domain.lookup import mask_name
from app.domain.window import Window
from hq import stores
from hq.console import entries
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, chip, facts
from hq.console.words import ANSWERS, CAUSES
from hq.goods import catalogue
from hq.money import paying
from hq.ordering import book, dispatch, orders, shortages
from hq.ordering.book import OrderLineRow, OrderRow
from hq.ordering.dispatch import Choice, InStore, OtherProduct, OtherWindow
from hq.ordering.holds import Standing
from hq.ordering.shortages import Shortage
from hq.people.operators import Role
from hq.stores import StoreRow


@dataclass(frozen=True, slots=True)
class Case:
    """An order that is short, with everything that its dialog tells."""

    order: OrderRow
    lines: tuple[OrderLineRow, ...]
    store: StoreRow
    shortage: Shortage
    names: Mapping[int, str]

    @property
    def zone(self) -> ZoneInfo:
        """The store's time zone."""
        return ZoneInfo(self.store.time_zone)


def find(conn: Connection, number: int) -> Case | None:
    """Return an order's newest shortage."""
    order = orders.get(conn, number)
    shortage = shortages.latest(conn, order.store_id, number)
    if shortage is None:
        return None
    names = {
        each: product.name
        for each, product in catalogue.find(conn, [m.product_number for m in shortage.missing]).items()
    }
    return Case(order, book.lines(conn, order), stores.by_id(conn, order.store_id), shortage, names)


async def open_shortage(see: Visit, number: int) -> None:
    """Show an order's shortage, and let an operator answer for the customer."""
    found = await see.look(lambda conn: find(conn, number))
    if found is None or found.value is None:
        return
    case = found.value
    with Dialog(see, f"{see.say('缺货处理', 'Shortage of order')} {case.order.label}", wide=True) as dialog:
        _told(see, case)
        _missing(see, case)
        if case.shortage.answer:
            chip(see.word(ANSWERS, case.shortage.answer), "info").classes("whole")
        elif see.may(Role.OPERATOR):
            _choices(see, case, dialog.close)


def _told(see: Visit, case: Case) -> None:
    order, shortage = case.order, case.shortage
    with ui.element("div").classes("whole"):
        facts(
            [
                (see.say("门店", "Store"), f"{case.store.number} {case.store.name}"),
                (see.say("顾客", "Customer"), f"{mask_name(order.customer_name)} {_phone(see, order)}"),
                (see.say("何处发现", "Found"), see.word(CAUSES, shortage.cause)),
                (see.say("说明", "Detail"), shortage.detail),
                (see.say("顾客答复截止", "The customer has until"), see.at(shortage.deadline_at, case.zone)),
            ]
        )


def _phone(see: Visit, order: OrderRow) -> str:
    # Whoever works it off has to call: only here, and only for those who may act, the number is whole.
    return order.customer_phone if see.may(Role.OPERATOR) else ""


def _missing(see: Visit, case: Case) -> None:
    columns = (
        Column("name", see.say("商品", "Product"), "long"),
        Column("wanted", see.say("需要", "Wanted"), "number"),
        Column("there", see.say("门店有", "There"), "number"),
    )
    rows = [
        {
            "id": each.product_number,
            "name": case.names.get(each.product_number, str(each.product_number)),
            "wanted": each.wanted,
            "there": each.there,
        }
        for each in case.shortage.missing
    ]
    with ui.element("div").classes("whole"):
        Table(
            columns,
            empty=see.say("不缺商品：由运营改到别的门店。", "Nothing is missing: an operator moves it."),
            sort=False,
        ).show(rows)


def _choices(see: Visit, case: Case, close: Callable[[], None]) -> None:
    offered = case.shortage.alternatives
    with ui.element("div").classes("whole choices"):
        ui.label(see.say("顾客在电话里选：", "What the customer chooses on the phone:")).classes("section")
        for store in offered.stores:
            far = "" if store.distance_m is None else f" · {store.distance_m / 1000:.1f} km"
            left = "" if store.left is None else see.say(f" · 还可供 {store.left} 单", f" · {store.left} left")
            text = see.say(f"改到 {store.store_number} {store.name}", f"To {store.store_number} {store.name}")
            _button(text + far + left, "storefront", partial(choose, see, case, InStore(store.store_number), close))
        for product in offered.products:
            old = case.names.get(product.instead_of, str(product.instead_of))
            price = entries.yuan(product.price_fen)
            text = see.say(f"{old} 换成 {product.name}（¥{price}）", f"{product.name} (¥{price}) instead of {old}")
            pick = OtherProduct(product.instead_of, product.product_number)
            _button(text, "swap_horiz", partial(choose, see, case, pick, close))
        for each in offered.windows:
            window = Window.of_minutes(each.opens, each.length)
            opens, closes = window.opens.astimezone(case.zone), window.closes.astimezone(case.zone)
            text = see.say(f"改到 {opens:%m-%d %H:%M} – {closes:%H:%M}", f"At {opens:%m-%d %H:%M} – {closes:%H:%M}")
            _button(text, "event", partial(choose, see, case, OtherWindow(each.opens, each.length), close))
        if not (offered.stores or offered.products or offered.windows):
            ui.label(see.say("没有可替代的门店、商品或时段。", "There is nothing else to offer.")).classes("hint")
        button(see.say("退款", "Refund"), partial(refuse, see, case, close), icon="undo", kind="danger")


def _button(text: str, icon: str, act: Callable[[], object]) -> None:
    button(text, act, icon=icon).props["aria-label"] = text


async def choose(see: Visit, case: Case, choice: Choice, close: Callable[[], None]) -> None:
    """Hold what the customer chose, then write the answer down: two stores are never changed in one transaction."""
    found = await see.look(lambda conn: dispatch.hold_for(conn, orders.get(conn, case.order.number), choice))
    if found is None:
        return
    held = await see.step(found.value)
    if held is None:
        return
    hold = held.value.hold
    number = case.order.number
    done = await see.act(
        "shortage_answered",
        str(number),
        lambda work: dispatch.accept(work, number, hold.store_id, hold.id),
        detail=str(choice),
    )
    if done is None:
        # Somebody else was quicker: what is held for nobody goes back.
        await see.step(lambda work: paying.give_up(work, hold.store_id, hold.id, Standing.GIVEN_UP))
        return
    see.toast(see.say("已替顾客选定，系统正在办理", "Chosen for the customer; HQ carries it out"))
    close()


async def refuse(see: Visit, case: Case, close: Callable[[], None]) -> None:
    """Write down that the customer wants the money back."""
    number = case.order.number
    done = await see.act(
        "shortage_refunded", str(number), lambda work: dispatch.refuse(work, number), detail=case.order.label
    )
    if done:
        see.toast(see.say("已登记退款，系统正在办理", "To be refunded; HQ carries it out"))
        close()
