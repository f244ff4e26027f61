"""Sheets over HTTP: a look first, then all of it or nothing, the terminals told, and no stranger let in."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from hq.goods import importing, sheets
from hq.goods import stock as stocks
from sync.wire import ProductItem
from tests.hq.server import Mall
from tests.hq.test_sheets import xlsx
from tests.hq.town import Town


def send(mall: Mall, what: str, content: bytes, **params: Any) -> httpx.Response:
    headers = {"x-file-name": quote("商品.xlsx")}
    return mall.client.post(f"/v1/imports/{what}", content=content, params=params, headers=headers)


def sheet(mall: Mall, *, price: Any = 9, stock: Any = 5) -> bytes:
    """Return a sheet of two products whose numbers belong to this test's store alone."""
    first = mall.store * 1000
    return xlsx(["名称", "价格", "编号", "库存"], ["可颂", price, first, stock], ["水饺", 28, first + 1, ""])


def stock(mall: Mall) -> dict[int, int]:
    found = mall.client.get(f"/v1/stores/{mall.store}/stock").json()["stock"]
    return {each["product_number"]: each["on_hand"] for each in found}


def test_a_look_changes_nothing(mall: Mall) -> None:
    told = send(mall, "products", sheet(mall), store=mall.store).raise_for_status().json()
    assert [(row["product"]["name"], row["stock"], row["is_new"]) for row in told["rows"]] == [
        ("可颂", 5, True),
        ("水饺", None, True),
    ]
    assert (told["errors"], told["taken"], stock(mall)) == ([], False, {})


def test_products_and_their_stock_are_taken_together_and_terminals_told(mall: Mall) -> None:
    counter, first = mall.enrol(), mall.store * 1000
    told = send(mall, "products", sheet(mall), store=mall.store, dry_run=False).raise_for_status().json()
    assert told["taken"]
    assert stock(mall) == {first: 5}
    names = {row.item.name for row in counter.pull().rows if isinstance(row.item, ProductItem)}
    assert {"可颂", "水饺"} <= names
    (move,) = mall.client.get(f"/v1/stores/{mall.store}/stock/{first}/moves").json()["moves"]
    assert (move["kind"], move["on_hand"], move["by"]) == ("count", 5, "商品.xlsx")


def test_the_same_sheet_again_changes_what_it_made(mall: Mall) -> None:
    send(mall, "products", sheet(mall), store=mall.store, dry_run=False).raise_for_status()
    told = send(mall, "products", sheet(mall, price=11, stock=2), store=mall.store, dry_run=False).json()
    assert [row["is_new"] for row in told["rows"]] == [False, False]
    assert stock(mall) == {mall.store * 1000: 2}


def test_a_sheet_with_a_mistake_is_refused_whole_unless_the_good_rows_are_asked_for(mall: Mall) -> None:
    bad = sheet(mall, price="nine")
    refused = send(mall, "products", bad, dry_run=False)
    assert (refused.status_code, refused.json()["code"]) == (422, "sheet")
    assert refused.json()["errors"][0]["column"] == "价格"
    assert send(mall, "stock", "编号,库存\n".encode() + b"1,1", store=mall.store).json()["rows"] == []
    told = send(mall, "products", bad, dry_run=False, only_good=True).raise_for_status().json()
    assert [row["product"]["name"] for row in told["rows"]] == ["水饺"]


def test_a_sheet_of_stock_counts_the_shelf(mall: Mall) -> None:
    send(mall, "stock", b"number,stock\n7,3", store=mall.store, dry_run=False).raise_for_status()
    assert stock(mall) == {7: 3}


def test_ten_thousand_rows_are_taken_in_one_transaction(town: Town) -> None:
    rows = "".join(f"P{n},{n % 100 + 1},{n % 9}\n" for n in range(10_000))
    read = sheets.read_products(f"name,price,stock\n{rows}".encode()).rows
    town.office.write(lambda work: importing.take_products(work, read, 101, by="test"))
    assert len(town.office.read(lambda conn: stocks.of_store(conn, town.store.id))) == 10_000
    assert town.page().head > 10_000


def test_a_sheet_of_more_than_five_megabytes_is_refused(mall: Mall) -> None:
    refused = send(mall, "products", bytes(5_000_001))
    assert (refused.status_code, refused.json()["detail"]) == (413, "A request has at most 5 MB.")


def test_a_store_that_is_not_there_is_said(mall: Mall) -> None:
    assert send(mall, "products", sheet(mall), store=4_000_000).status_code == 404


def test_the_template_is_a_workbook(mall: Mall) -> None:
    answer = mall.client.get("/v1/imports/products/template")
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize("path", ["products", "stock?store=1", "products/template"])
def test_strangers_send_nothing(mall: Mall, path: str) -> None:
    method = "GET" if "template" in path else "POST"
    with httpx.Client(base_url=mall.client.base_url) as stranger:
        assert stranger.request(method, f"/v1/imports/{path}", content=b"x").status_code == 401
