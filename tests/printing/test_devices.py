"""Everything that a printer can do wrong, on real sockets, pseudo terminals, pipes, and a USB bus below the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import usb.backend.libusb0
import usb.backend.libusb1
import usb.backend.openusb

from app.domain.document import Paper
from app.domain.trial import trial_page
from printing import address, devices, wires
from printing.address import Address, Way
from printing.commands import commands
from printing.faults import Fault, PrinterTrouble
from printing.found import Found, usb_printers
from tests.printing.stand_ins import COVER, NO_PAPER, WELL, Bus, Line, Stand

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and pseudo terminals are POSIX's")

PAGE = commands(trial_page(Paper.RECEIPT, "麦香坊", "zh_CN"))
CUT = b"\x1dV"
Printer = Callable[..., Stand]


Wait = Callable[[bool], None]


@pytest.fixture(autouse=True)
def wait(monkeypatch: pytest.MonkeyPatch) -> Wait:
    """Wait for an answer as long as a busy machine takes, and hardly at all where none can come."""

    def choose(answers: bool) -> None:
        monkeypatch.setattr(devices, "ANSWER_SECONDS", 20.0 if answers else 0.1)
        monkeypatch.setattr(devices, "LAST_ANSWER_SECONDS", 20.0 if answers else 0.1)

    choose(True)
    return choose


@pytest.fixture
def printer() -> Iterator[Printer]:
    made: list[Stand] = []

    def make(says: bytes = WELL, takes: int = 10**9, later: bytes | None = None) -> Stand:
        made.append(Stand(says, takes, later))
        return made[-1]

    yield make
    for each in made:
        each.close()


def fault(address: Address, data: bytes = PAGE, *, answers: bool = False) -> Fault:
    with pytest.raises(PrinterTrouble) as found:
        devices.send(address, data, answers=answers)
    return found.value.fault


def test_a_printer_that_is_well_gets_it_all(printer: Printer) -> None:
    stand = printer()
    assert devices.send(stand.address, PAGE)
    assert PAGE in stand.got


def test_a_silent_printer_is_believed_to_be_well_unless_it_has_answered_before(printer: Printer, wait: Wait) -> None:
    wait(False)
    stand = printer(says=b"")
    assert not devices.send(stand.address, PAGE)
    assert PAGE in stand.got
    assert fault(stand.address, answers=True) is Fault.ABSENT
    assert stand.got.count(PAGE) == 1


def test_nothing_is_sent_to_a_printer_without_paper_or_with_an_open_cover(printer: Printer) -> None:
    for says, expected in ((NO_PAPER, Fault.NO_PAPER), (COVER, Fault.COVER_OPEN)):
        stand = printer(says=says)
        assert fault(stand.address) is expected
        assert CUT not in stand.got


def test_what_goes_wrong_in_the_middle_is_told_from_a_printer_that_is_off(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for later, expected in ((None, Fault.CUT_OFF), (b"", Fault.CUT_OFF), (NO_PAPER, Fault.RAN_OUT)):
        stand = printer(takes=200, later=later)
        monkeypatch.setattr(devices, "LAST_ANSWER_SECONDS", 0.1 if later == b"" else 20.0)
        assert fault(stand.address, PAGE * 3) is expected
        stand.close()
        assert fault(stand.address) is Fault.ABSENT


def test_files_and_folders(tmp_path: Path) -> None:
    devices.send(Address(Way.FOLDER, str(tmp_path)), b"one")
    devices.send(Address(Way.FOLDER, str(tmp_path)), b"two")
    assert [each.read_bytes() for each in sorted(tmp_path.glob("*.escpos"))] == [b"one", b"two"]
    assert fault(Address(Way.FOLDER, str(tmp_path / "gone"))) is Fault.ABSENT
    device = tmp_path / "lp0"
    assert fault(Address(Way.FILE, str(device))) is Fault.ABSENT
    assert not device.exists()
    device.write_bytes(b"")
    for data in (b"three", b"four"):
        devices.send(Address(Way.FILE, str(device)), data)
    assert device.read_bytes() == b"threefour"


@posix
def test_a_device_file_that_takes_nothing_has_an_end(
    tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wires, "PATIENCE_SECONDS", 0.2)
    wait(False)
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    assert fault(Address(Way.FILE, str(pipe))) is Fault.ABSENT
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert fault(Address(Way.FILE, str(pipe)), b"x" * 500_000) is Fault.CUT_OFF
    finally:
        os.close(reader)


@posix
@pytest.mark.parametrize("way", [Way.FILE, Way.SERIAL])
def test_a_line_that_answers_and_one_that_takes_nothing(way: Way, wait: Wait, monkeypatch: pytest.MonkeyPatch) -> None:
    for says, expected in ((WELL, None), (b"", None), (NO_PAPER, Fault.NO_PAPER)):
        line = Line(says=says)
        wait(bool(says))
        where = Address(way, line.path, address.DEFAULT_BAUD)
        if expected:
            assert fault(where) is expected
        else:
            assert devices.send(where, PAGE) == bool(says)
        line.close()
        assert (PAGE in line.got) == (expected is None)
    monkeypatch.setattr(wires, "PATIENCE_SECONDS", 0.2)
    wait(False)
    line = Line(reads=False)
    assert fault(Address(way, line.path, address.DEFAULT_BAUD), PAGE * 40) is Fault.CUT_OFF
    line.close()


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Callable[[Bus | None], None]:
    def plug(found: Bus | None) -> None:
        for library in (usb.backend.libusb1, usb.backend.openusb, usb.backend.libusb0):
            monkeypatch.setattr(library, "get_backend", lambda **_: found)

    return plug


def test_of_two_usb_printers_of_one_model_the_right_one_prints(bus: Callable[[Bus | None], None]) -> None:
    found = Bus(["AA", "BB"])
    bus(found)
    assert devices.send(address.parse("usb:0fe6:811e/BB"), PAGE)
    assert PAGE in found.got[1]
    assert found.got[0] == b""
    # Given back: the system's own driver may print as well.
    assert found.driver[1]
    assert fault(address.parse("usb:0fe6:811e/CC")) is Fault.ABSENT
    assert fault(address.parse("usb:0fe6:9999")) is Fault.ABSENT


def test_a_usb_printer_that_is_silent_forbidden_or_unknown_to_the_machine(bus: Callable[[Bus | None], None]) -> None:
    model = address.parse("usb:0fe6:811e")
    silent = Bus(["AA"], says=None)
    bus(silent)
    assert not devices.send(model, PAGE)
    assert PAGE in silent.got[0]
    bus(Bus(["AA"], says=NO_PAPER))
    assert fault(model) is Fault.NO_PAPER
    bus(Bus(["AA"], allowed=False))
    assert fault(model) is Fault.DENIED
    assert fault(address.parse("usb:0fe6:811e/AA")) is Fault.DENIED
    bus(None)
    assert fault(model) is Fault.NO_LIBRARY


def test_usb_printers_are_found_with_their_names_and_other_devices_are_not(tmp_path: Path) -> None:
    def plug(name: str, kind: str, **facts: str) -> Path:
        interface = tmp_path / f"{name}:1.0"
        for folder, texts in ((tmp_path / name, facts), (interface, {"bInterfaceClass": kind})):
            folder.mkdir()
            for fact, text in texts.items():
                (folder / fact).write_text(text + "\n")
        return interface

    model = {"idVendor": "0fe6", "idProduct": "811e", "manufacturer": "Gprinter", "product": "GP-80"}
    plug("1-1", "07", **model, serial="AB12")
    plug("1-2", "03", **model)
    (plug("1-3", "07", **model) / "usbmisc" / "lp1").mkdir(parents=True)
    assert list(usb_printers(tmp_path)) == [
        Found("usb:0fe6:811e/AB12", "Gprinter GP-80"),
        Found("file:/dev/usb/lp1", "Gprinter GP-80"),
    ]
    assert all(address.parse(each.address) for each in usb_printers(tmp_path))
    assert list(usb_printers(tmp_path / "gone")) == []
