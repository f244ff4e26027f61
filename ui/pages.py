"""The pages of the terminal in the order of the rail; each is imported and built when it is first shown."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.parts import Parts
from ui.window import PageSpec

translate = QCoreApplication.translate


def specs(parts: Parts) -> list[PageSpec]:
    """List the pages; enrolment and the small shop's set-up are shown without the rail."""
    return [
        PageSpec("counter", "counter", lambda: translate("pages", "Counter"), lambda: _counter(parts)),
        PageSpec(
            "board", "board", lambda: translate("pages", "Board"), lambda: _page("ui.board.page", "BoardPage", parts)
        ),
        PageSpec("sale", "sale", lambda: translate("pages", "Sale"), lambda: _page("ui.till.page", "SalePage", parts)),
        PageSpec(
            "stock", "stock", lambda: translate("pages", "Stock"), lambda: _page("ui.stock.page", "StockPage", parts)
        ),
        PageSpec(
            "today", "today", lambda: translate("pages", "Today"), lambda: _page("ui.today.page", "TodayPage", parts)
        ),
        PageSpec(
            "sync", "sync", lambda: translate("pages", "Sync"), lambda: _page("ui.sync_page.page", "SyncPage", parts)
        ),
        PageSpec(
            "settings",
            "settings",
            lambda: translate("pages", "Settings"),
            lambda: _page("ui.settings_page.page", "SettingsPage", parts),
        ),
        PageSpec("sign_in", "person", lambda: "", lambda: _page("ui.sign_in.page", "SignInPage", parts), on_rail=False),
        PageSpec("enrol", "key", lambda: "", lambda: _page("ui.enrol.page", "EnrolPage", parts), on_rail=False),
        PageSpec("ready", "check", lambda: "", lambda: _page("ui.enrol.ready", "ReadyPage", parts), on_rail=False),
        PageSpec("shop", "store", lambda: "", lambda: _shop(parts), on_rail=False),
    ]


def _page(module: str, name: str, parts: Parts) -> QWidget:
    page: QWidget = getattr(import_module(module), name)(parts)
    return page


def _counter(parts: Parts) -> QWidget:
    from ui.counter.page import CounterPage
    from ui.counter.presenter import Presenter

    page = CounterPage(parts.times)
    Presenter(page, parts).start()
    return page


def _shop(parts: Parts) -> QWidget:
    from ui.shop.page import ShopPage

    if parts.shop is None:
        raise LookupError("only a small shop has this page")
    return ShopPage(parts, parts.shop)
