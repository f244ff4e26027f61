"""A USB printer without a driver in between: its maker, its product and, of two alike, its serial number."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from typing import Any

from printing.wires import PATIENCE_SECONDS

_PRINTER_CLASS = 0x07
_BULK = 0x02


class NoUsbLibrary(OSError):
    """The machine has no libusb."""


class UsbWire:
    """The printer interface of a USB device, with the channels that the device itself names."""

    def __init__(self, vendor: int, product: int, serial: str = "") -> None:
        import usb.util

        self._device = _find(vendor, product, serial)
        try:
            self._interface = _interface(self._device)
            self._out, self._in = _channels(self._interface)
            self._driver = self._take_from_driver()
            usb.util.claim_interface(self._device, self._interface.bInterfaceNumber)
        except BaseException:
            usb.util.dispose_resources(self._device)
            raise

    def write(self, data: bytes) -> None:
        """Send all of it, or raise."""
        rest = memoryview(data)
        while rest:
            sent = self._device.write(self._out, bytes(rest), int(PATIENCE_SECONDS * 1000))
            if not sent:
                raise TimeoutError("the printer takes nothing")
            rest = rest[sent:]

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """Return what the printer answers; `None` from one that is silent or has no channel to answer on."""
        import usb.core

        if self._in is None:
            return None
        self.write(question)
        try:
            return bytes(self._device.read(self._in, 64, int(seconds * 1000))) or None
        except usb.core.USBTimeoutError:
            return None

    def close(self) -> None:
        """Give the printer back to the system's own driver."""
        import usb.util

        number = self._interface.bInterfaceNumber
        with contextlib.suppress(OSError, NotImplementedError):
            usb.util.release_interface(self._device, number)
            if self._driver:
                self._device.attach_kernel_driver(number)
        usb.util.dispose_resources(self._device)

    def _take_from_driver(self) -> bool:
        number = self._interface.bInterfaceNumber
        try:
            if not self._device.is_kernel_driver_active(number):
                return False
            self._device.detach_kernel_driver(number)
        except NotImplementedError:
            # Windows and macOS have nothing of the kind.
            return False
        return True


def _find(vendor: int, product: int, serial: str) -> Any:
    import usb.core

    try:
        found = list(usb.core.find(find_all=True, idVendor=vendor, idProduct=product))
    except usb.core.NoBackendError as error:
        raise NoUsbLibrary(str(error)) from error
    for device in found:
        if not serial or _serial_number(device) == serial:
            return device
    raise FileNotFoundError(f"no USB printer {vendor:04x}:{product:04x} {serial}".rstrip())


def _serial_number(device: Any) -> str:
    try:
        return str(device.serial_number or "")
    except ValueError as error:
        # So the library says that the device may not be opened.
        raise PermissionError(errno.EACCES, str(error)) from error


def _interface(device: Any) -> Any:
    import usb.core

    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    interfaces = list(configuration)
    # Some makers declare a class of their own: then it is the first interface that bytes can be sent to.
    for each in sorted(interfaces, key=lambda each: each.bInterfaceClass != _PRINTER_CLASS):
        if any(_is_bulk(end, coming=False) for end in each):
            return each
    raise FileNotFoundError("this USB device is no printer")


def _channels(interface: Any) -> tuple[int, int | None]:
    ends = list(interface)
    out = next(_addresses(ends, coming=False))
    return out, next(_addresses(ends, coming=True), None)


def _addresses(ends: list[Any], *, coming: bool) -> Iterator[int]:
    return (end.bEndpointAddress for end in ends if _is_bulk(end, coming=coming))


def _is_bulk(end: Any, *, coming: bool) -> bool:
    return bool(end.bmAttributes & 0x03 == _BULK) and bool(end.bEndpointAddress & 0x80) == coming
