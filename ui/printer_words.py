"""What is said of printers: how they are connected, what to look for, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.document import Paper

translate = QCoreApplication.translate


def way(name: str, paper: Paper) -> str:
    """Return how a printer is connected; a label printer may be the receipt printer itself."""
    if not name:
        return translate("printers", "As receipts") if paper is Paper.LABEL else translate("printers", "None")
    return {
        "network": translate("printers", "Network"),
        "usb": translate("printers", "USB"),
        "serial": translate("printers", "Serial port"),
        "file": translate("printers", "Device file"),
        "system": translate("printers", "System printer"),
        "pdf": translate("printers", "PDF folder"),
    }[name]


def example(name: str) -> str:
    """Return what an address of this kind looks like."""
    return {
        "network": "192.168.1.50:9100",
        "usb": "0fe6:811e",
        "serial": "/dev/ttyUSB0@9600",
        "file": "/dev/usb/lp0",
        "system": translate("printers", "its name in the system"),
        "pdf": translate("printers", "a folder"),
    }.get(name, "")


def hint(name: str, paper: Paper) -> str:
    """Return what to look for when a printer is set up."""
    if not name and paper is Paper.RECEIPT:
        return translate("printers", "Without a printer nothing is lost: what is to be printed waits for one.")
    return {
        "": translate("printers", "Labels come out of the receipt printer."),
        "network": translate("printers", "The address stands on the printer's self-test: switch it on with FEED held."),
        "usb": translate("printers", "Maker and product in hex, as lsusb or the device manager shows them."),
        "serial": translate("printers", "The port, and after @ its speed."),
        "file": translate("printers", "For printers that the system shows as a file."),
        "system": translate("printers", "Drawn as a page: for printers without ESC/POS."),
        "pdf": translate("printers", "Each paper becomes a PDF: for a machine without a printer."),
    }[name]


def fault(name: str) -> str:
    """Return what is wrong with a printer and what helps; empty when nothing is."""
    return {
        "": "",
        "address": translate("printers", "This is no printer's address: look at the example in the field."),
        "absent": translate("printers", "The printer does not answer: is it on and plugged in? What waits is kept."),
        "denied": translate("printers", "This user may not use the printer: see the page on printing."),
        "no_library": translate("printers", "This machine lacks libusb, which USB printers need."),
        "no_paper": translate("printers", "Out of paper. Put a new roll in; what waits is printed by itself."),
        "cover_open": translate("printers", "The printer's cover is open."),
        "cut_off": translate("printers", "The printer went away in the middle: the paper is printed again, marked so."),
        "ran_out": translate(
            "printers", "The paper ended in the middle. Put a new roll in: it is printed again, marked so."
        ),
        "unprintable": translate("printers", "One paper cannot be printed by this version: see what waits."),
    }[name]


def short(name: str) -> str:
    """Return in a word or two why a paper still waits; empty when nothing is wrong."""
    return {
        "": "",
        "address": translate("printers", "wrong address"),
        "absent": translate("printers", "printer does not answer"),
        "denied": translate("printers", "not allowed"),
        "no_library": translate("printers", "libusb is missing"),
        "no_paper": translate("printers", "no paper"),
        "cover_open": translate("printers", "cover open"),
        "cut_off": translate("printers", "cut off in the middle"),
        "ran_out": translate("printers", "paper ended in the middle"),
        "unprintable": translate("printers", "cannot be printed by this version"),
    }.get(name, "")


def printer(paper: Paper) -> str:
    """Return what a printer is called by what it prints."""
    return (
        translate("printers", "Receipt printer") if paper is Paper.RECEIPT else translate("printers", "Label printer")
    )
