"""Brings bytes to a printer and asks it how it is; every failure becomes one of `faults.Fault`."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from escpos.exceptions import Error as EscposError

from printing.address import Address, Way
from printing.faults import Fault, PrinterTrouble

PATIENCE_SECONDS = 5.0
# DLE EOT n: the answer is one byte at once, or none from a printer that does not talk.
_ASK_OFFLINE, _ASK_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
_COVER, _STOPPED_BY_PAPER, _PAPER_END = 0x04, 0x20, 0x60
_FIXED_BITS, _FIXED = 0x93, 0x12
_CHUNK = 4096
_DENIED = frozenset({errno.EACCES, errno.EPERM})


def send(address: Address, data: bytes) -> None:
    """Print, or raise `PrinterTrouble`; `CUT_OFF` only when a part may be on paper."""
    if address.way is Way.FOLDER:
        _write_file(Path(address.where), data)
        return
    with _opened(address) as device:
        _look(device, address)
        sent = 0
        try:
            for sent in range(0, len(data), _CHUNK):
                device._raw(data[sent : sent + _CHUNK])  # noqa: SLF001 - the library's way to send bytes as they are
            _flush(device, address)
        except (OSError, EscposError) as error:
            raise PrinterTrouble(Fault.CUT_OFF if sent else _fault(error, Fault.CUT_OFF), str(error)) from error


@contextlib.contextmanager
def _opened(address: Address) -> Iterator[Any]:
    device = _device(address)
    try:
        if address.way is Way.NETWORK:
            # The library's own open() leaves its socket behind when nobody answers.
            device.device = socket.create_connection((address.where, address.number), PATIENCE_SECONDS)
        else:
            device.open()
    except (OSError, EscposError, ValueError) as error:
        raise PrinterTrouble(_fault(error, Fault.ABSENT), str(error)) from error
    try:
        yield device
    finally:
        with contextlib.suppress(OSError, EscposError):
            device.close()


def _device(address: Address) -> Any:
    # Each kind loads its own library: only the one that is used is imported.
    from escpos import printer

    match address.way:
        case Way.NETWORK:
            return printer.Network(address.where, address.number, timeout=PATIENCE_SECONDS)
        case Way.USB:
            vendor, product = (int(part, 16) for part in address.where.split(":"))
            return printer.Usb(vendor, product, timeout=int(PATIENCE_SECONDS * 1000))
        case Way.SERIAL:
            return printer.Serial(address.where, address.number, timeout=PATIENCE_SECONDS)
        case _:
            return printer.File(address.where, auto_flush=False)


def _look(device: Any, address: Address) -> None:
    """Ask for paper and cover before anything is sent; a printer that does not answer is believed to be well."""
    if address.way is Way.FILE:
        return
    for question, mask, fault in (
        (_ASK_PAPER, _PAPER_END, Fault.NO_PAPER),
        (_ASK_OFFLINE, _STOPPED_BY_PAPER, Fault.NO_PAPER),
        (_ASK_OFFLINE, _COVER, Fault.COVER_OPEN),
    ):
        answer = _ask(device, address, question)
        if answer is None:
            return
        if answer & mask:
            raise PrinterTrouble(fault)


def _ask(device: Any, address: Address, question: bytes) -> int | None:
    try:
        _patience(device, address, 0.8)
        device._raw(question)  # noqa: SLF001
        answer = device._read()  # noqa: SLF001
    except TimeoutError:
        return None
    except (EscposError, NotImplementedError):
        return None
    except OSError as error:
        raise PrinterTrouble(_fault(error, Fault.ABSENT), str(error)) from error
    finally:
        _patience(device, address, PATIENCE_SECONDS)
    if not answer:
        if address.way is Way.NETWORK:
            raise PrinterTrouble(Fault.ABSENT, "it hung up")
        return None
    said = int(bytes(answer)[-1])
    return said if said & _FIXED_BITS == _FIXED else None


def _flush(device: Any, address: Address) -> None:
    if address.way is Way.FILE:
        device.flush()
    elif address.way is Way.NETWORK:
        # An answer after the last byte: what came before it has arrived.
        _patience(device, address, PATIENCE_SECONDS)
        with contextlib.suppress(TimeoutError):
            device._raw(_ASK_PAPER)  # noqa: SLF001
            if not device._read():  # noqa: SLF001
                raise PrinterTrouble(Fault.CUT_OFF, "it hung up")


def _patience(device: Any, address: Address, seconds: float) -> None:
    if address.way is Way.NETWORK and device.device:
        device.device.settimeout(seconds)
    elif address.way is Way.SERIAL and device.device:
        device.device.timeout = seconds


def _fault(error: BaseException, otherwise: Fault) -> Fault:
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, PermissionError) or getattr(cause, "errno", None) in _DENIED:
            return Fault.DENIED
        cause = cause.__cause__ or cause.__context__
    return otherwise


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
