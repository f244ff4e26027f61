"""The sale page's states for the gallery, in the order of a day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.changes import Changes
from app.domain.till import SaleLine, Tender, TenderKind
from app.usecases.sell import SaleRequest, sell
from app.usecases.shift import close_shift, current_shift, open_shift
from app.usecases.work import Work
from ui.parts import Parts
from ui.scene import Run, Scene, Until
from ui.till.page import SalePage
from ui.window import Window

CROISSANT, SOUP, PORK = 1001, 1005, 1002


class _Day:
    def __init__(self, window: Window, parts: Parts, run: Run, until: Until) -> None:
        self._window, self._parts, self._run, self._until = window, parts, run, until
        self._sales = 0

    @property
    def page(self) -> SalePage:
        page = self._window.page("sale")
        assert isinstance(page, SalePage)  # noqa: S101 - for the type checker
        return page

    def closed(self) -> None:
        self._window.go("sale")
        self._parts.basket.clear()
        self._run(_end_shift)
        self._until(lambda: not self.page.is_open)

    def empty(self) -> None:
        self._run(partial(open_shift, float_fen=20_000, by=self._parts.clerk))
        self._until(lambda: self.page.is_open)
        self.page.show_selling()

    def basket(self) -> None:
        for number, many in ((CROISSANT, 4), (SOUP, 2), (PORK, 1)):
            self._parts.basket.add(number, many)
        self._parts.basket.reprice(PORK, 3_980, "陈店长", "临期")

    def price(self) -> None:
        panel = self.page.basket_panel
        panel.rows[-1].price.click()
        panel.line_panel.go.click()

    def pieces(self) -> None:
        panel = self.page.basket_panel
        panel.line_panel.close_panel()
        panel.rows[0].count.click()

    def cash(self) -> None:
        self.page.basket_panel.line_panel.close_panel()
        self.page.basket_panel.pay.click()
        self.page.tender.amount.setText("200")

    def phone(self) -> None:
        tender = self.page.tender
        tender.amount.setText("50")
        tender.go.click()
        tender.kinds[TenderKind.WECHAT].click()
        tender.go.click()

    def sold(self) -> None:
        self.page.tender.reference.setText("4200001234202611261")
        self.page.tender.kinds[TenderKind.CASH].click()
        self.page.tender.amount.setText("100")
        self.page.tender.go.click()
        self._until(lambda: self.page.right is self.page.done)

    def receipts(self) -> None:
        self._sales += 1
        lines = (SaleLine(CROISSANT, 3, 1_200, "海盐黄油可颂"), SaleLine(SOUP, 1, 2_200, "现熬南瓜浓汤"))
        tenders = (Tender(TenderKind.WECHAT, 5_800, "4200002345"),)
        self._run(partial(sell, request=SaleRequest(f"shown-{self._sales}", lines, tenders, self._parts.clerk)))
        self.page.done.go.click()
        self.page.products.receipts.click()
        self._until(self.page.refund.isVisible)

    def refund(self) -> None:
        panel = self.page.refund
        panel.recent[0].click()
        self._until(lambda: panel.sale is not None)
        panel.lines[0].click()
        panel.go.click()

    def shift(self) -> None:
        self.page.refund.manager.close_panel()
        self.page.show_selling()
        self.page.products.shift.click()

    def difference(self) -> None:
        self.page.shift.count.setText("123.40")
        self.page.shift.close_shift.click()
        self._until(self.page.shift.manager.isVisible)

    def report(self) -> None:
        self.page.shift.manager.close_panel()
        self._run(_end_shift)
        self._until(lambda: bool(self.page.shift.past.buttons) and not self.page.is_open)
        self.page.opening.past.buttons[0].click()
        self._until(lambda: self.page.reads_report)

    def leave(self) -> None:
        self.page.report.close_panel()
        self._run(partial(open_shift, float_fen=20_000, by=self._parts.clerk))
        self._until(lambda: self.page.is_open)


def _end_shift(work: Work) -> Changes:
    if current_shift(work) is None:
        return Changes()
    return close_shift(work, 0, by="李娜", language="zh_CN", manager="陈店长", reason="交接").changes


def scenes(window: Window, parts: Parts, run: Run, until: Until) -> Iterator[Scene]:
    """Yield the pictures of the sale page."""
    day = _Day(window, parts, run, until)
    yield Scene("sale-closed", day.closed)
    yield Scene("sale-empty", day.empty)
    yield Scene("sale-basket", day.basket)
    yield Scene("sale-price", day.price)
    yield Scene("sale-pieces", day.pieces)
    yield Scene("sale-cash", day.cash)
    yield Scene("sale-phone", day.phone)
    yield Scene("sale-sold", day.sold)
    yield Scene("sale-receipts", day.receipts)
    yield Scene("sale-refund", day.refund)
    yield Scene("sale-shift", day.shift)
    yield Scene("sale-difference", day.difference)
    yield Scene("sale-report", day.report)
    yield Scene("sale-again", day.leave)
