"""Stores: the list, searched while one types."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from hq import stores
from hq.console.frame import Page
from hq.console.store_form import open_form
from hq.console.visit import Visit
from hq.console.widgets import Column, Table, button, heading, search_box
from hq.console.words import Word
from hq.people.operators import Role
from hq.stores import StoreRow

_MOST = 300


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    wanted = {"text": ""}

    async def search(text: str) -> None:
        wanted["text"] = text.strip().casefold()
        await see.refresh()

    with heading(see.say("门店", "Stores")):
        search_box(see.say("搜索编号、名称、地址、区域", "Search number, name, address, district"), search)
        if see.may(Role.OPERATOR):
            button(see.say("新增门店", "Add a store"), lambda: open_form(see, None), icon="add", kind="main")
    columns = (
        Column("number", see.say("编号", "Number"), "link"),
        Column("name", see.say("名称", "Name")),
        Column("district", see.say("区域", "District")),
        Column("address", see.say("地址", "Address"), "long"),
        Column("phone", see.say("电话", "Phone")),
        Column("capacity", see.say("每刻钟上限", "Per quarter"), "number"),
        Column("state", see.say("状态", "State"), "chip"),
    )
    table = Table(columns, empty=see.say("没有符合条件的门店。", "No store matches."))

    def query(conn: Connection) -> list[StoreRow]:
        found = (store for store in stores.all_stores(conn) if wanted["text"] in _told_of(store))
        return list(found)[:_MOST]

    await see.live(query, lambda found: table.show([_row(see, store) for store in found]))


def _told_of(store: StoreRow) -> str:
    return f"{store.number} {store.name} {store.address} {store.district} {store.phone}".casefold()


def _row(see: Visit, store: StoreRow) -> dict[str, str]:
    return {
        "id": str(store.number),
        "number": str(store.number),
        "name": store.name,
        "district": store.district,
        "address": store.address,
        "phone": store.phone,
        "capacity": "" if store.capacity is None else str(store.capacity),
        "state": see.say("营业中", "Active") if store.active else see.say("停业", "Closed"),
        "state_tone": "good" if store.active else "off",
        "href": f"/console/stores/{store.number}",
    }


PAGES = (Page("/stores", Word("门店", "Stores"), draw, icon="storefront", place=30),)
