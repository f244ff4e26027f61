"""From a document to the bytes that a printer gets, and everything that a printer can do wrong, on real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.document import Align, Code, Document, Pair, Paper, Rule, Size, Space, Symbol, Text
from app.domain.trial import trial_page
from printing import address, devices
from printing.address import Address, Way
from printing.commands import REPEAT, commands, open_drawer
from printing.faults import Fault, PrinterTrouble
from printing.layout import COLUMNS, Line, lay_out, printable, width, wrap

WELL, NO_PAPER, COVER = b"\x12", b"\x72", b"\x16"
CUT = b"\x1dV"


class Stand:
    """A receipt printer on loopback: answers status questions with `says`, hangs up after `takes` bytes."""

    def __init__(self, says: bytes = WELL, takes: int = 10**9) -> None:
        self.says, self.takes, self.got = says, takes, b""
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
            if len(self.got) >= self.takes:
                return
            if self.says:
                sock.sendall(self.says * data.count(b"\x10\x04"))


Printer = Callable[..., Stand]


@pytest.fixture
def printer() -> Iterator[Printer]:
    made: list[Stand] = []

    def make(says: bytes = WELL, takes: int = 10**9) -> Stand:
        made.append(Stand(says, takes))
        return made[-1]

    yield make
    for each in made:
        each.close()


def fault(address: Address, data: bytes = b"x") -> Fault:
    with pytest.raises(PrinterTrouble) as found:
        devices.send(address, data)
    return found.value.fault


PAGE = trial_page(Paper.RECEIPT, "麦香坊", "zh_CN")


def test_chinese_goes_out_in_gb18030_and_the_drawer_only_once() -> None:
    paper = Document("t", Paper.RECEIPT, (Text("红烧肉"), Pair("可颂 × 2", "¥24.00", bold=True)), opens_drawer=True)
    sent = commands(paper, 58)
    assert sent.startswith(b"\x1b@\x1c&\x1bp")
    assert "红烧肉".encode("gb18030") in sent
    assert "可颂 × 2".encode("gb18030") in sent
    assert "￥24.00\n".encode("gb18030") in sent
    assert CUT in sent[-8:]
    again = commands(paper, 58, repeated=True)
    assert REPEAT.encode("gb18030") in again
    assert b"\x1bp" not in again
    assert open_drawer().startswith(b"\x1bp")


def test_codes_are_pictures_and_sizes_are_three() -> None:
    paper = Document("t", Paper.LABEL, (Text("#4821", Size.HUGE), Code("8000"), Code("A-12", Symbol.CODE128)))
    sent = commands(paper, 58)
    assert b"\x1d!\x22" in sent
    assert b"\x1dv0" in sent
    assert b"\x1dk" in sent


def test_a_long_name_wraps_and_its_amount_stays_on_the_right() -> None:
    document = Document("t", Paper.RECEIPT, (Pair("长" * 40, "¥9.00"),))
    lines = [line for line in lay_out(document, 32) if isinstance(line, Line)]
    assert [width(line.text) for line in lines] == [24, 24, 24, 32]
    assert lines[-1].text.endswith("￥9.00")
    assert wrap("a Latin sentence breaks between words", 16) == ["a Latin sentence", "breaks between", "words"]
    assert printable("蛋糕🎂\x00\u200b") == "蛋糕?"


TEXTS = st.text(max_size=60)
PARTS = st.one_of(
    st.builds(Text, TEXTS, st.sampled_from(Size), st.booleans(), st.sampled_from(Align)),
    st.builds(Pair, TEXTS, TEXTS, st.booleans()),
    st.builds(Rule),
    st.builds(Space, st.integers(0, 3)),
)


@given(st.lists(PARTS, max_size=6), st.sampled_from(sorted(COLUMNS)))
def test_no_line_is_wider_than_the_paper_and_all_of_it_can_be_sent(parts: list[Text], paper_mm: int) -> None:
    document = Document("t", Paper.RECEIPT, tuple(parts))
    for line in lay_out(document, COLUMNS[paper_mm]):
        assert isinstance(line, Line)
        assert width(line.text) * line.scale <= COLUMNS[paper_mm]
    assert commands(document, paper_mm)
    assert Document.from_json(document.as_json) == document


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("network:192.168.1.50", Address(Way.NETWORK, "192.168.1.50", 9100)),
        ("network:printer.local:9101", Address(Way.NETWORK, "printer.local", 9101)),
        ("network:[fe80::1]:9100", Address(Way.NETWORK, "fe80::1", 9100)),
        ("usb:0FE6:811e", Address(Way.USB, "0fe6:811e")),
        ("serial:/dev/ttyUSB0@115200", Address(Way.SERIAL, "/dev/ttyUSB0", 115200)),
        ("serial:COM3", Address(Way.SERIAL, "COM3", 9600)),
        ("file:/dev/usb/lp0", Address(Way.FILE, "/dev/usb/lp0")),
    ],
)
def test_an_address_is_read(text: str, found: Address) -> None:
    assert address.parse(text) == found


@pytest.mark.parametrize("text", ["", "network:", "network:a b", "network:host:99999", "usb:1:2", "file:", "fax:1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(PrinterTrouble) as refused:
        address.parse(text)
    assert refused.value.fault is Fault.ADDRESS


def test_a_printer_that_is_well_gets_it_all(printer: Printer) -> None:
    stand = printer()
    devices.send(stand.address, commands(PAGE))
    assert commands(PAGE) in stand.got


def test_a_printer_that_does_not_answer_questions_is_believed_to_be_well(printer: Printer) -> None:
    stand = printer(says=b"")
    devices.send(stand.address, commands(PAGE))
    assert commands(PAGE) in stand.got


def test_nothing_is_sent_to_a_printer_without_paper_or_with_an_open_cover(printer: Printer) -> None:
    for says, expected in ((NO_PAPER, Fault.NO_PAPER), (COVER, Fault.COVER_OPEN)):
        stand = printer(says=says)
        assert fault(stand.address, commands(PAGE)) is expected
        assert CUT not in stand.got


def test_a_printer_that_is_unplugged_in_the_middle_is_told_from_one_that_is_off(printer: Printer) -> None:
    stand = printer(takes=200)
    assert fault(stand.address, commands(PAGE) * 3) is Fault.CUT_OFF
    stand.close()
    assert fault(stand.address) is Fault.ABSENT


def test_files_and_folders(tmp_path: Path) -> None:
    devices.send(Address(Way.FOLDER, str(tmp_path)), b"one")
    devices.send(Address(Way.FOLDER, str(tmp_path)), b"two")
    assert [each.read_bytes() for each in sorted(tmp_path.glob("*.escpos"))] == [b"one", b"two"]
    assert fault(Address(Way.FOLDER, str(tmp_path / "gone"))) is Fault.ABSENT
    assert fault(Address(Way.FILE, str(tmp_path / "gone" / "lp0"))) is Fault.ABSENT
    device = tmp_path / "lp0"
    device.write_bytes(b"")
    devices.send(Address(Way.FILE, str(device)), b"three")
    assert device.read_bytes() == b"three"
