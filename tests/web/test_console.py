"""The operators' console in a real browser: what each may do, and what the pages show of it."""

from __future__ import annotations

import base64
import io
import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from app.domain import photo
from app.domain.events import EventKind
from tests.hq.server import Counter, Mall, Teller
from tests.photos import jpeg
from tests.web.browser import picture
from tests.web.steps import dialog, open_page, save, toast
from tests.web.town import DEMOTED, RETIRED, STORE, Console


def audit(console: Console, action: str) -> str:
    with console.seat("chen") as page:
        open_page(page, "/audit")
        return page.locator("tr", has_text=action).first.inner_text()


# ── what each may do ───────────────────────────────────────────────────────────────────────────────────────


def test_a_viewer_is_offered_no_change(console: Console) -> None:
    with console.seat("wang") as page:
        open_page(page, "/stores")
        expect(page.get_by_role("link", name="101", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="新增门店")).to_have_count(0)
        open_page(page, "/operators")
        expect(page.get_by_text("您的权限不足以查看此页。")).to_be_visible()


def test_a_role_that_was_taken_away_counts_at_the_next_click(console: Console) -> None:
    with console.seat(DEMOTED) as page, console.seat("chen") as admin:
        open_page(page, "/products")
        page.get_by_role("button", name="新增商品").click()
        set_role(admin, DEMOTED, "只读")
        dialog(page).get_by_label("编号", exact=True).fill("66")
        dialog(page).get_by_label("名称").fill("不该有的商品")
        save(page)
        toast(page, "您的权限不足")
        open_page(admin, "/products")
        expect(admin.get_by_text("不该有的商品")).to_have_count(0)


def test_a_page_closes_itself_when_its_role_was_taken_away(console: Console) -> None:
    with console.other_seat(RETIRED) as page, console.seat("chen") as admin:
        open_page(page, "/audit")
        expect(page.get_by_role("heading", name="审计日志")).to_be_visible()
        set_role(admin, RETIRED, "只读")
        expect(page.get_by_text("您的权限不足以查看此页。")).to_be_visible()


def set_role(admin: Page, login: str, role: str) -> None:
    open_page(admin, "/operators")
    admin.get_by_role("button", name=login, exact=True).click()
    dialog(admin).get_by_label("角色").click()
    admin.get_by_role("option", name=role).click()
    save(admin)
    toast(admin, "已保存")


def test_a_store_is_opened_and_found(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/stores")
        page.get_by_role("button", name="新增门店").click()
        dialog(page).get_by_label("编号", exact=True).fill("330")
        dialog(page).get_by_label("名称").fill("静安寺店")
        dialog(page).get_by_label("周一").fill("8:00-12:00，14:00-22:00")
        save(page)
        toast(page, "已保存")
        page.get_by_label("搜索编号、名称、地址、区域").fill("静安")
        page.get_by_role("link", name="330").click()
        expect(page.get_by_text("一 08:00-12:00, 14:00-22:00")).to_be_visible()
    assert "330 静安寺店" in audit(console, "保存门店")


def test_what_is_typed_survives_a_refusal(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, f"/stores/{STORE}")
        page.get_by_role("button", name="编辑").click()
        dialog(page).get_by_label("时区").fill("Mars/Olympus")
        save(page)
        toast(page, "没有这个时区。")
        picture(page, "store-form")
        expect(dialog(page).get_by_label("时区")).to_have_value("Mars/Olympus")


def test_staff_are_added_with_a_pin(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, f"/stores/{STORE}")
        page.get_by_role("button", name="新增店员").click()
        dialog(page).get_by_label("工号").fill("zhou")
        dialog(page).get_by_label("姓名").fill("周店长")
        dialog(page).get_by_label("PIN").fill("12345")
        save(page)
        toast(page, "PIN 须为 6 位数字。")
        dialog(page).get_by_label("PIN").fill("246810")
        save(page)
        expect(page.locator("tr", has_text="周店长")).to_contain_text("已设")


def test_a_shift_that_does_not_add_up_and_what_stayed_at_a_hand_over_are_shown(console: Console) -> None:
    mall, teller = Mall(console.hq.operator, STORE), Teller("shift", "小王")
    number = mall.try_to_place(mall.wish(), "short").json()["number"]
    counter = mall.enrol("三号台")
    closed = {
        "shift_id": "s-1", "opened_at": datetime.now(UTC).isoformat(), "opened_by": "小王", "float_fen": 50_000,
        "counted_fen": 51_500, "expected_fen": 52_000, "accepted_by": "李店长", "reason": "找零错了", "sales": 3,
        "sales_fen": 9_600, "tenders": {"cash": 9_000, "wechat": 600},
    }  # fmt: skip
    short = [{"product_number": 7, "quantity": 1, "reason": "refused"}]
    counter.push(
        teller.hand_over(number, "short-1", short=short, collector="李先生"),
        teller.tell(EventKind.SHIFT_CLOSED, None, **closed),
    )
    mall.close()
    with console.seat("li") as page:
        open_page(page, f"/stores/{STORE}")
        row = page.locator("tr", has_text="−5.00")
        expect(row).to_contain_text("小王 · 三号台")
        row.scroll_into_view_if_needed()
        picture(page, "shifts")
        row.get_by_role("button").click()
        expect(dialog(page)).to_contain_text("找零错了")
        picture(page, "shift")
        open_page(page, "/incidents")
        page.locator("tr", has_text="交付不齐").get_by_role("button").click()
        expect(dialog(page)).to_contain_text("需通知对方")
        picture(page, "short")
        open_page(page, f"/orders/{number}")
        expect(page.locator("tr", has_text="李先生")).to_contain_text("小王")


def short_with_photo(console: Console, content: bytes) -> tuple[int, Counter]:
    """Place an order, and hand a part of it over; its photo is announced and still at the till."""
    mall = Mall(console.hq.operator, STORE)
    key = f"photo-{photo.digest(content)}"
    number = int(mall.try_to_place(mall.wish(), key).json()["number"])
    counter = mall.enrol("拍照台")
    short = [{"product_number": 7, "quantity": 1, "reason": "broken"}]
    counter.teller = Teller(key[:40], "小王")
    counter.hand_over(number, "photo-1", short=short, photo=photo.digest(content))
    return number, counter


def send_photo(counter: Counter, number: int, content: bytes) -> None:
    path = f"/v1/terminal/orders/{number}/photos/photo-1"
    counter.client.put(path, content=content).raise_for_status()


def test_a_photo_of_what_stayed_is_on_its_way_and_then_shown_on_the_open_page(console: Console) -> None:
    content = jpeg(1, (320, 240))
    number, counter = short_with_photo(console, content)
    with console.seat("wang") as page:
        open_page(page, f"/orders/{number}")
        expect(page.get_by_text("照片还在收银台，稍后上传")).to_be_visible()
        open_page(page, "/incidents")
        page.locator("tr", has_text=f"#{number % 10_000:04d}").get_by_role("button", name="交付不齐").click()
        expect(dialog(page)).to_contain_text("见订单页")
        open_page(page, f"/orders/{number}")
        send_photo(counter, number, content)
        shown = page.get_by_alt_text("留在门店的商品")
        expect(shown).to_be_visible()
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("naturalWidth", 320)
        picture(page, "photo")
    counter.client.close()


def test_a_photo_is_given_to_whoever_is_signed_in_and_kept_by_nobody(console: Console) -> None:
    content = jpeg(2)
    number, counter = short_with_photo(console, content)
    send_photo(counter, number, content)
    counter.client.close()
    address = f"{console.hq.url}/console/photos/{number}/photo-1"
    answer = httpx.get(address, cookies={"ziti_console": console.token("wang")})
    assert (answer.status_code, answer.content) == (200, content)
    told = {name: answer.headers[name] for name in ("content-type", "cache-control", "x-content-type-options")}
    assert told == {"content-type": "image/jpeg", "cache-control": "no-store", "x-content-type-options": "nosniff"}
    for cookies in ({}, {"ziti_console": "nonsense"}):
        refused = httpx.get(address, cookies=cookies)
        assert (refused.status_code, refused.headers["location"]) == (303, "/console/sign-in")
    token = console.token("wang")
    for wrong in (f"{number}/photo-2", f"{number + 1}/photo-1", "x/photo-1"):
        answer = httpx.get(f"{console.hq.url}/console/photos/{wrong}", cookies={"ziti_console": token})
        assert answer.status_code in {404, 422}


def test_an_enrolment_code_is_shown_as_text_and_qr(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, f"/stores/{STORE}")
        page.get_by_role("button", name="生成注册码").click()
        expect(page.get_by_role("img", name="注册二维码")).to_be_visible()
        code = page.locator(".enrol .code").inner_text()
        expect(page.locator(".enrol .left")).to_contain_text(re.compile(r"剩余 9:5\d"))
        drawn = page.get_by_role("img", name="注册二维码").get_attribute("src") or ""
        picture(page, "enrolment")
    image = Image.open(io.BytesIO(base64.b64decode(drawn.partition(",")[2])))
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [f"{console.hq.url}/enrol#{code}"]
    assert Mall(console.hq.operator, STORE).try_to_enrol(code, "三号台").is_success


def test_a_product_is_edited_in_yuan(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/products")
        page.get_by_role("button", name="8", exact=True).click()
        dialog(page).get_by_label("价格（元）").fill("19.9")
        dialog(page).get_by_label("条码").fill("6901234567892")
        picture(page, "product")
        save(page)
        expect(page.locator("tr", has_text="CROI-8")).to_contain_text("19.90")
        expect(page.locator("tr", has_text="CROI-8")).to_contain_text("6901234567892")
    assert "price_fen: 1800 → 1990" in audit(console, "保存商品")


def test_an_order_is_found_and_cancelled(console: Console) -> None:
    order = console.orders["later"]
    with console.seat("li") as page:
        open_page(page, "/orders")
        page.get_by_label("订单号").fill(str(order["number"]))
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_role("link", name=order["label"]).click()
        page.get_by_role("button", name="取消订单").click()
        dialog(page).get_by_label("原因").fill("顾客改变主意")
        save(page, "确认取消")
        expect(page.get_by_text("等待门店同意取消")).to_be_visible()
    assert "顾客改变主意" in audit(console, "取消订单")


def test_an_order_is_found_by_its_short_code(console: Console) -> None:
    order = console.orders["assigned"]
    with console.seat("wang") as page:
        open_page(page, "/orders")
        page.get_by_label("订单号").fill(order["short_code"])
        expect(page.get_by_role("link", name=order["label"])).to_be_visible()
        expect(page.locator("tbody tr")).to_have_count(1)


def test_an_alert_is_closed_with_a_reason(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/incidents")
        page.locator("tr", has_text="短信发送失败").get_by_role("button").click()
        save(page, "关闭提醒")
        toast(page, "请填写原因")
        picture(page, "alert")
        dialog(page).get_by_label("处理结果").fill("已电话通知顾客")
        save(page, "关闭提醒")
        expect(page.locator("tr", has_text="短信发送失败")).to_contain_text("已关闭")
    line = audit(console, "关闭提醒")
    assert "li" in line
    assert "已电话通知顾客" in line


def test_both_stories_of_an_incident_are_read(console: Console) -> None:
    with console.seat("wang") as page:
        open_page(page, "/incidents")
        page.get_by_role("button", name="同一订单交付两次").click()
        expect(page.get_by_text("先前的交付")).to_be_visible()
        expect(page.get_by_text("总部不能代为关闭")).to_be_visible()
        picture(page, "incident")


def test_an_open_page_follows_what_happens(console: Console) -> None:
    with console.seat("wang") as page:
        open_page(page, "/products")
        product = {"name": "抹茶卷", "sku": "MATCHA-9", "price_fen": 2_500}
        assert console.hq.operator.put("/v1/products/9", json=product).is_success
        expect(page.locator("tr", has_text="MATCHA-9")).to_be_visible()


def test_an_open_dialog_keeps_what_is_typed_while_the_page_follows(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, "/products")
        page.get_by_role("button", name="新增商品").click()
        dialog(page).get_by_label("名称").fill("还没写完")
        product = {"name": "豆乳盒子", "sku": "SOY-10", "price_fen": 2_200}
        assert console.hq.operator.put("/v1/products/10", json=product).is_success
        expect(page.locator("tr", has_text="SOY-10")).to_be_visible()
        expect(dialog(page).get_by_label("名称")).to_have_value("还没写完")


def test_a_name_is_shown_and_never_run(console: Console) -> None:
    name = "{{7*7}}<img src=x onerror=\"document.title='run'\">`${1}`"
    assert console.hq.operator.put("/v1/products/11", json={"name": name, "sku": name}).is_success
    with console.seat("li") as page:
        open_page(page, "/products")
        expect(page.get_by_text(name).first).to_be_visible()
        page.get_by_role("button", name="11", exact=True).click()
        expect(dialog(page).get_by_label("名称")).to_have_value(name)
        assert page.title() == "商品 · 自提总部"


def test_an_order_or_store_that_is_not_there_is_said_in_words(console: Console) -> None:
    with console.seat("wang") as page:
        for path, sentence in (
            ("orders/1", "没有这个订单。"),
            ("stores/999", "没有这家门店。"),
            ("orders/x", "没有这个订单。"),
        ):
            open_page(page, f"/{path}")
            expect(page.get_by_text(sentence)).to_be_visible()


def test_the_lead_moves_once_the_old_one_is_switched_off(console: Console) -> None:
    with console.seat("li") as page:
        open_page(page, f"/stores/{STORE}")
        page.get_by_role("button", name="二号台").click()
        save(page, "设为主收银台")
        save(page, "更换")
        toast(page, "请先关闭旧的主收银台")
        dialog(page).get_by_text("我确认旧的主收银台已关机").click()
        save(page, "更换")
        expect(page.locator("tr", has_text="二号台")).to_contain_text("主收银台")
    assert "the old one is switched off" in audit(console, "更换主收银台")


def test_a_terminal_is_revoked_after_a_question(console: Console) -> None:
    Mall(console.hq.operator, STORE).enrol("四号台").client.close()
    with console.seat("li") as page:
        open_page(page, f"/stores/{STORE}")
        page.get_by_role("button", name="四号台").click()
        save(page, "停用")
        expect(dialog(page).last).to_contain_text("恢复须重新注册")
        dialog(page).last.get_by_role("button", name="停用").click()
        expect(page.locator("tr", has_text="四号台")).to_contain_text("已停用")


def test_an_order_is_moved_to_another_window(console: Console) -> None:
    order = console.orders["assigned"]
    with console.seat("li") as page:
        open_page(page, f"/orders/{order['number']}")
        page.get_by_role("button", name="改期").click()
        dialog(page).get_by_label("开始").fill("2020-01-01T10:00")
        save(page, "改期")
        toast(page, "自提时段有误")
        day = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"
        dialog(page).get_by_label("开始").fill(f"{day}T10:00")
        dialog(page).get_by_label("结束").fill(f"{day}T12:30")
        save(page, "改期")
        expect(page.get_by_text(f"{day[5:]} 10:00 – 12:30")).to_be_visible()


def test_an_admin_rotates_the_key(console: Console) -> None:
    with console.seat("chen") as page:
        open_page(page, "/keys")
        page.get_by_role("button", name="轮换密钥").click()
        save(page, "轮换")
        expect(page.locator("tr", has_text="分发中")).to_be_visible()
        page.get_by_role("button", name="1", exact=True).click()
        save(page, "停用")
        toast(page, "仍在签名")


# ── looks ──────────────────────────────────────────────────────────────────────────────────────────────────

PAGES = ("", "orders", "incidents", "stores", f"stores/{STORE}", "products", "keys", "operators", "audit", "account")


@pytest.mark.parametrize(("language", "dark"), [("zh", False), ("en", True)])
def test_every_page_is_drawn_without_a_mistake(console: Console, language: str, dark: bool) -> None:
    told: list[str] = []
    with console.seat("chen", language=language, dark=dark) as page:
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: told.append(str(error)))
        for path in (*PAGES, f"orders/{console.orders['completed']['number']}"):
            open_page(page, f"/{path}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en-US"}[language]
            name = re.sub(r"\d{6,}", "one", path or "overview").replace("/", "-")
            picture(page, f"{name}-{language}{'-dark' if dark else ''}")
    assert told == []
