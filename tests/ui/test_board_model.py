"""The board's models under every kind of change, held against a board that is filled anew."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.order import Line, Status
from app.domain.window import Window
from app.usecases.board import Task, tasks
from tests.core.till import NOON, TestClock
from tests.ui.shop import Shop, day
from ui.board.card import countdown, strip_count, strips
from ui.board.columns import HEAD, Column
from ui.board.model import ROW, Board
from ui.board.view import ColumnView
from ui.i18n import Language
from ui.words import Times

WARN = QAbstractItemModelTester.FailureReportingMode.Warning
HOUR = timedelta(hours=1)
TIMES = Times(TestClock(), UTC)


def a_task(number: int = 1, **changes: Any) -> Task:
    made = Task(
        number=number,
        label=f"#{number:04d}",
        status=Status.ASSIGNED,
        overdue=False,
        window=Window(NOON, NOON + 2 * HOUR),
        customer="Zh**",
        phone="",
        lines=(Line(1, 2, "Soup", "warm"),),
        zones=frozenset({"warm"}),
        made_to_order=False,
        start_by=None,
        shelf="",
        note="",
    )
    return replace(made, **changes)


def any_task(dice: random.Random) -> Task:
    opens = NOON + dice.randint(-3, 3) * HOUR
    return a_task(
        dice.randint(1, 60),
        status=dice.choice(
            [Status.ASSIGNED, Status.PREPARING, Status.PREPARED, Status.AWAITING_PICKUP, Status.COMPLETED]
        ),
        window=Window(opens, opens + dice.choice([1, 2]) * HOUR),
        lines=tuple(Line(each, 1, f"P{each}") for each in range(dice.randint(1, 4))),
        zones=frozenset({dice.choice(["warm", "frozen"])}),
    )


def what_stands(board: Board) -> dict[Column, list[tuple[int, ...]]]:
    return {column: [row.key for row in model.rows] for column, model in board.columns.items()}


def one_change(board: Board, dice: random.Random, known: dict[int, Task], now: datetime) -> None:
    kind = dice.choice(["put", "put", "put", "remove", "filter", "clock"])
    if kind == "put":
        some = [any_task(dice) for _ in range(dice.randint(1, 25))]
        known.update({task.number: task for task in some})
        board.put(some, now)
    elif kind == "remove":
        gone = dice.sample(range(1, 61), 10)
        for number in gone:
            known.pop(number, None)
        board.remove(gone)
    elif kind == "filter":
        board.filter(text=dice.choice(["", "p2"]), zone=dice.choice(["", "warm"]))
    else:
        board.put(board.due(now), now)
        board.move_clock()


@pytest.mark.parametrize("seed", range(4))
def test_any_run_of_changes_ends_like_a_board_filled_anew(qapp: QApplication, seed: int) -> None:
    dice, board, known, now = random.Random(seed), Board(), dict[int, Task](), NOON
    testers = [QAbstractItemModelTester(model, WARN) for model in board.columns.values()]
    views = [ColumnView(model, TIMES) for model in board.columns.values()]
    for _ in range(40):
        now += timedelta(minutes=dice.randint(0, 10))
        one_change(board, dice, known, now)
    board.put(board.due(now), now)
    fresh = Board()
    fresh.put(known.values(), now)
    fresh.filter(text=board._text, zone=board._zone)
    assert what_stands(board) == what_stands(fresh)
    assert len(testers) == len(views) == 5


def test_models_answer_every_question_of_the_tester(qapp: QApplication, qtmodeltester: ModelTester, shop: Shop) -> None:
    shop.feed(day(40))
    board = Board()
    board.put(shop.till(tasks), NOON)
    for model in board.columns.values():
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types here


def test_each_window_has_one_header_before_its_cards(qapp: QApplication) -> None:
    board = Board()
    later = Window(NOON + HOUR, NOON + 2 * HOUR)
    board.put([a_task(3), a_task(1), a_task(2, window=later)], NOON)
    rows = board.columns[Column.TO_PREPARE].rows
    assert [row.key[2] for row in rows] == [HEAD, 1, 3, HEAD, 2]


def test_the_last_card_takes_its_header_along(qapp: QApplication) -> None:
    board = Board()
    board.put([a_task(1), a_task(2)], NOON)
    board.remove([1])
    assert board.columns[Column.TO_PREPARE].group_size(0) == 1
    board.remove([2])
    assert board.columns[Column.TO_PREPARE].rowCount() == 0


def test_a_task_that_did_not_change_says_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    board = Board()
    board.put([a_task(1)], NOON)
    model = board.columns[Column.TO_PREPARE]
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.rowsInserted):
        board.put([a_task(1)], NOON)


def test_the_clock_opens_the_window_and_closes_it(qapp: QApplication) -> None:
    board, opens = Board(), NOON + HOUR
    board.put([a_task(1, status=Status.PREPARED, window=Window(opens, opens + HOUR))], NOON)
    stands = []
    for now in (NOON, opens, opens + HOUR):
        board.put(board.due(now), now)
        stands += [column for column, model in board.columns.items() if model.cards]
    assert stands == [Column.READY, Column.WAITING, Column.OVERDUE]


def test_an_order_that_is_done_leaves_the_board(qapp: QApplication) -> None:
    board = Board()
    board.put([a_task(1)], NOON)
    board.put([a_task(1, status=Status.COMPLETED)], NOON)
    assert board.total == 0


def test_a_filter_hides_and_counts(qapp: QApplication) -> None:
    board = Board()
    board.put([a_task(1), a_task(2, note="No peanuts")], NOON)
    board.filter(text="PEANUT")
    assert (board.shown, board.total, board.is_filtered) == (1, 2, True)
    board.put([a_task(3)], NOON)
    assert board.shown == 1


def test_a_header_cannot_be_chosen(qapp: QApplication) -> None:
    board = Board()
    board.put([a_task(1)], NOON)
    model = board.columns[Column.TO_PREPARE]
    assert not model.flags(model.index(0))
    assert model.index(1).data(ROW).task.number == 1


@pytest.mark.parametrize("seed", range(30))
def test_a_card_has_as_many_strips_as_it_is_high(qapp: QApplication, seed: int) -> None:
    task = any_task(random.Random(seed))
    task = replace(task, note="x" * (seed % 2), made_to_order=bool(seed % 3), start_by=NOON)
    assert len(strips(task, NOON, TIMES)) == strip_count(task)


def test_what_does_not_fit_on_a_card_is_counted(qapp: QApplication) -> None:
    task = a_task(1, lines=tuple(Line(each, 1, f"P{each}") for each in range(5)))
    assert [strip.right for strip in strips(task, NOON, TIMES)[:2]] == ["", "+3"]


@pytest.mark.parametrize(("hours", "said"), [(-1, "opens in 60 min"), (1, "closes in 60 min"), (3, "60 min late")])
def test_the_countdown_follows_the_window(qapp: QApplication, english: Language, hours: int, said: str) -> None:
    assert countdown(a_task(1), NOON + hours * HOUR) == said


def test_made_to_order_goods_call_when_they_must_be_begun(qapp: QApplication, english: Language) -> None:
    task = a_task(1, made_to_order=True, start_by=NOON)
    early, due = (strips(task, now, TIMES)[1] for now in (NOON - HOUR, NOON))
    assert (early.tone, due.tone, due.text) == ("wait", "no", "begin now")
