"""A product's stock in a store: counted anew, put on or off the list, and the ledger that explains it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui

from hq.console import entries
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, chip, facts, text, tick, typed
from hq.console.words import MOVES
from hq.goods import shelving, stock
from hq.goods.shelving import Change
from hq.people.operators import Role
from hq.problems import Rejection
from hq.routing import Balance
from hq.stores import StoreRow

_MOST_ON_HAND = 1_000_000
_MOVES_SHOWN = 100


async def open_stock(see: Visit, store: StoreRow, number: int, name: str) -> None:
    """Show a product's stock in a store and let an operator change it."""
    found = await see.look(
        lambda conn: (
            stock.balances(conn, store.id, [number]).get(number),
            stock.moves(conn, store.id, number, _MOVES_SHOWN),
        )
    )
    if found is None:
        return
    balance, moves = found.value
    may = see.may(Role.OPERATOR)
    with Dialog(see, f"{name} · {store.name}", save=see.say("保存", "Save") if may else "", wide=True) as dialog:
        if balance:
            _balance(see, balance)
        counted = text(
            see.say("实点数量", "Counted"),
            str(balance.on_hand) if balance else "",
            hint=see.say("货架上实际有多少，含已承诺的", "What is on the shelf, promised ones too"),
        )
        listed = tick(
            see.say("上架（顾客可下单）", "Listed (customers can order it)"), value=balance is None or balance.listed
        )
        counted.set_enabled(may)
        listed.set_enabled(may)
        with ui.element("div").classes("whole ledger"):
            ui.label(see.say("库存流水", "Ledger")).classes("section")
            _ledger(see, moves, ZoneInfo(store.time_zone))

    async def save() -> bool:
        try:
            on_hand = entries.whole(typed(counted), "on_hand", 0, _MOST_ON_HAND)
        except Rejection as refused:
            see.refuse(refused)
            return False
        changed = Change.of(balance, on_hand, listed=bool(listed.value))
        done = await see.act(
            "stock_set",
            f"{store.number} {store.name} · {number} {name}",
            lambda work: shelving.set_stock(work, store.number, {number: changed}, see.operator.login),
            detail=changed.told(balance),
        )
        if done:
            see.toast(see.say("已保存", "Saved"))
        return done is not None

    dialog.on_save = save


def _balance(see: Visit, balance: Balance) -> None:
    with ui.element("div").classes("whole"):
        facts(
            [
                (see.say("在库", "On hand"), str(balance.on_hand)),
                (see.say("已承诺", "Promised"), str(balance.reserved)),
                (see.say("可售", "Available"), str(balance.available)),
            ]
        )
    over = balance.reserved - balance.on_hand
    if over > 0:
        chip(see.say(f"超卖 {over}：承诺多于在库", f"Overpromised by {over}"), "bad").classes("whole")


def _ledger(see: Visit, moves: list[dict[str, Any]], zone: ZoneInfo) -> None:
    columns = (
        Column("at", see.say("时间", "At")),
        Column("kind", see.say("原因", "Why")),
        Column("on_hand", see.say("在库", "On hand"), "number"),
        Column("reserved", see.say("承诺", "Promised"), "number"),
        Column("order", see.say("订单", "Order"), "link"),
        Column("by", see.say("经手", "By")),
    )
    Table(columns, empty=see.say("还没有流水。", "No moves yet."), sort=False).show(
        [
            {
                "id": f"{at}",
                "at": see.at(move["at"], zone),
                "kind": see.word(MOVES, move["kind"]),
                "on_hand": _signed(move["on_hand"]),
                "reserved": _signed(move["reserved"]),
                "order": "" if move["order_number"] is None else f"#{move['order_number'] % 10_000:04d}",
                "href": f"/console/orders/{move['order_number']}",
                "by": move["by"],
            }
            for at, move in enumerate(moves)
        ]
    )


def _signed(many: int) -> str:
    return f"{many:+d}" if many else ""
