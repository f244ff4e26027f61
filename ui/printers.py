"""The print queue's thread as Qt sees it; no other module of `ui` knows the printing room."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.changes import Changes
from app.domain.document import Document, Paper
from app.errors import ZitiError
from app.settings import Settings
from app.usecases import PrintJob, Submit, begin_print, end_print

log = logging.getLogger(__name__)

PAUSES = (2.0, 5.0, 15.0, 60.0)


@dataclass(frozen=True, slots=True)
class Printer:
    """Where documents of one kind go: an address as the settings keep it, and the paper's width in millimetres."""

    address: str
    paper_mm: int


def printer_of(paper: Paper, settings: Settings) -> Printer:
    """Return the printer for a kind of document; labels go to the receipt printer where there is no other."""
    if paper is Paper.LABEL and settings.label_printer:
        return Printer(settings.label_printer, settings.label_paper)
    return Printer(settings.receipt_printer, settings.receipt_paper)


class Printers(QObject):
    """Prints what waits, one document after the other, on a thread of its own; trouble is told and tried again."""

    trouble_changed = Signal(object, str)  # Paper, one of `printing.faults.Fault` or empty when all is well

    def __init__(self, submit: Submit | None = None, settings: Callable[[], Settings] = Settings) -> None:
        super().__init__()
        self.trouble: dict[Paper, str] = dict.fromkeys(Paper, "")
        self._submit, self._settings = submit, settings
        self._wake, self._end = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._failures = 0
        self.trouble_changed.connect(self._keep_trouble)

    @Slot()
    def start(self) -> None:
        """Begin to print; a second call changes nothing."""
        if self._thread is None and self._submit:
            self._thread = threading.Thread(target=self._run, name="ziti-print", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread; what waits is printed at the next start."""
        self._end.set()
        self._wake.set()
        if self._thread:
            self._thread.join(10)
        self._thread = None

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Look at once when something was queued."""
        if changes.printing:
            self._wake.set()

    @Slot()
    def try_again(self) -> None:
        """Look at once: somebody put paper in, or chose another printer."""
        self._failures = 0
        self._wake.set()

    def _run(self) -> None:
        while not self._end.is_set():
            # Each printer is tried, whatever the other one does.
            done = min([self._work_off(paper) for paper in Paper])
            self._failures = 0 if done else self._failures + 1
            pause = None if done else PAUSES[min(self._failures, len(PAUSES)) - 1]
            self._wake.wait(pause)
            self._wake.clear()

    def _work_off(self, paper: Paper) -> bool:
        """Print until nothing waits for this printer; False when it is in trouble."""
        try:
            while not self._end.is_set():
                printer = printer_of(paper, self._settings())
                if not printer.address:
                    # Nothing to print on is not a trouble: what waits is printed once there is a printer.
                    self._tell(paper, "")
                    return True
                job = self._ask(partial(begin_print, paper=paper))
                if job is None:
                    self._tell(paper, "")
                    return True
                fault = self._print(job, printer)
                self._ask(partial(end_print, job_id=job.id, trouble=fault))
                self._tell(paper, fault)
                if fault:
                    return False
        except ZitiError:
            log.warning("the print queue cannot be read now", exc_info=True)
            return False
        except Exception:  # the edge of a thread: one document that nobody foresaw must not end all printing
            log.exception("a document could not be printed")
            return False
        return True

    def _print(self, job: PrintJob, printer: Printer) -> str:
        for copy in range(job.copies):
            if fault := send(job.document, printer, repeated=job.repeated and not copy):
                return fault
        return ""

    def _ask(self, usecase: Callable[..., Any]) -> Any:
        if self._submit is None:
            raise LookupError("nothing is behind this queue")
        return self._submit(usecase).result()

    def _tell(self, paper: Paper, fault: str) -> None:
        self.trouble_changed.emit(paper, fault)

    @Slot(object, str)
    def _keep_trouble(self, paper: Paper, fault: str) -> None:
        self.trouble[paper] = fault


def send(document: Document, printer: Printer, *, repeated: bool = False) -> str:
    """Print on the calling thread; return what was wrong, empty when nothing was."""
    from printing.faults import Fault, PrinterTrouble

    way, _, where = printer.address.partition(":")
    try:
        if way in ON_SCREEN:
            ON_SCREEN[way](document, where, printer.paper_mm)
        else:
            _send_bytes(document, printer, repeated=repeated)
    except PrinterTrouble as trouble:
        log.info("not printed: %s", trouble)
        return trouble.fault.value
    except OSError as error:
        log.info("not printed: %s", error)
        return (Fault.DENIED if isinstance(error, PermissionError) else Fault.ABSENT).value
    return ""


def is_address(text: str) -> bool:
    """Tell whether a text names a printer's place."""
    from printing import address
    from printing.faults import PrinterTrouble

    way, _, where = text.partition(":")
    if way in ON_SCREEN:
        return bool(where.strip())
    try:
        address.parse(text)
    except PrinterTrouble:
        return False
    return True


def _send_bytes(document: Document, printer: Printer, *, repeated: bool) -> None:
    from printing import address, devices
    from printing.commands import commands

    devices.send(address.parse(printer.address), commands(document, printer.paper_mm, repeated=repeated))


def _write_pdf(document: Document, folder: str, paper_mm: int) -> None:
    from ui.paper import write_pdf

    if not Path(folder).is_dir():
        raise FileNotFoundError(folder)
    write_pdf(document, Path(folder) / f"{uuid4()}.pdf", paper_mm)


def _print_on_system(document: Document, name: str, paper_mm: int) -> None:
    from ui.paper import print_on_system

    print_on_system(document, name, paper_mm)


# Drawn by Qt, for machines without a receipt printer.
ON_SCREEN: dict[str, Callable[[Document, str, int], None]] = {"pdf": _write_pdf, "system": _print_on_system}
