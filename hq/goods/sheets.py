"""Sheets of products and of stock: what each row would become, what is wrong with it, and an empty sheet to fill in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from hq.goods import sheet_cells, tables
from hq.goods.catalogue import Product
from hq.goods.sheet_cells import BadCell, Flaw, Reader
from hq.goods.tables import NoTable

R = TypeVar("R")

# Numbers that are given automatically lie above those that a shop gives by hand.
_FIRST_NUMBER = 1001
_READERS: dict[str, Reader] = {
    "number": sheet_cells.number,
    "sku": lambda cell: sheet_cells.text(cell, 64),
    "name": lambda cell: sheet_cells.text(cell, 100),
    "price": sheet_cells.price,
    "barcode": sheet_cells.barcode,
    "zone": sheet_cells.zone,
    "lead": sheet_cells.lead,
    "pack": sheet_cells.pack,
    "stock": sheet_cells.stock,
    "description": lambda cell: sheet_cells.text(cell, 2_000),
}
_FIELDS = {"sku": "sku", "name": "name", "price": "price_fen", "barcode": "barcode", "zone": "zone"}
_FIELDS |= {"lead": "lead_minutes", "pack": "pack_minutes", "description": "description"}
_KEYS = ("number", "sku", "barcode", "name")
# A heading has one column out of each set.
_PRODUCTS = (frozenset({"name"}), frozenset({"price", "number", "sku"}))
_STOCK = (frozenset({"stock"}), frozenset(_KEYS))


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A row that can be taken: the product as it will be, and how many there are, if the sheet says so."""

    row: int
    product: Product
    stock: int | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class StockRow:
    """A row that can be taken: a product that is known, and how many there are."""

    row: int
    product: Product
    stock: int


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """What was read: the rows that can be taken whole, and what is wrong with the others."""

    rows: tuple[R, ...]
    errors: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    cells: Mapping[str, Any]
    titles: Mapping[str, str]

    def flaw(self, column: str, zh: str, en: str) -> Flaw:
        return Flaw(self.row, self.titles.get(column, ""), zh, en)


def read_products(content: bytes, known: Iterable[Product] = ()) -> Sheet[ProductRow]:
    """Read a sheet of products.

    A row changes the product with its number, else its SKU, else its name; a row that finds none is a new product,
    and gets a number if it has none. Columns that the sheet has not, and cells that are empty, leave what was.
    """
    try:
        lines, errors = _lines(content, _PRODUCTS)
    except NoTable as no:
        return Sheet((), (Flaw(0, "", no.said.zh, no.said.en),))
    reading = _Products(known, lines)
    rows = []
    for line in lines:
        made = reading.take(line)
        if isinstance(made, Flaw):
            errors.append(made)
        else:
            rows.append(made)
    return Sheet(tuple(rows), tuple(sorted(errors, key=_place)))


def read_stock(content: bytes, known: Iterable[Product]) -> Sheet[StockRow]:
    """Read a sheet of what is on the shelf: a product's number, SKU, barcode or name, and how many there are."""
    try:
        lines, errors = _lines(content, _STOCK)
    except NoTable as no:
        return Sheet((), (Flaw(0, "", no.said.zh, no.said.en),))
    index = _Index(known)
    rows: dict[int, StockRow] = {}
    for line in lines:
        made = _counted(line, index, rows)
        if isinstance(made, Flaw):
            errors.append(made)
        elif made:
            rows[made.product.number] = made
    return Sheet(tuple(rows.values()), tuple(sorted(errors, key=_place)))


def product_template() -> bytes:
    """Return an empty sheet of products (XLSX), with examples on a second page."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "商品 Products"
    examples = book.create_sheet("示例 Examples")
    for page, rows in ((sheet, [_HEADING]), (examples, [_HEADING, *_EXAMPLES])):
        for row in rows:
            page.append(list(row))
        for at, cell in enumerate(next(page.iter_rows(max_row=1)), 1):
            cell.font = Font(bold=True)
            page.column_dimensions[get_column_letter(at)].width = 20
    sheet.freeze_panes = "A2"
    zones = DataValidation(type="list", formula1='"常温,冷藏,冷冻,保温"', allow_blank=True)
    sheet.add_data_validation(zones)
    zones.add(f"D2:D{tables.MOST_ROWS}")
    # Barcodes of thirteen digits are shown and saved as they are only in text cells.
    for letter in ("F", "G"):
        sheet.column_dimensions[letter].number_format = "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_HEADING = (
    "名称 name",
    "价格（元） price",
    "库存 stock",
    "分区 zone",
    "备货时间（分钟） lead minutes",
    "货号 sku",
    "条码 barcode",
    "说明 description",
    "最早打包（分钟） pack minutes",
)
_EXAMPLES = (
    ("黄油可颂", 9, 20, "常温", 0, "BK-101", "", "每天早上现烤", 60),
    ("草莓蛋糕 6 寸", 128, "", "冷藏", 180, "CK-501", "", "需提前三小时预订", 30),
    ("手工水饺 500 克", 28, 12, "冷冻", 0, "FZ-401", "6901234567892", "", 20),
)


class _Index:
    """Finds a product by what a row says of it."""

    def __init__(self, known: Iterable[Product]) -> None:
        self.by: dict[str, dict[Any, Product]] = {key: {} for key in _KEYS}
        for product in known:
            for key, value in self._names(product):
                self.by[key].setdefault(value, product)

    def find(self, cells: Mapping[str, Any], *keys: str) -> Product | None:
        """Return the product by the first of these keys that the row has."""
        for key in keys:
            if (value := cells.get(key)) and (found := self.by[key].get(value)):
                return found
        return None

    @staticmethod
    def _names(product: Product) -> Iterator[tuple[str, Any]]:
        named = (("number", product.number), ("sku", product.sku), ("barcode", product.barcode), ("name", product.name))
        return ((key, value) for key, value in named if value)


class _Products:
    """Turns lines into products, each number and SKU once."""

    def __init__(self, known: Iterable[Product], lines: Iterable[_Line]) -> None:
        products = list(known)
        self._index = _Index(products)
        taken = {product.number for product in products} | {line.cells.get("number", 0) for line in lines}
        self._taken = taken
        self._next = (
            max([_FIRST_NUMBER - 1, *(number for number in taken if number < sheet_cells.MOST_NUMBER // 2)]) + 1
        )
        self._rows: dict[int, int] = {}
        self._skus: dict[str, int] = {}
        self._names: dict[str, int] = {}

    def take(self, line: _Line) -> ProductRow | Flaw:
        """Return the row, or what is wrong with it."""
        cells = line.cells
        before = self._known(cells)
        number = cells.get("number") or (before.number if before else self._next)
        if twice := self._twice(line, number):
            return twice
        if before is None and "price" not in cells:
            return line.flaw("price", "新商品要有价格。", "A new product needs a price.")
        if not cells.get("number") and before is None:
            self._next += 1
        self._rows[number] = line.row
        if sku := cells.get("sku"):
            self._skus[sku] = line.row
        elif "number" not in cells:
            self._names[cells["name"]] = line.row
        given = {_FIELDS[column]: value for column, value in cells.items() if column in _FIELDS}
        stock = cells.get("stock")
        if stock is not None:
            given["counted"] = True
        was = before or Product(number=number, sku="", name="")
        return ProductRow(line.row, replace(was, **given), stock, is_new=before is None)

    def _known(self, cells: Mapping[str, Any]) -> Product | None:
        if "number" in cells:
            return self._index.find(cells, "number")
        # Two products may share a name, but not a SKU: where a row has one, its name decides nothing.
        return self._index.find(cells, "sku" if cells.get("sku") else "name")

    def _twice(self, line: _Line, number: int) -> Flaw | None:
        named = "" if "number" in line.cells or line.cells.get("sku") else line.cells["name"]
        first = self._rows.get(number) or self._names.get(named)
        if first:
            column = "number" if "number" in line.cells else "name"
            return line.flaw(column, f"与第 {first} 行是同一个商品。", f"This is the same product as in row {first}.")
        sku = line.cells.get("sku", "")
        if first := self._skus.get(sku):
            return line.flaw("sku", f"货号与第 {first} 行相同。", f"The SKU is the same as in row {first}.")
        other = self._index.by["sku"].get(sku) if sku else None
        if other and other.number != number:
            zh, en = f"货号已经属于商品 {other.number}。", f"The SKU belongs to product {other.number} already."
            return line.flaw("sku", zh, en)
        return None


def _counted(line: _Line, index: _Index, rows: Mapping[int, StockRow]) -> StockRow | Flaw | None:
    key = next((key for key in _KEYS if line.cells.get(key)), None)
    if key is None:
        return line.flaw("", "这一行没有写是哪个商品。", "This row does not say which product it is.")
    product = index.find(line.cells, key)
    if product is None:
        return line.flaw(key, "没有这个商品。", "There is no such product.")
    if product.number in rows:
        first = rows[product.number].row
        return line.flaw(key, f"与第 {first} 行是同一个商品。", f"This is the same product as in row {first}.")
    # An empty cell says nothing; a product that is gone has a 0.
    return StockRow(line.row, product, line.cells["stock"]) if "stock" in line.cells else None


def _lines(content: bytes, needs: tuple[frozenset[str], frozenset[str]]) -> tuple[list[_Line], list[Flaw]]:
    """Return the rows whose every cell can be read, and what is wrong with those of the others."""
    (_, heading), *rows = tables.read(content, lambda cells: sheet_cells.is_heading(cells, needs=needs))
    columns = sheet_cells.columns(heading)
    titles = {column: title for _, column, title in columns}
    if len(titles) < len(columns):
        twice = next(
            title for at, (_, column, title) in enumerate(columns) if column in {c for _, c, _ in columns[:at]}
        )
        raise NoTable(f"“{twice}”这一列出现了两次。", f"There are two columns “{twice}”.")
    if not rows:
        raise NoTable("标题行下面没有内容。", "There is nothing below the heading.")
    lines, errors = [], []
    for number, cells in rows:
        read, wrong = _read(number, cells, columns)
        errors += wrong
        if not wrong and needs is _PRODUCTS and not read.get("name"):
            errors.append(Flaw(number, titles["name"], "名称是空的。", "The name is missing."))
        elif not wrong:
            lines.append(_Line(number, read, titles))
    return lines, errors


def _read(
    number: int, cells: tuple[Any, ...], columns: list[tuple[int, str, str]]
) -> tuple[dict[str, Any], list[Flaw]]:
    read: dict[str, Any] = {}
    wrong = []
    for at, column, title in columns:
        cell = cells[at] if at < len(cells) else None
        if cell is None or str(cell).strip() == "":
            continue
        try:
            read[column] = _READERS[column](cell)
        except BadCell as bad:
            wrong.append(Flaw(number, title, bad.zh, bad.en))
    return read, wrong


def _place(flaw: Flaw) -> int:
    return flaw.row
