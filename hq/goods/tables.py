"""Reads the rows of a sheet that somebody sends: XLSX or CSV, within limits, whatever the file claims to be."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

MOST_BYTES = 5_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 50
_MOST_UNPACKED = 60_000_000
_MOST_PARTS = 500
_MOST_SHEETS = 20
_MOST_CELL = 10_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",;\t"

Row = tuple[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in both languages."""

    zh: str
    en: str


class NoTable(ValueError):
    """The file cannot be read as a sheet; `said` tells why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(zh, en)


def read(content: bytes, is_heading: Callable[[Sequence[Any]], bool]) -> list[Row]:
    """Return the heading and what follows it, each row with its number in the sheet; empty rows are left out.

    `is_heading` tells a sheet's heading from a title above it. Raises `NoTable`.
    """
    if len(content) > MOST_BYTES:
        raise NoTable("文件太大：最多 5 MB。", "The file is too large: it may have at most 5 MB.")
    if not content.strip():
        raise NoTable("文件是空的。", "The file is empty.")
    if content.startswith(_OLD_EXCEL):
        raise NoTable(
            "这是旧版 Excel 文件或带密码的文件。请另存为不带密码的 .xlsx 或 .csv。",
            "This is a file of an old Excel, or one with a password. Save it as .xlsx or .csv without a password.",
        )
    if content.startswith(b"PK"):
        return _of_workbook(content, is_heading)
    found = _from_heading(_of_text(_decoded(content)), is_heading)
    if found is None:
        raise _no_heading()
    return found


def _no_heading() -> NoTable:
    return NoTable(
        "找不到标题行。第一行要写列名，例如：名称、价格。",
        "There is no heading: the first row must name the columns, such as name and price.",
    )


def _from_heading(rows: Iterable[Row], is_heading: Callable[[Sequence[Any]], bool]) -> list[Row] | None:
    """Return the filled rows from the heading on, or nothing where the first ten have none."""
    kept: list[Row] = []
    tried = 0
    for number, cells in rows:
        if all(cell is None or str(cell).strip() == "" for cell in cells):
            continue
        if not kept and not is_heading(cells):
            tried += 1
            if tried == 10:
                return None
            continue
        if len(kept) > MOST_ROWS:
            raise NoTable(
                f"行数太多：一张表最多 {MOST_ROWS} 行，请分成几张。",
                f"There are too many rows: a sheet may have {MOST_ROWS}. Divide it.",
            )
        kept.append((number, tuple(cells)))
    return kept or None


# ── CSV ────────────────────────────────────────────────────────────────────────────────────────────────────


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoTable(
        "这个文件不是表格。请用 .xlsx，或 UTF-8、GB18030 编码的 .csv。",
        "This file is not a sheet. Use .xlsx, or .csv in UTF-8 or GB18030.",
    )


def _of_text(text: str) -> Iterator[Row]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, tuple(cell[:_MOST_CELL] for cell in cells[:MOST_COLUMNS])
            begins = reader.line_num + 1
    except csv.Error as error:
        raise NoTable(
            f"第 {begins} 行读不出来：可能少了一个引号。",
            f"Row {begins} cannot be read: a quotation mark may be missing.",
        ) from error


# ── XLSX ───────────────────────────────────────────────────────────────────────────────────────────────────


def _of_workbook(content: bytes, is_heading: Callable[[Sequence[Any]], bool]) -> list[Row]:
    _refuse_bomb(content)
    from openpyxl import load_workbook  # loads slowly, and few requests need it

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets[:_MOST_SHEETS]:
                # What the file says of its own size may be wrong or a lie.
                sheet.reset_dimensions()
                with closing(_of_worksheet(sheet)) as rows:
                    if found := _from_heading(rows, is_heading):
                        return found
        finally:
            book.close()
    except NoTable:
        raise
    except Exception as error:
        # A stranger's file in a foreign parser: whatever it stumbles over, the answer is that the file is damaged.
        raise NoTable(
            "这个 Excel 文件损坏了，打不开。请重新保存一次。",
            "This Excel file is damaged and cannot be opened. Save it again.",
        ) from error
    raise _no_heading()


def _of_worksheet(sheet: Any) -> Generator[Row, None, None]:
    # Beyond the limit by a few rows, so that a sheet that is too long is refused rather than cut.
    rows = sheet.iter_rows(max_row=MOST_ROWS + 100, max_col=MOST_COLUMNS, values_only=True)
    with closing(rows):
        for number, cells in enumerate(rows, 1):
            yield number, tuple(_plain(cell) for cell in cells)


def _plain(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str):
        return cell[:_MOST_CELL]
    return cell.isoformat() if isinstance(cell, date | datetime) else cell


def _refuse_bomb(content: bytes) -> None:
    """Refuse a packed file that is much larger inside; the sizes it states bound what is unpacked of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NoTable(
            "这个 Excel 文件损坏了，打不开。请重新保存一次。",
            "This Excel file is damaged and cannot be opened. Save it again.",
        ) from error
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise NoTable(
            "这个 Excel 文件里面的内容太大。请只保留商品表，再保存一次。",
            "This Excel file holds too much inside. Keep only the sheet, and save it again.",
        )
