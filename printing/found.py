"""Which printers are plugged into this machine, as addresses that `printing.address` reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_USB_DEVICES = Path("/sys/bus/usb/devices")
_PRINTER_CLASS = "07"


@dataclass(frozen=True, slots=True)
class Found:
    """A printer, or a port that one may hang on; `name` is what its maker calls it."""

    address: str
    name: str


def find_printers() -> tuple[Found, ...]:
    """List USB printers, and serial ports; the network is not searched, and printers of the system are Qt's to know."""
    return (*usb_printers(), *_serial_ports())


def usb_printers(devices: Path = _USB_DEVICES) -> Iterator[Found]:
    """Yield USB printers as Linux lists them; other systems show them as printers of their own."""
    try:
        interfaces = sorted(devices.glob("*/bInterfaceClass"))
    except OSError:
        return
    for interface in interfaces:
        if _read(interface) == _PRINTER_CLASS:
            device = devices / interface.parent.name.partition(":")[0]
            name = " ".join(filter(None, (_read(device / "manufacturer"), _read(device / "product")))) or "USB"
            yield Found(_address(interface.parent, device), name)


def _address(interface: Path, device: Path) -> str:
    # The system's own driver asks for no further rights, and for no library.
    for driven in sorted(interface.glob("usbmisc/lp*")):
        return f"file:/dev/usb/{driven.name}"
    serial = _read(device / "serial")
    model = f"usb:{_read(device / 'idVendor')}:{_read(device / 'idProduct')}"
    return f"{model}/{serial}" if serial and " " not in serial else model


def _serial_ports() -> Iterator[Found]:
    from serial.tools import list_ports

    for port in sorted(list_ports.comports()):
        name = port.description if port.description not in ("", "n/a") else port.device
        yield Found(f"serial:{port.device}@9600", name)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
