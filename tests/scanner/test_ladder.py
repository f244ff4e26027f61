"""Frames of drawn phones are read by the real decoder, and nothing that is given to it does harm."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import pyzbar
import qrcode
from pyzbar import zbar_library
from qrcode import util

from scanner.drawn import phone
from scanner.faults import DecoderMissing, NotAFrame
from scanner.reading import ladder, rungs, zbar, zxing
from scanner.reading.budget import Budget, Pace
from scanner.reading.ladder import Ladder, missing_decoders
from scanner.reading.picture import Picture
from scanner.reading.rungs import Rung, Worker
from scanner.vision import Frame, cv2

Draw = Callable[[str | bytes], Frame]
Digits = Callable[[int], str]


def decode(frame: Frame) -> list[str]:
    return ladder.read(frame).texts


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
    hard = [phone.frame(draw(digits(seed)), phone.hold(seed, phone.VGA, care=0.2)) for seed in range(206, 230)]
    readings = [ladder.read(frame) for frame in hard]

    assert {reading.rung for reading in readings if reading.contents} > {"raw"}


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


def _rung(name: str, read: rungs.Read, worker: Worker = Worker.ZXING) -> Rung:
    return Rung(name, worker, read)


@pytest.mark.parametrize(
    "error", [ValueError("broken"), cv2.error("broken"), IndexError(), MemoryError(), DecoderMissing("none")]
)
def test_a_rung_that_fails_stops_no_other(draw: Draw, error: Exception) -> None:
    def fail(picture: Picture, budget: Budget) -> list[bytes]:
        raise error

    climbing = Ladder(Picture(draw("4821")), Budget(1.0))

    assert climbing.climb((_rung("broken", fail), rungs.RAW)).texts == ["4821"]


def test_climbing_ends_at_the_first_rung_that_reads() -> None:
    asked: list[str] = []

    def telling(name: str, found: list[bytes]) -> Rung:
        def read(picture: Picture, budget: Budget) -> list[bytes]:
            asked.append(name)
            return found

        return _rung(name, read)

    steps = (telling("first", []), telling("second", [b"4821"]), telling("third", [b"0937"]))
    reading = Ladder(Picture(np.zeros((100, 100), np.uint8)), Budget(1.0)).climb(steps)

    assert (reading.texts, reading.rung, asked) == (["4821"], "second", ["first", "second"])


def test_a_code_that_is_not_accepted_is_foreign_and_the_climb_goes_on(draw: Draw) -> None:
    both = np.hstack([draw("menu"), draw("4821")])
    reading = ladder.read(both, accept=lambda content: content == b"4821")

    assert (reading.contents, reading.foreign) == ((b"4821",), (b"menu",))


def test_only_foreign_codes_are_no_contents(draw: Draw) -> None:
    reading = ladder.read(draw("menu"), accept=lambda content: content.isdigit())

    assert (reading.contents, reading.foreign, reading.rung) == ((), (b"menu",), "")


class _Hours:
    """CPU time that a test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_no_rung_begins_that_might_not_fit() -> None:
    hours, picture = _Hours(), Picture(np.zeros((480, 640), np.uint8))

    def slow(picture: Picture, budget: Budget) -> list[bytes]:
        hours.now += 0.2
        return []

    def read(picture: Picture, budget: Budget) -> list[bytes]:
        return [b"4821"]

    climbing = Ladder(picture, Budget(ladder.STILL_SECONDS, hours))

    assert climbing.climb((_rung("slow", slow), _rung("zbar", read, Worker.ZBAR))).contents == ()


def test_a_decoder_that_was_quick_on_a_picture_may_go_on() -> None:
    hours, picture = _Hours(), Picture(np.zeros((480, 640), np.uint8))

    def quick(picture: Picture, budget: Budget) -> list[bytes]:
        hours.now += 0.090
        return []

    def read(picture: Picture, budget: Budget) -> list[bytes]:
        return [b"4821"]

    climbing = Ladder(picture, Budget(ladder.STILL_SECONDS, hours))
    steps = (_rung("first", quick, Worker.ZBAR), _rung("second", read, Worker.ZBAR))

    assert climbing.climb(steps).rung == "second"


def test_a_rung_leaves_pictures_alone_that_are_too_large_for_it(draw: Draw) -> None:
    small_only = Rung("small_only", Worker.ZXING, rungs.RAW.read, most_pixels=100)

    assert Ladder(Picture(draw("4821")), Budget(1.0)).climb((small_only,)).contents == ()


def test_what_was_slow_once_is_forgotten_in_time() -> None:
    pace = Pace({"zbar": 1e-8}, caution=1.0, forgets=0.5)
    pace.learn("zbar", 1000, 1.0)
    for _ in range(20):
        pace.learn("zbar", 1000, 0.001)

    assert pace.expected("zbar", 1000, worst=2.0) == pytest.approx(0.001)


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

    assert "4821" in decode(np.hstack(both))


@pytest.fixture
def no_zbar(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    def fail() -> None:
        raise request.param

    monkeypatch.setattr(zbar_library, "load", fail)
    monkeypatch.delattr(pyzbar, "wrapper", raising=False)
    monkeypatch.delitem(sys.modules, "pyzbar.wrapper", raising=False)
    zbar._loaded.cache_clear()
    yield
    zbar._loaded.cache_clear()


@pytest.fixture
def no_zxing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    zxing._loaded.cache_clear()
    yield
    zxing._loaded.cache_clear()


_LOADING = [ImportError("no zbar"), OSError("no DLL")]


@pytest.mark.parametrize("no_zbar", _LOADING, indirect=True)
@pytest.mark.usefixtures("no_zbar")
def test_without_zbar_the_rest_reads_and_the_library_is_named(draw: Draw) -> None:
    assert "libzbar0" in missing_decoders()[0]
    assert decode(draw("4821")) == ["4821"]


@pytest.mark.usefixtures("no_zxing")
def test_without_zxing_zbar_reads(draw: Draw) -> None:
    assert "zxing-cpp" in missing_decoders()[0]
    assert ladder.read(draw("4821")).rung.startswith("zbar")


@pytest.mark.parametrize("no_zbar", _LOADING[:1], indirect=True)
@pytest.mark.usefixtures("no_zbar", "no_zxing")
def test_without_any_decoder_reading_is_refused_with_how_to_mend_it(draw: Draw) -> None:
    with pytest.raises(DecoderMissing, match="do the set-up again"):
        decode(draw("4821"))


def test_zbar_is_left_out_on_windows(monkeypatch: pytest.MonkeyPatch, draw: Draw) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    assert "Windows" in missing_decoders()[0]
    assert decode(draw("4821")) == ["4821"]


def test_installed_decoders_are_nothing_to_mend() -> None:
    assert missing_decoders() == []
