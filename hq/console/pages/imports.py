"""Products and stock from a sheet: what each row would do is shown first, and taken only when an operator says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nicegui import events, ui
from starlette.concurrency import run_in_threadpool

from hq import stores
from hq.console import entries
from hq.console.frame import Page
from hq.console.visit import Visit
from hq.console.widgets import Column, Table, button, card, chip, choice, heading
from hq.console.words import SHEETS, ZONES, Word
from hq.goods import catalogue, importing, sheets
from hq.goods.catalogue import Product
from hq.goods.sheet_cells import Flaw
from hq.goods.sheets import ProductRow, Sheet, StockRow
from hq.goods.tables import MOST_BYTES
from hq.people.operators import Role
from hq.stores import StoreRow
from hq.work import Work

# More rows than these are counted, not drawn.
_MOST_SHOWN = 200


@dataclass(slots=True)
class _State:
    kind: str = "products"
    store: int | None = None
    content: bytes = b""
    name: str = ""
    box: ui.element | None = None


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    known = {store.number: store for store in await see.read(stores.all_stores)}
    state = _State()
    with heading(
        see.say("导入商品与库存", "Import products and stock"),
        see.say("先预览，确认后才写入", "Nothing is written before you say so"),
    ):
        button(see.say("下载模板", "Template"), _fetch_template, icon="download")
    with card(see.say("选择表格（XLSX 或 CSV，最多 5 MB）", "Choose a sheet (XLSX or CSV, at most 5 MB)")):
        _chooser(see, state, known)
    state.box = ui.element("div").classes("stack preview")


def _fetch_template() -> None:
    ui.run_javascript("location.assign('/console/export/products-template.xlsx')")


def _chooser(see: Visit, state: _State, known: Mapping[int, StoreRow]) -> None:
    async def again() -> None:
        if state.content and state.box:
            await _preview(see, state, known, state.box)

    def setter(name: str) -> Any:
        async def changed(event: events.ValueChangeEventArguments[Any]) -> None:
            setattr(state, name, event.value)
            await again()

        return changed

    async def uploaded(event: events.UploadEventArguments) -> None:
        state.content, state.name = await event.file.read(), event.file.name
        upload.reset()
        await again()

    def rejected() -> None:
        see.toast(
            see.say(
                "文件太大或类型不对：请用 5 MB 以内的 XLSX 或 CSV。",
                "Too large, or no sheet: use XLSX or CSV of at most 5 MB.",
            ),
            bad=True,
        )

    with ui.element("div").classes("filters"):
        choice(see.say("内容", "What it holds"), see.choices(SHEETS), state.kind).classes("wide").on_value_change(
            setter("kind")
        )
        none = see.say("（不写库存）", "(stock is not written)")
        its_stores: dict[int | None, str] = {None: none} | {
            number: f"{number} {store.name}" for number, store in known.items()
        }
        choice(see.say("库存属于门店", "Stock is of store"), its_stores, None).classes("wide").on_value_change(
            setter("store")
        )
    upload = ui.upload(
        label=see.say("把文件拖到这里，或点 + 选择", "Drop a file here, or press +"),
        auto_upload=True,
        max_file_size=MOST_BYTES,
        max_files=20,
        on_upload=uploaded,
        on_rejected=rejected,
    )
    upload.props('accept=".xlsx,.csv,text/csv" flat bordered').classes("upload")


async def _preview(see: Visit, state: _State, known: Mapping[int, StoreRow], box: ui.element) -> None:
    found = await see.look(catalogue.all_products)
    if found is None:
        return
    read = sheets.read_products if state.kind == "products" else sheets.read_stock
    # A large workbook takes seconds to read: beside the event loop.
    sheet: Sheet[Any] = await run_in_threadpool(read, state.content, found.value)
    box.clear()
    with box:
        _summary(see, state, sheet, known, box)
        if sheet.errors:
            _flaws(see, sheet.errors)
        if sheet.rows:
            _rows(see, sheet.rows, {each.number: each for each in found.value})


def _summary(see: Visit, state: _State, sheet: Sheet[Any], known: Mapping[int, StoreRow], box: ui.element) -> None:
    good, bad = len(sheet.rows), len({flaw.row for flaw in sheet.errors})
    with card(f"{see.say('预览', 'Preview')} · {state.name}") as corner:
        with ui.element("div").classes("tools"):
            chip(see.say(f"可导入 {good} 行", f"{good} rows can be taken"), "good" if good else "off")
            chip(see.say(f"有错 {bad} 行", f"{bad} rows are wrong"), "bad" if bad else "off")
        if state.kind == "stock" and state.store is None:
            ui.label(see.say("请先选择库存所属门店。", "Choose the store whose stock this is.")).classes("hint")
        elif good and see.may(Role.OPERATOR):
            label = (
                see.say(f"只导入这 {good} 行", f"Take these {good} rows only")
                if bad
                else see.say(f"导入 {good} 行", f"Take {good} rows")
            )
            with corner:
                button(label, lambda: _take(see, state, sheet, known, box), icon="done_all", kind="main")


async def _take(see: Visit, state: _State, sheet: Sheet[Any], known: Mapping[int, StoreRow], box: ui.element) -> None:
    store, by = state.store, see.operator.login

    def usecase(work: Work) -> None:
        if state.kind == "products":
            importing.take_products(work, sheet.rows, store, by=by)
        elif store is not None:
            importing.take_stock(work, sheet.rows, store, by=by)

    where = f" · {store} {known[store].name}" if store is not None else ""
    rows = len(sheet.rows)
    done = await see.act("sheet_imported", f"{state.name}{where}", usecase, detail=f"{state.kind}: {rows}")
    if done:
        see.toast(see.say(f"已导入 {rows} 行", f"{rows} rows were taken"))
        state.content = b""
        box.clear()


def _flaws(see: Visit, flaws: tuple[Flaw, ...]) -> None:
    columns = (
        Column("row", see.say("行", "Row"), "number"),
        Column("column", see.say("列", "Column")),
        Column("what", see.say("问题", "What is wrong"), "long"),
    )
    with card(see.say("有错的行（不会导入）", "Rows that are wrong (they are not taken)")):
        Table(columns, empty="", sort=False).show(
            [
                {"id": at, "row": flaw.row or "—", "column": flaw.column, "what": see.say(flaw.zh, flaw.en)}
                for at, flaw in enumerate(flaws[:_MOST_SHOWN])
            ]
        )
        _rest(see, len(flaws))


def _rows(see: Visit, rows: tuple[ProductRow | StockRow, ...], known: Mapping[int, Product]) -> None:
    columns = (
        Column("row", see.say("行", "Row"), "number"),
        Column("what", see.say("作用", "Does"), "chip"),
        Column("number", see.say("编号", "Number"), "number"),
        Column("name", see.say("名称", "Name"), "long"),
        Column("price", see.say("价格（元）", "Price (yuan)"), "number"),
        Column("zone", see.say("存放", "Storage")),
        Column("stock", see.say("库存", "Stock"), "number"),
    )
    with card(see.say("可导入的行", "Rows that can be taken")):
        Table(columns, empty="", sort=False).show([_row(see, row, known) for row in rows[:_MOST_SHOWN]])
        _rest(see, len(rows))


def _row(see: Visit, row: ProductRow | StockRow, known: Mapping[int, Product]) -> dict[str, Any]:
    product, before = row.product, known.get(row.product.number)
    does, tone = see.say("新增", "New"), "info"
    if before:
        same = before == product
        does, tone = (see.say("不变", "As it is"), "off") if same else (see.say("修改", "Changes"), "wait")
    if isinstance(row, StockRow):
        does, tone = see.say("点数", "Counted"), "info"
    return {
        "id": row.row,
        "row": row.row,
        "what": does,
        "what_tone": tone,
        "number": product.number,
        "name": product.name,
        "price": entries.yuan(product.price_fen),
        "zone": see.word(ZONES, product.zone),
        "stock": "—" if row.stock is None else row.stock,
    }


def _rest(see: Visit, count: int) -> None:
    if count > _MOST_SHOWN:
        more = count - _MOST_SHOWN
        ui.label(see.say(f"还有 {more} 行未列出。", f"{more} more rows are not shown.")).classes("hint")


PAGES = (Page("/import", Word("导入", "Import"), draw, icon="upload_file", place=45, role=Role.OPERATOR),)
