"""Writes rows as CSV or XLSX, a piece at a time; what a spreadsheet would take for a formula stays text."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

# A sheet of this many rows takes seconds to make and is already more than anybody scrolls through; CSV has no end.
MOST_XLSX_ROWS = 200_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CHUNK_ROWS = 500
_CHUNK_BYTES = 256 * 1024
_BOM = b"\xef\xbb\xbf"  # without it Excel reads Chinese as mojibake


def csv_chunks(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield the pieces of a CSV file."""
    yield _BOM
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heading)
    for at, row in enumerate(rows, start=1):
        writer.writerow([_text(cell) for cell in row])
        if at % _CHUNK_ROWS == 0:
            yield _taken(out)
    yield _taken(out)


def xlsx_file(title: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """Return an open file with the workbook, which is gone once it is closed; too many rows end in a sentence."""
    from openpyxl import Workbook  # loads slowly, and few requests need it

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.append([_cell(sheet, each) for each in heading])
    for at, row in enumerate(rows):
        if at == MOST_XLSX_ROWS:
            sheet.append(
                [f"只有前 {MOST_XLSX_ROWS} 行，全部请导出 CSV。The first {MOST_XLSX_ROWS} rows: export CSV for all."]
            )
            break
        sheet.append([_cell(sheet, each) for each in row])
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file's pieces, and close it."""
    with file:
        while piece := file.read(_CHUNK_BYTES):
            yield piece


def _taken(out: io.StringIO) -> bytes:
    told = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return told


def _text(cell: Any) -> Any:
    """Return what CSV can say: with an apostrophe in front, a spreadsheet reads text and not a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    # Text whatever it begins with: openpyxl would make a formula of "=".
    cell.data_type = "s"
    return cell
