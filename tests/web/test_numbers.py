"""Figures and what is taken along: pages that show what HQ measured, and files that a spreadsheet reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import picture
from tests.web.steps import open_page, toast
from tests.web.town import Console, seated
from tests.web.trade import FORMULA, Trade, trade


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Trade]:
    data = tmp_path_factory.mktemp("hq")
    return data, trade(data)


@pytest.fixture(scope="module")
def console(browser: Browser, told: tuple[Path, Trade]) -> Iterator[Console]:
    with seated(told[0], browser) as one:
        yield one


def only(page: Page, day: str) -> None:
    page.get_by_label("时间").click()
    page.get_by_role("option", name="一天").click()
    page.get_by_label("日期").fill(day)


def test_the_page_shows_the_figures_of_hq(console: Console, told: tuple[Path, Trade]) -> None:
    whole = told[1].whole
    assert whole.redemption_rate
    with console.seat("wang") as page:
        open_page(page, "/figures")
        only(page, f"{told[1].day}")
        for value in (whole.orders, f"{whole.redemption_rate * 100:.1f} %", whole.handed_over, "16.00"):
            expect(page.locator(".figure .value", has_text=str(value)).first).to_be_visible()
        expect(page.get_by_text(f"到期 {whole.due}，已取 {whole.redeemed}")).to_be_visible()
        expect(page.locator("tbody tr", has_text="徐家汇店")).to_contain_text("75.0 %")
        expect(page.locator("tbody tr", has_text="今晚直播")).to_contain_text(str(whole.orders))


def test_a_day_without_orders_says_why_there_is_no_rate(console: Console) -> None:
    with console.seat("wang") as page:
        open_page(page, "/figures")
        only(page, "2026-01-01")
        expect(page.get_by_text("还没有到期的订单")).to_be_visible()
        expect(page.locator(".figure", has_text="核销率")).to_contain_text("—")


def test_a_range_that_is_too_long_is_refused(console: Console) -> None:
    with console.seat("wang") as page:
        open_page(page, "/figures")
        page.get_by_label("时间").click()
        page.get_by_role("option", name="自选范围").click()
        page.get_by_label("至").fill("2030-01-01")
        toast(page, "时间段须为 1–92 天")


def test_what_a_store_carries_is_drawn_against_its_capacity(console: Console, told: tuple[Path, Trade]) -> None:
    with console.seat("wang") as page:
        open_page(page, "/load")
        page.locator(".card", has_text="每刻钟").get_by_label("日期").first.fill(f"{told[1].day}")
        expect(page.get_by_text("每刻钟上限 4")).to_be_visible()
        picture(page, "load-zh")
        expect(page.locator("tbody tr", has_text="徐家汇店")).to_be_visible()


# ── files ──────────────────────────────────────────────────────────────────────────────────────────────────


def fetch(console: Console, login: str, path: str) -> httpx.Response:
    cookies = {"ziti_console": console.token(login)}
    return httpx.get(f"{console.hq.url}/console/export/{path}", cookies=cookies, timeout=30)


def cells(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_orders_leave_as_csv_with_whom_they_name_masked(console: Console, told: tuple[Path, Trade]) -> None:
    heading, *rows = cells(fetch(console, "li", "orders.csv"))
    assert heading[0] == "订单号 number"
    assert len(rows) == 14
    row = next(row for row in rows if row[0] == str(told[1].plain.number))
    assert "13812345678" not in row
    assert row[-1] == f"'{FORMULA}", "a spreadsheet must not calculate what a customer wrote"
    assert "13812345678" in fetch(console, "chen", "orders.csv").text


def test_a_workbook_holds_the_same_and_no_formula(console: Console, told: tuple[Path, Trade]) -> None:
    answer = fetch(console, "li", f"orders.xlsx?day={told[1].day}")
    assert len(list(load_workbook(io.BytesIO(answer.content)).worksheets[0].rows)) == 12
    book = load_workbook(io.BytesIO(fetch(console, "li", "orders.xlsx").content))
    notes = {row[-1].value: row[-1].data_type for row in book.worksheets[0].rows}
    assert notes[FORMULA] == "s"


@pytest.mark.parametrize(("what", "word"), [("stock", "抹茶卷"), ("messages", "paid"), ("products-template", "")])
def test_every_download_can_be_read(console: Console, what: str, word: str) -> None:
    rows = list(load_workbook(io.BytesIO(fetch(console, "li", f"{what}.xlsx").content)).worksheets[0].rows)
    assert any(word in str(cell.value) for row in rows for cell in row)


def test_figures_leave_as_they_are_shown(console: Console, told: tuple[Path, Trade]) -> None:
    day, whole = told[1].day, told[1].whole
    answer = fetch(console, "li", f"figures.csv?kind=day&first={day}&last={day}&store=&session=")
    _, everything, *_ = cells(answer)
    assert everything[2:5] == [str(whole.orders), str(whole.due), str(whole.redeemed)]


def test_who_only_looks_takes_nothing_along(console: Console) -> None:
    assert fetch(console, "wang", "orders.csv").status_code == HTTPStatus.FORBIDDEN
    assert httpx.get(f"{console.hq.url}/console/export/orders.csv").status_code == HTTPStatus.SEE_OTHER


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("orders.csv?day=x", 422),
        ("figures.csv", 422),
        ("stock.csv?store=x", 422),
        ("staff.csv", 404),
        ("orders.pdf", 404),
    ],
)
def test_what_cannot_be_read_is_refused(console: Console, path: str, status: int) -> None:
    answer = fetch(console, "li", path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_who_took_what_is_written_down(console: Console) -> None:
    fetch(console, "li", "stock.csv?store=102")
    with console.seat("chen") as page:
        open_page(page, "/audit")
        expect(page.locator("tr", has_text="导出数据").first).to_contain_text("stock.csv store=102")


# ── looks ──────────────────────────────────────────────────────────────────────────────────────────────────

PAGES = (
    "figures",
    "load",
    "sessions",
    "sessions/tonight",
    "stock",
    "evening",
    "import",
    "messages",
    "messages/templates",
    "incidents",
)


@pytest.mark.parametrize(("language", "dark"), [("zh", False), ("en", True)])
def test_every_page_is_drawn_without_a_mistake(
    console: Console, told: tuple[Path, Trade], language: str, dark: bool
) -> None:
    said: list[str] = []
    with console.seat("chen", language=language, dark=dark) as page:
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in (*PAGES, f"orders/{told[1].plain.number}"):
            open_page(page, f"/{path}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            name = "order" if path.startswith("orders") else path.replace("/", "-")
            picture(page, f"trade-{name}-{language}{'-dark' if dark else ''}")
    assert said == []
