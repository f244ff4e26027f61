"""Sheets of products and stock: what is read from them in any order and encoding, and what is said of the rest."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hq.goods.catalogue import Product
from hq.goods.sheets import product_template, read_products, read_stock

CAKE = Product(
    number=7, sku="CK-7", name="草莓蛋糕", zone="chilled", lead_minutes=120, price_fen=12_800, barcode="69001"
)


def xlsx(*rows: Iterable[Any]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def said(content: bytes, known: Iterable[Product] = ()) -> list[tuple[int, str, str]]:
    return [(flaw.row, flaw.column, flaw.en) for flaw in read_products(content, known).errors]


CSV = "名称,价格（元）,分区,备货时间（分钟）,货号,条码,库存,说明\n可颂,9.5,常温,30,BK-1,6901234567892,20,现烤"


def test_every_column_is_read() -> None:
    (row,) = read_products(CSV.encode()).rows
    assert (row.row, row.stock, row.is_new) == (2, 20, True)
    assert row.product == Product(
        1001, "BK-1", "可颂", "ambient", 30, 950, description="现烤", barcode="6901234567892", counted=True
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_told_apart(encoding: str, delimiter: str) -> None:
    (row,) = read_products(CSV.replace(",", delimiter).encode(encoding)).rows
    assert (row.product.name, row.product.price_fen) == ("可颂", 950)


def test_a_workbook_reads_as_the_same_sheet_in_english() -> None:
    content = xlsx(["Our list"], [], ["SKU", "Price (yuan)", "Name", "Lead minutes"], [1001.0, 12.8, "Cake", "2 h"])
    (row,) = read_products(content).rows
    assert (row.row, row.product.sku, row.product.price_fen, row.product.lead_minutes) == (4, "1001", 1280, 120)


def test_columns_that_nobody_knows_are_left_out() -> None:
    (row,) = read_products("颜色,name,price\n红,Cake,1".encode()).rows
    assert row.product.name == "Cake"


def test_numbers_are_given_where_there_are_none() -> None:
    sheet = read_products(b"name,price,number\nA,1,\nB,1,1001\nC,1,", [CAKE])
    assert [row.product.number for row in sheet.rows] == [1002, 1001, 1003]


@pytest.mark.parametrize("named", ["number,name\n7,Cake", "sku,name\nCK-7,Cake", "price,name\n128,草莓蛋糕"])
def test_a_row_changes_the_product_that_it_names_and_leaves_the_rest(named: str) -> None:
    (row,) = read_products(named.encode(), [CAKE]).rows
    assert not row.is_new
    assert (row.product.number, row.product.zone, row.product.barcode) == (7, "chilled", "69001")


def test_wrong_cells_are_named_and_their_row_is_not_taken() -> None:
    sheet = read_products("名称,价格,分区,库存\n可颂,九元,常温,3\n蛋糕,128,月球,-1\n水饺,28,冷冻,5".encode())
    assert [(flaw.row, flaw.column) for flaw in sheet.errors] == [(2, "价格"), (3, "分区"), (3, "库存")]
    assert [row.product.name for row in sheet.rows] == ["水饺"]
    assert all(flaw.zh.endswith("。") and flaw.en.endswith(".") for flaw in sheet.errors)


@pytest.mark.parametrize(
    ("sheet", "complaint"),
    [
        ("name,price\n,5", (2, "name", "The name is missing.")),
        ("name,sku\nCake,", (2, "", "A new product needs a price.")),
        ("name,price\nCake,5\nCake,6", (3, "name", "This is the same product as in row 2.")),
        ("name,price,sku\nA,5,X\nB,6,X", (3, "sku", "The SKU is the same as in row 2.")),
        ("number,name,price,sku\n9,B,6,CK-7", (2, "sku", "The SKU belongs to product 7 already.")),
        ("name,price,barcode\nA,5,6.9E+12", (2, "barcode", "The barcode has lost its digits")),
        ("name,price,number\nA,5,1.5", (2, "number", "The number is a whole number from 1 to")),
        ("name,price\n#REF!,5", (2, "name", "The formula fails here")),
        (f"name,price\n{'长' * 101},5", (2, "name", "This is too long")),
        ("name,price\nA\x07B,5", (2, "name", "There are characters that cannot be shown")),
        ("name,price,lead minutes\nA,5,99999", (2, "lead minutes", "The lead time is a number of minutes")),
        ("name,price,name\nA,5,B", (0, "", "There are two columns")),
        ("name,price", (0, "", "There is nothing below the heading.")),
        ("hello\nworld", (0, "", "There is no heading")),
        ("", (0, "", "The file is empty.")),
        ('name,price\n"' + "A" * 200_000 + '",5', (0, "", "Row 2 cannot be read")),
    ],
)
def test_what_is_wrong_is_said_where_it_is(sheet: str, complaint: tuple[int, str, str]) -> None:
    ((row, column, sentence),) = said(sheet.encode(), [CAKE] if "CK-7" in sheet else [])
    assert (row, column) == complaint[:2]
    assert sentence.startswith(complaint[2])


def zipped(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return out.getvalue()


def laughing() -> bytes:
    """Return a workbook whose sheet grows a thousandfold with each entity."""
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    lol = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'
    rows = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    cell = '<c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>'
    with zipfile.ZipFile(io.BytesIO(xlsx(["name", "price"]))) as good:
        parts = [(name, good.read(name)) for name in good.namelist()]
    return zipped(*((name, (lol + rows + cell).encode() if "sheet1" in name else part) for name, part in parts))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "This is a file of an old Excel"),
        (b"PK\x03\x04" + bytes(100), "This Excel file is damaged"),
        (zipped(("a", b"x")), "This Excel file is damaged"),
        (zipped(("xl/sheet.xml", bytes(70_000_000))), "This Excel file holds too much"),
        (zipped(*((str(n), b"") for n in range(501))), "This Excel file holds too much"),
        (laughing(), "This Excel file is damaged"),
        (xlsx(["name", "price"])[:-900], "This Excel file is damaged"),
        (bytes(5_000_001), "The file is too large"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "This file is not a sheet"),
        (b"\xff\xff\xff", "This file is not a sheet"),
    ],
)
def test_hostile_and_foreign_files_are_refused_in_words(content: bytes, sentence: str) -> None:
    ((row, _, said_),) = said(content)
    assert row == 0
    assert said_.startswith(sentence)


def test_a_cell_in_the_last_row_of_excel_does_not_make_a_million_rows() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for at, text in enumerate(("name", "price"), 1):
        sheet.cell(1, at, text)
        sheet.cell(2, at, "5")
    sheet.cell(1_048_576, 16_384, "far away")
    out = io.BytesIO()
    book.save(out)
    assert len(read_products(out.getvalue()).rows) == 1


@pytest.mark.parametrize("write", [xlsx, lambda *rows: "\n".join(",".join(map(str, row)) for row in rows).encode()])
def test_ten_thousand_rows_are_read_and_one_more_is_refused(write: Any) -> None:
    rows = [("name", "price"), *((f"P{n}", n / 100) for n in range(10_000))]
    sheet = read_products(write(*rows))
    assert (len(sheet.rows), sheet.errors) == (10_000, ())
    ((_, _, sentence),) = said(write(*rows, ("one more", 1)))
    assert sentence.startswith("There are too many rows")


def test_the_template_is_read_once_it_is_filled_in() -> None:
    assert said(product_template()) == [(0, "", "There is nothing below the heading.")]
    book = load_workbook(io.BytesIO(product_template()))
    products, examples = book.worksheets
    for row in examples.iter_rows(min_row=2, values_only=True):
        products.append(row)
    out = io.BytesIO()
    book.save(out)
    sheet = read_products(out.getvalue())
    assert (len(sheet.rows), sheet.errors) == (3, ())
    assert [row.stock for row in sheet.rows] == [20, None, 12]


@pytest.mark.parametrize(
    "named", ["编号,库存\n7,5", "sku;stock\nCK-7;5", "条码\t数量\n69001\t5", "名称,现有\n草莓蛋糕,5"]
)
def test_stock_finds_its_product_by_whatever_names_it(named: str) -> None:
    (row,) = read_stock(named.encode(), [CAKE]).rows
    assert (row.product.number, row.stock) == (7, 5)


def test_stock_of_nothing_known_is_refused_and_an_empty_cell_says_nothing() -> None:
    sheet = read_stock(b"sku,stock\nCK-7,\nnone,1\n,2", [CAKE])
    assert sheet.rows == ()
    assert [(flaw.row, flaw.en) for flaw in sheet.errors] == [
        (3, "There is no such product."),
        (4, "This row does not say which product it is."),
    ]


_CELLS = st.one_of(
    st.text(max_size=12), st.integers(-5, 10**6).map(str), st.sampled_from(["9.90", "冷藏", "2小时", "#N/A"])
)
_HEADINGS = st.permutations(["name", "价格", "货号", "分区", "lead minutes", "stock", "number", "whatever"])


@settings(max_examples=150, deadline=None)
@given(_HEADINGS, st.lists(st.lists(_CELLS, max_size=8), max_size=6))
def test_each_row_is_either_taken_whole_or_explained(heading: list[str], rows: list[list[str]]) -> None:
    import csv

    out = io.StringIO(newline="")
    csv.writer(out).writerows([heading, *rows])
    sheet = read_products(out.getvalue().encode("utf-8", "surrogatepass"))
    taken, explained = {row.row for row in sheet.rows}, {flaw.row for flaw in sheet.errors}
    assert not taken & explained
    assert len({row.product.number for row in sheet.rows}) == len(sheet.rows)
    assert all(row.product.name and row.product.price_fen >= 0 for row in sheet.rows)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"name,price\n"):
        assert all(flaw.zh and flaw.en for flaw in read_products(start + content).errors)
