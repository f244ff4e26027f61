"""Printers that a test holds in its hand: on a socket, on a pseudo terminal, and on a USB bus of its own."""

from __future__ import annotations

import array
import os
import socket
import threading
import tty
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import usb.core
from usb.backend import IBackend

from printing.address import Address, Way

WELL, NO_PAPER, COVER = b"\x12", b"\x72", b"\x16"
QUESTION = b"\x10\x04"


class Stand:
    """A receipt printer on loopback: answers status questions with `says`, and does as told after `takes` bytes.

    Then it says `later`: hangs up (`None`), is silent (empty), or answers so.
    """

    def __init__(self, says: bytes = WELL, takes: int = 10**9, later: bytes | None = None) -> None:
        self.says, self.takes, self.later, self.got = says, takes, later, b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = Address(Way.NETWORK, "127.0.0.1", self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                with sock, suppress(OSError):
                    self._take(sock)

    def _take(self, sock: socket.socket) -> None:
        while data := sock.recv(512):
            self.got += data
            says = self.says
            if len(self.got) >= self.takes:
                if self.later is None:
                    return
                says = self.later
            if says:
                sock.sendall(says * data.count(QUESTION))


class Line:
    """The printer's end of a serial line or device file; reads what comes and answers, or does neither."""

    def __init__(self, *, says: bytes = WELL, reads: bool = True) -> None:
        self._mine, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path, self.got, self._says = os.ttyname(self._theirs), b"", says
        self._thread = threading.Thread(target=self._serve, daemon=True)
        if reads:
            self._thread.start()

    def close(self) -> None:
        # The reader sees an end once nobody holds the other side.
        os.close(self._theirs)
        if self._thread.is_alive():
            self._thread.join(5)
        os.close(self._mine)

    def _serve(self) -> None:
        with suppress(OSError):
            while data := os.read(self._mine, 512):
                self.got += data
                if self._says:
                    os.write(self._mine, self._says * data.count(QUESTION))


class Bus(IBackend):  # type: ignore[misc]  # pyusb is untyped
    """A USB bus with printers of one model on it, below pyusb; each has channels 0x03 and 0x84."""

    def __init__(self, serials: list[str], *, says: bytes | None = WELL, allowed: bool = True) -> None:
        self.serials, self.says, self.allowed = serials, says, allowed
        self.got: dict[int, bytes] = dict.fromkeys(range(len(serials)), b"")
        self.driver = dict.fromkeys(self.got, True)
        self._asked = 0

    def enumerate_devices(self) -> Any:
        return iter(self.got)

    def get_device_descriptor(self, dev: int) -> Any:
        return SimpleNamespace(
            **dict.fromkeys(("bLength", "bDescriptorType", "bcdUSB", "bDeviceClass", "bDeviceSubClass"), 0),
            **dict.fromkeys(("bDeviceProtocol", "bcdDevice", "iManufacturer", "iProduct"), 0),
            bMaxPacketSize0=64,
            idVendor=0x0FE6,
            idProduct=0x811E,
            iSerialNumber=3,
            bNumConfigurations=1,
            address=dev + 1,
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=3,
        )

    def get_configuration_descriptor(self, dev: int, config: int) -> Any:
        return SimpleNamespace(
            **dict.fromkeys(("bLength", "bDescriptorType", "wTotalLength", "iConfiguration", "bmAttributes"), 0),
            bNumInterfaces=1,
            bConfigurationValue=1,
            bMaxPower=0,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev: int, intf: int, alt: int, config: int) -> Any:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            **dict.fromkeys(("bLength", "bDescriptorType", "bInterfaceNumber", "bAlternateSetting", "iInterface"), 0),
            bNumEndpoints=2,
            bInterfaceClass=7,
            bInterfaceSubClass=1,
            bInterfaceProtocol=2,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(self, dev: int, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            **dict.fromkeys(("bLength", "bDescriptorType", "bInterval", "bRefresh", "bSynchAddress"), 0),
            bEndpointAddress=(0x03, 0x84)[ep],
            bmAttributes=2,
            wMaxPacketSize=64,
            extra_descriptors=[],
        )

    def open_device(self, dev: int) -> int:
        if not self.allowed:
            raise usb.core.USBError("Access denied", -3, 13)
        return dev

    def close_device(self, dev_handle: int) -> None:
        pass

    def get_configuration(self, dev_handle: int) -> int:
        return 1

    def claim_interface(self, dev_handle: int, intf: int) -> None:
        if self.driver[dev_handle]:
            raise usb.core.USBError("Resource busy", -6, 16)

    def release_interface(self, dev_handle: int, intf: int) -> None:
        pass

    def is_kernel_driver_active(self, dev_handle: int, intf: int) -> bool:
        return self.driver[dev_handle]

    def detach_kernel_driver(self, dev_handle: int, intf: int) -> None:
        self.driver[dev_handle] = False

    def attach_kernel_driver(self, dev_handle: int, intf: int) -> None:
        self.driver[dev_handle] = True

    def ctrl_transfer(self, dev_handle: int, *request: Any) -> int:
        """Answer for the languages and the serial number, as string descriptors."""
        value, buffer = request[2], request[4]
        text = array.array("B", b"\x04\x03\x09\x04")
        if value & 0xFF:
            letters = self.serials[dev_handle].encode("utf-16-le")
            text = array.array("B", bytes([len(letters) + 2, 3]) + letters)
        buffer[: len(text)] = text
        return len(text)

    def bulk_write(self, dev_handle: int, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert ep == 0x03
        taken = bytes(data)[:64]
        self.got[dev_handle] += taken
        self._asked += taken.count(QUESTION)
        return len(taken)

    def bulk_read(self, dev_handle: int, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert ep == 0x84
        if not self.says or not self._asked:
            raise usb.core.USBTimeoutError("Operation timed out", -7, 110)
        self._asked = 0
        buff[0] = self.says[0]
        return 1
