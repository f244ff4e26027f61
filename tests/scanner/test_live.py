"""The live decoder over streams: each frame in little time, soon every rung had its chance, and hints that last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
import pytest

from scanner.drawn import phone
from scanner.faults import NotAFrame
from scanner.reading import rungs
from scanner.reading.ladder import Ladder
from scanner.reading.live import LiveDecoder
from scanner.reading.sight import Hint, Look
from scanner.vision import Frame, cv2, to_uint8

Draw = Callable[[str | bytes], Frame]
Digits = Callable[[int], str]

ROUND = 4 * len(rungs.FULL)


def _thirtieths() -> Callable[[], float]:
    """Return a clock that is a frame later each time it is looked at."""
    ticks: Iterator[int] = count()
    return lambda: next(ticks) / 30


def _live(**settings: object) -> LiveDecoder:
    return LiveDecoder(now=_thirtieths(), **settings)  # type: ignore[arg-type]  # settings of every sort


def _hints(live: LiveDecoder, frame: Frame, frames: int = 60) -> set[Hint | None]:
    return {live(frame).hint for _ in range(frames)}


def _placed(code: Frame, side: int, size: tuple[int, int] = (640, 480)) -> Frame:
    """Return a grey counter with a code of `side` pixels in its middle."""
    frame = np.full((size[1], size[0]), 120, np.uint8)
    small = to_uint8(cv2.resize(code, (side, side), interpolation=cv2.INTER_AREA))
    top, left = (size[1] - side) // 2, (size[0] - side) // 2
    frame[top : top + side, left : left + side] = small
    return frame


@pytest.mark.parametrize("size", [phone.VGA, phone.HD])
def test_a_customer_who_comes_near_is_read_before_she_has_settled(
    size: tuple[int, int], draw: Draw, digits: Digits
) -> None:
    for seed in range(4):
        frames = phone.approach(draw(digits(seed)), seed, size, empty=2, coming=8, steady=4, care=0.4)
        live = _live()

        assert (digits(seed),) in [live(frame).texts for frame in frames]


@pytest.mark.parametrize("size", [phone.VGA, phone.HD])
def test_an_empty_counter_says_nothing(size: tuple[int, int]) -> None:
    live = _live()
    frames = [phone.empty_counter(phone.hold(seed, size)) for seed in range(4)]

    assert {live(frame) for frame in frames * 8} == {Look()}


_LIKE_A_CODE = {"rescue_found", "rescue_half", "deblur", "rescue_seen"}


@pytest.mark.parametrize(
    ("frame", "beyond"),
    [
        (np.full((480, 640), 90, np.uint8), {*_LIKE_A_CODE, "zbar_raw", "zbar_even_light"}),
        (
            np.kron(np.indices((60, 80)).sum(0) % 2 * 255, np.ones((8, 8))).astype(np.uint8),
            {"deblur", "rescue_seen", "zbar_raw", "zbar_even_light"},
        ),
    ],
    ids=["empty", "chequered"],
)
def test_every_rung_has_its_chance_on_a_stream_that_is_not_read(
    monkeypatch: pytest.MonkeyPatch, frame: Frame, beyond: set[str]
) -> None:
    tried: set[str] = set()
    step = Ladder.step

    def noting(self: Ladder, rung: rungs.Rung) -> list[bytes]:
        tried.add(rung.name)
        return step(self, rung)

    monkeypatch.setattr(Ladder, "step", noting)
    live = _live()
    for _ in range(ROUND):
        live(frame)

    assert tried == {rung.name for rung in rungs.FULL} - beyond


def test_a_foreign_code_is_told_apart(draw: Draw) -> None:
    look = _live(accept=bytes.isdigit)(draw("https://example.com/menu"))

    assert (look.texts, look.foreign, look.hint) == ((), ("https://example.com/menu",), Hint.FOREIGN)


def test_a_pickup_code_beside_a_poster_is_read(draw: Draw) -> None:
    both = np.hstack([draw("https://example.com/menu"), np.pad(draw("4821"), ((0, 32), (0, 0)), constant_values=255)])
    look = _live(accept=bytes.isdigit)(both[: draw("https://example.com/menu").shape[0]])

    assert look.texts == ("4821",)


def test_a_sticker_on_the_counter_does_not_end_the_search(draw: Draw, digits: Digits) -> None:
    frame = _placed(draw("https://example.com/pay"), 120)
    phone_side = to_uint8(cv2.GaussianBlur(cv2.resize(draw(digits(1)), (235, 235)), (0, 0), 2.8))
    frame[20:255, 10:245] = phone_side
    live = _live(accept=bytes.isdigit, clock=lambda: 0.0)  # a frame has all the time it wants
    looks = [live(frame) for _ in range(ROUND)]
    read = [look.rung for look in looks if look.texts == (digits(1),)]

    assert read
    assert "raw" not in read


def test_a_code_that_is_too_far_away_must_come_closer(draw: Draw, digits: Digits) -> None:
    code = draw(digits(1))
    frame = _placed(code, round(len(code) / 8 * 2.2))
    cv2.ellipse(frame, (330, 250), (30, 22), 20, 0, 360, (255,), -1)

    assert _hints(_live(), frame) == {None, Hint.CLOSER}


def test_a_code_under_a_reflection_must_be_tilted(draw: Draw, digits: Digits) -> None:
    frame = _placed(draw(digits(1)), 300)
    cv2.ellipse(frame, (330, 250), (110, 75), 20, 0, 360, (255,), -1)

    assert _hints(_live(), frame) == {None, Hint.TILT}


def test_a_dark_lens_is_too_dark() -> None:
    assert _hints(_live(), np.full((480, 640), 6, np.uint8)) == {None, Hint.TOO_DARK}


def test_a_phone_out_of_focus_must_be_held_still(draw: Draw, digits: Digits) -> None:
    frame = _placed(draw(digits(1)), 240)
    blurred = to_uint8(cv2.GaussianBlur(frame, (0, 0), 5))

    assert _hints(_live(), blurred) == {None, Hint.HOLD_STILL}


def test_a_hint_goes_away_when_the_code_is_read(draw: Draw) -> None:
    live = _live()
    assert Hint.TOO_DARK in _hints(live, np.full((480, 640), 6, np.uint8))

    assert live(_placed(draw("4821"), 200)).hint is None


def test_one_bad_frame_is_no_reason_to_say_anything() -> None:
    live = _live()

    assert live(np.full((480, 640), 6, np.uint8)).hint is None


def test_what_is_no_frame_is_refused_in_words() -> None:
    with pytest.raises(NotAFrame):
        _live()(np.zeros((100, 100), np.float32))
