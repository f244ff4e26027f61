"""The serial ports of this machine, each with an identity that survives another socket and another restart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

# Those who make bar code readers and little else, by USB vendor id; a port of theirs is proposed, never taken.
SCANNER_VENDORS = frozenset(
    {
        0x0536,  # Hand Held Products (Honeywell)
        0x05E0,  # Symbol (Zebra)
        0x05F9,  # PSC (Datalogic)
        0x065A,  # Optoelectronics (Opticon)
        0x067E,  # Intermec (Honeywell)
        0x0C2E,  # Metrologic (Honeywell)
        0x1EAB,  # Newland
    }
)


@dataclass(frozen=True, slots=True)
class Port:
    """A port as it is now: its path changes with the socket, its identity does not."""

    identity: str
    device: str
    name: str
    likely: bool = False


class PortInfo(Protocol):
    """What pyserial tells of a port."""

    device: str
    description: str
    vid: int | None
    pid: int | None
    serial_number: str | None
    product: str | None
    manufacturer: str | None


def list_ports() -> tuple[Port, ...]:
    """Return the ports that are there now, likely scanners first; this may take a second."""
    from serial.tools.list_ports import comports

    return described(comports())


def described(found: Iterable[PortInfo]) -> tuple[Port, ...]:
    """Return pyserial's ports as ours."""
    ports = [Port(identity(each), each.device, _name(each), each.vid in SCANNER_VENDORS) for each in found]
    return tuple(sorted(ports, key=lambda port: (not port.likely, port.identity)))


def identity(port: PortInfo) -> str:
    """Return VID:PID and the serial number in lower case; a port that is no USB device is known by its path."""
    if port.vid is None or port.pid is None:
        return f"path:{port.device}"
    return f"{port.vid:04x}:{port.pid:04x}:{port.serial_number or ''}".lower()


def _name(port: PortInfo) -> str:
    said = [part for part in (port.manufacturer, port.product or port.description) if part and part != "n/a"]
    words = " ".join(dict.fromkeys(" ".join(said).split()))
    return f"{words} ({port.device})" if words else port.device
