"""The door to the printing room: no other module of `ui` knows it, and nothing of it is loaded before it is needed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from app.domain.document import Document

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Printer:
    """Where documents of one kind go: an address as the settings keep it, and the paper's width in millimetres."""

    address: str
    paper_mm: int


@dataclass(frozen=True, slots=True)
class Nearby:
    """A printer that is plugged in or known to the system, under the name that its maker or the system gives it."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: what was wrong, empty when nothing was, and what is known of the printer now."""

    fault: str = ""
    on_paper: bool = False
    answers: bool = False


def send(document: Document, printer: Printer, *, repeated: bool = False, answers: bool = False) -> Outcome:
    """Print on the calling thread; `answers`: this printer has answered questions before."""
    from printing.faults import MAYBE_ON_PAPER, Fault, PrinterTrouble

    way, _, where = printer.address.partition(":")
    try:
        if way in ON_SCREEN:
            ON_SCREEN[way](document, where, printer.paper_mm)
            return Outcome()
        return Outcome(answers=_send_bytes(document, printer, repeated=repeated, answers=answers))
    except PrinterTrouble as trouble:
        log.info("not printed: %s", trouble)
        return Outcome(trouble.fault.value, on_paper=trouble.fault in MAYBE_ON_PAPER, answers=answers)
    except OSError as error:
        log.info("not printed: %s", error)
        return Outcome((Fault.DENIED if isinstance(error, PermissionError) else Fault.ABSENT).value)


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


def look_around() -> tuple[Nearby, ...]:
    """List the printers that are plugged in or known to the system; takes a moment."""
    from PySide6.QtPrintSupport import QPrinterInfo

    from printing.found import find_printers

    here = (Nearby(each.address, each.name) for each in find_printers())
    return (*here, *(Nearby(f"system:{name}", name) for name in QPrinterInfo.availablePrinterNames()))


def _send_bytes(document: Document, printer: Printer, *, repeated: bool, answers: bool) -> bool:
    from printing import address, devices
    from printing.commands import commands

    data = commands(document, printer.paper_mm, repeated=repeated)
    return devices.send(address.parse(printer.address), data, answers=answers)


def _write_pdf(document: Document, folder: str, paper_mm: int) -> None:
    from ui.paper import write_pdf

    if not Path(folder).is_dir():
        raise FileNotFoundError(folder)
    # A file's name is for a person who looks for a paper; two of one second must not be one.
    title = "".join(sign if sign.isalnum() else " " for sign in document.title)[:40].strip()
    name = f"{datetime.now().astimezone():%Y-%m-%d %H-%M-%S} {title} {uuid4().hex[:6]}.pdf"
    write_pdf(document, Path(folder) / name, paper_mm)


def _print_on_system(document: Document, name: str, paper_mm: int) -> None:
    from ui.paper import print_on_system

    print_on_system(document, name, paper_mm)


# Drawn by Qt, for machines without a receipt printer.
ON_SCREEN: dict[str, Callable[[Document, str, int], None]] = {"pdf": _write_pdf, "system": _print_on_system}
