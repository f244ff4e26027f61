"""The frame: pages, badge, banner, languages, pictures; and nothing that steals the clerk's focus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.verdict import Kind
from app.errors import CorruptData
from tests.core.till import order
from tests.ui.shop import Shop
from ui.counter.page import CounterPage
from ui.keys.page import KeysPage
from ui.link import Link
from ui.theme import TOUCH
from ui.window import Window

Prefer = Callable[..., None]


def test_the_rail_shows_only_pages_that_work(window: Window) -> None:
    assert [button.text() for button in window._buttons.values()] == [
        "Counter",
        "Board",
        "Sale",
        "Stock",
        "Today",
        "Sync",
        "Settings",
    ]


def test_ctrl_and_a_digit_go_to_a_page(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "settings"


def test_the_window_class_stays_small() -> None:
    import inspect

    assert len(inspect.getsource(Window).splitlines()) <= 200


def test_a_banner_takes_no_focus(window: Window, page: CounterPage, shop: Shop, qtbot: QtBot) -> None:
    shop.parts.tasks.problem.emit("Something to know.")
    assert window.banner.text == "Something to know."
    assert page.hasFocus()


def test_a_banner_goes_away(window: Window, qtbot: QtBot) -> None:
    window.banner._timer.setInterval(1)
    window.banner.warn("Soon gone.")
    qtbot.waitUntil(lambda: window.banner.text == "")


def press(page: KeysPage, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    page.buttons[name].click()
    QTest.keyClick(page.buttons[name], key, modifiers)


def test_f1_shows_the_keys_and_changes_them(window: Window, shop: Shop) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    page = window.page("keys")
    assert isinstance(page, KeysPage)
    assert (window.current, page.buttons["page_board"].text()) == ("keys", "Ctrl+2")
    press(page, "page_board", Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    press(page, "lock", Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert page.trouble.text() == "Ctrl+B is taken: Page Board."
    press(page, "lock", Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.trouble.text() == "Ctrl+V is taken: Read the picture in the clipboard."
    press(page, "lock", Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier)
    assert page.trouble.text() == "F3 is taken: The board's cards, pick list and load."
    press(page, "lock", Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier)
    assert "needed for typing" in page.trouble.text()
    assert shop.parts.preferences.now.shortcuts == ("page_board=Ctrl+B",)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.current == "counter"
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "board"
    QTest.keyClick(window, Qt.Key.Key_F1)
    page.reset.click()
    assert page.buttons["page_board"].text() == "Ctrl+2"
    assert not shop.parts.preferences.now.shortcuts


def test_the_search_key_goes_to_the_pages_own_field(window: Window) -> None:
    for page in ("board", "settings"):
        window.go(page)
        QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.objectName() == "search"
    assert window.current == "counter"


def test_a_key_that_an_edited_file_gives_twice_does_one_thing(window: Window, prefer: Prefer) -> None:
    prefer(shortcuts=("page_board=F8", "page_stock=F8", "nonsense", "unknown=F7"))
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.current == "board"


def test_the_top_bar_names_store_and_clerk(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.top.store.text() == "Riverside")
    assert window.top.clerk.text() == "小林"


def test_what_waits_to_be_sent_is_counted(window: Window, shop: Shop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.top.store.text() == "Riverside")
    assert window.top.queue.isHidden()
    from app.usecases.prepare import mark_prepared

    shop.till.feed(order())
    shop.till(mark_prepared, [order().number], by="Li")
    qtbot.waitUntil(lambda: window.top.queue.text() == "1 to send")


def test_offline_is_said_with_since_when(window: Window, shop: Shop) -> None:
    now = shop.parts.times.now()
    shop.parts.sync.take_link(Link("offline", "unreachable", now, now - timedelta(minutes=3)))
    assert window.top.badge.text() == "Offline since 12:00 · data 3 min old"


def test_the_whole_window_follows_a_switch_of_language(window: Window, prefer: Prefer, qtbot: QtBot) -> None:
    prefer(language="zh_CN")
    qtbot.waitUntil(lambda: window._buttons["counter"].text() == "核销")
    prefer(language="en")
    qtbot.waitUntil(lambda: window._buttons["counter"].text() == "Counter")


def test_a_picture_that_is_dropped_is_read(
    window: Window, shop: Shop, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(shop.parts.scan, "_read_picture", lambda source: [f"code of {Path(source).name}"])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/photo.png")])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(shop.parts.scan.text) as heard:
        window.dropEvent(event)
    assert heard.args == ["code of photo.png", "image"]


def test_a_picture_that_is_pasted_is_read(
    window: Window, shop: Shop, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, qapp: QApplication
) -> None:
    sizes: list[tuple[int, int]] = []

    def read(frame: Any) -> list[str]:
        sizes.append(frame.shape)
        return ["code"]

    monkeypatch.setattr(shop.parts.scan, "_read_picture", read)
    qapp.clipboard().setImage(QImage(33, 20, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(shop.parts.scan.text):
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sizes == [(20, 33)]


def test_a_picture_without_a_code_says_so(window: Window, shop: Shop, qtbot: QtBot) -> None:
    shop.parts.scan.read_picture("/no/such/file.png")
    qtbot.waitUntil(lambda: "no code in this picture" in window.banner.text)


def test_data_that_cannot_be_opened_is_said_instead_of_an_empty_page(
    shop: Shop, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.frame import Frame
    from ui.pages import specs

    def fail(_usecase: Any) -> None:
        raise CorruptData("row 7")

    monkeypatch.setattr(shop.till.storage, "run", fail)
    window = Window(specs(shop.parts))
    qtbot.addWidget(window)
    frame = Frame(qapp, window, shop.parts)
    frame.start()
    qtbot.waitUntil(lambda: "damaged" in window.waiting.text.text())


def test_a_settings_file_that_was_set_aside_is_said(shop: Shop, qapp: QApplication, qtbot: QtBot) -> None:
    from ui.frame import Frame
    from ui.pages import specs

    parts = replace(shop.parts, settings_set_aside=Path("settings.broken.json"))
    window = Window(specs(parts))
    qtbot.addWidget(window)
    Frame(qapp, window, parts).start()
    assert "settings.broken.json" in window.banner.text


def test_due_goods_are_called_out(window: Window, shop: Shop, qtbot: QtBot) -> None:
    from app.usecases.board import tasks

    shop.till.feed(order())
    shop.parts.tasks.remind(shop.till(tasks))
    qtbot.waitUntil(lambda: window.banner.text.startswith("Begin now: #4821"))


def test_due_goods_are_called_out_again_until_somebody_says_so(window: Window, shop: Shop) -> None:
    from app.usecases.board import tasks

    shop.till.feed(order())
    due = shop.till(tasks)
    shop.parts.tasks.remind(due)
    window.banner.hide()
    shop.parts.tasks.remind(due)
    assert window.banner.text == ""
    shop.forward(timedelta(minutes=6))
    shop.parts.tasks.remind(due)
    assert window.banner.text.startswith("Begin now: #4821")
    # To look at the board is not to have seen it.
    window.go("board")
    assert shop.till.sql("SELECT order_number FROM reminders_seen") == []


def cut_off(window: QWidget) -> list[str]:
    """Name every visible text that has less room than it needs."""
    found = []
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            if label.wordWrap():
                short = label.heightForWidth(label.width()) > label.height() + 1
            else:
                short = label.sizeHint().width() > label.width() + 1
            found += [label.text()] if short else []
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.sizeHint().width() > button.width() + 1:
            found.append(button.text())
    return found


def wait_until_whole(window: QWidget, qtbot: QtBot, what: str) -> None:
    """Wait until no text is cut off: what arrives a moment later, and a second pass of the layout, move things."""

    def whole() -> None:
        assert not cut_off(window), what

    qtbot.waitUntil(whole)


def fits_a_small_screen(window: QWidget) -> bool:
    """Tell whether the window, which grows to what its parts need, has stayed as it was made."""
    return window.width() <= 1366 and window.height() <= 768


@pytest.mark.parametrize("text_size", ["normal", "larger", "largest"])
def test_the_fullest_counter_fits_a_small_screen(
    window: Window, page: CounterPage, shop: Shop, prefer: Prefer, qtbot: QtBot, text_size: str
) -> None:
    prefer(text_size=text_size)
    window.banner.warn("Something to know.")
    page.side.scan.show_state("running")
    page.side.scan.show_frame(QImage(480, 270, QImage.Format.Format_RGB32))
    qtbot.wait(1)
    assert fits_a_small_screen(window)
    page.side.manager.open_panel("Take #4821 back: the goods are on the shelf again", ["Goods returned"])
    page.card.manager.open_panel("A manager allows this", ["Goods are still good", "Checked at the main counter"])
    qtbot.wait(1)
    assert fits_a_small_screen(window)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("text_size", ["normal", "larger", "largest"])
def test_no_text_of_any_verdict_is_cut_off(
    window: Window, page: CounterPage, shop: Shop, prefer: Prefer, qtbot: QtBot, language: str, text_size: str
) -> None:
    from tests.ui.verdicts import EVERY
    from ui.counter.model import of_verdict

    prefer(language=language, text_size=text_size)
    assert {verdict.kind for verdict in EVERY} == set(Kind)
    for verdict in EVERY:
        page.card.show_view(of_verdict(verdict, shop.parts.times))
        wait_until_whole(window, qtbot, verdict.kind)
        assert fits_a_small_screen(window), verdict.kind


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_text_of_a_page_is_cut_off(window: Window, shop: Shop, prefer: Prefer, qtbot: QtBot, language: str) -> None:
    prefer(language=language, text_size="largest")
    sheets = [f"settings/{part}" for part in ("counter", "scanner", "printers", "staff", "data")]
    for wanted in (*sheets, "ready", "keys", "leave"):
        shop.parts.tasks.page_wanted.emit(wanted)
        wait_until_whole(window, qtbot, wanted)
        assert fits_a_small_screen(window), wanted


@pytest.mark.parametrize("page", ["counter", "board", "sale", "stock", "today", "sync", "settings", "sign_in"])
def test_every_page_fits_a_small_screen_at_the_largest_text(
    window: Window, prefer: Prefer, qtbot: QtBot, page: str
) -> None:
    prefer(language="en", text_size="largest")
    window.go(page)
    qtbot.wait(1)
    assert fits_a_small_screen(window)


def test_everything_that_is_tapped_is_at_least_48_pixels(
    window: Window, page: CounterPage, shop: Shop, qtbot: QtBot
) -> None:
    shop.till.feed(order())
    qtbot.waitUntil(lambda: bool(page.side.next.findChildren(QAbstractButton)))
    qtbot.wait(1)
    buttons = [each for each in window.findChildren(QAbstractButton) if each.isVisible()]
    assert not [(each.text(), each.height()) for each in buttons if min(each.height(), each.width()) < TOUCH]


def test_a_picture_is_chosen_from_a_folder(window: Window, page: CounterPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.side.search.picture_asked.emit()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(window.picture_given) as given:
        dialog.fileSelected.emit(str(tmp_path / "code.png"))
    assert given.args == [str(tmp_path / "code.png")]
    dialog.close()


def test_a_picture_in_the_clipboard_is_read_although_a_field_has_the_focus(
    window: Window, page: CounterPage, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    page.side.search.setFocus()
    with qtbot.waitSignal(window.picture_given):
        QTest.keyClick(page.side.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_text_in_the_clipboard_goes_into_the_field(page: CounterPage) -> None:
    QGuiApplication.clipboard().setText("4821")
    page.side.search.setFocus()
    QTest.keyClick(page.side.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.side.search.text() == "4821"
