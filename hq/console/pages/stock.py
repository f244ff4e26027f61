"""Stock: what one store has of each product, or what each store has of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nicegui import events, ui
from sqlalchemy import Connection

from hq import stores
from hq.console.downloads import export_buttons
from hq.console.frame import Page
from hq.console.stock_dialog import open_stock
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, choice, heading, search_box
from hq.console.words import Word
from hq.goods import catalogue, stock
from hq.goods.catalogue import Product
from hq.goods.stock import Holding
from hq.people.operators import Role
from hq.routing import Balance
from hq.stores import StoreRow


@dataclass(slots=True)
class _Filter:
    store: int | None
    product: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """One product in one store."""

    store: StoreRow
    product: Product
    holding: Holding


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    known = {store.number: store for store in await see.read(stores.all_stores)}
    products = {each.number: each for each in await see.read(catalogue.all_products)}
    chosen = _asked(see, known, products)
    shown: dict[str, _Line] = {}

    def opened(line_id: str) -> Any:
        line = shown.get(line_id)
        return open_stock(see, line.store, line.product.number, line.product.name) if line else None

    with heading(see.say("库存", "Stock"), see.say("超卖的排在最前", "What is overpromised comes first")):
        export_buttons(see, "stock", lambda: {"store": str(chosen.store or ""), "product": str(chosen.product or "")})
        if see.may(Role.OPERATOR):
            button(
                see.say("登记新库存", "Count another product"),
                lambda: _ask_product(see, chosen, known, products),
                icon="add",
            )
    _filters(see, chosen, known, products)
    table = _table(see, opened)

    def query(conn: Connection) -> list[_Line]:
        return _lines(conn, chosen, known, products)

    def show(found: list[_Line]) -> None:
        shown.clear()
        shown.update({f"{line.store.number}:{line.product.number}": line for line in found})
        table.show([_row(see, key, line) for key, line in shown.items()])

    await see.live(query, show)


def _asked(see: Visit, known: Mapping[int, StoreRow], products: Mapping[int, Product]) -> _Filter:
    asked = see.client.request.query_params
    product = _whole(asked.get("product", ""))
    store = _whole(asked.get("store", ""))
    first = next((number for number, each in known.items() if each.active), None)
    return _Filter(
        store if store in known else None if product in products else first, product if product in products else None
    )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else -1


def _filters(see: Visit, chosen: _Filter, known: Mapping[int, StoreRow], products: Mapping[int, Product]) -> None:
    async def search(said: str) -> None:
        chosen.text = said.strip().casefold()
        await see.refresh()

    def setter(name: str) -> Any:
        async def changed(event: events.ValueChangeEventArguments[Any]) -> None:
            setattr(chosen, name, event.value)
            await see.refresh()

        return changed

    with ui.element("div").classes("filters"):
        search_box(see.say("搜索商品或门店", "Search products or stores"), search)
        its_stores = {number: f"{number} {store.name}" for number, store in known.items()}
        store = choice(see.say("门店", "Store"), its_stores, chosen.store).on_value_change(setter("store"))
        counted = {number: f"{number} {each.name}" for number, each in products.items() if each.counted}
        product = choice(
            see.say("商品（看各门店）", "Product (in all stores)"),
            counted,
            chosen.product if chosen.product in counted else None,
        )
        product.on_value_change(setter("product"))
        for each in (store, product):
            each.props("clearable use-input hide-selected fill-input input-debounce=0")
            each.classes("wide")


def _table(see: Visit, opened: Any) -> Table:
    columns = (
        Column("name", see.say("商品", "Product"), "open"),
        Column("store", see.say("门店", "Store")),
        Column("on_hand", see.say("在库", "On hand"), "number"),
        Column("reserved", see.say("已承诺", "Promised"), "number"),
        Column("available", see.say("可售", "Available"), "number"),
        Column("state", see.say("状态", "State"), "chip"),
        Column("changed", see.say("变动时间", "Changed")),
    )
    empty = see.say(
        "选择门店或商品；这里只列计库存的商品。", "Choose a store or a product; only counted products are listed."
    )
    return Table(columns, empty=empty, on_open=opened)


def _lines(
    conn: Connection, chosen: _Filter, known: Mapping[int, StoreRow], products: Mapping[int, Product]
) -> list[_Line]:
    lines: list[_Line] = []
    product = products.get(chosen.product or -1)
    if product:
        held = stock.of_product(conn, product.number)
        its = [store for number, store in known.items() if chosen.store in (None, number) and store.id in held]
        lines = [_Line(store, product, held[store.id]) for store in its]
    elif chosen.store is not None:
        store = known[chosen.store]
        found = stock.of_store(conn, store.id)
        # A product may have come after the page was opened.
        more = catalogue.find(conn, {each.product_number for each in found} - set(products))
        named = {**products, **more}
        lines = [_Line(store, named[each.product_number], each) for each in found if each.product_number in named]
    lines = [line for line in lines if chosen.text in _told(line)]
    return sorted(lines, key=lambda line: (over(line.holding.balance) <= 0, line.store.number, line.product.number))


def over(balance: Balance) -> int:
    """Return how many more are promised than there are."""
    return balance.reserved - balance.on_hand


def _told(line: _Line) -> str:
    return (
        f"{line.product.number} {line.product.name} {line.product.sku} {line.store.number} {line.store.name}".casefold()
    )


def _row(see: Visit, key: str, line: _Line) -> dict[str, Any]:
    balance = line.holding.balance
    state, tone = state_of(see, balance)
    return {
        "id": key,
        "name": f"{line.product.number} {line.product.name}",
        "store": f"{line.store.number} {line.store.name}",
        "on_hand": balance.on_hand,
        "reserved": balance.reserved,
        "available": balance.available,
        "state": state,
        "state_tone": tone,
        "changed": see.at(line.holding.changed_at),
    }


def state_of(see: Visit, balance: Balance) -> tuple[str, str]:
    """Return how a balance stands, in a word and its tone."""
    if over(balance) > 0:
        return see.say(f"超卖 {over(balance)}", f"Overpromised by {over(balance)}"), "bad"
    if not balance.listed:
        return see.say("已下架", "Delisted"), "off"
    return (see.say("有货", "Available"), "good") if balance.available > 0 else (see.say("售罄", "Sold out"), "wait")


def _ask_product(see: Visit, chosen: _Filter, known: Mapping[int, StoreRow], products: Mapping[int, Product]) -> None:
    options = {number: f"{number} {each.name}" for number, each in products.items() if each.counted}
    its_stores = {number: f"{number} {store.name}" for number, store in known.items()}
    with Dialog(see, see.say("登记新库存", "Count another product"), save=see.say("下一步", "Next")) as dialog:
        store = choice(see.say("门店", "Store"), its_stores, chosen.store).classes("whole")
        product = choice(see.say("商品", "Product"), options, None).classes("whole")
        product.props("use-input hide-selected fill-input input-debounce=0")

    async def go_on() -> bool:
        if store.value is None or product.value is None:
            see.toast(see.say("请选择门店和商品。", "Choose a store and a product."), bad=True)
            return False
        with see.client:
            await open_stock(see, known[store.value], product.value, products[product.value].name)
        return True

    dialog.on_save = go_on


PAGES = (Page("/stock", Word("库存", "Stock"), draw, icon="warehouse", place=41),)
