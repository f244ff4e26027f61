"""What an operator does on a busy evening: sessions, stock, sheets, shortages and messages, in a real browser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from hq.ordering.book import OrderRow
from tests.web.browser import picture
from tests.web.steps import dialog, open_page, save, toast
from tests.web.town import Console, seated
from tests.web.trade import ZONE, Trade, trade


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Trade]:
    data = tmp_path_factory.mktemp("hq")
    return data, trade(data)


@pytest.fixture(scope="module")
def console(browser: Browser, told: tuple[Path, Trade]) -> Iterator[Console]:
    with seated(told[0], browser) as one:
        yield one


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option).first.click()


def test_a_session_is_made_and_its_link_shown(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/sessions")
        page.get_by_role("button", name="新增场次").click()
        form = dialog(page)
        form.get_by_label("标题").fill("周五夜场")
        form.get_by_label("链接名").fill("Friday Night")
        form.get_by_label("商品", exact=True).click()
        page.get_by_role("option", name="7 草莓蛋糕").click()
        form.get_by_label("直播价（元）").fill("15.8")
        begun = datetime.now(ZONE) - timedelta(hours=1)
        form.get_by_label("开始（北京时间）").fill(f"{begun:%Y-%m-%dT%H:%M}")
        save(page)
        toast(page, "链接名须为")
        form.get_by_label("链接名").fill("friday-night")
        form.get_by_role("button", name="预览可选时段").click()
        expect(form.locator(".windows .chip").first).to_contain_text("14:00 – 20:00")
        picture(page, "session-form")
        save(page)
        expect(page.get_by_text(f"{console.hq.url}/live/friday-night")).to_be_visible()
        expect(page.get_by_role("img", name="顾客链接二维码")).to_be_visible()
        expect(page.get_by_role("link", name="打开")).to_have_attribute("href", f"{console.hq.url}/live/friday-night")
        open_page(page, "/sessions")
        expect(page.locator("tr", has_text="周五夜场")).to_contain_text("friday-night")
        page.goto("/live/friday-night")
        expect(page.get_by_text("草莓蛋糕").first).to_be_visible()
        expect(page.get_by_text("15.80").first).to_be_visible()


def test_each_kind_of_rule_has_its_own_fields(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/sessions/tonight")
        page.get_by_role("button", name="编辑").click()
        form = dialog(page)
        form.get_by_label("时段规则").click()
        page.get_by_role("option", name="拼团").click()
        form.get_by_label("几人成团").fill("1")
        save(page)
        toast(page, "时段规则有误")
        form.get_by_label("几人成团").fill("3")
        picture(page, "session-form-group")
        save(page)
        expect(page.get_by_text("3 人团")).to_be_visible()


def test_a_session_is_taken_off_and_published_again(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/sessions/evening")
        page.get_by_role("button", name="下架").click()
        expect(page.get_by_text("未发布")).to_be_visible()
        page.get_by_role("button", name="发布").click()
        expect(page.get_by_text("直播中")).to_be_visible()


def test_stock_is_counted_and_the_ledger_tells(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/stock?store=101")
        page.get_by_role("button", name="8 可颂").click()
        dialog(page).get_by_label("实点数量").fill("25")
        save(page)
        toast(page, "已保存")
        expect(page.locator("tr", has_text="可颂")).to_contain_text("25")
        page.get_by_role("button", name="8 可颂").click()
        expect(dialog(page).locator("tbody tr").first).to_contain_text("点数")
        picture(page, "stock-dialog")


def test_what_is_overpromised_comes_first(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/stock?store=101")
        page.get_by_role("button", name="7 草莓蛋糕").click()
        dialog(page).get_by_label("实点数量").fill("1")
        save(page)
        expect(page.locator("tbody tr").first).to_contain_text("超卖")
        picture(page, "stock-zh")
        page.get_by_role("button", name="7 草莓蛋糕").click()
        dialog(page).get_by_label("实点数量").fill("50")
        save(page)
        toast(page, "已保存")


def test_a_product_is_seen_in_every_store(console: Console) -> None:
    with console.seat("wang") as page:
        open_page(page, "/stock?product=7")
        expect(page.locator("tbody tr")).to_have_count(2)
        page.get_by_role("button", name="7 草莓蛋糕").first.click()
        expect(dialog(page).get_by_role("button", name="保存")).to_have_count(0)


def test_the_evening_list_is_saved_in_one_grid(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/evening")
        page.get_by_label("在库 抹茶卷").fill("4")
        page.get_by_label("上架 草莓蛋糕").click()
        page.get_by_role("button", name="保存清单").click()
        toast(page, "已保存 2 种商品")
        picture(page, "evening-zh")
        open_page(page, "/stock?store=101")
        expect(page.locator("tr", has_text="抹茶卷")).to_contain_text("4")
        expect(page.locator("tr", has_text="草莓蛋糕")).to_contain_text("已下架")


def sheet(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_is_previewed_and_only_its_good_rows_are_taken(console: Console) -> None:
    content = sheet(("名称", "价格（元）", "库存"), ("桂花糕", 12.5, 30), ("坏价格", "十二", 1), ("麻薯", 8, -2))
    with console.seat("li") as page:
        open_page(page, "/import")
        page.get_by_label("库存属于门店").click()
        page.get_by_role("option", name="102").click()
        file = {"name": "products.xlsx", "mimeType": "application/octet-stream", "buffer": content}
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        expect(page.get_by_text("可导入 1 行")).to_be_visible()
        expect(page.get_by_text("有错 2 行")).to_be_visible()
        picture(page, "import-zh")
        with console.seat("wang") as other:
            open_page(other, "/products")
            expect(other.get_by_text("桂花糕")).to_have_count(0)
        page.get_by_role("button", name="只导入这 1 行").click()
        toast(page, "已导入 1 行")
        open_page(page, "/stock?store=102")
        expect(page.locator("tr", has_text="桂花糕")).to_contain_text("30")


def test_a_shortage_is_resolved_on_the_phone(console: Console, told: tuple[Path, Trade]) -> None:
    short: OrderRow = told[1].short
    with console.seat("li") as page:
        open_page(page, "/incidents")
        picture(page, "alerts-zh")
        page.locator("tr", has_text=short.label).get_by_role("button").click()
        expect(dialog(page).get_by_text("摔坏了")).to_be_visible()
        picture(page, "alert-shortage")
        dialog(page).get_by_role("button", name="处理缺货").click()
        expect(page.get_by_text("顾客在电话里选")).to_be_visible()
        expect(page.get_by_text("13812345678")).to_be_visible()
        picture(page, "shortage")
        page.get_by_role("button", name=re.compile("改到 102")).click()
        toast(page, "已替顾客选定")
        open_page(page, f"/orders/{short.number}")
        expect(page.get_by_text("等待门店同意取消").or_(page.get_by_text("已由订单替代"))).to_be_visible()


def test_an_order_is_given_to_another_store(console: Console, told: tuple[Path, Trade]) -> None:
    movable = told[1].movable
    with console.seat("li") as page:
        open_page(page, f"/orders/{movable.number}")
        page.get_by_role("button", name="改派门店").click()
        save(page, "改派")
        toast(page, "请填写原因")
        dialog(page).get_by_label("原因").fill("停电")
        save(page, "改派")
        page.get_by_role("button", name=re.compile("改到 102")).click()
        toast(page, "已替顾客选定")
        expect(page.get_by_text("缺货").first).to_be_visible()


def test_a_dead_message_is_sent_again(console: Console, told: tuple[Path, Trade]) -> None:
    with console.seat("li") as page:
        open_page(page, "/messages?status=dead")
        row = page.locator("tr", has_text=told[1].dead)
        expect(row).to_contain_text("号码无效")
        row.get_by_role("button").click()
        picture(page, "message")
        dialog(page).get_by_role("button", name="重新发送").click()
        toast(page, "已重新排队发送")
        expect(page.get_by_text("没有符合条件的消息。")).to_be_visible()
        open_page(page, f"/orders/{told[1].plain.number}")
        expect(page.locator("tr", has_text="付款成功")).to_contain_text("已发送")
        picture(page, "order-more-zh")


def test_a_webhook_that_was_given_up_is_sent_again(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/messages")
        page.locator("tr", has_text="HTTP 500").get_by_role("button").click()
        save(page, "重新发送")
        toast(page, "已重新排队发送")
        expect(page.get_by_text("全部送达。")).to_be_visible()


def test_who_only_looks_reads_no_words(console: Console) -> None:
    with console.seat("wang") as page:
        open_page(page, "/messages")
        expect(page.get_by_text("（内容仅运营可见）").first).to_be_visible()
        open_page(page, "/import")
        expect(page.get_by_text("您的权限不足以查看此页。")).to_be_visible()
