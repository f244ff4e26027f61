"""Where a printer is, in one line of text: `network:192.168.1.50:9100`, `usb:0fe6:811e`, `serial:/dev/ttyUSB0@9600`, …

`file:` is a device or a file that everything is written to, `folder:` gets a file for each document.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum

from printing.faults import Fault, PrinterTrouble

DEFAULT_PORT = 9100
DEFAULT_BAUD = 9600
_USB = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?:/([!-~]{1,120}))?")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_SERIAL = re.compile(r"(.+?)(?:@(\d{3,7}))?")


class Way(StrEnum):
    """How the bytes get there."""

    NETWORK = "network"
    USB = "usb"
    SERIAL = "serial"
    FILE = "file"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Address:
    """A printer's place; `where` is a host, a path, or `vendor:product` in hex; `number` a port or a baud rate.

    `serial` tells two USB printers of one model apart.
    """

    way: Way
    where: str
    number: int = 0
    serial: str = ""


def parse(text: str) -> Address:
    """Read an address, or raise `PrinterTrouble`."""
    way, _, rest = text.strip().partition(":")
    rest = rest.strip()
    if way in (Way.FILE, Way.FOLDER) and rest and "\0" not in rest:
        return Address(Way(way), rest)
    if way == Way.USB and (usb := _USB.fullmatch(rest)):
        return Address(Way.USB, f"{usb[1]}:{usb[2]}".lower(), serial=usb[3] or "")
    if way == Way.SERIAL and rest and (serial := _SERIAL.fullmatch(rest)) and "\0" not in rest:
        return Address(Way.SERIAL, serial[1], int(serial[2] or DEFAULT_BAUD))
    if way == Way.NETWORK and (found := _network(rest)):
        return found
    raise PrinterTrouble(Fault.ADDRESS, text[:80])


def _network(rest: str) -> Address | None:
    host, port = rest, str(DEFAULT_PORT)
    if rest.count(":") == 1:
        host, _, port = rest.partition(":")
    elif rest.startswith("[") and "]" in rest:
        host, _, tail = rest[1:].partition("]")
        port = tail.removeprefix(":") or port
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65_536):
        return None
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if not _HOST.fullmatch(host):
            return None
    return Address(Way.NETWORK, host, int(port))
