"""The board in a real window: what a manager taps, types and sees, on a real terminal's file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.order import Status
from app.usecases import advance, mark_prepared
from tests.core.till import NOON, order
from tests.ui.shop import Shop, day
from ui.board.columns import Column
from ui.board.page import BoardPage
from ui.board.periods import Period
from ui.board.presenter import PAGE, Stage
from ui.window import Window

FIRST = 4_503_599_627_370_000


@pytest.fixture
def board(window: Window, qtbot: QtBot) -> Iterator[BoardPage]:
    """Return the board's page, on screen and read."""
    window.go("board")
    page = window.page("board")
    assert isinstance(page, BoardPage)
    qtbot.waitUntil(lambda: page.presenter.stage is Stage.LOADED)
    yield page
    page.presenter.sleep()


def show(shop: Shop, board: BoardPage, qtbot: QtBot, *statuses: Status) -> list[int]:
    """Feed one order for each state, its window open until 17:00, and wait for the cards."""
    orders = [order(FIRST + place, status=status) for place, status in enumerate(statuses)]
    shop.feed(orders)
    qtbot.waitUntil(lambda: board.presenter.board.total == len(orders))
    return [each.number for each in orders]


def column_of(board: BoardPage, number: int) -> Column | None:
    return next(
        (
            column
            for column, frame in board.columns.items()
            if any(row.task and row.task.number == number for row in frame.model.rows)
        ),
        None,
    )


def tap(board: BoardPage, number: int) -> QPoint:
    column = column_of(board, number)
    assert column
    view = board.columns[column].view
    row = next(place for place, row in enumerate(view._model.rows) if row.task and row.task.number == number)
    point = view.visualRect(view._model.index(row)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    return point


def test_the_board_fills_page_by_page(shop: Shop, window: Window, qtbot: QtBot) -> None:
    shop.feed(day(PAGE + 60))
    window.go("board")
    board = window.page("board")
    assert isinstance(board, BoardPage)
    qtbot.waitUntil(lambda: board.presenter.stage is Stage.LOADED)
    assert board.presenter.board.total == PAGE + 60
    assert sum(int(frame.count.text()) for frame in board.columns.values()) == PAGE + 60


def test_a_tap_moves_a_card_to_the_next_column(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.ASSIGNED)
    tap(board, number)
    qtbot.waitUntil(lambda: column_of(board, number) is Column.PREPARING)
    tap(board, number)
    qtbot.waitUntil(lambda: column_of(board, number) is Column.WAITING)
    assert shop.till.status(number) == "prepared"


def test_the_second_tap_of_a_double_tap_is_not_meant_for_the_next_card(
    shop: Shop, board: BoardPage, qtbot: QtBot
) -> None:
    first, second = show(shop, board, qtbot, Status.ASSIGNED, Status.ASSIGNED)
    point = tap(board, first)
    qtbot.waitUntil(lambda: column_of(board, first) is Column.PREPARING)
    viewport = board.columns[Column.TO_PREPARE].view.viewport()
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=point)
    qtbot.waitUntil(lambda: not board.presenter.mover.is_busy)
    assert shop.till.status(second) == "assigned"


def test_undo_takes_the_last_tap_back(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.ASSIGNED)
    tap(board, number)
    undo = board.toolbar.filters.undo
    qtbot.waitUntil(undo.isVisible)
    assert undo.text() == "Undo #0000"
    undo.click()
    qtbot.waitUntil(lambda: column_of(board, number) is Column.TO_PREPARE)
    assert not undo.isVisible()


def test_a_card_that_waits_for_its_customer_opens_at_the_counter(
    shop: Shop, board: BoardPage, window: Window, qtbot: QtBot
) -> None:
    [number] = show(shop, board, qtbot, Status.PREPARED)
    with qtbot.waitSignal(shop.parts.tasks.order_wanted) as wanted:
        tap(board, number)
    assert wanted.args == [number]
    assert window.current == "counter"


def test_an_order_with_something_missing_does_not_move(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.SHORTAGE)
    with qtbot.waitSignal(shop.parts.tasks.problem) as said:
        tap(board, number)
    assert "missing" in said.args[0]
    assert shop.till.status(number) == "shortage"


def test_several_are_chosen_by_keyboard_and_packed_together(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    numbers = show(shop, board, qtbot, Status.ASSIGNED, Status.ASSIGNED, Status.ASSIGNED)
    QTest.keyClick(board, Qt.Key.Key_Down)
    view = board.columns[Column.TO_PREPARE].view
    assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert board.chosen() == numbers[:2]
    board.toolbar.actions_.shelf.setText("B-07")
    QTest.keyClick(board.toolbar.actions_.shelf, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: column_of(board, numbers[1]) is Column.WAITING)
    task = board.presenter.board.task(numbers[0])
    assert task
    assert task.shelf == "B-07"
    assert shop.till.status(numbers[2]) == "assigned"


def test_undo_of_packing_leads_back_to_the_beginning(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    one, two = show(shop, board, qtbot, Status.ASSIGNED, Status.PREPARING)
    board.presenter.mover.pack([one, two], "")
    qtbot.waitUntil(lambda: board.presenter.mover.undo is not None)
    board.presenter.mover.take_back()
    qtbot.waitUntil(lambda: not board.presenter.mover.is_busy)
    assert [shop.till.status(number) for number in (one, two)] == ["assigned", "preparing"]


def test_enter_moves_the_card_under_the_keyboard(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.ASSIGNED)
    QTest.keyClick(board, Qt.Key.Key_Down)
    QTest.keyClick(board.columns[Column.TO_PREPARE].view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: column_of(board, number) is Column.PREPARING)


def test_arrows_lead_from_column_to_column(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    show(shop, board, qtbot, Status.ASSIGNED, Status.PREPARED)
    QTest.keyClick(board, Qt.Key.Key_Down)
    QTest.keyClick(board.columns[Column.TO_PREPARE].view, Qt.Key.Key_Right)
    assert board.columns[Column.WAITING].view.hasFocus()


def test_a_long_press_begins_the_choosing(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.ASSIGNED)
    view = board.columns[Column.TO_PREPARE].view
    point = view.visualRect(view._model.index(1)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    view._long_press.timeout.emit()
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert board.chosen() == [number]
    assert board.toolbar.actions_.isVisible()
    assert shop.till.status(number) == "assigned"


def test_escape_ends_the_choosing(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    show(shop, board, qtbot, Status.ASSIGNED)
    QTest.keyClick(board, Qt.Key.Key_Down)
    QTest.keyClick(board.columns[Column.TO_PREPARE].view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert board.toolbar.actions_.isVisible()
    QTest.keyClick(board, Qt.Key.Key_Escape)
    assert board.chosen() == []
    assert board.toolbar.filters.isVisible()


def test_what_another_terminal_did_shows_by_itself(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.ASSIGNED)
    shop.till(mark_prepared, [number], by="B", shelf="C-1")
    qtbot.waitUntil(lambda: column_of(board, number) is Column.WAITING)
    shop.feed([order(number, status=Status.CANCELLED, version=2)])
    shop.feed([order(number, status=Status.CANCELLED, version=3)])
    qtbot.waitUntil(lambda: board.presenter.board.total == 0)


def test_many_changes_are_read_anew(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    shop.feed(day(150))
    qtbot.waitUntil(lambda: board.presenter.board.total == 150)


def test_the_closing_hour_moves_cards_to_overdue(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.PREPARED)
    shop.forward(timedelta(hours=6))
    board.presenter.move_clock()
    assert column_of(board, number) is Column.OVERDUE


def test_a_clock_set_back_by_hq_brings_cards_back(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.PREPARED)
    shop.forward(timedelta(hours=6))
    board.presenter.move_clock()
    shop.forward(timedelta(hours=-6))
    board.presenter.move_clock()
    qtbot.waitUntil(lambda: column_of(board, number) is Column.WAITING)


def test_filters_leave_what_fits_and_offer_the_rest(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    show(shop, board, qtbot, Status.ASSIGNED, Status.ASSIGNED)
    QTest.keyClicks(board.toolbar.filters.text, "#0001")
    qtbot.waitUntil(lambda: board.presenter.board.shown == 1)
    board.toolbar.filters.zones.buttons()[2].click()
    assert board._nothing.text.text() == "No order matches what you look for."
    board._mend.click()
    assert board.presenter.board.shown == 2
    assert board.toolbar.filters.text.text() == ""


def test_an_empty_board_says_that_orders_come_by_themselves(board: BoardPage) -> None:
    assert board._nothing.isVisible()
    assert "appear here by themselves" in board._nothing.text.text()
    assert not board._mend.isVisible()


def test_a_board_that_cannot_be_read_says_so_and_tries_again(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    shop.till.sql("ALTER TABLE orders RENAME TO elsewhere")
    board.presenter.load()
    qtbot.waitUntil(lambda: board.presenter.stage is Stage.FAILED)
    assert board._nothing.text.text().startswith("The orders could not be read.")
    shop.till.sql("ALTER TABLE elsewhere RENAME TO orders")
    board._mend.click()
    qtbot.waitUntil(lambda: board.presenter.stage is Stage.LOADED)


def test_a_move_that_is_refused_leaves_the_card_free(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.ASSIGNED)
    shop.till.sql("ALTER TABLE outbox RENAME TO elsewhere")
    with qtbot.waitSignal(shop.parts.tasks.problem):
        tap(board, number)
    shop.till.sql("ALTER TABLE elsewhere RENAME TO outbox")
    assert not board.presenter.mover.is_busy
    assert column_of(board, number) is Column.TO_PREPARE


def test_a_hidden_board_reads_again_when_it_is_shown(
    shop: Shop, board: BoardPage, window: Window, qtbot: QtBot
) -> None:
    window.go("counter")
    shop.feed(day(60))
    qtbot.waitUntil(lambda: board.presenter._stale)
    window.go("board")
    qtbot.waitUntil(lambda: board.presenter.board.total == 60)


def test_the_last_card_can_be_scrolled_into_sight(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    shop.feed(day(400))
    qtbot.waitUntil(lambda: board.presenter.board.total == 400 and board.presenter.stage is Stage.LOADED)
    view = board.columns[Column.TO_PREPARE].view
    last = view._model.index(view._model.rowCount() - 1)
    view.scrollTo(last)
    assert view.viewport().rect().contains(view.visualRect(last))
    assert view.indexAt(view.visualRect(last).center()) == last


def test_page_and_end_keys_pass_over_headers(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    shop.feed(day(100))
    qtbot.waitUntil(lambda: board.presenter.board.total == 100)
    view = board.columns[Column.TO_PREPARE].view
    view.enter()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
        assert view._model.rows[view.currentIndex().row()].task


def test_the_board_speaks_the_language_on_screen(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    shop.parts.preferences.set(language="zh_CN")
    qtbot.waitUntil(lambda: board.columns[Column.TO_PREPARE].title.text() == "待备货")
    assert board.toolbar.filters.zones.buttons()[1].text() == "冷藏"


def test_a_move_is_done_in_the_name_of_the_clerk(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    [number] = show(shop, board, qtbot, Status.ASSIGNED)
    tap(board, number)
    qtbot.waitUntil(lambda: column_of(board, number) is Column.PREPARING)
    assert shop.till.sql("SELECT by FROM events") == [("小林",)]


def test_what_was_moved_elsewhere_in_the_meantime_is_not_moved_twice(
    shop: Shop, board: BoardPage, qtbot: QtBot
) -> None:
    [number] = show(shop, board, qtbot, Status.ASSIGNED)
    usecase = partial(advance, number=number, by="B")
    shop.till.storage.submit(usecase)
    board.presenter.mover.start([number])
    qtbot.waitUntil(lambda: not board.presenter.mover.is_busy)
    assert shop.till.status(number) == "preparing"


def test_the_pick_list_is_ticked_off_and_the_load_is_shown(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    show(shop, board, qtbot, Status.ASSIGNED, Status.ASSIGNED, Status.PREPARED)
    board._tabs[1].click()
    qtbot.waitUntil(lambda: len(board.picks.rows) == 2)
    assert [(row.pick.name, row.pick.quantity) for row in board.picks.rows] == [("Croissant", 2), ("Braised pork", 4)]
    board.picks.rows[0].click()
    qtbot.waitUntil(lambda: board.picks.rows[0].pick.left == 0)
    board.picks.print.click()
    qtbot.waitUntil(lambda: bool(shop.till.sql("SELECT 1 FROM print_jobs")))
    board.picks.periods[Period.TOMORROW].click()
    qtbot.waitUntil(board.picks.nothing.isVisible)

    board._tabs[2].click()
    qtbot.waitUntil(lambda: len(board.timeline.bars.quarters) == 48)
    shop.feed([order(FIRST + 9, opens=int(NOON.timestamp()) // 60 + 30)])
    qtbot.waitUntil(lambda: board.timeline.bars.quarters[4].orders == 1)
    bars = board.timeline.bars
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(round(4.5 * bars._step), 10))
    assert "1 order begins at 12:30" in board.timeline.facts.text()
    assert "1 still to pack" in board.timeline.facts.text()


def test_labels_are_printed_and_what_nobody_came_for_is_put_back(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    late = order(FIRST, status=Status.PREPARED, opens=int(NOON.timestamp()) // 60 - 900, length=60)
    shop.feed([late])
    qtbot.waitUntil(lambda: board.presenter.board.total == 1)
    frame = board.columns[Column.OVERDUE]
    frame.view.selectAll()
    board.choose(True)
    actions = board.toolbar.actions_
    assert actions.put_back.isVisible()
    assert actions.reject.isHidden()
    actions.parcels.click()
    actions.labels.click()
    qtbot.waitUntil(lambda: len(shop.till.sql("SELECT 1 FROM print_jobs WHERE printer = 'label'")) == 2)
    frame.view.selectAll()
    board.choose(True)
    actions.put_back.click()
    qtbot.waitUntil(lambda: shop.till.status(FIRST) == Status.PUT_BACK)
