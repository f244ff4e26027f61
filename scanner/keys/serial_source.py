"""One serial scanner on a thread of its own: opened by identity, read, and found again after it was unplugged."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from scanner.keys.ports import Port, list_ports
from scanner.keys.serial import SerialAssembler, SerialText
from scanner.keys.unmix import Accept
from scanner.source import Source

log = logging.getLogger(__name__)

# How long a read waits for a byte, in seconds: also how soon a stop and a silence are noticed.
READ_SECONDS = 0.05
_CHUNK = 512


class State(StrEnum):
    """How a serial scanner stands, by name."""

    READY = "ready"
    MISSING = "missing"
    BUSY = "busy"
    DENIED = "denied"
    LOST = "lost"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SourceState:
    """A scanner's state, and in English what the system said about it (for the log)."""

    identity: str
    name: State
    detail: str = ""


class OpenPort(Protocol):
    """An open port; every method may raise `OSError` once the device is gone."""

    def read(self, size: int = 1, /) -> bytes:
        """Wait `READ_SECONDS` at most and return what has come, at most `size` bytes."""
        ...

    def close(self) -> None:
        """Let the port go."""
        ...


class SerialSource(Source):
    """Reads one scanner until stopped; every callback runs on its thread, and a failing one ends nothing."""

    def __init__(
        self,
        identity: str,
        on_text: Callable[[SerialText], object],
        on_state: Callable[[SourceState], object],
        *,
        accept: Accept | None = None,
        find: Callable[[], Sequence[Port]] = list_ports,
        open_port: Callable[[str], OpenPort] | None = None,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        super().__init__("scan-serial", "a serial scanner", pause)
        self._identity = identity
        self._on_text, self._on_state = on_text, on_state
        self._accept = accept
        self._find, self._open, self._clock = find, open_port or open_serial, clock
        self._state: SourceState | None = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._serve_once()
            except Exception as failure:
                # Thread edge: a driver may raise anything, and the scanner must come back when it is plugged in again.
                log.info("the serial scanner %s failed", self._identity, exc_info=True)
                self._tell(State.LOST, str(failure))
            if not self._stopping.is_set():
                self._pause(self._backoff.next())
        self._tell(State.STOPPED)

    def _serve_once(self) -> None:
        found = next((port for port in self._find() if port.identity == self._identity), None)
        if found is None:
            self._tell(State.MISSING)
            return
        try:
            port = self._open(found.device)
        except OSError as refused:
            self._tell(_why(refused), str(refused))
            return
        try:
            self._read(port)
        finally:
            _close(port)

    def _read(self, port: OpenPort) -> None:
        assembler = SerialAssembler(self._accept)
        self._tell(State.READY)
        while not self._stopping.is_set():
            data = port.read(_CHUNK)
            self._backoff.reset()
            for text in assembler.feed(data, self._clock()) if data else assembler.poll(self._clock()):
                self._pass_on(self._on_text, text)

    def _tell(self, name: State, detail: str = "") -> None:
        state = SourceState(self._identity, name, detail)
        if self._state is None or self._state.name is not name:
            self._state = state
            self._pass_on(self._on_state, state)


def open_serial(device: str) -> OpenPort:
    """Open a port as USB scanners want it (their speed is nominal); raise `OSError` when it cannot be had."""
    from serial import Serial

    # The read ends with the first quiet moment: a whole scan comes in one piece or two.
    return _Eager(Serial(device, 9600, timeout=READ_SECONDS, exclusive=True))


class _Eager:
    """Returns what has come as soon as something has; pyserial would wait until `size` bytes are there."""

    def __init__(self, port: OpenPort) -> None:
        self._port = port

    def read(self, size: int = 1, /) -> bytes:
        first = self._port.read(1)
        waiting = int(getattr(self._port, "in_waiting", 0)) if first else 0
        return first + self._port.read(min(waiting, size - 1)) if waiting else first

    def close(self) -> None:
        self._port.close()


def _why(refused: OSError) -> State:
    if refused.errno in {errno.ENOENT, errno.ENODEV, errno.ENXIO}:
        return State.MISSING
    return State.DENIED if refused.errno in {errno.EACCES, errno.EPERM} else State.BUSY


def _close(port: OpenPort) -> None:
    try:
        port.close()
    except OSError:
        log.info("a serial port could not be closed", exc_info=True)
