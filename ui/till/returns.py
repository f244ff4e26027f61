"""Connects the receipts' panel with its use-cases: find, print again, take back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.domain.receipt_code import ReceiptCode
from app.domain.till import SaleLine, Tender
from app.errors import NotFound, ZitiError
from app.ids import id_maker
from app.usecases.sell import RefundRequest, Sale, Sold, find_receipt, find_sale, recent_sales, refund, reprint
from ui import authorising, words
from ui.parts import Parts

if TYPE_CHECKING:
    from ui.till.page import SalePage


class Returns(QObject):
    """Finds receipts, and leads goods back with a manager's word."""

    def __init__(self, page: SalePage, parts: Parts) -> None:
        super().__init__(page)
        self._page, self._parts = page, parts
        self._new_id = id_maker(parts.times.clock)
        self._refund_id = ""
        panel = page.refund
        panel.asked.connect(self._find)
        panel.refunded.connect(self._refund)
        panel.manager_asked.connect(self._ask_manager)
        panel.reprint_asked.connect(self.print_again)
        page.done.print_asked.connect(self.print_again)
        page.products.receipts.clicked.connect(self.open)
        page.opening.receipts_asked.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the last receipts."""
        self._parts.tasks.ask(recent_sales, self._show_recent)

    def open_receipt(self, code: ReceiptCode) -> None:
        """Show the receipt that was scanned."""
        self._show_recent(())
        self._new_wish()
        self._parts.tasks.ask(partial(find_receipt, code=code), self._page.refund.show_sale, self._not_found)

    @Slot(int)
    def print_again(self, receipt: int) -> None:
        """Print a receipt once more."""
        language = self._parts.preferences.now.language
        self._parts.tasks.ask(partial(reprint, receipt=receipt, language=language))

    def _show_recent(self, recent: tuple[Sale, ...]) -> None:
        self._page.show_receipts()
        self._page.refund.open_panel(recent, till_is_open=self._page.presenter.is_open)

    @Slot(int)
    def _find(self, receipt: int) -> None:
        self._new_wish()
        self._parts.tasks.ask(partial(find_sale, receipt=receipt), self._page.refund.show_sale, self._not_found)

    def _not_found(self, error: ZitiError) -> None:
        missing = self.tr("There is no such receipt of this till.")
        self._page.refund.refuse(missing if isinstance(error, NotFound) else words.error(error))

    def _new_wish(self) -> None:
        self._refund_id = self._new_id()

    @Slot()
    def _ask_manager(self) -> None:
        self._page.refund.ask_manager(self._parts.manager)

    @Slot(object, object, str, str)
    def _refund(self, lines: tuple[SaleLine, ...], tenders: tuple[Tender, ...], pin: str, reason: str) -> None:
        panel, sale = self._page.refund, self._page.refund.sale
        if sale is None:
            return
        wish = partial(RefundRequest, self._refund_id, sale.receipt, lines, tenders, self._parts.clerk)

        def allowed(manager: str) -> None:
            request = wish(manager=manager, reason=reason, language=self._parts.preferences.now.language)
            self._parts.tasks.ask(partial(refund, request=request), self._refunded, self._not_refunded)

        authorising.check(self._parts.tasks, panel.manager, pin, allowed)

    def _refunded(self, done: Sold) -> None:
        self._new_wish()
        self._parts.sync.nudge()
        self._page.refund.manager.close_panel()
        self._page.refund.show_refunded(done.sale)

    def _not_refunded(self, error: ZitiError) -> None:
        self._page.refund.refuse(words.error(error))
