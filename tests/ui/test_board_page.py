"""The board in a real window: what a manager taps, types and sees, on a real terminal's file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.domain.label import ParcelLabel
from app.domain.order import Line, Status
from app.usecases.prepare import advance, mark_prepared
from tests.core.till import NOON, PIN, STORE, order
from tests.ui.shop import Shop, day
from ui.board.bars import SIDE
from ui.board.columns import Column
from ui.board.page import BoardPage
from ui.board.periods import Period
from ui.board.presenter import PAGE, Stage
from ui.new_tasks import NewTasks
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
    board.toolbar.filters.zones.chips[2].click()
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
    assert board.toolbar.filters.zones.chips[1].text() == "冷藏"


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


def picked(board: BoardPage) -> list[tuple[str, int, int]]:
    rows = [row.pick for row in board.picks.model.rows if row.pick]
    return [(pick.name, pick.quantity, pick.left) for pick in rows]


def test_the_pick_list_is_ticked_off_narrowed_and_printed(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    show(shop, board, qtbot, Status.ASSIGNED, Status.ASSIGNED, Status.PREPARED)
    QTest.keyClick(board, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: picked(board) == [("Croissant", 3, 2), ("Braised pork", 6, 4)])
    QTest.keyClick(board, Qt.Key.Key_Down)
    rows = board.picks.rows
    assert rows.hasFocus()
    QTest.keyClick(rows, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: picked(board)[0] == ("Croissant", 3, 0))
    shop.feed([order(FIRST + 3)])
    qtbot.waitUntil(lambda: picked(board)[0] == ("Croissant", 4, 1))
    # The keyboard stays with its product, whatever the sums are.
    current = rows.currentIndex()
    assert current.data(Qt.ItemDataRole.AccessibleTextRole) == "Croissant, × 1, 3 of 4: 1 more came since"
    board.picks.print.click()
    qtbot.waitUntil(lambda: bool(shop.till.sql("SELECT 1 FROM print_jobs")))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(current).center())
    qtbot.waitUntil(lambda: picked(board)[0] == ("Croissant", 4, 0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: picked(board)[0] == ("Croissant", 4, 3))
    board.picks.zones.chips[2].click()
    assert board.picks.nothing.isVisible()
    board.picks.zones.chips[0].click()
    board.picks.periods[Period.TOMORROW].click()
    qtbot.waitUntil(board.picks.nothing.isVisible)
    assert not board.picks.print.isEnabled()
    # From – until begins at now: the window that is open lies before it.
    board.picks.periods[Period.CHOSEN].click()
    qtbot.waitUntil(lambda: board.picks.found is not None and board.picks.found.opens_from == NOON)
    assert picked(board) == []
    board.picks.since.setCurrentIndex(0)
    board.picks.since.activated.emit(0)
    qtbot.waitUntil(lambda: len(picked(board)) == 2)


def test_a_bar_of_the_load_shows_its_orders_and_begins_them(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    shop.till.feed(replace(STORE, capacity=1))
    opens = int(NOON.timestamp()) // 60 + 60
    shop.feed([order(FIRST + n, opens=opens) for n in range(3)])
    qtbot.waitUntil(lambda: board.presenter.board.total == 3)
    board.switch.parts[2].click()
    bars, quarter = board.timeline.bars, board.timeline.quarter
    qtbot.waitUntil(lambda: len(quarter.tasks) == 3)
    assert board.timeline.summary.text() == "Too much at 12:45"
    assert "2 too many · begin before: 12:15 × 1, 12:30 × 1" in quarter.advice.text()
    busy = next(place for place, bar in enumerate(bars.bars) if bar.orders)
    # A finger beside the bar means the bar.
    assert bars.place_at(SIDE + (busy - 0.5) * bars.step) == busy
    quarter.begin.click()
    qtbot.waitUntil(lambda: [shop.till.status(FIRST + n) for n in range(3)] == ["preparing"] * 3)
    qtbot.waitUntil(lambda: not quarter.begin.isVisible())
    qtbot.waitUntil(board.timeline.undo.isVisible)
    board.timeline.undo.click()
    qtbot.waitUntil(lambda: shop.till.status(FIRST) == "assigned")
    QTest.keyClick(bars, Qt.Key.Key_Left)
    assert bars.current == busy - 1
    quarter.on.click()
    assert bars.current == busy
    board.timeline.days[1].click()
    qtbot.waitUntil(lambda: board.timeline.summary.text() == "Nothing to do on this day")
    board.timeline.order_asked.emit(FIRST + 1)
    assert board.chosen() == [FIRST + 1]
    assert board.columns[Column.TO_PREPARE].isVisible()


def test_labels_are_printed_and_what_nobody_came_for_is_put_back(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    late = order(FIRST, status=Status.PREPARED, opens=int(NOON.timestamp()) // 60 - 900, length=60)
    shop.feed([late])
    qtbot.waitUntil(lambda: board.presenter.board.total == 1)
    shop.till(mark_prepared, [FIRST], by="A", shelf="B-3")
    qtbot.waitUntil(lambda: getattr(board.presenter.board.task(FIRST), "shelf", "") == "B-3")
    # Its label is scanned: the card is chosen, and the next scan is its shelf's.
    actions = board.toolbar.actions_
    assert board.take_scan(ParcelLabel(FIRST, 1, 1).text)
    assert board.chosen() == [FIRST]
    assert actions.put_back.isVisible()
    assert actions.reject.isHidden()
    qtbot.waitUntil(actions.shelf.hasFocus)
    assert board.take_scan("BIN:C-07")
    assert actions.shelf.text() == "C-07"
    assert not board.take_scan("1234567890123456")
    actions.shelf.clear()
    actions.parcels.click()
    actions.labels.click()
    qtbot.waitUntil(lambda: len(shop.till.sql("SELECT 1 FROM print_jobs WHERE printer = 'label'")) == 2)
    qtbot.waitUntil(lambda: getattr(board.presenter.board.task(FIRST), "parcels", 0) == 2)
    board.show_card(FIRST)
    assert actions.parcels.value == 2
    actions.put_back.click()
    board.put_back.go.click()
    assert board.put_back.trouble.isVisible()
    board.put_back.reasons[0].click()
    board.put_back.go.click()
    qtbot.waitUntil(lambda: shop.till.status(FIRST) == Status.PUT_BACK)
    qtbot.waitUntil(board.toolbar.filters.undo.isVisible)
    board.toolbar.filters.undo.click()
    qtbot.waitUntil(lambda: shop.till.sql("SELECT status, shelf FROM orders") == [("prepared", "B-3")])
    with qtbot.waitSignal(shop.parts.tasks.problem) as said:
        board.take_scan(ParcelLabel(FIRST + 1, 1, 1).text)
    assert said.args[0].startswith("#0001 is not on the board")


def test_what_is_packed_too_soon_asks_for_a_manager(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    shop.till.feed(replace(STORE, pack_minutes=30))
    soon = int(NOON.timestamp()) // 60 + 120
    shop.feed([order(FIRST), order(FIRST + 1, opens=soon)])
    qtbot.waitUntil(lambda: board.presenter.board.total == 2)
    board.presenter.mover.pack([FIRST, FIRST + 1], "A-1")
    assert board.manager.isVisible()
    assert board.manager.title.text().startswith("#0001 must not be packed before 13:30")
    # What may be packed is, and what may not waits for an answer.
    qtbot.waitUntil(lambda: shop.till.status(FIRST) == "prepared")
    assert shop.till.status(FIRST + 1) == "assigned"
    board.manager.pin.setText(PIN)
    board.manager.reason.setText("collected early")
    board.manager.reason.returnPressed.emit()
    qtbot.waitUntil(lambda: shop.till.status(FIRST + 1) == "prepared")
    assert not board.manager.isVisible()
    assert "collected early" in shop.till.sql("SELECT body FROM events ORDER BY seq DESC LIMIT 1")[0][0]


def test_what_must_be_begun_stands_on_top_until_it_is(shop: Shop, board: BoardPage, qtbot: QtBot) -> None:
    cake = (Line(1003, 1, "Cake"),)
    early, late = (int(NOON.timestamp()) // 60 + minutes for minutes in (60, 150))
    shop.feed([order(FIRST), order(FIRST + 1, lines=cake, opens=early), order(FIRST + 2, lines=cake, opens=late)])
    qtbot.waitUntil(lambda: board.presenter.board.total == 3)
    rows = board.columns[Column.TO_PREPARE].model.rows
    assert (rows[0].is_due, rows[1].task and rows[1].task.number) == (True, FIRST + 1)
    qtbot.waitUntil(board.due.isVisible)
    assert board.due.text.text() == "Begin now: #0001 (60 min late)"
    board.due.seen.click()
    qtbot.waitUntil(lambda: not board.due.isVisible())
    # The clock brings the next one up; the one that was seen stays on top.
    shop.forward(timedelta(minutes=31))
    board.presenter.move_clock()
    rows = board.columns[Column.TO_PREPARE].model.rows
    assert [row.task.number for row in rows if row.task] == [FIRST + 1, FIRST + 2, FIRST]
    board.due.read()
    qtbot.waitUntil(board.due.isVisible)
    board.due.begin.click()
    qtbot.waitUntil(lambda: column_of(board, FIRST + 2) is Column.PREPARING)
    qtbot.waitUntil(lambda: not board.due.isVisible())
    assert shop.till.status(FIRST + 1) == "assigned"


def test_a_burst_of_new_orders_rings_once(
    shop: Shop, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings: list[int] = []
    monkeypatch.setattr(shop.parts.sounds, "ring", lambda: rings.append(1))
    told: list[Changes] = []
    shop.parts.tasks.changed.connect(told.append)
    for number in range(3):
        shop.feed([order(FIRST + number)])
        qtbot.waitUntil(lambda number=number: len(told) > number)  # type: ignore[misc]
    assert rings == [1]
    shop.parts.preferences.set(new_task_sound=False)
    new = window.findChild(NewTasks)
    assert new
    new._quiet.stop()
    shop.feed([order(FIRST + 9)])
    qtbot.waitUntil(new._quiet.isActive)
    assert rings == [1]
