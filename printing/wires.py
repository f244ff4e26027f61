"""How bytes reach a printer: a socket, a serial port or a device file; everything has an end, also without an answer.

python-escpos makes the bytes (`printing.commands`) and does not carry them: its own carriers wait for ever for a
device file without paper and for a serial port that says stop, and take every USB printer for the same model.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import stat
import sys
import time
from pathlib import Path
from typing import Protocol

PATIENCE_SECONDS = 5.0
_DRAIN_STEP_SECONDS = 0.05
if sys.platform == "win32":
    _PORT_GONE: tuple[type[Exception], ...] = (OSError,)
else:
    import termios

    _PORT_GONE = (OSError, termios.error)


class Wire(Protocol):
    """An open way to a printer; whatever fails is an `OSError`."""

    def write(self, data: bytes) -> None:
        """Send all of it, or raise."""

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """Return what the printer answers; `None` from one that is silent or cannot be heard."""

    def close(self) -> None:
        """Let go of the printer; never waits."""


class SocketWire:
    """A printer in the network, on its raw port."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), PATIENCE_SECONDS)

    def write(self, data: bytes) -> None:
        """Send all of it, or raise."""
        self._socket.settimeout(PATIENCE_SECONDS)
        self._socket.sendall(data)

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """Return what the printer answers; `None` from one that is silent."""
        self.write(question)
        self._socket.settimeout(seconds)
        try:
            answer = self._socket.recv(16)
        except TimeoutError:
            return None
        if not answer:
            raise ConnectionResetError("the printer hung up")
        return answer

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class SerialWire:
    """A printer on a serial port, with the handshake that it has."""

    def __init__(self, port: str, baud: int) -> None:
        import serial

        self._port = serial.Serial(port, baud, timeout=PATIENCE_SECONDS, write_timeout=PATIENCE_SECONDS, dsrdtr=True)

    def write(self, data: bytes) -> None:
        """Send all of it, or raise."""
        self._port.write(data)

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """Return what the printer answers; `None` from one that is silent."""
        self._drain()
        self._port.read(self._port.in_waiting)
        self._port.write(question)
        self._port.timeout = seconds
        answer: bytes = self._port.read(1)
        return answer or None

    def _drain(self) -> None:
        """Wait until the system has passed all on, for as long as it passes anything on."""
        left, deadline = self._port.out_waiting, time.monotonic() + PATIENCE_SECONDS
        while left:
            time.sleep(_DRAIN_STEP_SECONDS)
            still = self._port.out_waiting
            if still < left:
                left, deadline = still, time.monotonic() + PATIENCE_SECONDS
            elif time.monotonic() > deadline:
                raise TimeoutError("the printer takes nothing")

    def close(self) -> None:
        """Let go of the port; what it has not passed on is thrown away, or closing would wait for it."""
        with contextlib.suppress(*_PORT_GONE):
            self._port.reset_output_buffer()
        self._port.close()


class FileWire:
    """A printer that the system shows as a file, as Linux does many USB printers; a plain file is written on."""

    def __init__(self, path: str) -> None:
        # Never made anew: a missing device must not become a plain file that swallows receipts.
        kind = Path(path).stat().st_mode
        self._talks = stat.S_ISCHR(kind)
        flags = os.O_APPEND | (os.O_RDWR if self._talks else os.O_WRONLY)
        self._file = os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))

    def write(self, data: bytes) -> None:
        """Send all of it, or raise."""
        rest = memoryview(data)
        while rest:
            self._wait(select.POLLOUT if sys.platform != "win32" else 0, PATIENCE_SECONDS)
            rest = rest[os.write(self._file, rest) :]

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """Return what the printer answers; `None` from one that is silent or a file that cannot be read."""
        if not self._talks or sys.platform == "win32":
            return None
        self.write(question)
        try:
            self._wait(select.POLLIN, seconds)
            return os.read(self._file, 16) or None
        except TimeoutError:
            return None

    def _wait(self, event: int, seconds: float) -> None:
        if sys.platform == "win32":
            return
        poll = select.poll()
        poll.register(self._file, event)
        if not poll.poll(seconds * 1000):
            raise TimeoutError("the printer takes nothing")

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)
