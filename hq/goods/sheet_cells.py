"""What a cell of a sheet means: column names in either language, and values with a sentence for each that is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.money import MOST_FEN, parse_fen
from hq.goods.catalogue import Zone

_NAMES: dict[str, str] = {
    "number": "编号 商品编号 number no product_number productnumber",
    "sku": "货号 商品货号 编码 商品编码 sku",
    "name": "名称 商品名称 品名 商品 商品名 name product title",
    "price": "价格 单价 售价 零售价 price unitprice",
    "barcode": "条码 条形码 商品条码 barcode ean",
    "zone": "分区 温区 存放 存放区 储存 zone storage",
    "lead": "备货时间 备货 制作时间 提前 lead leadminutes leadtime",
    "pack": "最早打包 提前打包 打包 pack packminutes packwithin",
    "stock": "库存 数量 库存数量 现有 stock quantity qty onhand",
    "description": "说明 描述 介绍 备注 description",
}
_COLUMNS = {name: column for column, names in _NAMES.items() for name in names.split()}
_ZONES: dict[str, Zone] = {
    **dict.fromkeys(("常温", "ambient", "room", "normal"), "ambient"),
    **dict.fromkeys(("冷藏", "chilled", "cold", "fridge"), "chilled"),
    **dict.fromkeys(("冷冻", "frozen", "freezer"), "frozen"),
    **dict.fromkeys(("保温", "热", "热食", "warm", "hot"), "warm"),
}
_UNIT = re.compile(r"[(\[【].*?[)\]】]")
_LEAD = re.compile(r"(\d{1,5})(分钟|分|min|mins|minutes|m)?|(\d{1,3})(小时|个小时|h|hour|hours)", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+\d+")
_LONGEST_LEAD = 7 * 24 * 60
MOST_STOCK = 1_000_000
MOST_NUMBER = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a cell: its row (0: the whole file), the column as the sheet names it, sentences."""

    row: int
    column: str
    zh: str
    en: str


class BadCell(ValueError):
    """A cell cannot be taken as it is."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def columns(heading: Sequence[Any]) -> list[tuple[int, str, str]]:
    """Return which columns are known: place, what it holds, and its name as the sheet writes it."""
    found = [(at, _column(cell), str(cell).strip()) for at, cell in enumerate(heading) if cell is not None]
    return [(at, column, title) for at, column, title in found if column]


def _column(title: object) -> str:
    """Return what a heading means: 价格（元）, "Price", or both languages side by side; empty for any other."""
    text = _UNIT.sub(" ", unicodedata.normalize("NFKC", str(title)).casefold())
    words = re.split(r"[\s/|_*:：,]+", text.replace("yuan", " ").replace("元", " ").strip(" /|_*:："))
    whole = _COLUMNS.get("".join(words), "")
    each = {_COLUMNS.get(word, "") for word in words}
    return whole or (each.pop() if len(each) == 1 else "")


# ── values ─────────────────────────────────────────────────────────────────────────────────────────────────


def text(cell: object, longest: int) -> str:
    """Return a cell as one line of text."""
    said = _line(cell)
    if len(said) > longest:
        raise BadCell(f"太长：最多 {longest} 个字。", f"This is too long: at most {longest} characters.")
    return said


def price(cell: object) -> int:
    """Return fen."""
    try:
        return parse_fen(_line(cell) if isinstance(cell, str) else cell)
    except ValueError as error:
        zh = f"价格要写成 12.80 这样，最多两位小数，不超过 {MOST_FEN // 100} 元。"
        raise BadCell(zh, str(error)) from error


def zone(cell: object) -> Zone:
    """Return where a product is kept."""
    found = _ZONES.get(_line(cell).casefold())
    if found is None:
        raise BadCell(
            "分区只能是：常温、冷藏、冷冻、保温。",
            "The zone is one of 常温 (ambient), 冷藏 (chilled), 冷冻 (frozen), 保温 (warm).",
        )
    return found


def lead(cell: object) -> int:
    """Return minutes of a lead time: 30, "30分钟", "2小时", "2 h"."""
    found = _LEAD.fullmatch(_line(cell).casefold().replace(" ", ""))
    minutes = int(found[1] or 0) + 60 * int(found[3] or 0) if found else -1
    if not 0 <= minutes <= _LONGEST_LEAD:
        raise BadCell(
            "备货时间写分钟数，例如 30；最长 7 天。",
            "The lead time is a number of minutes, such as 30; at most 7 days.",
        )
    return minutes


def pack(cell: object) -> int:
    """Return how many minutes before the window something may be packed: 30, "30分钟", "2小时"."""
    try:
        return lead(cell)
    except BadCell as bad:
        raise BadCell(
            "最早打包写自提开始前的分钟数，例如 30；最长 7 天。",
            "Packed within is a number of minutes before the window, such as 30; at most 7 days.",
        ) from bad


def stock(cell: object) -> int:
    """Return how many there are."""
    return _whole(cell, 0, MOST_STOCK, "库存", "The stock")


def number(cell: object) -> int:
    """Return a product's number."""
    return _whole(cell, 1, MOST_NUMBER, "编号", "The number")


def barcode(cell: object) -> str:
    """Return a barcode; one that Excel has rounded to 6.9E+12 has lost its digits."""
    said = text(cell, 64)
    if _ROUNDED.fullmatch(said):
        raise BadCell(
            "条码的数字丢了：请把这一列设为“文本”格式，再重新填写。",
            "The barcode has lost its digits: format the column as text, and enter it again.",
        )
    return said


def _whole(cell: object, low: int, high: int, zh: str, en: str) -> int:
    said = _line(cell).replace(",", "")
    value = int(said) if _WHOLE.fullmatch(said) or (said.isascii() and said.isdigit() and len(said) < 12) else -1
    if isinstance(cell, bool) or not low <= value <= high:
        raise BadCell(f"{zh}要写 {low} 到 {high} 的整数。", f"{en} is a whole number from {low} to {high}.")
    return value


def _line(cell: object) -> str:
    """Return text in its usual width, without what cannot be printed."""
    said = " ".join(unicodedata.normalize("NFC", "" if cell is None else str(cell)).split())
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in said):
        raise BadCell(
            "这里有不能显示的字符，请重新填写。", "There are characters that cannot be shown: enter it again."
        )
    if said.startswith("#") and said.upper().rstrip("!?") in {"#N/A", "#REF", "#VALUE", "#NAME", "#DIV/0", "#NULL"}:
        raise BadCell("公式出错了，请改成数值。", "The formula fails here: put a value in its place.")
    return said


Reader = Callable[[object], Any]


def is_heading(cells: Iterable[Any], *, needs: Iterable[frozenset[str]]) -> bool:
    """Tell whether a row names the columns: one out of each set of `needs`."""
    present = {column for _, column, _ in columns(tuple(cells))}
    return all(present & one for one in needs)
