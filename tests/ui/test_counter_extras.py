"""At the counter between the two commits: the right bag, not all of it, all orders of one customer, and a bit more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.label import ParcelLabel
from app.domain.order import Status
from app.domain.records import OrderRecord, PairRecord
from tests.core.till import NOON, order
from tests.ui.shop import Shop
from ui.counter.model import Act
from ui.counter.page import CounterPage
from ui.counter.presenter import Phase, Presenter
from ui.window import Window

FIRST = 4_503_599_627_374_821
BEER = 1005


class Clerk:
    """Someone at the counter who scans and taps."""

    def __init__(self, shop: Shop, window: Window, qtbot: QtBot) -> None:
        self.shop, self.window, self.qtbot = shop, window, qtbot
        page = window.page("counter")
        assert isinstance(page, CounterPage)
        self.page = page
        presenter = page.findChild(Presenter)
        assert presenter
        self.presenter = presenter

    def scan(self, text: str) -> None:
        self.shop.parts.scan.hear_wedge(text)

    def reach(self, phase: Phase) -> None:
        self.wait(lambda: self.presenter.phase is phase)

    def wait(self, arrived: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(arrived)

    def begin(self, made: OrderRecord) -> None:
        self.scan(self.shop.till.code(made))
        self.reach(Phase.SHOWN)
        QTest.keyClick(self.page, Qt.Key.Key_Return)
        self.reach(Phase.GRANTED)

    def act(self, act: Act) -> None:
        self.page.card.acted.emit(act)


@pytest.fixture
def clerk(shop: Shop, window: Window, qtbot: QtBot) -> Clerk:
    return Clerk(shop, window, qtbot)


def ready(number: int = FIRST, key: str = "") -> OrderRecord:
    return order(number, status=Status.PREPARED, prepared_at=NOON, customer_key=key)


def test_only_the_right_parcels_confirm(clerk: Clerk) -> None:
    made = ready()
    clerk.shop.feed([made])
    clerk.scan(ParcelLabel(made.number, 1, 2).text)
    clerk.reach(Phase.SHOWN)
    view = clerk.page.card.view
    assert view
    assert "label" in view.word
    assert view.label == "#4821"
    clerk.begin(made)
    clerk.scan(ParcelLabel(made.number + 1, 1, 1).text)
    assert "Wrong parcel: this is #4822, the customer gets #4821" in clerk.window.banner.text
    clerk.scan(ParcelLabel(made.number, 2, 2).text)
    clerk.scan(ParcelLabel(made.number, 2, 2).text)
    assert "1 parcel of this order still to come" in clerk.window.banner.text
    assert clerk.presenter.phase is Phase.GRANTED
    clerk.scan(ParcelLabel(made.number, 1, 2).text)
    clerk.reach(Phase.DONE)


def test_a_broken_piece_stays_here_and_somebody_else_came(clerk: Clerk) -> None:
    made = ready()
    clerk.shop.feed([made])
    clerk.begin(made)
    clerk.act(Act.DETAILS)
    panel = clerk.page.card.details
    for line in panel.lines:
        line.click()
    panel.go.click()
    assert panel._trouble.isVisible()
    panel.lines[0].click()
    panel.lines[1].click()
    panel.reasons["broken"].click()
    panel.collector.setText("王芳, wife")
    QTest.keyClick(panel.collector, Qt.Key.Key_Return)
    clerk.reach(Phase.DONE)
    assert clerk.shop.till.sql("SELECT short, collector FROM redemptions") == [('[[1001, 1, "broken"]]', "王芳, wife")]
    assert panel.isHidden()


def test_all_orders_of_one_customer_go_out_with_one_tap(clerk: Clerk) -> None:
    orders = [ready(FIRST + n, "zhang") for n in range(3)]
    waits = order(FIRST + 9, customer_key="zhang")
    clerk.shop.feed([*orders, waits])
    clerk.scan(clerk.shop.till.code(orders[0]))
    clerk.wait(lambda: bool(clerk.page.card.view and len(clerk.page.card.view.also) == 3))
    assert any("Give all 3" in button.text() for button in clerk.page.card.findChildren(QPushButton))
    clerk.act(Act.TOGETHER)
    clerk.reach(Phase.GRANTED)
    view = clerk.page.card.view
    assert view
    assert (view.word, len(view.lines)) == ("Give all 3", 6)
    QTest.keyClick(clerk.page, Qt.Key.Key_Return)
    clerk.reach(Phase.DONE)
    assert [clerk.shop.till.status(each.number) for each in (*orders, waits)] == [*["completed"] * 3, "assigned"]
    assert len(clerk.shop.till.sql("SELECT 1 FROM events WHERE kind = 'handed_over'")) == 3

    # Begun and called off: none of them went out.
    more = [ready(FIRST + 20 + n, "li") for n in range(2)]
    clerk.shop.feed(more)
    clerk.scan(clerk.shop.till.code(more[0]))
    clerk.wait(lambda: bool(clerk.page.card.view and clerk.page.card.view.also))
    clerk.act(Act.TOGETHER)
    clerk.reach(Phase.GRANTED)
    clerk.act(Act.RELEASE)
    clerk.reach(Phase.IDLE)
    assert clerk.shop.till.sql("SELECT state, count(*) FROM claims GROUP BY 1") == [("handed_over", 3), ("released", 2)]


def test_what_goes_well_is_taken_along_and_paid_next(clerk: Clerk) -> None:
    made = ready()
    clerk.shop.feed([made, PairRecord(1001, (BEER,), ())])
    clerk.begin(made)
    clerk.wait(lambda: bool(clerk.page.card.view and clerk.page.card.view.offers))
    clerk.page.card.offer_taken.emit(BEER)
    basket = clerk.shop.parts.basket
    assert basket.addon
    assert (basket.addon.label, basket.quantities) == ("#4821", {BEER: 1})
    QTest.keyClick(clerk.page, Qt.Key.Key_Return)
    clerk.wait(lambda: clerk.window.current == "sale")
    assert clerk.shop.till.status(made.number) == Status.COMPLETED
    assert basket.quantities == {BEER: 1}
