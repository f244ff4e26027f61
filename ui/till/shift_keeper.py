"""Connects the shift's panels with its use-cases: opening, cash, the blind count, reports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.changes import Changes
from app.domain.document import Document, Paper
from app.errors import ZitiError
from app.usecases.health import Health, health
from app.usecases.print_queue import queue_print
from app.usecases.shift import (
    Closing,
    Shift,
    close_shift,
    current_shift,
    move_cash,
    open_shift,
    past_shifts,
    shift_report,
)
from app.usecases.work import Work
from ui import authorising, words
from ui.parts import Parts
from ui.printers import printer_of

if TYPE_CHECKING:
    from ui.till.page import SalePage

State = tuple[Shift | None, tuple[Shift, ...], Health]


class ShiftKeeper(QObject):
    """Knows whether the till is open, and leads through its day."""

    opened = Signal()
    ended = Signal()

    def __init__(self, page: SalePage, parts: Parts) -> None:
        super().__init__(page)
        self._page, self._parts = page, parts
        self._state: State | None = None
        opening, panel, report = page.opening, page.shift, page.report
        opening.opened.connect(self._open)
        panel.cash_moved.connect(self._move_cash)
        panel.counted.connect(self._close)
        panel.accepted.connect(self._accept)
        panel.past.chosen.connect(self._show_report)
        opening.past.chosen.connect(self._show_report)
        report.print_asked.connect(self._print)
        report.closed.connect(self._leave_report)
        page.products.shift.clicked.connect(self._show_panel)

    @property
    def is_open(self) -> bool:
        """Whether a shift is open."""
        return bool(self._state and self._state[0])

    @Slot()
    def read(self) -> None:
        """Ask how the shift stands."""
        self._parts.tasks.ask_quietly(_state, self._show)

    def retranslate(self) -> None:
        """Say what only this knows in the language in force."""
        shift = self._state[0] if self._state else None
        button = self._page.products.shift
        button.setText(self.tr("Shift"))
        button.setToolTip(self.tr("Shift: %n sale(s)", "", shift.sales) if shift else "")
        if self._state:
            self._fill(self._state)

    def _show(self, state: State) -> None:
        before, self._state = self._state, state
        was_open = bool(before and before[0])
        if state != before:
            self.retranslate()
        # Only the moment of opening or closing moves the page: who reads a receipt or a report stays there.
        if self.is_open and not was_open:
            self.opened.emit()
        elif not self.is_open and (was_open or before is None):
            self.ended.emit()

    def _fill(self, state: State) -> None:
        shift, past, found = state
        self._page.shift.show_shift(shift, past, words.waits(found.unsent, found.parked))
        self._page.opening.past.show_shifts(past)

    @Slot(int)
    def _open(self, float_fen: int) -> None:
        self._parts.tasks.ask(partial(open_shift, float_fen=float_fen, by=self._parts.clerk))

    @Slot()
    def _show_panel(self) -> None:
        self._page.show_left(self._page.shift)
        self._page.shift.open_panel()

    @Slot(int, str)
    def _move_cash(self, fen: int, reason: str) -> None:
        usecase = partial(move_cash, amount_fen=fen, by=self._parts.clerk, reason=reason)
        self._parts.tasks.ask(usecase, self._moved, self._not_moved)

    def _moved(self, _changes: Changes) -> None:
        self._page.shift.cash_was_moved()

    def _not_moved(self, error: ZitiError) -> None:
        self._page.shift.cash_was_not_moved(words.error(error))

    @Slot(int)
    def _close(self, counted_fen: int, manager: str = "", reason: str = "") -> None:
        usecase = partial(
            close_shift,
            counted_fen=counted_fen,
            by=self._parts.clerk,
            language=self._language,
            manager=manager,
            reason=reason,
        )
        self._parts.tasks.ask(usecase, self._closed)

    @Slot(int, str, str)
    def _accept(self, counted_fen: int, pin: str, reason: str) -> None:
        def allowed(manager: str) -> None:
            self._close(counted_fen, manager, reason)

        authorising.check(self._parts.tasks, self._page.shift.manager, pin, allowed)

    def _closed(self, closing: Closing) -> None:
        if closing.report:
            self._page.shift.manager.close_panel()
            self._parts.sync.nudge()
            self._show_document(closing.report)
        else:
            self._page.shift.ask_about_difference(closing, self._parts.manager)

    @Slot(str)
    def _show_report(self, shift_id: str) -> None:
        usecase = partial(shift_report, shift_id=shift_id, language=self._language)
        self._parts.tasks.ask(usecase, self._show_document)

    def _show_document(self, report: Document) -> None:
        paper_mm = printer_of(Paper.RECEIPT, self._parts.preferences.now).paper_mm
        self._page.report.show_document(report, paper_mm)
        self._page.show_report()

    @Slot(object)
    def _print(self, report: Document) -> None:
        self._parts.tasks.ask(partial(queue_print, document=report))

    @Slot()
    def _leave_report(self) -> None:
        if self.is_open:
            self._page.show_selling()
            self._show_panel()
        else:
            self._page.show_closed()

    @property
    def _language(self) -> str:
        return self._parts.preferences.now.language


def _state(work: Work) -> State:
    return current_shift(work), past_shifts(work), health(work)
