"""Another time for an order at the counter: HQ is asked on a thread, and whatever it answers stands in words."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.window import WhyNot, Window, WindowOffer
from app.errors import NotMoved, TransportFailure, ZitiError
from tests.core.till import NOON
from tests.ui.shop import Shop
from tests.ui.test_counter_extras import Clerk, ready
from ui.counter.model import Act
from ui.counter.move_panel import MovePanel
from ui.counter.presenter import Phase
from ui.link import Link
from ui.moving import Moving
from ui.window import Window as ShopWindow

TOMORROW = Window(NOON + timedelta(days=1), NOON + timedelta(days=1, hours=2))
FULL = Window(NOON + timedelta(days=2), NOON + timedelta(days=2, hours=2))


class Hq:
    """Answers as it is told to, when it is let."""

    def __init__(self) -> None:
        self.offered: tuple[WindowOffer, ...] = (WindowOffer(TOMORROW), WindowOffer(FULL, why=WhyNot.FULL))
        self.refusal: ZitiError | None = None
        self.moved: list[tuple[int, Window, str]] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.hung_up = 0

    def offers(self, number: int) -> tuple[WindowOffer, ...]:
        assert number
        assert self.may_answer.wait(20)
        if self.refusal and not isinstance(self.refusal, NotMoved):
            raise self.refusal
        return self.offered

    def move(self, number: int, window: Window, by: str) -> None:
        if self.refusal:
            raise self.refusal
        self.moved.append((number, window, by))

    def close(self) -> None:
        self.hung_up += 1


@pytest.fixture
def hq() -> Hq:
    return Hq()


@pytest.fixture
def shop(shop: Shop, hq: Hq) -> Shop:
    shop.parts = replace(shop.parts, moving=Moving(lambda: hq))
    return shop


@pytest.fixture
def clerk(shop: Shop, window: ShopWindow, qtbot: QtBot) -> Clerk:
    return Clerk(shop, window, qtbot)


def panel_of(clerk: Clerk) -> MovePanel:
    return clerk.page.card.moving


def show(clerk: Clerk) -> int:
    made = ready()
    clerk.shop.feed([made])
    clerk.shop.parts.sync.take_link(Link("online"))
    clerk.scan(clerk.shop.till.code(made))
    clerk.reach(Phase.SHOWN)
    return made.number


def ask(clerk: Clerk) -> int:
    number = show(clerk)
    clerk.act(Act.MOVE)
    clerk.wait(lambda: bool(panel_of(clerk).buttons))
    return number


def test_an_order_is_moved_by_two_taps(clerk: Clerk, hq: Hq, monkeypatch: pytest.MonkeyPatch) -> None:
    nudged: list[int] = []
    monkeypatch.setattr(clerk.shop.parts.sync, "nudge", lambda: nudged.append(1))
    number = ask(clerk)
    panel = panel_of(clerk)
    free, full = panel.buttons
    assert (free.isEnabled(), full.isEnabled(), "full" in full.text()) == (True, False, True)
    assert not panel.go.isEnabled()
    QTest.mouseClick(free, Qt.MouseButton.LeftButton)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    clerk.reach(Phase.DONE)
    assert hq.moved == [(number, TOMORROW, "小林")]
    assert clerk.page.card.view
    assert clerk.page.card.view.word == "Moved"
    assert panel.isHidden()
    clerk.wait(lambda: hq.hung_up == 2)
    assert nudged == [1]


@pytest.mark.parametrize(
    ("refusal", "said", "again"),
    [
        (NotMoved("", full=True), "has just become full", True),
        (NotMoved("", other=True), "not offered any more", True),
        (NotMoved(""), "do not let this order be moved", False),
        (TransportFailure("the cable"), "keeps its time", False),
    ],
)
def test_a_refusal_stands_in_words_and_changes_nothing(
    clerk: Clerk, hq: Hq, refusal: ZitiError, said: str, *, again: bool
) -> None:
    ask(clerk)
    panel = panel_of(clerk)
    panel.buttons[0].click()
    hq.refusal = refusal
    panel.go.click()
    clerk.wait(lambda: said in panel.trouble.text())
    clerk.wait(lambda: panel.buttons[0].isEnabled() is again)
    assert clerk.presenter.phase is Phase.SHOWN
    assert hq.moved == []
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_the_next_customer_never_gets_the_answer(clerk: Clerk, hq: Hq) -> None:
    show(clerk)
    hq.may_answer.clear()
    clerk.act(Act.MOVE)
    other = ready(ready().number + 1)
    clerk.shop.feed([other])
    clerk.scan(clerk.shop.till.code(other))
    clerk.wait(lambda: bool(clerk.page.card.view and clerk.page.card.view.label == "#4822"))
    hq.may_answer.set()
    clerk.wait(lambda: hq.hung_up == 1)
    QTest.qWait(50)
    assert panel_of(clerk).isHidden()
    assert panel_of(clerk).buttons == []


def test_without_hq_the_button_is_grey_and_says_why(clerk: Clerk) -> None:
    show(clerk)

    def offered() -> list[tuple[str, bool]]:
        buttons = clerk.page.card.findChildren(QPushButton)
        return [(each.text(), each.isEnabled()) for each in buttons if each.isVisible() and "Move" in each.text()]

    clerk.wait(lambda: offered() == [("Move…", True)])
    clerk.shop.parts.sync.take_link(Link("offline"))
    clerk.wait(lambda: offered() == [("Move: only with HQ", False)])


def test_no_free_window_is_said(clerk: Clerk, hq: Hq) -> None:
    hq.offered = (WindowOffer(FULL, why=WhyNot.FULL),)
    ask(clerk)
    assert "No other time is free" in panel_of(clerk).trouble.text()
    assert not panel_of(clerk).go.isEnabled()


def test_what_is_gone_cannot_be_moved(clerk: Clerk) -> None:
    made = ready()
    clerk.shop.feed([made])
    clerk.begin(made)
    QTest.keyClick(clerk.page, Qt.Key.Key_Return)
    clerk.reach(Phase.DONE)
    assert not [
        each for each in clerk.page.card.findChildren(QPushButton) if each.isVisible() and "Move" in each.text()
    ]
