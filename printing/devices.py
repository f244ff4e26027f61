"""Brings bytes to a printer and asks it how it is; every failure becomes one of `faults.Fault`."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from printing.address import Address, Way
from printing.faults import Fault, PrinterTrouble
from printing.usb_wire import NoUsbLibrary, UsbWire
from printing.wires import FileWire, SerialWire, SocketWire, Wire

ANSWER_SECONDS = 0.8
# A printer answers after the paper that is before the question, and cuts first.
LAST_ANSWER_SECONDS = 15.0
# DLE EOT n: the answer is one byte at once, or none from a printer that does not talk.
_ASK_OFFLINE, _ASK_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
_COVER, _STOPPED_BY_PAPER, _PAPER_END = 0x04, 0x20, 0x60
_FIXED_BITS, _FIXED = 0x93, 0x12
# Half a second of a serial port at 9600 baud: each has the whole patience.
_CHUNK = 512
_DENIED = frozenset({errno.EACCES, errno.EPERM})
_QUESTIONS = (
    (_ASK_PAPER, _PAPER_END, Fault.NO_PAPER),
    (_ASK_OFFLINE, _STOPPED_BY_PAPER, Fault.NO_PAPER),
    (_ASK_OFFLINE, _COVER, Fault.COVER_OPEN),
)


def send(address: Address, data: bytes, *, answers: bool = False) -> bool:
    """Print, or raise `PrinterTrouble`; return whether the printer answers questions.

    `answers`: it has answered before, so that silence means that it is off. One that never did is believed to be well.
    """
    if address.way is Way.FOLDER:
        _write_file(Path(address.where), data)
        return False
    with _opened(address) as wire:
        answers = _look(wire) or _silence(Fault.ABSENT, answers=answers)
        try:
            for start in range(0, len(data), _CHUNK):
                wire.write(data[start : start + _CHUNK])
            _see_it_through(wire, answers=answers)
        except OSError as error:
            raise PrinterTrouble(_fault(error, Fault.CUT_OFF), str(error)) from error
    return answers


@contextlib.contextmanager
def _opened(address: Address) -> Iterator[Wire]:
    try:
        wire = _wire(address)
    except (OSError, ValueError) as error:
        raise PrinterTrouble(_fault(error, Fault.ABSENT), str(error)) from error
    try:
        yield wire
    finally:
        with contextlib.suppress(OSError):
            wire.close()


def _wire(address: Address) -> Wire:
    match address.way:
        case Way.NETWORK:
            return SocketWire(address.where, address.number)
        case Way.USB:
            vendor, product = (int(part, 16) for part in address.where.split(":"))
            return UsbWire(vendor, product, address.serial)
        case Way.SERIAL:
            return SerialWire(address.where, address.number)
        case _:
            return FileWire(address.where)


def _look(wire: Wire) -> bool:
    """Ask for paper and cover before anything is sent; tell whether the printer answered."""
    for question, mask, fault in _QUESTIONS:
        try:
            answer = _status(wire.ask(question, ANSWER_SECONDS))
        except OSError as error:
            raise PrinterTrouble(_fault(error, Fault.ABSENT), str(error)) from error
        if answer is None:
            return False
        if answer & mask:
            raise PrinterTrouble(fault)
    return True


def _see_it_through(wire: Wire, *, answers: bool) -> None:
    """Ask once more behind the last byte: what came before it has arrived, and there was paper for it."""
    answer = _status(wire.ask(_ASK_PAPER, LAST_ANSWER_SECONDS if answers else ANSWER_SECONDS))
    if answer is None:
        _silence(Fault.CUT_OFF, answers=answers)
    elif answer & _PAPER_END:
        raise PrinterTrouble(Fault.RAN_OUT)


def _silence(fault: Fault, *, answers: bool) -> bool:
    if answers:
        raise PrinterTrouble(fault, "it answers no more")
    return False


def _status(answer: bytes | None) -> int | None:
    """Return the last byte that is a status; `None` where there is none, as from what echoes everything."""
    found = [said for said in answer or b"" if said & _FIXED_BITS == _FIXED]
    return found[-1] if found else None


def _fault(error: BaseException, otherwise: Fault) -> Fault:
    if isinstance(error, NoUsbLibrary):
        return Fault.NO_LIBRARY
    number = getattr(error, "errno", None)
    if number == errno.ENOSPC:
        # So says Linux's driver of USB printers when the paper is out.
        return Fault.RAN_OUT if otherwise is Fault.CUT_OFF else Fault.NO_PAPER
    return Fault.DENIED if number in _DENIED else otherwise


def _write_file(folder: Path, data: bytes) -> None:
    try:
        if not folder.is_dir():
            raise PrinterTrouble(Fault.ABSENT, str(folder))
        name = folder / f"{len(list(folder.glob('*.escpos'))) + 1:06d}-{uuid4().hex[:6]}"
        partial = name.with_suffix(".part")
        partial.write_bytes(data)
        partial.rename(name.with_suffix(".escpos"))
    except OSError as error:
        raise PrinterTrouble(_fault(error, Fault.ABSENT), str(error)) from error
