"""A serial scanner on a real terminal line: unplugged, plugged in elsewhere, read again; its neighbours go on."""

from __future__ import annotations

import errno
import os
import queue
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from scanner.keys.ports import Port, described
from scanner.keys.serial_source import OpenPort, SerialSource, SourceState, State, open_serial
from tests.conftest import ExpectLog

WHO = "0c2e:0b6a:17"
PATIENCE = 20.0


@dataclass
class Line:
    """A scanner that is plugged in: what it sends, the source hears."""

    master: int
    path: str

    def send(self, data: bytes) -> None:
        os.write(self.master, data)


@dataclass
class Desk:
    """The machine's sockets, and what one source told; `pauses` are the waits it asked for."""

    ports: list[Port] = field(default_factory=list)
    texts: queue.Queue[str] = field(default_factory=queue.Queue)
    states: queue.Queue[State] = field(default_factory=queue.Queue)
    pauses: queue.Queue[float] = field(default_factory=queue.Queue)
    turns: queue.Queue[None] = field(default_factory=queue.Queue)
    sources: list[SerialSource] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def plug_in(self, identity: str = WHO) -> Line:
        master, slave = os.openpty()
        tty.setraw(slave)
        line = Line(master, os.ttyname(slave))
        os.close(slave)
        self.lines.append(line)
        self.ports.append(Port(identity, line.path, "scanner"))
        return line

    def unplug(self, line: Line) -> None:
        self.ports[:] = [port for port in self.ports if port.device != line.path]
        self.lines.remove(line)
        os.close(line.master)

    def pause(self, seconds: float) -> None:
        """Wait for a turn instead of for the time."""
        self.pauses.put(seconds)
        self.turns.get(timeout=PATIENCE)

    def source(self, identity: str = WHO, open_port: Callable[[str], OpenPort] = open_serial) -> SerialSource:
        source = SerialSource(
            identity,
            lambda text: self.texts.put(text.text),
            lambda state: self.states.put(state.name),
            find=lambda: list(self.ports),
            open_port=open_port,
            pause=self.pause,
        )
        self.sources.append(source)
        source.start()
        return source

    def waited(self) -> float:
        """Return the next wait that was asked for, and end it."""
        self.turns.put(None)
        return self.pauses.get(timeout=PATIENCE)

    def text(self) -> str:
        return self.texts.get(timeout=PATIENCE)

    def state(self) -> State:
        return self.states.get(timeout=PATIENCE)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    for source in desk.sources:
        source._stopping.set()
        desk.turns.put(None)
        assert source.stop()
    for line in desk.lines:
        os.close(line.master)


def test_what_a_scanner_sends_is_heard(desk: Desk) -> None:
    line = desk.plug_in()
    desk.source()
    assert desk.state() is State.READY
    line.send(b"]Q148213344\r")
    assert desk.text() == "48213344"


def test_a_text_in_pieces_and_without_an_ending_is_heard_whole(desk: Desk) -> None:
    line = desk.plug_in()
    desk.source()
    assert desk.state() is State.READY
    for piece in (b"4821", b"33", b"44"):
        line.send(piece)
    assert desk.text() == "48213344"


def test_a_scanner_is_found_again_under_another_path(desk: Desk) -> None:
    line = desk.plug_in()
    desk.source()
    assert desk.state() is State.READY
    desk.unplug(line)
    assert desk.state() is State.LOST
    desk.turns.put(None)
    assert desk.state() is State.MISSING
    blocker, again = desk.plug_in("other"), desk.plug_in()
    assert again.path not in {line.path, blocker.path}
    desk.turns.put(None)
    assert desk.state() is State.READY
    again.send(b"48213344\r")
    assert desk.text() == "48213344"


def test_the_pauses_between_attempts_grow_and_begin_anew(desk: Desk) -> None:
    desk.source()
    assert [desk.waited() for _ in range(5)] == [1, 2, 5, 10, 10]
    line = desk.plug_in()
    desk.turns.put(None)
    assert [desk.state(), desk.state()] == [State.MISSING, State.READY]
    line.send(b"1\r")
    assert desk.text() == "1"
    desk.unplug(line)
    # One wait may have begun before the scanner was plugged in.
    assert 1 in [desk.waited(), desk.waited()]


def test_a_port_that_nobody_chose_is_never_opened(desk: Desk) -> None:
    desk.plug_in("dead:beef:modem")
    opened: list[str] = []

    def note(device: str) -> OpenPort:
        opened.append(device)
        return open_serial(device)

    desk.source(open_port=note)
    assert desk.state() is State.MISSING
    assert opened == []


def test_a_failing_scanner_leaves_its_neighbour_alone(desk: Desk) -> None:
    def break_down(_device: str) -> OpenPort:
        raise RuntimeError("the driver is confused")

    line = desk.plug_in("aa:bb:1")
    desk.plug_in()
    desk.source(open_port=break_down)
    assert desk.state() is State.LOST
    desk.source("aa:bb:1")
    assert desk.state() is State.READY
    line.send(b"48213344\r")
    assert desk.text() == "48213344"


def test_a_listener_that_fails_does_not_close_the_port(desk: Desk, expect_log: ExpectLog) -> None:
    expect_log("nobody could take")
    line = desk.plug_in()
    heard: queue.Queue[str] = queue.Queue()

    def fail_once(text: object) -> None:
        heard.put(str(text))
        if heard.qsize() == 1:
            raise ValueError("no")

    source = SerialSource(
        WHO, fail_once, lambda state: desk.states.put(state.name), find=lambda: desk.ports, pause=desk.pause
    )
    desk.sources.append(source)
    source.start()
    assert desk.state() is State.READY
    line.send(b"1234\r")
    heard.get(timeout=PATIENCE)
    line.send(b"5678\r")
    assert "5678" in heard.get(timeout=PATIENCE)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (PermissionError(errno.EACCES, "no"), State.DENIED),
        (FileNotFoundError(errno.ENOENT, "gone"), State.MISSING),
        (OSError(errno.EBUSY, "taken"), State.BUSY),
        (OSError("Access is denied"), State.BUSY),
    ],
)
def test_why_a_port_cannot_be_had_is_told(desk: Desk, error: OSError, state: State) -> None:
    def refuse(_device: str) -> OpenPort:
        raise error

    desk.plug_in()
    desk.source(open_port=refuse)
    assert desk.state() is state


def test_a_port_in_use_is_told_as_busy(desk: Desk) -> None:
    line = desk.plug_in()
    taken = open_serial(line.path)
    desk.source()
    assert desk.state() is State.BUSY
    taken.close()


def test_it_stops_while_it_waits_for_a_scanner() -> None:
    states: queue.Queue[SourceState] = queue.Queue()
    source = SerialSource(WHO, print, states.put, find=tuple)
    source.start()
    assert states.get(timeout=PATIENCE).name is State.MISSING
    assert source.stop()
    assert states.get(timeout=PATIENCE).name is State.STOPPED


def _info(device: str, vid: int | None, serial: str | None = None, product: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(
        device=device,
        description="n/a",
        vid=vid,
        pid=0x0B6A if vid else None,
        serial_number=serial,
        product=product,
        manufacturer=None,
    )


def test_ports_have_an_identity_and_scanners_come_first() -> None:
    modem, plain = _info("/dev/ttyACM0", 0x12D1, "X1", "Modem"), _info("/dev/ttyS0", None)
    scanner = _info("/dev/ttyACM7", 0x0C2E, "A1B2", "Xenon")
    found = described([modem, plain, scanner])
    assert [port.identity for port in found] == ["0c2e:0b6a:a1b2", "12d1:0b6a:x1", "path:/dev/ttyS0"]
    assert [port.likely for port in found] == [True, False, False]
    assert [port.name for port in found] == ["Xenon (/dev/ttyACM7)", "Modem (/dev/ttyACM0)", "/dev/ttyS0"]
