"""The console's door: who is let in, for how long, and that nobody comes in any other way."""

from __future__ import annotations

import re
import signal
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.hq.server import TOKEN, running
from tests.web.browser import picture
from tests.web.steps import open_page, toast
from tests.web.town import DEMOTED, LEAVING, LOCKABLE, PASSWORD, STORE, Console

WRONG = "登录名或密码不正确"


# ── the door ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_admin_is_made_with_the_operator_token_and_hq_stops_under_the_open_page(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path) as hq:
        context = browser.new_context(base_url=hq.url, viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        page = context.new_page()
        page.goto("/console/")
        picture(page, "door-first")
        for label, value in (("运营令牌", TOKEN), ("姓名", "陈经理"), ("登录名", "chen"), ("密码", PASSWORD)):
            page.get_by_label(label).fill(value)
        page.get_by_role("button", name="创建并登录").click()
        expect(page.get_by_role("heading", name="概览")).to_be_visible()
        hq.process.send_signal(signal.SIGTERM)
        assert hq.process.wait(20) == 0
        context.close()


def test_whoever_signs_in_sees_the_overview(console: Console) -> None:
    with console.other_seat() as page:
        page.goto("/console/orders")
        picture(page, "door")
        page.get_by_label("登录名").fill("Chen")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_text("今日订单")).to_be_visible()


def test_a_wrong_password_and_an_unknown_login_are_told_alike(console: Console) -> None:
    answers = [console.sign_in("chen", "wrong-password"), console.sign_in("nobody", "wrong-password")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert all(WRONG in answer.text for answer in answers)
    assert len({re.sub(r'value="[0-9a-f]+"', "", answer.text) for answer in answers}) == 1


def test_five_wrong_passwords_lock_a_login(console: Console) -> None:
    for _ in range(5):
        console.sign_in(LOCKABLE, "wrong-password")
    assert console.sign_in(LOCKABLE).status_code == HTTPStatus.UNAUTHORIZED
    with console.seat("chen") as page:
        open_page(page, "/operators")
        expect(page.locator("tr", has_text=LOCKABLE)).to_contain_text("已锁定至")


def test_the_sessions_cookie_is_out_of_reach(console: Console) -> None:
    cookies = console.sign_in("chen").headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("ziti_console="))
    assert {"HttpOnly", "Path=/console", "SameSite=strict"} <= {part.strip() for part in session.split(";")}
    assert "Secure" not in session


def test_the_cookie_is_secure_behind_https(console: Console) -> None:
    answer = httpx.get(f"{console.hq.url}/console/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in answer.headers["set-cookie"]


def test_signing_out_ends_the_session(console: Console) -> None:
    with console.other_seat("li") as page:
        open_page(page, "/")
        page.get_by_role("button", name="退出").click()
        expect(page.get_by_label("登录名")).to_be_visible()
        page.goto("/console/orders")
        assert page.url.endswith("/console/sign-in")


# ── strangers ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path", ["/", "/orders", "/stores/101", "/_nicegui_ws/socket.io/?EIO=4&transport=polling", "/x"]
)
def test_nothing_is_served_without_a_session(console: Console, path: str) -> None:
    answer = httpx.get(f"{console.hq.url}/console{path}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://[", "http://127.0.0.1"])
@pytest.mark.parametrize("path", ["sign-in", "first", "sign-out", "_nicegui_ws/socket.io/?EIO=4&transport=polling"])
def test_a_post_from_another_site_is_refused(console: Console, origin: str, path: str) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = httpx.post(f"{console.hq.url}/console/{path}", headers=headers, data={"login": "chen"})
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_a_form_that_hq_did_not_give_is_refused(console: Console) -> None:
    data = {"form": "0" * 64, "login": "chen", "password": PASSWORD}
    answer = httpx.post(f"{console.hq.url}/console/sign-in", headers={"Origin": console.hq.url}, data=data)
    assert "页面已过期" in answer.text
    assert "ziti_console" not in answer.cookies


@pytest.mark.parametrize(("origin", "status"), [("http://evil.example", 403), ("", 403), (None, 101)])
def test_a_websocket_opens_for_our_own_pages_only(console: Console, origin: str | None, status: int) -> None:
    headers = {"Cookie": f"ziti_console={console.token('chen')}", "Connection": "Upgrade", "Upgrade": "websocket"}
    headers |= {"Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw==", "Sec-WebSocket-Version": "13"}
    headers["Origin"] = console.hq.url if origin is None else origin
    address = f"{console.hq.url}/console/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    with httpx.stream("GET", address, headers=headers) as answer:
        assert answer.status_code == status


def test_everything_a_page_loads_comes_from_hq(console: Console) -> None:
    asked: list[str] = []
    told: list[str] = []
    with console.seat("chen") as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        open_page(page, f"/stores/{STORE}")
        answer = page.request.get(f"{console.hq.url}/console/")
    assert [url for url in asked if not url.startswith((console.hq.url, "data:", "blob:"))] == []
    assert told == []
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_changed_password_ends_the_other_sessions(console: Console) -> None:
    with console.other_seat(LEAVING) as other, console.other_seat(LEAVING) as page:
        open_page(other, "/")
        open_page(page, "/account")
        page.get_by_label("当前密码").fill(PASSWORD)
        page.get_by_label("新密码").fill("amber-lantern-31")
        page.get_by_role("main").get_by_role("button", name="修改密码").click()
        toast(page, "已修改")
        expect(other.get_by_text("登录已失效")).to_be_visible()


def test_signing_out_everywhere_ends_every_session(console: Console) -> None:
    with console.other_seat(DEMOTED) as other, console.other_seat(DEMOTED) as page:
        open_page(other, "/")
        open_page(page, "/account")
        page.get_by_role("button", name="退出所有设备").click()
        expect(page.get_by_label("登录名")).to_be_visible()
        expect(other.get_by_label("登录名")).to_be_visible()


@pytest.mark.parametrize(("path", "length", "status"), [("sign-in", 1_000_001, 413), ("_nicegui/x", 2_000_000, 303)])
def test_a_large_body_is_for_those_who_may_upload(console: Console, path: str, length: int, status: int) -> None:
    headers = {"Origin": console.hq.url, "Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(f"{console.hq.url}/console/{path}", headers=headers, content=b"x" * length)
    assert answer.status_code == status
