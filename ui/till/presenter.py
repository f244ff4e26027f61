"""Connects the sale page with the till's use-cases."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.changes import Changes
from app.domain.records import ProductRecord
from app.domain.till import SaleLine, Tender, total
from app.errors import NotFound, ZitiError
from app.ids import id_maker
from app.usecases import (
    Closing,
    Health,
    RefundRequest,
    Sale,
    SaleRequest,
    Shift,
    Sold,
    StockRow,
    Work,
    close_shift,
    current_shift,
    find_sale,
    health,
    move_cash,
    open_shift,
    past_shifts,
    queue_print,
    recent_sales,
    refund,
    reprint,
    sell,
    shift_report,
    stock,
)
from ui import authorising, words
from ui.parts import Parts
from ui.till.grid import by_barcode

if TYPE_CHECKING:
    from ui.till.page import SalePage

State = tuple[Shift | None, tuple[Shift, ...], Health]


class Presenter(QObject):
    """Asks the use-cases and shows what they answer."""

    def __init__(self, page: SalePage, parts: Parts) -> None:
        super().__init__(page)
        self._page, self._parts = page, parts
        self._new_id = id_maker(parts.times.clock)
        self._rows: tuple[StockRow, ...] = ()
        self._products: dict[int, ProductRecord] = {}
        self._state: State | None = None
        self._refund_id = ""
        self._connect()
        self._read_products()
        self._read_shift()

    def retranslate(self) -> None:
        """Say what only the presenter knows in the language in force."""
        shift = self._state[0] if self._state else None
        sales = self.tr("Shift: %n sale(s)", "", shift.sales) if shift else self.tr("Shift")
        self._page.products.shift.setText(sales)
        if self._state:
            self._show_shift(self._state)

    def take_scan(self, text: str) -> bool:
        """Put a scanned product into the basket."""
        row = by_barcode(self._rows, text)
        if row is None or not self._page.is_open:
            return False
        self._add(row.product.number)
        return True

    def _connect(self) -> None:
        page, parts = self._page, self._parts
        page.products.view.chosen.connect(self._add)
        page.products.text.returnPressed.connect(self._add_only)
        page.products.shift.clicked.connect(self._open_shift_panel)
        page.products.receipts.clicked.connect(self._open_receipts)
        page.basket_panel.pay_asked.connect(self._pay)
        page.basket_panel.price.priced.connect(self._reprice)
        page.basket_panel.price.pin_given.connect(self._ask_price)
        page.tender.paid.connect(self._sell)
        page.tender.closed.connect(page.show_selling)
        page.done.next_asked.connect(page.show_selling)
        page.done.print_asked.connect(self._print_again)
        page.refund.asked.connect(self._find)
        page.refund.refunded.connect(self._refund)
        page.refund.reprint_asked.connect(self._print_again)
        page.refund.closed.connect(page.show_selling)
        page.opening.opened.connect(self._open)
        page.shift.cash_moved.connect(self._move_cash)
        page.shift.counted.connect(self._close)
        page.shift.accepted.connect(self._accept)
        page.shift.print_asked.connect(self._print_report)
        page.shift.closed.connect(page.show_selling)
        page.entered.connect(self._enter)
        parts.basket.changed.connect(self._show_basket)
        parts.tasks.changed.connect(self._follow)

    # ── what is ────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.stock or changes.catalogue or changes.outbox:
            self._read_products()
        if changes.till or changes.outbox:
            self._read_shift()

    def _read_products(self) -> None:
        self._parts.tasks.ask_quietly(stock, self._show_products)

    def _show_products(self, rows: tuple[StockRow, ...]) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        self._products = {row.product.number: row.product for row in rows}
        self._page.products.model.show_rows(rows)
        self._show_basket()

    @Slot()
    def _show_basket(self) -> None:
        self._page.basket_panel.setProperty("manages", self._parts.manages)
        self._page.basket_panel.show_lines(self._products)
        if self._page.right is self._page.done and self._parts.basket.quantities:
            self._page.show_selling()

    def _read_shift(self) -> None:
        self._parts.tasks.ask_quietly(_state, self._show_shift)

    def _show_shift(self, state: State) -> None:
        before, self._state = self._state, state
        shift, past, found = state
        self._page.shift.show_shift(shift, past, words.waits(found.unsent, found.parked))
        if shift is None:
            self._page.show_closed()
        elif not self._page.is_open or before is None:
            self._page.show_selling()
        if before != state:
            self.retranslate()

    # ── selling ────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(int)
    def _add(self, number: int) -> None:
        self._parts.basket.add(number)
        if self._page.right is not self._page.basket_panel:
            self._page.show_right(self._page.basket_panel)

    @Slot()
    def _add_only(self) -> None:
        self._page.products.look()
        text = self._page.products.text
        row = by_barcode(self._rows, text.text()) or self._page.products.model.only()
        if row:
            self._add(row.product.number)
            text.clear()

    @Slot()
    def _enter(self) -> None:
        panel = self._page.right
        if panel is self._page.basket_panel:
            self._pay()
        elif panel is self._page.done:
            self._page.show_selling()

    @Slot()
    def _pay(self) -> None:
        lines = self._page.basket_panel.lines
        if lines:
            self._parts.basket.sale_id = self._parts.basket.sale_id or self._new_id()
            self._page.show_right(self._page.tender)
            self._page.tender.open_panel(total(lines))

    @Slot(int, int)
    def _reprice(self, number: int, fen: int) -> None:
        self._parts.basket.reprice(number, fen, self._parts.clerk)

    @Slot(int, int, str)
    def _ask_price(self, number: int, fen: int, pin: str) -> None:
        panel = self._page.basket_panel.price

        def allowed(manager: str) -> None:
            self._parts.basket.reprice(number, fen, manager)
            panel.close_panel()

        authorising.check(self._parts.tasks, panel.manager, pin, allowed)

    @Slot(object, int)
    def _sell(self, tenders: tuple[Tender, ...], given: int) -> None:
        basket = self._parts.basket
        request = SaleRequest(
            sale_id=basket.sale_id,
            lines=tuple(self._page.basket_panel.lines),
            tenders=tenders,
            by=self._parts.clerk,
            language=self._language,
            cash_given_fen=given,
            attempt_id=basket.addon.attempt_id if basket.addon else "",
            manager=basket.manager,
        )
        self._parts.tasks.ask(partial(sell, request=request), self._sold, self._not_sold)

    def _sold(self, sold: Sold) -> None:
        self._parts.basket.clear()
        self._page.show_right(self._page.done)
        self._page.done.show_sale(sold.sale)

    def _not_sold(self, error: ZitiError) -> None:
        self._page.tender.open_panel(total(self._page.basket_panel.lines))
        self._page.tender.refuse(words.error(error))

    @Slot(int)
    def _print_again(self, receipt: int) -> None:
        self._parts.tasks.ask(partial(reprint, receipt=receipt, language=self._language))

    # ── what comes back ────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _open_receipts(self) -> None:
        def show(recent: tuple[Sale, ...]) -> None:
            self._page.show_left(self._page.refund)
            self._page.refund.open_panel(recent)

        self._parts.tasks.ask(recent_sales, show)

    @Slot(int)
    def _find(self, receipt: int) -> None:
        self._refund_id = self._new_id()
        self._parts.tasks.ask(partial(find_sale, receipt=receipt), self._page.refund.show_sale, self._not_found)

    def _not_found(self, error: ZitiError) -> None:
        missing = self.tr("There is no receipt with this number here.")
        self._page.refund.refuse(missing if isinstance(error, NotFound) else words.error(error))

    @Slot(object, object, str, str)
    def _refund(self, lines: tuple[SaleLine, ...], tenders: tuple[Tender, ...], pin: str, reason: str) -> None:
        panel, sale, by = self._page.refund, self._page.refund.sale, self._parts.clerk
        if sale is None:
            return
        wish = partial(RefundRequest, self._refund_id, sale.receipt, lines, tenders, by)

        def allowed(manager: str) -> None:
            request = wish(manager=manager, reason=reason, language=self._language)
            self._parts.tasks.ask(partial(refund, request=request), self._refunded, self._not_refunded)

        authorising.check(self._parts.tasks, panel.manager, pin, allowed)

    def _refunded(self, done: Sold) -> None:
        self._refund_id = self._new_id()
        self._page.refund.manager.close_panel()
        self._page.refund.show_sale(done.sale)

    def _not_refunded(self, error: ZitiError) -> None:
        self._page.refund.refuse(words.error(error))

    # ── the shift ──────────────────────────────────────────────────────────────────────────────────────────

    @Slot(int)
    def _open(self, float_fen: int) -> None:
        self._parts.tasks.ask(partial(open_shift, float_fen=float_fen, by=self._parts.clerk))

    @Slot()
    def _open_shift_panel(self) -> None:
        self._page.shift.open_panel()
        self._page.show_left(self._page.shift)

    @Slot(int, str)
    def _move_cash(self, fen: int, reason: str) -> None:
        usecase = partial(move_cash, amount_fen=fen, by=self._parts.clerk, reason=reason)
        self._parts.tasks.ask(usecase, lambda _: self._page.shift.cash_was_moved())

    @Slot(int)
    def _close(self, counted_fen: int) -> None:
        usecase = partial(close_shift, counted_fen=counted_fen, by=self._parts.clerk, language=self._language)
        self._parts.tasks.ask(usecase, self._closed)

    @Slot(int, str, str)
    def _accept(self, counted_fen: int, pin: str, reason: str) -> None:
        def allowed(manager: str) -> None:
            usecase = partial(
                close_shift,
                counted_fen=counted_fen,
                by=self._parts.clerk,
                language=self._language,
                manager=manager,
                reason=reason,
            )
            self._parts.tasks.ask(usecase, self._closed)

        authorising.check(self._parts.tasks, self._page.shift.manager, pin, allowed)

    def _closed(self, closing: Closing) -> None:
        if closing.closed:
            self._page.shift.manager.close_panel()
        else:
            self._page.shift.ask_about_difference(closing.difference_fen)

    @Slot(str)
    def _print_report(self, shift_id: str) -> None:
        self._parts.tasks.ask(lambda work: queue_print(work, shift_report(work, shift_id)))

    @property
    def _language(self) -> str:
        return self._parts.preferences.now.language


def _state(work: Work) -> State:
    return current_shift(work), past_shifts(work), health(work)
