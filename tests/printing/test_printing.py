"""From a document to the bytes that a printer gets."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from app.domain.document import Align, Code, Document, Pair, Paper, Rule, Size, Space, Symbol, Text
from app.domain.trial import drawer_slip
from printing import address
from printing.address import Address, Way
from printing.commands import REPEAT, commands
from printing.faults import Fault, PrinterTrouble
from printing.layout import COLUMNS, CUT_SHORT, MOST_LINES, Line, lay_out, printable, width, wrap
from printing.layout import Symbol as Drawn

WELL, NO_PAPER, COVER = b"\x12", b"\x72", b"\x16"
CUT = b"\x1dV"


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
    assert b"\x1bp" in commands(drawer_slip("小李", "2026-11-26 14:03", "zh_CN"))


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


def test_no_part_of_an_amount_is_lost_and_a_paper_without_end_says_that_it_is_cut_short() -> None:
    long = Document("t", Paper.RECEIPT, (Pair("left", "R" * 60), Pair("l", "a\nb"), Space(MOST_LINES)))
    lines = [line.text for line in lay_out(long, 48) if isinstance(line, Line)]
    assert [line.strip() for line in lines[:6]] == ["left", "R" * 48, "R" * 12, "l", "a", "b"]
    assert lines[-1].strip() == CUT_SHORT
    assert len(lines) == MOST_LINES + 1


def test_a_code_is_as_large_as_the_paper_allows_and_else_it_is_read_by_a_person() -> None:
    for paper_mm, dots in ((58, 384), (80, 576)):
        for text in ("8000", "1" * 220, "https://mall.example/o/" + "x" * 120):
            sent = commands(Document("t", Paper.LABEL, (Code(text),)), paper_mm)
            start = sent.index(b"\x1dv0\x00") + 4
            bytes_across, rows = (int.from_bytes(sent[at : at + 2], "little") for at in (start, start + 2))
            picture = np.frombuffer(sent[start + 4 : start + 4 + bytes_across * rows], np.uint8)
            white = 255 - 255 * np.unpackbits(picture.reshape(rows, bytes_across), axis=1)
            assert bytes_across * 8 <= dots
            assert [found.text for found in zxingcpp.read_barcodes(np.pad(white, 30, constant_values=255))] == [text]
    for code in (Code("8" * 8000), Code("中文", Symbol.CODE128), Code("A" * 80, Symbol.CODE128)):
        sent = commands(Document("t", Paper.LABEL, (code,)), 58)
        assert b"\x1dv0" not in sent
        assert b"\x1dkI" not in sent
        assert code.text[:32].encode("gb18030") in sent
    assert b"{BA{{" in commands(Document("t", Paper.LABEL, (Code("A{", Symbol.CODE128),)), 58)


TEXTS = st.text(max_size=60)
PARTS = st.one_of(
    st.builds(Text, TEXTS, st.sampled_from(Size), st.booleans(), st.sampled_from(Align)),
    st.builds(Pair, TEXTS, TEXTS, st.booleans()),
    st.builds(Rule),
    st.builds(Space, st.integers(0, 3)),
    st.builds(Code, TEXTS, st.sampled_from(Symbol)),
)


@given(st.lists(PARTS, max_size=6), st.sampled_from(sorted(COLUMNS)))
def test_no_line_is_wider_than_the_paper_and_all_of_it_can_be_sent(parts: list[Text], paper_mm: int) -> None:
    document = Document("t", Paper.RECEIPT, tuple(parts))
    for line in lay_out(document, COLUMNS[paper_mm]):
        if isinstance(line, Drawn):
            continue
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
        ("usb:0fe6:811e/AB-12", Address(Way.USB, "0fe6:811e", serial="AB-12")),
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
