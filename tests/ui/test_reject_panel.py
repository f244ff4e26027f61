"""An order that cannot be served, told from the board: what is missing, why, and nothing by mistake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.order import Status
from app.usecases.outbox import pending_events
from tests.core.till import order
from tests.ui.shop import Shop
from ui.board.columns import Column
from ui.board.page import BoardPage
from ui.board.presenter import Stage
from ui.board.reject_panel import RejectPanel
from ui.window import Window

FIRST = 4_503_599_627_370_000


@pytest.fixture
def board(shop: Shop, window: Window, qtbot: QtBot) -> Iterator[BoardPage]:
    """Return the board on screen, with a prepared order and one that is missing something already."""
    shop.feed([order(FIRST), order(FIRST + 1, status=Status.SHORTAGE)])
    window.go("board")
    page = window.page("board")
    assert isinstance(page, BoardPage)
    qtbot.waitUntil(lambda: page.presenter.stage is Stage.LOADED)
    yield page
    page.presenter.sleep()


@pytest.fixture
def panel(board: BoardPage) -> RejectPanel:
    """Choose the first card and open the panel for it."""
    choose(board, 1)
    board.toolbar.actions_.reject.click()
    return board.reject


def choose(board: BoardPage, *places: int) -> None:
    board.choose(True)
    view = board.columns[Column.TO_PREPARE].view
    for place in places:
        view.toggle(view._model.index(place))


def test_what_is_missing_is_told_with_its_reason(shop: Shop, panel: RejectPanel, qtbot: QtBot) -> None:
    assert panel.title.text().startswith("#0000 cannot be served")
    panel.lines[0].click()
    panel.lines[0].click()
    panel.reasons[0].click()
    panel.go.click()
    qtbot.waitUntil(lambda: shop.till.status(FIRST) == "shortage")
    [event] = shop.till(pending_events, 9)
    assert (event.by, event.body) == (
        "小林",
        {"lines": [{"product_number": 1001, "quantity": 1}], "reason": "Broken"},
    )
    assert panel.isHidden()


def test_taps_go_from_all_pieces_to_none(panel: RejectPanel) -> None:
    counts = []
    for _ in range(3):
        panel.lines[0].click()
        counts.append(panel.lines[0].missing)
    assert counts == [2, 1, 0]
    assert panel.lacking == {}


def test_nothing_is_told_before_something_is_missing_for_a_reason(shop: Shop, panel: RejectPanel) -> None:
    panel.go.click()
    assert panel.trouble.text() == "Tap the goods that are missing."
    panel.lines[1].click()
    panel.go.click()
    assert panel.trouble.text().startswith("A reason is missing")
    assert shop.till.status(FIRST) == "assigned"


@pytest.mark.parametrize("places", [(1, 2), (2,), ()])
def test_only_one_order_that_is_whole_can_be_rejected(board: BoardPage, places: tuple[int, ...]) -> None:
    choose(board, *places)
    assert not board.toolbar.actions_.reject.isEnabled()


def test_escape_and_back_give_up(shop: Shop, board: BoardPage, panel: RejectPanel) -> None:
    panel.lines[0].click()
    QTest.keyClick(panel.lines[0], Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert board.hasFocus()
    assert shop.till.status(FIRST) == "assigned"


def test_an_order_that_changed_meanwhile_stays_as_it_is(shop: Shop, panel: RejectPanel, qtbot: QtBot) -> None:
    panel.lines[0].click()
    panel.reason.setText("sold")
    shop.feed([order(FIRST, version=2, status=Status.CANCELLED)])
    with qtbot.waitSignal(shop.parts.tasks.problem):
        QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    assert shop.till.status(FIRST) == "cancelled"
    assert not shop.till(pending_events, 9)


def test_the_panel_speaks_the_language_on_screen(shop: Shop, panel: RejectPanel, qtbot: QtBot) -> None:
    panel.lines[0].click()
    shop.parts.preferences.set(language="zh_CN")
    qtbot.waitUntil(lambda: panel.go.text() == "上报总部")
    assert "缺 2／共 2" in panel.lines[0].text()


def test_the_strip_fits_the_smallest_screen_in_the_largest_letters(shop: Shop, board: BoardPage) -> None:
    shop.parts.preferences.set(text_size="larger")
    assert board.minimumSizeHint().width() <= 1366 - 100
