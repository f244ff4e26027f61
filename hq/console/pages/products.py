"""Products: the catalogue, searched and edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from nicegui import ui

from hq.console import entries
from hq.console.frame import Page
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, choice, heading, long_text, search_box, text, tick, typed
from hq.console.words import ZONES, Word
from hq.goods import catalogue
from hq.goods.catalogue import Product, Zone
from hq.people.operators import Role
from hq.problems import Rejection, invalid
from hq.work import Work

_LONGEST_DESCRIPTION = 2000


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    wanted = {"text": ""}
    known: dict[str, Product] = {}

    async def search(said: str) -> None:
        wanted["text"] = said
        await see.refresh()

    def show(found: list[Product]) -> None:
        known.clear()
        known.update({str(row.number): row for row in found})
        table.show([_row(see, row) for row in found])

    with heading(see.say("商品", "Products")):
        search_box(see.say("搜索编号、名称、SKU、条码", "Search number, name, SKU, barcode"), search)
        if see.may(Role.OPERATOR):
            button(see.say("新增商品", "Add a product"), lambda: _open_form(see, None), icon="add", kind="main")
    columns = (
        Column("number", see.say("编号", "Number"), "open" if see.may(Role.OPERATOR) else ""),
        Column("name", see.say("名称", "Name"), "long"),
        Column("sku", "SKU"),
        Column("barcode", see.say("条码", "Barcode")),
        Column("price", see.say("价格（元）", "Price (yuan)"), "number"),
        Column("zone", see.say("存放", "Storage")),
        Column("lead", see.say("制作时间", "Lead"), "number"),
        Column("state", see.say("状态", "State"), "chip"),
    )
    empty = see.say("没有符合条件的商品。", "No product matches.")
    table = Table(columns, empty=empty, on_open=lambda number: _open_form(see, known.get(number)))
    await see.live(lambda conn: catalogue.search(conn, wanted["text"]), show)


def _row(see: Visit, row: Product) -> dict[str, Any]:
    return {
        "id": str(row.number),
        "number": row.number,
        "name": row.name,
        "sku": row.sku,
        "barcode": row.barcode,
        "price": entries.yuan(row.price_fen),
        "zone": see.word(ZONES, row.zone),
        "lead": f"{row.lead_minutes} {see.say('分钟', 'min')}" if row.lead_minutes else "—",
        "state": see.say("在售", "On sale") if row.active else see.say("下架", "Off sale"),
        "state_tone": "good" if row.active else "off",
    }


@dataclass(frozen=True, slots=True)
class _Fields:
    number: ui.input
    name: ui.input
    sku: ui.input
    barcode: ui.input
    price: ui.input
    zone: ui.select
    lead: ui.input
    pack: ui.input
    description: ui.textarea
    counted: ui.checkbox
    active: ui.checkbox


def _open_form(see: Visit, row: Product | None) -> None:
    title = see.say("编辑商品", "Edit product") if row else see.say("新增商品", "Add a product")
    with Dialog(see, title, save=see.say("保存", "Save"), wide=True) as dialog:
        fields = _fields(see, row)

    async def save() -> bool:
        try:
            item = _read(fields, row)
        except Rejection as refused:
            see.refuse(refused)
            return False

        def usecase(work: Work) -> None:
            catalogue.put(work, item)

        changed = _changes(row, item) if row else ""
        done = await see.act("product_saved", f"{item.number} {item.name}", usecase, detail=changed)
        if done:
            see.toast(see.say("已保存", "Saved"))
        return done is not None

    dialog.on_save = save


def _fields(see: Visit, row: Product | None) -> _Fields:
    item = row or Product(number=1, sku="", name="", counted=True)
    number = text(see.say("编号", "Number"), str(item.number) if row else "")
    number.set_enabled(row is None)
    return _Fields(
        number=number,
        name=text(see.say("名称", "Name"), item.name),
        sku=text("SKU", item.sku),
        barcode=text(see.say("条码", "Barcode"), item.barcode),
        price=text(see.say("价格（元）", "Price (yuan)"), entries.yuan(item.price_fen)),
        zone=choice(see.say("存放区", "Storage zone"), see.choices(ZONES), item.zone),
        lead=text(see.say("制作时间（分钟）", "Lead time (minutes)"), str(item.lead_minutes)),
        pack=text(
            see.say("最早打包（自提开始前分钟）", "Packed within (minutes before the window)"),
            str(item.pack_minutes),
            hint=see.say("0：不限", "0: at any time"),
        ),
        description=long_text(see.say("描述", "Description"), item.description),
        counted=tick(
            see.say("计库存（现做商品不计）", "Counted in stock (not what is made to order)"), value=item.counted
        ),
        active=tick(see.say("在售", "On sale"), value=item.active),
    )


def _read(fields: _Fields, row: Product | None) -> Product:
    description = typed(fields.description)
    if len(description) > _LONGEST_DESCRIPTION:
        raise invalid("description", f"A description has at most {_LONGEST_DESCRIPTION} characters.")
    return replace(
        row or Product(number=1, sku="", name=""),
        number=entries.whole(typed(fields.number), "number", 1, 2**32 - 1),
        sku=entries.words(typed(fields.sku), "sku", 200),
        name=entries.words(typed(fields.name), "name", 100, needed=True),
        zone=cast("Zone", fields.zone.value),
        lead_minutes=entries.whole(typed(fields.lead), "lead_minutes", 0, 7 * 24 * 60),
        price_fen=entries.fen(typed(fields.price)),
        active=bool(fields.active.value),
        description=description,
        barcode=entries.words(typed(fields.barcode), "barcode", 64),
        counted=bool(fields.counted.value),
        pack_minutes=entries.whole(typed(fields.pack), "pack_minutes", 0, 7 * 24 * 60),
    )


def _changes(before: Product, after: Product) -> str:
    old, new = asdict(before), asdict(after)
    return ", ".join(f"{name}: {old[name]} → {new[name]}" for name in new if old[name] != new[name])


PAGES = (Page("/products", Word("商品", "Products"), draw, icon="inventory_2", place=40),)
