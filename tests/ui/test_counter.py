"""The counter in a clerk's hands: a real window, real storage, keys as they come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.order import Status
from app.domain.records import OrderRecord
from app.errors import DiskFull
from app.ids import uuid7
from app.usecases import GrantRequest, grant, unfinished
from tests.core.till import PIN, STORE, order
from tests.ui.shop import Shop
from ui.counter import presenter as presenting
from ui.counter.page import CounterPage
from ui.counter.presenter import Phase, Presenter
from ui.window import Window

Reach = Callable[[Phase], None]


@pytest.fixture
def packed(shop: Shop) -> OrderRecord:
    """Give the store a packed order whose window is open."""
    made = order(status=Status.PREPARED)
    shop.till.feed(made)
    return made


@pytest.fixture
def reach(qtbot: QtBot, presenter: Presenter) -> Reach:
    """Return a function that waits until the hand-over stands at a phase."""
    return lambda phase: qtbot.waitUntil(lambda: presenter.phase is phase)


@pytest.fixture
def scan(shop: Shop, reach: Reach) -> Callable[[str], None]:
    """Return a function that scans a code and waits for the verdict."""

    def act(text: str) -> None:
        shop.parts.scan.text.emit(text, "scanner")
        reach(Phase.SHOWN)

    return act


@pytest.fixture
def no_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second scan count at once, as if a moment had passed."""
    monkeypatch.setattr(presenting, "SAME_SCAN_MS", 0)


def press_enter(qtbot: QtBot, page: CounterPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Return)


def word(page: CounterPage) -> str:
    assert page.card.view is not None
    return page.card.view.word


def said(page: CounterPage) -> str:
    return " ".join(label.text() for label in page.card.findChildren(QLabel) if label.isVisibleTo(page))


def button(page: CounterPage, text: str):  # type: ignore[no-untyped-def]
    from PySide6.QtWidgets import QPushButton

    return next(each for each in page.findChildren(QPushButton) if each.text().strip() == text and each.isVisible())


def test_scan_enter_enter_hands_over(qtbot, shop, page, packed, scan, reach):
    scan(shop.till.code(packed))
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    press_enter(qtbot, page)
    reach(Phase.DONE)
    assert shop.till.status(packed.number) == "completed"
    assert word(page) == "Handed over"


def test_nothing_is_handed_over_before_the_clerk_confirms(qtbot, shop, page, packed, scan, reach):
    scan(shop.till.code(packed))
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    assert shop.till.status(packed.number) == "prepared"
    assert len(shop.till(unfinished)) == 1


def test_the_same_code_again_confirms(qtbot, shop, page, packed, scan, reach, no_echo):
    code = shop.till.code(packed)
    scan(code)
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    shop.parts.scan.text.emit(f" {code} ", "camera")
    reach(Phase.DONE)


def test_a_scanner_that_fires_twice_confirms_nothing(qtbot, shop, page, packed, scan, reach):
    code = shop.till.code(packed)
    scan(code)
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    shop.parts.scan.text.emit(code, "scanner")
    assert page.findChild(Presenter).phase is Phase.GRANTED


def test_the_same_code_does_not_confirm_where_that_is_switched_off(
    qtbot, shop, page, window, packed, scan, reach, no_echo, prefer
):
    prefer(confirm_by_same_code=False)
    code = shop.till.code(packed)
    scan(code)
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    shop.parts.scan.text.emit(code, "scanner")
    assert "First finish" in window.banner.text
    assert shop.till.status(packed.number) == "prepared"


def test_one_tap_joins_both_steps(qtbot, shop, page, packed, scan, reach, prefer):
    prefer(one_tap=True)
    scan(shop.till.code(packed))
    press_enter(qtbot, page)
    reach(Phase.DONE)
    assert shop.till.status(packed.number) == "completed"


def test_another_customer_waits_until_the_first_is_finished(qtbot, shop, page, window, packed, scan, reach):
    scan(shop.till.code(packed))
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    shop.parts.scan.text.emit("5600", "typed")
    assert "#4821" in window.banner.text
    assert word(page) == "Give it now"


def test_not_given_puts_the_order_back(qtbot, shop, page, packed, scan, reach):
    scan(shop.till.code(packed))
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    button(page, "Not given, it stays here").click()
    reach(Phase.IDLE)
    assert shop.till(unfinished) == ()
    assert shop.till.status(packed.number) == "prepared"


def test_escape_does_not_drop_a_granted_hand_over(qtbot, shop, page, packed, scan, reach):
    scan(shop.till.code(packed))
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert word(page) == "Give it now"


def test_the_card_clears_itself_after_a_hand_over(qtbot, shop, page, packed, scan, reach, presenter):
    presenter._done.setInterval(1)
    scan(shop.till.code(packed))
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    press_enter(qtbot, page)
    reach(Phase.IDLE)
    assert word(page) == "Ready to scan"


def test_a_second_hand_over_is_refused_with_when_and_by_whom(qtbot, shop, page, packed, scan, reach, no_echo):
    code = shop.till.code(packed)
    scan(code)
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    press_enter(qtbot, page)
    reach(Phase.DONE)
    scan(code)
    assert word(page) == "Already handed over"
    assert "12:00 by 小林, at Counter 1" in said(page)


def test_a_code_of_another_store_shows_its_name_and_address(shop, page, packed, scan):
    scan(shop.till.code(packed, store_number=8))
    assert "Hillside, 1.2 km from here" in said(page)
    assert "8 Hill Street" in said(page)


def test_an_order_that_never_came_is_handed_over_by_its_code(qtbot, shop, page, packed, scan, reach):
    scan(shop.till.code(packed, order_number=packed.number + 1))
    assert "红烧肉便当" in said(page)
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    press_enter(qtbot, page)
    reach(Phase.DONE)


def test_a_phone_shows_candidates_and_one_tap_chooses(qtbot, shop, page, packed, reach):
    qtbot.keyClicks(page.side.search, "5600")
    qtbot.keyClick(page.side.search, Qt.Key.Key_Return)
    reach(Phase.SHOWN)
    assert word(page) == "Which one?"
    page.card.chosen.emit(packed.number)
    qtbot.waitUntil(lambda: word(page) == "Ready")


def test_digits_typed_on_the_page_go_to_the_search_field(qtbot, page):
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_5)
    assert page.side.search.text() == "5"
    assert page.side.search.hasFocus()


def test_a_tap_on_an_expected_order_checks_it(qtbot, shop, page, packed, reach):
    page.side.chosen.emit(packed.number)
    reach(Phase.SHOWN)
    assert word(page) == "Ready"


def test_a_manager_allows_an_overdue_order(qtbot, shop, page, packed, scan, reach):
    shop.forward(timedelta(days=1))
    scan(shop.till.code(packed))
    assert word(page) == "Overdue"
    button(page, "A manager allows it").click()
    page.card.manager.reason.setText("phoned")
    page.card.manager.pin.setText(PIN)
    qtbot.keyClick(page.card.manager.pin, Qt.Key.Key_Return)
    reach(Phase.GRANTED)
    assert shop.till.sql("SELECT manager, reason FROM claims") == [("王店长", "phoned")]


def test_a_wrong_pin_is_said_in_place_and_grants_nothing(qtbot, shop, page, packed, scan):
    shop.forward(timedelta(days=1))
    scan(shop.till.code(packed))
    button(page, "A manager allows it").click()
    page.card.manager.answered.emit("000000", "phoned")
    qtbot.waitUntil(lambda: "This PIN was not taken" in said(page))
    assert shop.till(unfinished) == ()


def test_a_manager_must_say_why(qtbot, shop, page, packed, scan):
    shop.forward(timedelta(days=1))
    scan(shop.till.code(packed))
    button(page, "A manager allows it").click()
    page.card.manager.pin.setText(PIN)
    qtbot.keyClick(page.card.manager.pin, Qt.Key.Key_Return)
    assert "A reason is missing" in said(page)


def test_after_a_crash_the_screen_asks_and_the_machine_decides_nothing(qtbot, shop, page, packed, presenter, reach):
    shop.till(partial(grant, request=GrantRequest(uuid7(1), packed.number, "Chen")))
    presenter.clear()
    reach(Phase.ASKING)
    assert word(page) == "Still on the shelf?"
    press_enter(qtbot, page)
    assert shop.till.status(packed.number) == "prepared"


@pytest.mark.parametrize(("answer", "status"), [("Yes, it is here", "prepared"), ("No, the customer has it", "completed")])
def test_the_clerks_answer_settles_what_a_crash_left(qtbot, shop, page, packed, presenter, reach, answer, status):
    shop.till(partial(grant, request=GrantRequest(uuid7(1), packed.number, "Chen")))
    presenter.clear()
    reach(Phase.ASKING)
    button(page, answer).click()
    reach(Phase.IDLE)
    assert shop.till.status(packed.number) == status
    assert shop.till(unfinished) == ()


def test_scanning_an_unfinished_order_asks_first(shop, page, packed, qtbot):
    shop.till(partial(grant, request=GrantRequest(uuid7(1), packed.number, "Chen")))
    shop.parts.scan.text.emit(shop.till.code(packed), "camera")
    qtbot.waitUntil(lambda: word(page) == "Still on the shelf?")


def test_a_hand_over_is_taken_back_by_a_manager(qtbot, shop, page, packed, scan, reach):
    scan(shop.till.code(packed))
    press_enter(qtbot, page)
    reach(Phase.GRANTED)
    press_enter(qtbot, page)
    reach(Phase.DONE)
    qtbot.waitUntil(lambda: button_or_none(page, "Take back") is not None)
    button(page, "Take back").click()
    page.side.manager.answered.emit(PIN, "wrong customer")
    qtbot.waitUntil(lambda: shop.till.status(packed.number) == "awaiting_pickup")


def test_an_order_cancelled_between_verdict_and_enter_is_shown_as_cancelled(qtbot, shop, page, window, packed, scan):
    scan(shop.till.code(packed))
    shop.till.feed(replace(packed, status=Status.CANCELLED, version=2))
    press_enter(qtbot, page)
    qtbot.waitUntil(lambda: word(page) == "Cancelled")
    assert shop.till(unfinished) == ()


def test_a_terminal_that_does_not_lead_sends_to_the_main_counter(shop, page, packed, scan):
    shop.till.feed(replace(STORE, lead_terminal="another"))
    scan(shop.till.code(packed))
    assert word(page) == "Main counter"
    assert button_or_none(page, "Hand over") is None


@pytest.mark.parametrize("text", ["", " ", "x" * 1_000_000, "😀", "\x00\x01", "１２３", "]Q1" + "9" * 40])
def test_whatever_is_scanned_gets_a_verdict(qtbot, shop, page, reach, text):
    shop.parts.scan.text.emit(text, "scanner")
    reach(Phase.SHOWN)
    assert word(page) in {"No pickup code", "Not found"}


def test_the_verdict_follows_a_switch_of_language(shop, page, packed, scan, prefer, qtbot):
    scan(shop.till.code(packed))
    prefer(language="zh_CN")
    qtbot.waitUntil(lambda: word(page) == "可以交付")


def test_a_storage_that_fails_says_so_and_keeps_the_counter(qtbot, shop, page, window, monkeypatch):
    def fail(_usecase):
        raise DiskFull("no room")

    monkeypatch.setattr(shop.till.storage, "run", fail)
    shop.parts.scan.text.emit("5600", "typed")
    qtbot.waitUntil(lambda: "The disk is full" in window.banner.text)
    assert word(page) == "Ready to scan"


def test_enter_in_the_search_field_is_not_enter_on_the_card(qtbot, shop, page, packed, scan):
    scan(shop.till.code(packed))
    qtbot.keyClicks(page.side.search, "12")
    qtbot.keyClick(page.side.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: word(page) == "No pickup code")
    assert shop.till(unfinished) == ()


def button_or_none(page: CounterPage, text: str):  # type: ignore[no-untyped-def]
    try:
        return button(page, text)
    except StopIteration:
        return None


def test_focus_rests_where_a_scan_types_nothing(window: Window, page: CounterPage):
    assert page.hasFocus()
