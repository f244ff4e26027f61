"""The second screen: it shows the customer her own goods and nothing of anybody, and comes and goes with the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.order import Line, Status
from app.domain.records import OrderRecord
from tests.core.till import NOON, order
from tests.ui.shop import Shop
from tests.ui.test_counter_extras import Clerk, ready
from ui.counter.model import Act
from ui.counter.presenter import Phase
from ui.customer_display import CustomerDisplay, CustomerScreen
from ui.customer_view import Moment
from ui.frame import Frame
from ui.window import Window


class Screens:
    """The screens of the machine; Qt's offscreen platform has one, which here stands for the second one too."""

    def __init__(self) -> None:
        self.plugged: Sequence[QScreen] = ()

    def __call__(self) -> Sequence[QScreen]:
        return self.plugged


@pytest.fixture
def screens() -> Screens:
    return Screens()


@pytest.fixture
def screen(shop: Shop, window: Window, screens: Screens, monkeypatch: pytest.MonkeyPatch) -> Iterator[CustomerScreen]:
    made = CustomerScreen(window, shop.parts, screens)
    # The window is said to be on no screen, so that the only one there is is another one.
    monkeypatch.setattr(window, "screen", lambda: None)
    yield made
    made.close()


@pytest.fixture
def clerk(shop: Shop, window: Window, qtbot: QtBot) -> Clerk:
    return Clerk(shop, window, qtbot)


def texts(display: CustomerDisplay) -> str:
    return "\n".join(label.text() for label in display.findChildren(QLabel) if label.isVisibleTo(display))


def is_shown(screen: CustomerScreen) -> bool:
    return screen.display is not None and screen.display.isVisible()


def show(screen: CustomerScreen, screens: Screens, prefer: Callable[..., None]) -> CustomerDisplay:
    screens.plugged = QGuiApplication.screens()
    prefer(customer_display=True)
    assert screen.display
    return screen.display


def test_it_is_there_only_when_wanted_and_plugged_in(
    screen: CustomerScreen, screens: Screens, prefer: Callable[..., None]
) -> None:
    prefer(customer_display=True)
    assert not is_shown(screen)
    screens.plugged = QGuiApplication.screens()
    screen.settle()
    assert is_shown(screen)
    screens.plugged = ()
    screen.settle()
    assert not is_shown(screen)
    screens.plugged = QGuiApplication.screens()
    screen.settle()
    prefer(customer_display=False)
    assert not is_shown(screen)


def test_a_customer_sees_her_goods_and_thanks_but_no_name(
    clerk: Clerk, screen: CustomerScreen, screens: Screens, prefer: Callable[..., None]
) -> None:
    store = clerk.shop.till.storage.run(lambda work: work.known.store)
    assert store
    clerk.shop.till.feed(replace(store, share_url="https://mall.example/s/7"))
    display = show(screen, screens, prefer)
    clerk.wait(lambda: display.share_url == "https://mall.example/s/7")
    assert "Welcome" in texts(display)
    made: OrderRecord = ready()
    clerk.shop.feed([made])
    clerk.scan(clerk.shop.till.code(made))
    clerk.reach(Phase.SHOWN)
    # Until the clerk hands over, the screen says nothing about anybody.
    assert "Welcome" in texts(display)
    QTest.keyClick(clerk.page, Qt.Key.Key_Return)
    clerk.reach(Phase.GRANTED)
    clerk.wait(lambda: all(f"{line.quantity} ×" in texts(display) for line in made.lines))
    shown = texts(display)
    assert "#4821" in shown
    assert made.customer not in shown
    assert not display.code.isVisibleTo(display)
    QTest.keyClick(clerk.page, Qt.Key.Key_Return)
    clerk.reach(Phase.DONE)
    assert "Thank you" in texts(display)
    assert display.code.text == "https://mall.example/s/7"
    # It stays a while when the counter is ready for the next one, who takes it over at once.
    clerk.presenter.clear()
    clerk.wait(lambda: display.view.moment is Moment.GIVEN)
    assert screen.linger.isActive()
    screen.linger.timeout.emit()
    assert "Welcome" in texts(display)


def test_what_stays_here_is_taken_off_at_once(
    clerk: Clerk, screen: CustomerScreen, screens: Screens, prefer: Callable[..., None]
) -> None:
    display = show(screen, screens, prefer)
    many = tuple(Line(1001 + n, 1, f"Cake {n}") for n in range(9))
    made = order(ready().number, status=Status.PREPARED, prepared_at=NOON, lines=many)
    clerk.shop.feed([made])
    clerk.begin(made)
    clerk.wait(lambda: "and 3 more" in texts(display))
    clerk.act(Act.RELEASE)
    clerk.reach(Phase.IDLE)
    assert "Welcome" in texts(display)
    assert "Cake" not in texts(display)


def test_it_goes_with_the_window(window: Window, screens: Screens, prefer: Callable[..., None]) -> None:
    (frame,) = window.findChildren(Frame)
    ours = frame.customer_screen
    ours._screens = screens
    ours._window = CustomerDisplay()
    screens.plugged = QGuiApplication.screens()
    ours._other_screen = lambda: screens.plugged[0]  # type: ignore[method-assign]
    prefer(customer_display=True)
    assert is_shown(ours)
    window.close()
    assert not is_shown(ours)
