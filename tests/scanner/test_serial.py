"""A serial scanner's bytes become whole texts, in whatever pieces and spelling they come."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.keys.serial import MAX_BYTES, SerialAssembler, SerialText, as_text
from scanner.keys.wedge import Ending

CODE = "1" + "".join(random.Random(4).choices("0123456789", k=229))
RAW = CODE.encode()


def _is_code(text: str) -> bool:
    return text.isdigit() and text.isascii() and len(text) == len(CODE)


def _play(
    pieces: Iterable[bytes], accept: Callable[[str], bool] | None = _is_code, gap: float = 0.004
) -> list[SerialText]:
    assembler, now = SerialAssembler(accept), 10.0
    heard: list[SerialText] = []
    for piece in pieces:
        heard += assembler.feed(piece, now)
        now += gap
    return [*heard, *assembler.poll(now + 1)]


def _texts(heard: Iterable[SerialText]) -> list[str]:
    return [each.text for each in heard]


@pytest.mark.parametrize(
    ("ending", "name"),
    [
        (b"\r", Ending.ENTER),
        (b"\n", Ending.ENTER),
        (b"\r\n", Ending.ENTER),
        (b"\t", Ending.TAB),
        (b"", Ending.SILENCE),
    ],
)
def test_every_ending_makes_one_text(ending: bytes, name: Ending) -> None:
    heard = _play([RAW + ending])
    assert [(each.text, each.ended_by) for each in heard] == [(CODE, name)]


def test_a_code_is_complete_with_its_ending_and_needs_no_silence() -> None:
    assert _texts(SerialAssembler(_is_code).feed(RAW + b"\r", 1.0)) == [CODE]


def test_without_an_ending_it_is_complete_after_the_silence_and_not_before() -> None:
    assembler = SerialAssembler(_is_code)
    assert assembler.feed(RAW, 1.0) == ()
    assert assembler.poll(1.14) == ()
    assert _texts(assembler.poll(1.16)) == [CODE]


def test_bytes_after_a_silence_that_nobody_polled_are_another_text() -> None:
    assert _texts(_play([RAW, b"4006381333931"], gap=0.2)) == [CODE, "4006381333931"]


@pytest.mark.parametrize(
    "sent",
    [
        b"]Q1" + RAW,
        b"\x02" + RAW + b"\x03\r",
        b"\xef\xbb\xbf" + RAW,
        b" " + RAW + b" \r\n",
        CODE.translate(str.maketrans("0123456789", "０１２３４５６７８９")).encode(),
        CODE.translate(str.maketrans("0123456789", "０１２３４５６７８９")).encode("gb18030"),
    ],
)
def test_what_scanners_put_around_a_code_is_taken_off(sent: bytes) -> None:
    assert _texts(_play([sent])) == [CODE]


@pytest.mark.parametrize(("sent", "meant"), [("提货码", "提货码"), ("Müller", "Müller")], ids=["Chinese", "German"])
def test_text_is_decoded_as_utf_8(sent: str, meant: str) -> None:
    assert as_text(sent.encode()) == meant


def test_what_is_not_utf_8_is_taken_as_a_chinese_scanner_means_it() -> None:
    assert as_text("提货码".encode("gb18030")) == "提货码"


def test_any_bytes_are_some_text() -> None:
    assert as_text(b"caf\xe9 \xff") == "café ÿ"


def test_a_text_of_several_lines_stays_one() -> None:
    card = b"BEGIN:VCARD\r\nN:Zhang\r\nEND:VCARD\r\n"
    assert _texts(_play([card])) == ["BEGIN:VCARD\nN:Zhang\nEND:VCARD"]


def test_a_code_right_behind_something_else_is_not_lost() -> None:
    assert _texts(_play([b"hello\r" + RAW + b"\r"])) == ["hello", CODE]


def test_two_codes_in_one_piece_are_two_texts() -> None:
    assert _texts(_play([RAW + b"\r\n" + RAW[::-1] + b"\r\n"])) == [CODE, CODE[::-1]]


def test_what_never_ends_is_cut_and_does_not_grow() -> None:
    assembler = SerialAssembler(_is_code)
    for step in range(100):
        assert assembler.feed(b"x" * 512, 1.0 + step * 0.01) == ()
    (text,) = assembler.poll(10.0)
    assert (len(text.text), text.cut) == (MAX_BYTES, True)


def test_a_cut_text_ends_at_the_next_ending_so_that_a_code_behind_it_is_read() -> None:
    heard = _play([b"x" * 5000 + b"\r" + RAW + b"\r"])
    assert [(len(each.text), each.cut) for each in heard] == [(MAX_BYTES, True), (len(CODE), False)]


@pytest.mark.parametrize("noise", [b"\r\n\t" * 50, b"\0\0\0", b"   "])
def test_nothing_but_endings_is_no_text(noise: bytes) -> None:
    assert _play([noise]) == []


@given(
    cuts=st.lists(st.integers(0, len(RAW)), max_size=12), ending=st.sampled_from([b"\r", b"\n", b"\r\n", b"\t", b""])
)
def test_the_pieces_it_comes_in_do_not_matter(cuts: list[int], ending: bytes) -> None:
    sent = RAW + ending
    bounds = [0, *sorted(cuts), len(sent)]
    pieces = [sent[start:end] for start, end in pairwise(bounds)]
    assert _texts(_play(pieces)) == [CODE]


@given(st.lists(st.tuples(st.binary(max_size=40), st.floats(0, 0.4)), max_size=30))
def test_any_bytes_leave_an_empty_assembler_after_a_silence(pieces: list[tuple[bytes, float]]) -> None:
    assembler, now = SerialAssembler(_is_code), 0.0
    for data, pause in pieces:
        now += pause
        assembler.feed(data, now)
    assembler.poll(now + 1)
    assert not assembler.is_waiting
