"""Says once in the banner that a printer is in trouble and how much waits for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.domain.document import Paper
from app.usecases.print_queue import PrintJob, print_queue
from ui import printer_words
from ui.parts import Parts
from ui.printers import printer_of
from ui.window import Window


class PrinterWatch(QObject):
    """Each trouble is told once: the settings keep showing it, and the counter goes on without paper."""

    def __init__(self, window: Window, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._parts = window, parts
        self._said: dict[Paper, tuple[str, str]] = {}
        parts.printers.trouble_changed.connect(self._hear)

    @Slot(object, str)
    def _hear(self, paper: Paper, fault: str) -> None:
        # With the address: both papers may come out of one printer, which is told of once.
        trouble = (printer_of(paper, self._parts.preferences.now).address, fault)
        known = trouble in self._said.values()
        self._said[paper] = trouble
        if fault and not known:
            self._parts.tasks.ask_quietly(print_queue, then=partial(self._warn, paper, fault))

    def _warn(self, paper: Paper, fault: str, waiting: dict[Paper, tuple[PrintJob, ...]]) -> None:
        count = len(waiting[paper])
        said = self.tr("%1: %2").replace("%1", printer_words.printer(paper)).replace("%2", printer_words.fault(fault))
        self._window.banner.warn(f"{said} {self.tr('%n waiting', '', count)}" if count else said)
