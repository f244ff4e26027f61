"""What can be wrong with a printer, one word for each thing that a person can do about it."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why something was not printed."""

    ADDRESS = "address"  # this is no printer's address
    ABSENT = "absent"  # off, unplugged, or not there
    DENIED = "denied"  # it is there, and this user may not use it
    NO_LIBRARY = "no_library"  # the machine lacks what speaks USB
    NO_PAPER = "no_paper"
    COVER_OPEN = "cover_open"
    CUT_OFF = "cut_off"  # it went away in the middle: a part may be on paper
    RAN_OUT = "ran_out"  # the paper ended or the cover was opened in the middle: likewise


# After these a part of the document may be on paper.
MAYBE_ON_PAPER = frozenset({Fault.CUT_OFF, Fault.RAN_OUT})


class PrinterTrouble(Exception):
    """Nothing is lost: the document waits until the printer takes it."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault
