"""Files that spreadsheets read: whole, in Chinese, and without a formula that somebody else wrote."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from hq.reports import sheet_files

HEADING = ("名称 name", "数量 count")
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def as_csv(*rows: tuple[Any, ...]) -> list[list[str]]:
    content = b"".join(sheet_files.csv_chunks(HEADING, rows))
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_xlsx(*rows: tuple[Any, ...]) -> list[list[Any]]:
    content = b"".join(sheet_files.pieces(sheet_files.xlsx_file("表", HEADING, rows)))
    return [list(row) for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_what_begins_like_a_formula_stays_text(text: str) -> None:
    assert as_csv((text, 1))[1] == [f"'{text}", "1"]
    cell, _ = as_xlsx((text, 1))[1]
    assert (cell.value, cell.data_type) == (text, "s")


def test_numbers_stay_numbers() -> None:
    assert as_csv(("退货", -5))[1] == ["退货", "-5"]
    assert [cell.value for cell in as_xlsx(("退货", -5))[1]] == ["退货", -5]


@given(TEXT)
def test_any_other_text_comes_back_as_it_was(text: str) -> None:
    told = as_csv((text, 1))[1][0]
    assert told.removeprefix("'") == text.removeprefix("'")


def test_a_long_file_leaves_in_pieces() -> None:
    pieces = list(sheet_files.csv_chunks(HEADING, ((f"第 {at} 行", at) for at in range(1_200))))
    assert len(pieces) == 4
    assert b"".join(pieces).count(b"\r\n") == 1_201


def test_a_workbook_that_would_be_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_files, "MOST_XLSX_ROWS", 2)
    rows = as_xlsx(("a", 1), ("b", 2), ("c", 3))
    assert len(rows) == 4
    assert "CSV" in rows[-1][0].value
