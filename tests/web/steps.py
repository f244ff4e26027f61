"""What every story at the console is made of."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def open_page(page: Page, path: str) -> None:
    page.goto(f"/console{path}")
    page.wait_for_function("window.did_handshake")


def dialog(page: Page) -> Locator:
    return page.locator(".dialog")


def save(page: Page, button: str = "保存") -> None:
    dialog(page).get_by_role("button", name=button).click()


def toast(page: Page, text: str) -> None:
    expect(page.locator(".q-notification", has_text=text).first).to_be_visible()
