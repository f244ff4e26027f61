"""Frames of drawn phones are read by the real decoder, and nothing that is given to it does harm."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import pytest
import pyzbar
import qrcode
from pyzbar import zbar_library
from qrcode import util

from scanner.reading import ladder
from scanner.drawn import phone
from scanner.reading.ladder import LiveDecoder, Rung, decode, decoder_available
from scanner.faults import DecoderMissing, NotAFrame
from scanner.vision import Frame, cv2

Draw = Callable[[str | bytes], Frame]
Digits = Callable[[int], str]


def _read(seeds: range, size: tuple[int, int], care: float, draw: Draw, digits: Digits) -> int:
    """Return how many phones, each with another code and held by another hand, are read."""
    shown = {seed: phone.frame(draw(digits(seed)), phone.hold(seed, size, care=care)) for seed in seeds}
    return sum(decode(picture) == [digits(seed)] for seed, picture in shown.items())


def test_phones_held_well_are_read_at_full_size(draw: Draw, digits: Digits) -> None:
    assert _read(range(14), phone.HD, 0.5, draw, digits) >= 13


def test_phones_held_well_are_read_at_half_size(draw: Draw, digits: Digits) -> None:
    assert _read(range(100, 126), phone.VGA, 0.5, draw, digits) >= 25


def test_phones_held_badly_are_mostly_read_by_the_ladder(draw: Draw, digits: Digits) -> None:
    assert _read(range(206, 230), phone.VGA, 0.2, draw, digits) >= 18


def test_the_ladder_reads_what_the_raw_frame_does_not(draw: Draw, digits: Digits) -> None:
    picture = phone.frame(draw(digits(225)), phone.hold(225, phone.VGA, care=0.2))
    grey = ladder.checked_grey(picture)

    assert ladder.read_rung(grey, ladder.RUNGS[0]) == []
    assert decode(picture) == [digits(225)]


def test_a_live_stream_climbs_one_rung_a_frame(draw: Draw, digits: Digits) -> None:
    picture = phone.frame(draw(digits(225)), phone.hold(225, phone.VGA, care=0.2))
    live = LiveDecoder()

    assert [digits(225)] in [live(picture) for _ in ladder.RUNGS]


def test_colour_is_seen_in_every_channel(draw: Draw) -> None:
    paper, ink = np.array([255, 255, 255], np.uint8), np.array([255, 0, 0], np.uint8)

    assert decode(np.where(draw("4821")[..., None] > 0, paper, ink)) == ["4821"]


def test_a_frame_with_transparency_is_read(draw: Draw) -> None:
    assert decode(np.dstack([draw("4821")] * 4)) == ["4821"]


def test_a_part_of_a_larger_array_is_read(draw: Draw) -> None:
    wide = np.hstack([draw("4821"), draw("4821")])

    assert decode(wide[:, : wide.shape[1] // 2]) == ["4821"]


def test_a_dark_mode_code_is_read(draw: Draw) -> None:
    assert decode(255 - draw("4821")) == ["4821"]


def test_two_codes_in_one_frame_are_both_read(draw: Draw) -> None:
    assert sorted(decode(np.hstack([draw("4821"), draw("0937")]))) == ["0937", "4821"]


def test_the_same_code_twice_in_one_frame_is_one_text(draw: Draw) -> None:
    assert decode(np.hstack([draw("4821")] * 2)) == ["4821"]


@pytest.mark.parametrize(
    ("text", "encoding"), [("自提收银台", "utf-8"), ("自提收银台", "gb18030"), ("テスト", "shift_jis")]
)
def test_text_is_read_in_the_encodings_of_east_asia(draw: Draw, text: str, encoding: str) -> None:
    assert decode(draw(text.encode(encoding))) == [text]


def test_bytes_in_no_encoding_are_still_a_text(draw: Draw) -> None:
    assert decode(draw(b"\xff\xfe\x80\x81")) == ["\xff\xfe\x80\x81"]


@pytest.mark.parametrize("size", [phone.HD, phone.VGA])
def test_a_counter_without_a_phone_holds_no_code(size: tuple[int, int]) -> None:
    views = [phone.hold(seed, size) for seed in range(4)]

    assert [decode(phone.empty_counter(view)) for view in views] == [[]] * 4


def test_noise_holds_no_code() -> None:
    chance = np.random.default_rng(1)

    assert not any(decode(chance.integers(0, 256, (240, 320), np.uint8)) for _ in range(10))


@pytest.mark.parametrize(
    "frame",
    [
        None,
        "frame",
        np.zeros((0, 0), np.uint8),
        np.zeros((23, 300), np.uint8),
        np.zeros((4097, 30), np.uint8),
        np.zeros((100, 100), np.float32),
        np.zeros((100, 100), np.uint16),
        np.zeros((100, 100, 2), np.uint8),
        np.zeros((100, 100, 3, 1), np.uint8),
        np.zeros(100, np.uint8),
    ],
)
def test_what_is_no_frame_is_refused_in_words(frame: object) -> None:
    with pytest.raises(NotAFrame, match=r"\.$"):
        decode(frame)  # type: ignore[arg-type]  # that it is refused is the point


@pytest.mark.parametrize("error", [ValueError("broken"), cv2.error("broken"), MemoryError()])
def test_a_rung_that_fails_stops_no_other(draw: Draw, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(grey: Frame) -> Frame:
        raise error

    monkeypatch.setattr(ladder, "RUNGS", (Rung("broken", fail), ladder.RUNGS[0]))

    assert decode(draw("4821")) == ["4821"]


def _first_of_two(text: str) -> Frame:
    """Return a symbol that says it is the first of two of a structured append."""
    code = qrcode.QRCode(version=2, error_correction=qrcode.ERROR_CORRECT_M, border=4)
    bits = util.BitBuffer()
    for value, length in ((3, 4), (0, 4), (1, 4), (0x5A, 8)):
        bits.put(value, length)
    part = util.QRData(text, mode=4)
    bits.put(part.mode, 4)
    bits.put(len(part), util.length_in_bits(part.mode, 2))
    part.write(bits)
    blocks = qrcode.base.rs_blocks(2, qrcode.ERROR_CORRECT_M)
    bits.put(0, min(4, 8 * sum(block.data_count for block in blocks) - len(bits)))
    while len(bits) % 8:
        bits.put_bit(bit=False)
    for number in range(sum(block.data_count for block in blocks) - len(bits) // 8):
        bits.put((0xEC, 0x11)[number % 2], 8)
    code.data_cache = util.create_bytes(bits, blocks)
    code.make(fit=False)
    modules = np.where(np.array(code.get_matrix()), 0, 255).astype(np.uint8)
    return np.kron(modules, np.ones((8, 8), np.uint8))


def test_an_unfinished_structured_append_loses_no_other_code(draw: Draw) -> None:
    part, whole = _first_of_two("half"), draw("4821")
    height = max(part.shape[0], whole.shape[0])
    both = [np.pad(code, ((0, height - code.shape[0]), (0, 0)), constant_values=255) for code in (part, whole)]

    assert decode(np.hstack(both)) == ["4821"]


def _without_zbar(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(zbar_library, "load", fail)
    monkeypatch.delattr(pyzbar, "wrapper")
    monkeypatch.delitem(sys.modules, "pyzbar.wrapper")


@pytest.mark.parametrize("error", [ImportError("no zbar"), OSError("no DLL")])
def test_a_missing_library_is_told_with_how_to_mend_it(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    _without_zbar(monkeypatch, error)

    assert "libzbar0" in (decoder_available() or "")
    with pytest.raises(DecoderMissing, match="libzbar0"):
        decode(np.zeros((100, 100), np.uint8))


def test_an_installed_library_is_nothing_to_mend() -> None:
    assert decoder_available() is None
