"""The bridge to the storage thread: in order, in the Qt thread, and no error vanishes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.errors import DiskFull, ZitiError
from app.usecases.work import Submit, Work
from tests.conftest import ExpectLog
from ui.tasks import Tasks

NO_WORK: Any = object()


def _same(number: int, _work: Work) -> int:
    return number


def _ready(future: Future[Any]) -> Submit:
    def submit(_usecase: Callable[[Work], Any]) -> Future[Any]:
        return future

    return submit


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture
def tasks(qapp: QApplication, pool: ThreadPoolExecutor) -> Tasks:
    return Tasks(lambda usecase: pool.submit(usecase, NO_WORK))


def test_answers_come_in_order_and_in_the_qt_thread(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[tuple[int, bool]] = []
    for number in range(50):
        tasks.ask(partial(_same, number), then=lambda n: told.append((n, QThread.currentThread().isMainThread())))
    qtbot.waitUntil(lambda: len(told) == 50)
    assert told == [(number, True) for number in range(50)]


def test_a_ready_answer_still_lets_the_caller_finish_first(qapp: QApplication, qtbot: QtBot) -> None:
    done: Future[int] = Future()
    done.set_result(7)
    told: list[int] = []
    Tasks(_ready(done)).ask(lambda _work: 7, then=told.append)
    assert told == []


def test_commits_of_one_moment_are_told_together(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[Changes] = []
    tasks.changed.connect(told.append)
    commits = [Changes(orders=frozenset({number})) for number in range(20)]
    thread = threading.Thread(target=lambda: deque(map(tasks.hear, commits)))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [Changes(orders=frozenset(range(20)))]


def test_a_commit_that_changed_nothing_is_not_told(tasks: Tasks, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tasks.changed, wait=20):
        tasks.hear(Changes())


def test_an_error_becomes_a_sentence(tasks: Tasks, qtbot: QtBot) -> None:
    def fail(_work: Any) -> None:
        raise DiskFull("ENOSPC in /var/lib")

    with qtbot.waitSignal(tasks.problem) as said:
        tasks.ask(fail)
    assert said.args == ["The disk is full. Make room, then try again; nothing was lost."]


def test_who_asked_may_take_the_error(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[ZitiError] = []

    def fail(_work: Any) -> None:
        raise DiskFull("no room")

    tasks.ask(fail, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], DiskFull)


def test_a_mistake_of_ours_is_logged_and_said_without_its_text(
    tasks: Tasks, qtbot: QtBot, expect_log: ExpectLog
) -> None:
    expect_log("nobody foresaw")

    def fail(_work: Any) -> None:
        raise KeyError("secret detail")

    with qtbot.waitSignal(tasks.problem) as said:
        tasks.ask(fail)
    assert "Something went wrong" in said.args[0]
    assert "secret" not in said.args[0]


def test_a_cancelled_wish_is_silent(qapp: QApplication, qtbot: QtBot) -> None:
    future: Future[None] = Future()
    tasks = Tasks(_ready(future))
    with qtbot.assertNotEmitted(tasks.problem, wait=20):
        tasks.ask(lambda _work: None)
        future.cancel()


class Page(QObject):
    """Something that asks and is closed before it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    def hear(self, _more: str, number: int) -> None:
        self.heard.append(number)


def test_a_page_that_was_closed_hears_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    page, told = Page(), list[int]()
    tasks.ask(partial(_same, 1), then=partial(page.hear, "more"))
    tasks.ask(partial(_same, 2), then=told.append)
    shiboken6.delete(page)
    qtbot.waitUntil(lambda: bool(told))
    assert page.heard == []
