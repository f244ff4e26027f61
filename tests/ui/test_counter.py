"""The counter in a clerk's hands: a real window, real storage, keys as they come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.order import Status
from app.domain.records import OrderRecord
from app.errors import DiskFull
from app.ids import uuid7
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import unfinished
from tests.core.till import PIN, STORE, order
from tests.ui.shop import Shop
from ui import words
from ui.counter import presenter as presenting
from ui.counter.page import CounterPage
from ui.counter.presenter import Phase, Presenter
from ui.widgets import Button
from ui.window import Window


@dataclass
class Clerk:
    """Someone at the counter, who scans, presses and reads."""

    qtbot: QtBot
    shop: Shop
    window: Window
    page: CounterPage
    presenter: Presenter

    def scan(self, text: str) -> None:
        self.shop.parts.scan.text.emit(text, "scanner")
        self.reach(Phase.SHOWN)

    def enter(self) -> None:
        QTest.keyClick(self.page, Qt.Key.Key_Return)

    def reach(self, phase: Phase) -> None:
        self.wait(lambda: self.presenter.phase is phase)

    def wait(self, arrived: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(arrived)

    def prefer(self, **choices: Any) -> None:
        self.shop.parts.preferences.set(**choices)

    def hand_over(self, code: str) -> None:
        self.scan(code)
        self.enter()
        self.reach(Phase.GRANTED)
        self.enter()
        self.reach(Phase.DONE)

    @property
    def word(self) -> str:
        assert self.page.card.view is not None
        return self.page.card.view.word

    @property
    def said(self) -> str:
        return " ".join(each.text() for each in self.page.card.findChildren(QLabel) if each.isVisible())

    def reads(self, text: str) -> None:
        """Wait for what Qt shows a moment later."""
        self.wait(lambda: text in self.said)

    def find(self, text: str) -> QPushButton | None:
        buttons = self.page.findChildren(QPushButton)
        return next((each for each in buttons if each.text().strip() == text and each.isVisible()), None)

    def button(self, text: str) -> QPushButton:
        self.wait(lambda: self.find(text) is not None)
        found = self.find(text)
        assert found is not None
        return found


@pytest.fixture
def clerk(qtbot: QtBot, shop: Shop, window: Window, page: CounterPage, presenter: Presenter) -> Clerk:
    """Put somebody at the counter."""
    return Clerk(qtbot, shop, window, page, presenter)


@pytest.fixture
def packed(shop: Shop) -> OrderRecord:
    """Give the store a packed order whose window is open."""
    made = order(status=Status.PREPARED)
    shop.till.feed(made)
    return made


@pytest.fixture
def no_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second scan count at once, as if a moment had passed."""
    monkeypatch.setattr(presenting, "SAME_SCAN_MS", 0)


def test_scan_enter_enter_hands_over(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.hand_over(clerk.shop.till.code(packed))
    assert clerk.shop.till.status(packed.number) == "completed"
    assert clerk.word == "Handed over"


def test_nothing_is_handed_over_before_the_clerk_confirms(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed))
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    assert clerk.shop.till.status(packed.number) == "prepared"
    assert len(clerk.shop.till(unfinished)) == 1


def test_the_same_code_again_confirms(clerk: Clerk, packed: OrderRecord, no_echo: None) -> None:
    code = clerk.shop.till.code(packed)
    clerk.scan(code)
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    clerk.shop.parts.scan.text.emit(f" {code} ", "camera")
    clerk.reach(Phase.DONE)


def test_a_scanner_that_fires_twice_confirms_nothing(clerk: Clerk, packed: OrderRecord) -> None:
    code = clerk.shop.till.code(packed)
    clerk.scan(code)
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    clerk.shop.parts.scan.text.emit(code, "scanner")
    assert clerk.presenter.phase is Phase.GRANTED


def test_the_same_code_does_not_confirm_where_that_is_switched_off(
    clerk: Clerk, packed: OrderRecord, no_echo: None
) -> None:
    clerk.prefer(confirm_by_same_code=False)
    code = clerk.shop.till.code(packed)
    clerk.scan(code)
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    clerk.shop.parts.scan.text.emit(code, "scanner")
    assert "First finish" in clerk.window.banner.text
    assert clerk.shop.till.status(packed.number) == "prepared"


def test_one_tap_joins_both_steps(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.prefer(one_tap=True)
    clerk.scan(clerk.shop.till.code(packed))
    clerk.enter()
    clerk.reach(Phase.DONE)
    assert clerk.shop.till.status(packed.number) == "completed"


def test_another_customer_waits_until_the_first_is_finished(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed))
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    clerk.shop.parts.scan.text.emit("5600", "typed")
    assert "#4821" in clerk.window.banner.text
    assert clerk.word == "Give it now"


def test_not_given_puts_the_order_back(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed))
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    clerk.button("It stays here").click()
    clerk.reach(Phase.IDLE)
    assert clerk.shop.till(unfinished) == ()
    assert clerk.shop.till.status(packed.number) == "prepared"


def test_escape_does_not_drop_a_granted_hand_over(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed))
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    QTest.keyClick(clerk.page, Qt.Key.Key_Escape)
    assert clerk.word == "Give it now"


def test_the_card_clears_itself_after_a_hand_over(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.presenter._done.setInterval(1)
    clerk.scan(clerk.shop.till.code(packed))
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    clerk.enter()
    clerk.reach(Phase.IDLE)
    assert clerk.word == "Ready to scan"


def test_a_second_hand_over_is_refused_with_when_and_by_whom(clerk: Clerk, packed: OrderRecord, no_echo: None) -> None:
    code = clerk.shop.till.code(packed)
    clerk.hand_over(code)
    clerk.scan(code)
    assert clerk.word == "Already handed over"
    clerk.reads("12:00 by 小林, at Counter 1")


def test_a_code_of_another_store_shows_its_name_and_address(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed, store_number=8))
    clerk.reads("Hillside, 1.2 km from here")
    clerk.reads("8 Hill Street")


def test_an_order_that_never_came_is_handed_over_by_its_code(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed, order_number=packed.number + 1))
    clerk.reads("红烧肉便当")
    clerk.enter()
    clerk.reach(Phase.GRANTED)
    clerk.enter()
    clerk.reach(Phase.DONE)


def test_a_phone_shows_candidates_and_one_tap_chooses(clerk: Clerk, packed: OrderRecord) -> None:
    QTest.keyClicks(clerk.page.side.search, "5600")
    QTest.keyClick(clerk.page.side.search, Qt.Key.Key_Return)
    clerk.reach(Phase.SHOWN)
    assert clerk.word == "Is it this one?"
    clerk.page.card.chosen.emit(packed.number)
    clerk.wait(lambda: clerk.word == "Ready")


def test_the_tab_key_reaches_a_candidate_first_and_enter_chooses_it(clerk: Clerk, packed: OrderRecord) -> None:
    QTest.keyClicks(clerk.page.side.search, "5600")
    QTest.keyClick(clerk.page.side.search, Qt.Key.Key_Return)
    clerk.reach(Phase.SHOWN)
    QTest.keyClick(clerk.page, Qt.Key.Key_Tab)
    candidate = clerk.page.window().focusWidget()
    assert isinstance(candidate, Button)
    assert words.label(packed.number) in candidate.accessibleName()
    QTest.keyClick(candidate, Qt.Key.Key_Return)
    clerk.wait(lambda: clerk.word == "Ready")
    assert clerk.page.hasFocus()


def test_digits_typed_on_the_page_go_to_the_search_field(clerk: Clerk) -> None:
    clerk.page.setFocus()
    QTest.keyClick(clerk.page, Qt.Key.Key_5)
    assert clerk.page.side.search.text() == "5"
    assert clerk.page.side.search.hasFocus()


def test_a_tap_on_an_expected_order_checks_it(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.page.side.chosen.emit(packed.number)
    clerk.reach(Phase.SHOWN)
    assert clerk.word == "Ready"


def test_a_manager_allows_an_overdue_order(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.shop.forward(timedelta(days=1))
    clerk.scan(clerk.shop.till.code(packed))
    assert clerk.word == "Overdue"
    clerk.button("A manager allows it").click()
    clerk.page.card.manager.reason.setText("phoned")
    clerk.page.card.manager.pin.setText(PIN)
    QTest.keyClick(clerk.page.card.manager.pin, Qt.Key.Key_Return)
    clerk.reach(Phase.GRANTED)
    assert clerk.shop.till.sql("SELECT manager, reason FROM claims") == [("王店长", "phoned")]


def test_what_a_manager_allowed_for_one_customer_does_not_count_for_the_next(clerk: Clerk, packed: OrderRecord) -> None:
    other = order(packed.number + 1, status=Status.PREPARED)
    clerk.shop.till.feed(other)
    clerk.shop.forward(timedelta(days=1))
    clerk.scan(clerk.shop.till.code(packed))
    clerk.button("A manager allows it").click()
    clerk.page.card.manager.answered.emit(PIN, "phoned")
    clerk.scan(clerk.shop.till.code(other))
    assert clerk.word == "Overdue"
    assert clerk.shop.till(unfinished) == ()


def test_enter_during_a_check_does_not_speak_of_the_customer_before(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan("nonsense")
    clerk.shop.parts.scan.text.emit(clerk.shop.till.code(packed), "scanner")
    clerk.enter()
    clerk.reach(Phase.SHOWN)
    assert clerk.word == "Ready"


def test_a_wrong_pin_is_said_in_place_and_grants_nothing(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.shop.forward(timedelta(days=1))
    clerk.scan(clerk.shop.till.code(packed))
    clerk.button("A manager allows it").click()
    clerk.page.card.manager.answered.emit("000000", "phoned")
    clerk.reads("This PIN was not taken")
    assert clerk.shop.till(unfinished) == ()


def test_a_manager_must_say_why(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.shop.forward(timedelta(days=1))
    clerk.scan(clerk.shop.till.code(packed))
    clerk.button("A manager allows it").click()
    clerk.page.card.manager.pin.setText(PIN)
    QTest.keyClick(clerk.page.card.manager.pin, Qt.Key.Key_Return)
    clerk.reads("A reason is missing")


def test_after_a_crash_the_screen_asks_and_the_machine_decides_nothing(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.shop.till(partial(grant, request=GrantRequest(uuid7(1), packed.number, "Chen")))
    clerk.presenter.clear()
    clerk.reach(Phase.ASKING)
    assert clerk.word == "Still on the shelf?"
    clerk.enter()
    assert clerk.shop.till.status(packed.number) == "prepared"


@pytest.mark.parametrize(
    ("answer", "status"), [("Yes, it is here", "prepared"), ("No, the customer has it", "completed")]
)
def test_the_clerks_answer_settles_what_a_crash_left(
    clerk: Clerk, packed: OrderRecord, answer: str, status: str
) -> None:
    clerk.shop.till(partial(grant, request=GrantRequest(uuid7(1), packed.number, "Chen")))
    clerk.presenter.clear()
    clerk.reach(Phase.ASKING)
    clerk.button(answer).click()
    clerk.reach(Phase.IDLE)
    assert clerk.shop.till.status(packed.number) == status
    assert clerk.shop.till(unfinished) == ()


def test_scanning_an_unfinished_order_asks_first(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.shop.till(partial(grant, request=GrantRequest(uuid7(1), packed.number, "Chen")))
    clerk.shop.parts.scan.text.emit(clerk.shop.till.code(packed), "camera")
    clerk.wait(lambda: clerk.word == "Still on the shelf?")


def test_a_hand_over_is_taken_back_by_a_manager(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.hand_over(clerk.shop.till.code(packed))
    clerk.button("Take back").click()
    clerk.page.side.manager.answered.emit(PIN, "wrong customer")
    clerk.wait(lambda: clerk.shop.till.status(packed.number) == "awaiting_pickup")


def test_an_order_cancelled_between_verdict_and_enter_is_shown_as_cancelled(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed))
    clerk.shop.till.feed(replace(packed, status=Status.CANCELLED, version=2))
    clerk.enter()
    clerk.wait(lambda: clerk.word == "Cancelled")
    assert clerk.shop.till(unfinished) == ()


def test_a_terminal_that_does_not_lead_sends_to_the_main_counter(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.shop.till.feed(replace(STORE, lead_terminal="another"))
    clerk.scan(clerk.shop.till.code(packed))
    assert clerk.word == "Main counter"
    assert clerk.find("Hand over") is None


@pytest.mark.parametrize("text", ["", " ", "x" * 1_000_000, "😀", "\x00\x01", "１２３", "]Q1" + "9" * 40])
def test_whatever_is_scanned_gets_a_verdict(clerk: Clerk, text: str) -> None:
    clerk.shop.parts.scan.text.emit(text, "scanner")
    clerk.reach(Phase.SHOWN)
    assert clerk.word in {"No pickup code", "Not found"}


def test_the_verdict_follows_a_switch_of_language(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed))
    clerk.prefer(language="zh_CN")
    clerk.wait(lambda: clerk.word == "可以交付")


def test_a_storage_that_fails_says_so_and_keeps_the_counter(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_usecase: Any) -> None:
        raise DiskFull("no room")

    monkeypatch.setattr(clerk.shop.till.storage, "run", fail)
    clerk.shop.parts.scan.text.emit("5600", "typed")
    clerk.wait(lambda: "The disk is full" in clerk.window.banner.text)
    assert clerk.word == "Ready to scan"


def test_enter_in_the_search_field_is_not_enter_on_the_card(clerk: Clerk, packed: OrderRecord) -> None:
    clerk.scan(clerk.shop.till.code(packed))
    QTest.keyClicks(clerk.page.side.search, "12")
    QTest.keyClick(clerk.page.side.search, Qt.Key.Key_Return)
    clerk.wait(lambda: clerk.word == "No pickup code")
    assert clerk.shop.till(unfinished) == ()


def test_focus_rests_where_a_scan_types_nothing(clerk: Clerk) -> None:
    assert clerk.page.hasFocus()
