"""A small shop in a folder of the test's own: HQ as a real child process, the terminal's real window offscreen."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.paths import find_paths, make_folders
from app.settings import Settings, save
from demo.hands import Hands
from shop.run import Shop
from ui.shop.page import ShopPage


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the one thing that the offscreen platform always says."""
    for item in items:
        if "tests/shop/" in item.nodeid:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


class Owner:
    """The shop's one person: opens the program, closes it, and answers the wizard."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # Not the usual one: other tests run at the same time.
        self.port = free_port()
        self._open = ExitStack()
        self.shop: Shop
        self.hands: Hands

    def start(self, port: int | None = None) -> None:
        """Start the program as `main.py shop` does."""
        paths = find_paths(self.root / "terminal")
        make_folders(paths)
        if not (paths.config / "settings.json").exists():
            save(paths.config / "settings.json", Settings(language="en", camera_on=False, sounds=False))
        self.shop = Shop(self.root, port or self.port)
        self._open.callback(self.shop.close)
        self.shop.open()
        self._open.callback(self._let_window_go)
        self.hands = Hands(self.shop.terminal.window)
        self._open.callback(self.hands.close)

    def stop(self) -> None:
        """Close the window."""
        self._open.close()

    @property
    def wizard(self) -> ShopPage:
        """The wizard's page, once it is shown."""
        window = self.shop.terminal.window
        self.hands.until("the wizard", lambda: window.current == "shop")
        page = window.page("shop")
        assert isinstance(page, ShopPage)
        return page

    def fill(self, at: int, **texts: str) -> None:
        """Fill in fields of a question."""
        for name, text in texts.items():
            self.wizard.forms[at].fields[name].line.setText(text)

    def answer_until_owner(self) -> None:
        """Answer everything but who the owner is."""
        wizard = self.wizard
        self.fill(0, name="Sunny Bakery")
        wizard.submit()
        self.fill(1, opens="0", closes="24:00")
        wizard.submit()
        wizard.products.examples.click()
        wizard.submit()
        wizard.forms[3].reach[False].click()  # type: ignore[attr-defined]
        wizard.submit()
        self.fill(4, person="Amy", pin="246810", again="246810")

    def open_shop(self) -> None:
        """Go through the whole wizard."""
        self.answer_until_owner()
        self.wizard.submit()
        self.wait_for_storefront()

    def wait_for_storefront(self) -> str:
        """Wait for the QR code, and return its link."""
        page = self.wizard
        found = self.hands.until("the QR code", lambda: page.storefront.shown or page.trouble, within=60)
        assert not page.trouble
        return str(getattr(found, "link", ""))

    def _let_window_go(self) -> None:
        window = self.shop.terminal.window
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return int(trial.getsockname()[1])


@pytest.fixture
def owner(tmp_path: Path, qapp: QApplication) -> Iterator[Owner]:
    interval = sys.getswitchinterval()
    owner = Owner(tmp_path)
    yield owner
    owner.stop()
    sys.setswitchinterval(interval)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Return a port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])
