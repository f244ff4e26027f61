"""Leads a sale from the first product to the change; the shift and the receipts have their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from app.changes import Changes
from app.domain import label, receipt_code
from app.domain.barcode import is_barcode
from app.domain.records import ProductRecord
from app.domain.till import SaleLine, Tender, total
from app.domain.verdict import Tone
from app.errors import NeedsManager, NoShift, ZitiError
from app.ids import id_maker
from app.usecases.sell import SaleRequest, Sold, sell
from app.usecases.stock import StockRow, stock
from ui import authorising, words
from ui.parts import Parts
from ui.product_filter import by_barcode
from ui.till.returns import Returns
from ui.till.shift_keeper import ShiftKeeper

if TYPE_CHECKING:
    from ui.till.page import SalePage

# HQ's answers come in runs: one reading anew is enough for all of them.
RELOAD_MS = 300


class Presenter(QObject):
    """Asks the use-cases and shows what they answer."""

    def __init__(self, page: SalePage, parts: Parts) -> None:
        super().__init__(page)
        self._page, self._parts = page, parts
        self._new_id = id_maker(parts.times.clock)
        self._rows: tuple[StockRow, ...] = ()
        self._products: dict[int, ProductRecord] = {}
        self._awake, self._stale = False, True
        self._soon = QTimer(self, singleShot=True, interval=RELOAD_MS)
        self._soon.timeout.connect(self._read)
        self.shift = ShiftKeeper(page, parts)
        self.returns = Returns(page, parts)
        self._connect()

    @property
    def is_open(self) -> bool:
        """Whether a shift is open."""
        return self.shift.is_open

    def wake(self) -> None:
        """Begin to keep the products up to date: they are on screen."""
        self._awake = True
        if self._stale:
            self._read()

    def sleep(self) -> None:
        """Leave the storage to the others while nobody looks."""
        self._awake = False

    def retranslate(self) -> None:
        """Say what only the presenters know in the language in force."""
        self.shift.retranslate()

    def take_scan(self, text: str) -> bool:
        """Take what was scanned on this page: a product, a payment's number, a receipt; the counter has the rest."""
        row = by_barcode(self._rows, text)
        if row or is_barcode(text):
            self._take_product(row, text)
        elif label.read(text):
            return False
        elif self._page.right is self._page.tender and self._page.tender.isVisible():
            return self._page.tender.take_scan(text)
        elif code := receipt_code.read(text):
            self.returns.open_receipt(code)
        else:
            return False
        return True

    def _take_product(self, row: StockRow | None, text: str) -> None:
        if row is None:
            self._complain(self.tr("No product of this store has the barcode %1.").replace("%1", text[:20]))
        elif not self.is_open:
            self._complain(words.error(NoShift()))
        else:
            self._add(row.product.number)

    def _complain(self, sentence: str) -> None:
        self._parts.sounds.play(Tone.NO)
        self._parts.tasks.problem.emit(sentence)

    def _connect(self) -> None:
        page, parts = self._page, self._parts
        page.products.view.chosen.connect(self._add)
        page.products.filter.text.returnPressed.connect(self._add_only)
        page.basket_panel.pay_asked.connect(self._pay)
        page.basket_panel.clear_asked.connect(self._clear)
        page.basket_panel.line_panel.priced.connect(self._ask_price)
        page.tender.paid.connect(self._sell)
        for panel in (page.tender, page.refund, page.shift):
            panel.closed.connect(self._go_back)
        page.done.next_asked.connect(page.show_selling)
        page.entered.connect(self._enter)
        page.left_panel.connect(self._go_back)
        self.shift.opened.connect(page.show_selling)
        self.shift.ended.connect(self._ended)
        parts.basket.changed.connect(self._show_basket)
        parts.session.changed.connect(self._show_basket)
        parts.tasks.changed.connect(self._follow)

    # ── what is ────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.till and self._awake:
            # The clerk waits for it: the till opens or closes.
            self.shift.read()
        if changes.stock or changes.catalogue or changes.outbox or changes.till:
            self._stale = True
            if self._awake:
                self._soon.start()

    @Slot()
    def _read(self) -> None:
        self._stale = False
        self.shift.read()
        self._parts.tasks.ask_quietly(stock, self._show_products)

    def _show_products(self, rows: tuple[StockRow, ...]) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        self._products = {row.product.number: row.product for row in rows}
        self._page.products.model.show_rows(rows)
        if rows and self._parts.basket.keep_only(self._products):
            self._complain(self.tr("HQ took a product off the catalogue: it is no longer in the basket."))
        self._show_basket()

    @Slot()
    def _show_basket(self) -> None:
        self._page.basket_panel.manager = self._parts.manager
        self._page.basket_panel.show_lines(self._products)
        if self._page.right is self._page.done and self._parts.basket.quantities:
            self._page.show_right(self._page.basket_panel)

    # ── selling ────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(int)
    def _add(self, number: int) -> None:
        self._parts.basket.add(number)
        if self._page.right is not self._page.basket_panel:
            self._page.show_right(self._page.basket_panel)

    @Slot()
    def _add_only(self) -> None:
        self._page.products.filter.tell()
        text = self._page.products.filter.text
        row = by_barcode(self._rows, text.text()) or self._page.products.model.only()
        if row:
            self._add(row.product.number)
            text.clear()

    @Slot()
    def _clear(self) -> None:
        if self._page.tender.taken:
            self._pay()
            self._page.tender.trouble.say(self.tr("First give back what the customer has paid: tap it."))
        else:
            self._parts.basket.clear()

    @Slot()
    def _enter(self) -> None:
        panel = self._page.right
        if panel is self._page.basket_panel:
            self._pay()
        elif panel is self._page.tender:
            self._page.tender.submit()
        elif panel is self._page.done:
            self._page.show_selling()

    @Slot()
    def _go_back(self) -> None:
        if self.is_open:
            self._page.show_selling()
        else:
            self._page.show_closed()

    @Slot()
    def _ended(self) -> None:
        if not self._page.reads_report:
            self._page.show_closed()

    @Slot()
    def _pay(self) -> None:
        lines = self._page.basket_panel.lines
        if lines:
            self._parts.basket.sale_id = self._parts.basket.sale_id or self._new_id()
            self._page.show_right(self._page.tender)
            self._page.tender.open_panel(total(lines))

    @Slot(int, int, str, str)
    def _ask_price(self, number: int, fen: int, pin: str, reason: str) -> None:
        panel = self._page.basket_panel.line_panel

        def allowed(manager: str) -> None:
            self._parts.basket.reprice(number, fen, manager, reason)
            panel.close_panel()

        authorising.check(self._parts.tasks, panel.manager, pin, allowed)

    @Slot(object, int)
    def _sell(self, tenders: tuple[Tender, ...], given: int) -> None:
        basket, lines = self._parts.basket, tuple(self._page.basket_panel.lines)
        request = SaleRequest(
            sale_id=basket.sale_id,
            lines=lines,
            tenders=tenders,
            by=self._parts.clerk,
            language=self._parts.preferences.now.language,
            cash_given_fen=given,
            attempt_id=basket.addon.attempt_id if basket.addon else "",
            manager=basket.manager,
            reason=basket.reason,
        )
        self._parts.tasks.ask(partial(sell, request=request), partial(self._sold, lines), self._not_sold)

    def _sold(self, lines: tuple[SaleLine, ...], sold: Sold) -> None:
        self._page.tender.forget()
        self._parts.basket.take_out(lines)
        self._parts.sync.nudge()
        self._page.show_right(self._page.done)
        self._page.done.show_sale(sold.sale)

    def _not_sold(self, error: ZitiError) -> None:
        self._parts.sounds.play(Tone.NO)
        self._stale = True
        self._read()
        changed = self.tr("A price has changed meanwhile: look at the basket again.")
        self._page.tender.refuse(changed if isinstance(error, NeedsManager) else words.error(error))
