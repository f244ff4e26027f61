"""Who is here and who collects, on the real window: the counter's list, its card, and the board."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.order import Status
from app.usecases.board import Task, tasks
from app.usecases.prepare import mark_prepared
from tests.core.till import NOON, order
from tests.ui.shop import Shop
from ui.board.card import spoken, strips
from ui.counter.page import CounterPage
from ui.counter.presenter import Phase, Presenter

MINUTE = timedelta(minutes=1)


def said(row: QPushButton) -> str:
    return " | ".join(label.text() for label in row.findChildren(QLabel))


def rows(page: CounterPage) -> list[str]:
    """Return what the first list says, row by row."""
    items = [page.side.next._rows.itemAt(place) for place in range(page.side.next._rows.count())]
    found = [item.widget() for item in items if item]
    return [said(each) for each in found if isinstance(each, QPushButton)]


def test_who_is_here_stands_on_top_with_shelf_and_time(shop: Shop, page: CounterPage, qtbot: QtBot) -> None:
    early = order(5, opens=int(NOON.timestamp()) // 60 - 300)
    came = order(6, version=2, status=Status.PREPARED, customer="张*")
    shop.feed([early, came])
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    assert page.side.next.title.text() == "Expected next"
    shop.feed([order(6, version=3, status=Status.PREPARED, customer="张*", arrived_at=NOON - 4 * MINUTE)])
    qtbot.waitUntil(lambda: rows(page)[0].startswith("#0006"))
    assert rows(page)[0] == "#0006 | 张* | Arrived 11:56 | ready"
    assert page.side.next.title.text() == "Arrived, and expected next"
    assert [row[:5] for row in rows(page)] == ["#0006", "#0005"]


def test_who_is_here_is_fetched_from_the_shelf_that_the_row_names(shop: Shop, page: CounterPage, qtbot: QtBot) -> None:
    shop.feed([order(6, arrived_at=NOON)])
    shop.till(mark_prepared, [6], by="Li", shelf="A-12")
    qtbot.waitUntil(lambda: [row[-4:] for row in rows(page)] == ["A-12"])


def test_a_tap_on_who_is_here_asks_for_the_order(
    shop: Shop, page: CounterPage, presenter: Presenter, qtbot: QtBot
) -> None:
    shop.feed([order(6, status=Status.PREPARED, arrived_at=NOON)])
    qtbot.waitUntil(lambda: bool(rows(page)))
    next(each for each in page.side.next.findChildren(QPushButton) if each.isVisible()).click()
    qtbot.waitUntil(lambda: presenter.phase is Phase.SHOWN)
    assert page.card.view is not None
    assert page.card.view.label == "#0006"


def test_the_list_of_who_is_here_speaks_chinese(shop: Shop, page: CounterPage, qtbot: QtBot) -> None:
    shop.feed([order(6, status=Status.PREPARED, arrived_at=NOON)])
    shop.parts.preferences.set(language="zh_CN")
    qtbot.waitUntil(lambda: "到店 12:00" in "".join(rows(page)))


COLLECTORS = [
    ("en", "同事", "Collector: 李* (同事)"),
    ("zh_CN", "同事", "代领：李* (同事)"),
    ("zh_CN", "", "代领：李*"),
]


@pytest.mark.parametrize(("language", "relation", "sentence"), COLLECTORS)
def test_the_card_says_who_comes_in_the_customers_place(
    shop: Shop, page: CounterPage, qtbot: QtBot, language: str, relation: str, sentence: str
) -> None:
    made = order(status=Status.PREPARED, collector="李*", collector_relation=relation)
    shop.feed([made])
    shop.parts.preferences.set(language=language)
    shop.parts.scan.text.emit(shop.till.code(made), "scanner")
    qtbot.waitUntil(lambda: any(label.text() == sentence for label in page.card.findChildren(QLabel)))


def test_a_collector_who_knows_only_the_phone_number_is_recognised(shop: Shop, page: CounterPage, qtbot: QtBot) -> None:
    shop.feed([order(status=Status.PREPARED, collector="李*", collector_relation="同事")])
    shop.parts.scan.text.emit("5600", "typed")
    qtbot.waitUntil(lambda: any("Collector: 李*" in label.text() for label in page.card.findChildren(QLabel)))


def test_the_card_of_an_order_that_nobody_else_collects_says_nothing(
    shop: Shop, page: CounterPage, presenter: Presenter, qtbot: QtBot
) -> None:
    made = order(status=Status.PREPARED)
    shop.feed([made])
    shop.parts.scan.text.emit(shop.till.code(made), "scanner")
    qtbot.waitUntil(lambda: presenter.phase is Phase.SHOWN)
    assert page.card.view is not None
    assert page.card.view.collector == ""


def test_an_order_that_lacks_something_is_not_given_by_enter(
    shop: Shop, page: CounterPage, presenter: Presenter, qtbot: QtBot
) -> None:
    made = order(status=Status.SHORTAGE)
    shop.feed([made])
    shop.parts.scan.text.emit(shop.till.code(made), "scanner")
    qtbot.waitUntil(lambda: presenter.phase is Phase.SHOWN)
    assert page.card.view is not None
    assert page.card.view.word == "Incomplete"
    page.entered.emit()
    assert presenter.phase is Phase.IDLE
    assert shop.till.status(made.number) == "shortage"


def task(shop: Shop) -> Task:
    return shop.till(tasks)[0]


def test_a_board_card_tells_that_somebody_is_here(shop: Shop) -> None:
    shop.feed([order(6, arrived_at=NOON)])
    assert spoken(task(shop)).endswith(", here")


def test_a_board_card_that_lacks_something_says_so_in_full(shop: Shop) -> None:
    shop.feed([order(6, status=Status.SHORTAGE)])
    foot = strips(task(shop), NOON, shop.parts.times)[-1]
    assert (foot.text, foot.tone) == ("something is missing", "wait")
