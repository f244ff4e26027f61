"""The print queue as Qt sees it: a thread for each printer, so that one in trouble holds the other up no more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.changes import Changes
from app.domain.document import Document, Paper
from app.errors import ZitiError
from app.settings import Settings
from app.usecases.print_queue import UNPRINTABLE, PrintJob, begin_print, end_print, leave_print
from app.usecases.work import Submit
from ui import printing_room
from ui.printing_room import Outcome, Printer

log = logging.getLogger(__name__)

PAUSES = (2.0, 5.0, 15.0, 60.0)
GOODBYE_SECONDS = 10.0


def printer_of(paper: Paper, settings: Settings) -> Printer:
    """Return the printer for a kind of document; labels go to the receipt printer where there is no other."""
    if paper is Paper.LABEL and settings.label_printer:
        return Printer(settings.label_printer, settings.label_paper)
    return Printer(settings.receipt_printer, settings.receipt_paper)


class Lane:
    """A thread that works one queue off, and waits longer after each failure until it is woken."""

    def __init__(self, name: str, work_off: Callable[[], bool]) -> None:
        self._work_off = work_off
        self._wake, self.ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Look at once."""
        self._wake.set()

    def end(self) -> None:
        """Tell the thread to end; it finishes the paper that it is at."""
        self.ended.set()
        self._wake.set()

    def join(self) -> None:
        """Wait until it has ended, for as long as a printer may take."""
        self._thread.join(GOODBYE_SECONDS)

    def _run(self) -> None:
        failures = 0
        while not self.ended.is_set():
            failures = 0 if self._work_off() else failures + 1
            self._wake.wait(PAUSES[min(failures, len(PAUSES)) - 1] if failures else None)
            self._wake.clear()


class Printers(QObject):
    """Prints what waits, one document after the other for each printer; trouble is told and tried again."""

    trouble_changed = Signal(object, str)  # Paper, one of `printing.faults.Fault` or empty when all is well
    found = Signal(object)  # tuple of ui.printing_room.Nearby

    def __init__(self, submit: Submit | None = None, settings: Callable[[], Settings] = Settings) -> None:
        super().__init__()
        self.trouble: dict[Paper, str] = dict.fromkeys(Paper, "")
        self._submit, self._settings = submit, settings
        self._lanes: dict[Paper, Lane] = {}
        # Both kinds of paper may come out of one printer: one document at a time.
        self._locks: dict[str, threading.Lock] = {}
        self._answering: set[str] = set()
        self.trouble_changed.connect(self._keep_trouble)

    @Slot()
    def start(self) -> None:
        """Begin to print; a second call changes nothing."""
        if self._lanes or not self._submit:
            return
        self._lanes = {paper: Lane(f"ziti-print-{paper}", partial(self._work_off, paper)) for paper in Paper}
        for lane in self._lanes.values():
            lane.start()

    def stop(self) -> None:
        """End the threads; what waits is printed at the next start."""
        for lane in self._lanes.values():
            lane.end()
        for lane in self._lanes.values():
            lane.join()
        self._lanes = {}

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Look at once when something was queued."""
        if changes.printing:
            self.try_again()

    @Slot()
    def try_again(self) -> None:
        """Look at once: somebody put paper in, or chose another printer."""
        for lane in self._lanes.values():
            lane.wake()

    @Slot()
    def look_around(self) -> None:
        """Look which printers there are; `found` follows. A system's print service may think for seconds."""
        threading.Thread(target=self._look_around, name="ziti-print-look", daemon=True).start()

    def _look_around(self) -> None:
        try:
            self.found.emit(printing_room.look_around())
        except Exception:  # the edge of a thread: a driver's listing may raise anything
            log.info("the printers could not be listed", exc_info=True)
            self.found.emit(())

    def _work_off(self, paper: Paper) -> bool:
        """Print until nothing waits for this printer; False when it is in trouble."""
        ended = self._lanes[paper].ended
        try:
            while not ended.is_set():
                printer = printer_of(paper, self._settings())
                # Nothing to print on is not a trouble: what waits is printed once there is a printer.
                job = self._ask(partial(begin_print, paper=paper)) if printer.address else None
                if job is None:
                    self.trouble_changed.emit(paper, "")
                    return True
                fault = self._print(job, printer)
                self.trouble_changed.emit(paper, fault)
                if fault not in ("", UNPRINTABLE):
                    return False
        except ZitiError:
            log.warning("the print queue cannot be read now", exc_info=True)
            return False
        return True

    def _print(self, job: PrintJob, printer: Printer) -> str:
        for copy in range(job.copies):
            outcome = self._send(job.document, printer, repeated=job.repeated and not copy)
            if outcome.fault:
                leave = partial(leave_print, job_id=job.id, trouble=outcome.fault)
                self._ask(partial(leave, printed=copy, on_paper=outcome.on_paper))
                return outcome.fault
        self._ask(partial(end_print, job_id=job.id))
        return ""

    def _send(self, document: Document | None, printer: Printer, *, repeated: bool) -> Outcome:
        address = printer.address
        if document is None:
            return Outcome(UNPRINTABLE)
        try:
            with self._locks.setdefault(address, threading.Lock()):
                outcome = printing_room.send(document, printer, repeated=repeated, answers=address in self._answering)
        except Exception:  # the edge of a thread: one document that nobody foresaw must not hold up all others
            log.exception("a document could not be printed")
            return Outcome(UNPRINTABLE)
        if outcome.answers:
            self._answering.add(address)
        return outcome

    def _ask(self, usecase: Callable[..., Any]) -> Any:
        if self._submit is None:
            raise LookupError("nothing is behind this queue")
        return self._submit(usecase).result()

    @Slot(object, str)
    def _keep_trouble(self, paper: Paper, fault: str) -> None:
        self.trouble[paper] = fault
