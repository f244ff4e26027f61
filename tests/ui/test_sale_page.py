"""The sale and the stock in a real window: what a clerk taps, scans and types becomes money and pieces in the file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain import receipt_code
from app.domain.records import ProductRecord, StockRecord
from app.domain.till import TenderKind
from app.domain.verdict import Role
from app.usecases.sell import find_sale
from app.usecases.sign_in import Member
from app.usecases.stock import stock
from tests.core.till import PIN
from tests.ui.shop import Shop
from ui.basket import AddOn
from ui.stock.model import Column
from ui.stock.page import StockPage
from ui.till.page import SalePage
from ui.till.tender_panel import quick_amounts
from ui.window import Window

BEER, BUN = 1005, 1006
BARCODE = "6901234000092"
PAYMENT = "134567890123456789"


@pytest.fixture
def page(shop: Shop, window: Window, qtbot: QtBot) -> SalePage:
    """Return the sale page of a closed till, on screen."""
    shop.till.feed(ProductRecord(BEER, "S1005", "精酿啤酒 330 ml", "chilled", 0, 1800, True, BARCODE))
    window.go("sale")
    page = window.page("sale")
    assert isinstance(page, SalePage)
    qtbot.waitUntil(lambda: page.products.model.total == 10)
    qtbot.waitUntil(lambda: not page.is_open)
    return page


def open_till(page: SalePage, qtbot: QtBot) -> None:
    page.opening.amount.setText("200")
    QTest.keyClick(page.opening.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.is_open)


def test_a_closed_till_is_opened_by_the_keyboard_alone(
    shop: Shop, window: Window, page: SalePage, qtbot: QtBot
) -> None:
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.opening.trouble.label.isVisible()
    page.setFocus()
    QTest.keyClicks(page, "2")
    assert page.opening.amount.hasFocus()
    QTest.keyClicks(page.opening.amount, "00")
    QTest.keyClick(page.opening.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.is_open)
    assert shop.till.sql("SELECT float_fen FROM shifts") == [(20_000,)]


def give_pin(page: SalePage, pin: str) -> None:
    for panel in (page.basket_panel.line_panel.manager, page.refund.manager, page.shift.manager):
        if panel.isVisible():
            panel.reason.setText("because")
            panel.pin.setText(pin)
            QTest.keyClick(panel.pin, Qt.Key.Key_Return)


def test_from_the_float_to_the_report(shop: Shop, window: Window, page: SalePage, qtbot: QtBot) -> None:
    fill_basket(shop, window, page, qtbot)
    pay_in_two_parts(shop, page, qtbot)
    take_a_bottle_back(shop, page, qtbot)
    close_the_till(shop, window, page, qtbot)


def fill_basket(shop: Shop, window: Window, page: SalePage, qtbot: QtBot) -> None:
    page.opening.amount.setText("two hundred")
    page.opening.go.click()
    assert page.opening.trouble.label.isVisible()
    open_till(page, qtbot)

    # A barcode goes into the basket and leaves the page where it is; a customer's code brings the counter.
    for text in (BARCODE, BARCODE):
        shop.parts.scan.hear_wedge(text)
    page.products.filter.text.setText("馒头")
    QTest.keyClick(page.products.filter.text, Qt.Key.Key_Return)
    assert (shop.parts.basket.quantities, window.current) == ({BEER: 2, BUN: 1}, "sale")
    qtbot.waitUntil(lambda: len(page.basket_panel.rows) == 2)

    change_lines(shop, page, qtbot)

    # A barcode of nobody's product stays here too and is said.
    shop.parts.scan.hear_wedge("96385074")
    qtbot.waitUntil(lambda: "96385074" in window.banner.text)
    assert window.current == "sale"


def change_lines(shop: Shop, page: SalePage, qtbot: QtBot) -> None:
    # Another price: a wrong PIN changes nothing.
    asked = page.basket_panel.line_panel
    page.basket_panel.rows[0].price.click()
    asked.field.setText("15")
    asked.go.click()
    give_pin(page, "000000")
    qtbot.waitUntil(asked.manager._trouble.isVisible)
    assert page.basket_panel.lines[0].price_fen == 1800
    give_pin(page, PIN)
    qtbot.waitUntil(lambda: page.basket_panel.lines[0].price_fen == 1500)
    assert (shop.parts.basket.manager, shop.parts.basket.reason) == ("王店长", "because")

    # A tap on a tile leaves the keyboard where it is: Enter pays then, and does not add one more.
    tiles = page.products.view
    qtbot.waitUntil(lambda: tiles.model().rowCount() == 10)
    QTest.mouseClick(
        tiles.viewport(), Qt.MouseButton.LeftButton, pos=tiles.visualRect(tiles.model().index(0, 0)).center()
    )
    number = list(shop.parts.basket.quantities)[-1]
    assert (number in (BEER, BUN), tiles.hasFocus()) == (False, False)
    shop.parts.basket.put(number, 0)
    # By the keyboard alone: the button that was pressed keeps it.
    page.basket_panel.rows[1].more.setFocus()
    QTest.keyClick(page.basket_panel.rows[1].more, Qt.Key.Key_Space)
    assert (shop.parts.basket.quantities[BUN], page.basket_panel.rows[1].held) == (2, "more")

    # Another number, on the screen's own keys.
    page.basket_panel.rows[1].count.click()
    for sign in "12":
        asked.pad.keys[sign].click()
    asked.pad.back.click()
    asked.go.click()
    assert shop.parts.basket.quantities == {BEER: 2, BUN: 1}


def pay_in_two_parts(shop: Shop, page: SalePage, qtbot: QtBot) -> None:
    # A part by phone, the rest in cash with change.
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Return)
    page.tender.kinds[TenderKind.ALIPAY].click()
    page.tender.amount.setText("10")
    page.tender.go.click()
    assert page.tender.trouble.label.isVisible()
    # The payment code on the customer's phone is scanned: it is WeChat's, and the page stays.
    shop.parts.scan.hear_wedge(PAYMENT)
    assert (page.tender.reference.text(), page.tender.kinds[TenderKind.WECHAT].isChecked()) == (PAYMENT, True)
    page.tender.amount.setText("10")
    page.tender.go.click()
    # What was taken is not forgotten while the customer fetches something more, nor by emptying the basket.
    page.tender.back.click()
    page.basket_panel.clear.click()
    assert (page.right, shop.parts.basket.quantities) == (page.tender, {BEER: 2, BUN: 1})
    assert (page.tender.left, page.tender.trouble.label.isVisible()) == (3000, True)
    page.tender.taken_buttons[0].click()
    assert page.tender.left == 4000
    shop.parts.scan.hear_wedge(PAYMENT)
    page.tender.amount.setText("10")
    QTest.keyClick(page.tender.amount, Qt.Key.Key_Return)
    page.tender.kinds[TenderKind.CASH].click()
    page.tender.amount.setText("50")
    assert "¥20.00" in page.tender.change.text()
    QTest.keyClick(page.tender.amount, Qt.Key.Key_Return)
    # What is scanned while the sale is being written is the next customer's.
    shop.parts.basket.add(BUN)
    qtbot.waitUntil(lambda: page.right is page.done)
    sale = shop.till(find_sale, 1)
    assert (sale.total_fen, sale.change_fen) == (4000, 2000)
    assert [(each.kind, each.fen, each.reference) for each in sale.tenders] == [
        (TenderKind.WECHAT, 1000, PAYMENT),
        (TenderKind.CASH, 3000, ""),
    ]
    assert shop.parts.basket.quantities == {BUN: 1}
    page.done.go.click()
    page.basket_panel.clear.click()
    assert shop.parts.basket.quantities == {}


def take_a_bottle_back(shop: Shop, page: SalePage, qtbot: QtBot) -> None:
    page.products.receipts.click()
    qtbot.waitUntil(page.refund.isVisible)
    page.refund.number.setText("99")
    page.refund.look.click()
    qtbot.waitUntil(page.refund.trouble.label.isVisible)
    # The code on the receipt is scanned; another till's receipt with the same number is not taken for it.
    shop.parts.scan.hear_wedge(receipt_code.of_sale("another", 1).text)
    shop.parts.scan.hear_wedge(receipt_code.of_sale(shop.till(find_sale, 1).id, 1).text)
    qtbot.waitUntil(lambda: len(page.refund.lines) == 2)
    page.refund.lines[0].click()
    assert [each.fen for each in page.refund.tenders] == [1000, 2000]
    page.refund.lines[0].click()
    page.refund._ways[TenderKind.CASH].click()
    page.refund.go.click()
    give_pin(page, PIN)
    qtbot.waitUntil(lambda: bool(shop.till.sql("SELECT 1 FROM refunds")))
    assert shop.till.sql("SELECT amount_fen, manager FROM refunds") == [(1500, "王店长")]


def close_the_till(shop: Shop, window: Window, page: SalePage, qtbot: QtBot) -> None:
    # Counted blind: the difference is told afterwards, and a manager accepts it.
    page.products.shift.click()
    page.shift.cash.setText("100")
    page.shift.put_in.click()
    assert page.shift.cash_trouble.label.isVisible()
    page.shift.reason.setText("bank")
    for _ in range(2):
        page.shift.take_out.click()
    qtbot.waitUntil(lambda: page.shift.cash.text() == "")
    assert page.shift.waits.isVisible()
    page.shift.count.setText("114")
    page.shift.close_shift.click()
    qtbot.waitUntil(page.shift.manager.isVisible)
    assert "-¥1.00" in page.shift.manager.title.text()
    # Counting to fit does not close it any more: a manager does, who signed in and types no PIN.
    shop.parts.preferences.set(sign_in=True)
    shop.parts.session.enter(Member("s1", "王店长", Role.MANAGER, True))
    window.go("sale")
    page.shift.count.setText("115")
    page.shift.close_shift.click()
    qtbot.waitUntil(lambda: "matches now" in page.shift.manager.title.text())
    assert not page.shift.manager.pin.isVisible()
    page.shift.manager.reason.setText("typed wrong")
    QTest.keyClick(page.shift.manager.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.reads_report)
    assert shop.till.sql("SELECT counted_fen, expected_fen, accepted_by FROM shifts") == [(11500, 11500, "王店长")]
    assert shop.till.sql("SELECT count(*) FROM cash_moves") == [(1,)]
    qtbot.waitUntil(lambda: bool(page.opening.past.buttons))
    assert page.reads_report
    page.report.again.click()
    page.report.back.click()
    assert (page.opening.isVisible(), page.is_open) == (True, False)
    # A closed till still shows its reports and prints its receipts; it sells nothing and pays nothing back.
    page.opening.past.buttons[0].click()
    qtbot.waitUntil(lambda: page.reads_report)
    page.report.back.click()
    shop.parts.scan.hear_wedge(BARCODE)
    assert shop.parts.basket.quantities == {}
    page.opening.receipts.click()
    qtbot.waitUntil(page.refund.isVisible)
    page.refund.recent[0].click()
    qtbot.waitUntil(page.refund.reprint.isVisible)
    assert not page.refund.go.isVisible()
    page.refund.back.click()
    assert page.opening.isVisible()


def test_what_belongs_to_a_hand_over_says_so_and_can_be_parted(
    shop: Shop, window: Window, page: SalePage, qtbot: QtBot
) -> None:
    open_till(page, qtbot)
    shop.parts.basket.begin_addon(AddOn("attempt-1", "#4821"), (BEER,))
    assert "#4821" in page.basket_panel.addon.text()
    page.basket_panel.pay.click()
    page.tender.go.click()
    # No such hand-over was begun: the sale is refused in words, and nothing of it is lost.
    qtbot.waitUntil(page.tender.trouble.label.isVisible)
    assert shop.parts.basket.quantities == {BEER: 1}
    page.tender.back.click()
    page.basket_panel.addon.click()
    page.basket_panel.pay.click()
    page.tender.go.click()
    qtbot.waitUntil(lambda: page.right is page.done)
    assert shop.till(find_sale, 1).order == ""
    # What HQ takes off the catalogue leaves the basket, and that is said.
    shop.parts.basket.add(BUN)
    shop.till.feed(ProductRecord(BUN, "S1006", "老面馒头（10 个装）", "ambient", 0, 1000, False))
    qtbot.waitUntil(lambda: shop.parts.basket.quantities == {})
    assert "catalogue" in window.banner.text
    page.done.show_sale(shop.till(find_sale, 1))
    page.show_right(page.done)
    QTest.keyClick(page.done.go, Qt.Key.Key_Return)
    assert page.right is page.basket_panel


def test_the_likely_amounts_begin_with_the_exact_one() -> None:
    assert quick_amounts(13180) == (13180, 14000, 15000, 20000)
    assert quick_amounts(5000) == (5000, 6000, 10000)


def test_counting_by_hand_and_by_scanner(shop: Shop, page: SalePage, window: Window, qtbot: QtBot) -> None:
    assert page
    shop.till.feed(StockRecord(BEER, 8, 1, True), StockRecord(BUN, 3, 0, True))
    window.go("stock")
    shelf = window.page("stock")
    assert isinstance(shelf, StockPage)
    qtbot.waitUntil(lambda: shelf.model.rowCount() == 10)
    place = shelf.model.place_of(BEER)
    assert shelf.model.index(place, Column.AVAILABLE).data() == "7"
    shelf.table.setCurrentIndex(shelf.model.index(place, 0))
    shelf.offer.click()
    qtbot.waitUntil(lambda: shelf.model.index(shelf.model.place_of(BEER), Column.OFFERED).data() == "sold out")

    shelf.tonight.click()
    for _ in range(2):
        shop.parts.scan.hear_wedge(BARCODE)
    shelf.table.setCurrentIndex(shelf.model.index(shelf.model.place_of(BUN), 0))
    shelf.counting.figure.setText("")
    QTest.keyClicks(shelf.counting.figure, "x")
    assert shelf.counting.trouble.isVisible()
    shelf.counting.figure.clear()
    shelf.counting.pad.keys["0"].click()
    # News while somebody types takes neither the place nor the figures away.
    shop.till.feed(StockRecord(BEER, 7, 1, True))
    qtbot.waitUntil(lambda: shelf.model.index(shelf.model.place_of(BEER), Column.ON_HAND).data() == "7 ↑")
    assert (shelf.model.counts, shelf.counting.figure.text()) == ({BEER: 2, BUN: 0}, "0")
    shelf.counting.go.click()
    qtbot.waitUntil(lambda: not shelf.model.counting)
    rows = {row.product.number: row for row in shop.till(stock)}
    assert [(rows[n].on_hand, rows[n].listed) for n in (BEER, BUN)] == [(2, True), (0, False)]
    shelf.filter.text.setText("nothing is called so")
    qtbot.waitUntil(shelf.nothing.isVisible)
