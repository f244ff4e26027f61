"""Whatever a camera does, by script: once it is well again codes are read, and the loop always stops."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from queue import Queue
from threading import Event, Lock
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scanner.camera.finder import Finder
from scanner.camera.identity import Identity
from scanner.camera.keeper import MOST_LEFT
from scanner.camera.listing import CameraInfo, Door
from scanner.camera.loop import Hint, Look, Patience, ScanLoop, ScanState, State
from scanner.faults import CameraBusy, CameraLost, CameraMissing, NotAFrame
from scanner.vision import Frame, cv2

PATIENCE = 30.0
QUICK = Patience(silent=0.5, hung_read=1.0, hung_open=3.0, turn=0.001)
WELL, CODE = 200, "4821"
DESK = Identity("Desk", "046d:0825", "A77", "1.0", "0000:00:14.0/2")
TWIN = Identity("Desk", "046d:0825", "B12", "1.0", "0000:00:14.0/3")


class Clock:
    """Monotonic seconds that pass a little with each look, on any thread, or by leaps."""

    def __init__(self) -> None:
        self._now, self._lock = 100.0, Lock()

    def __call__(self) -> float:
        self.leap(0.02)
        return self._now

    def leap(self, seconds: float) -> None:
        with self._lock:
            self._now += seconds


def _frame(shade: int, shape: tuple[int, ...] = (480, 640, 3), kind: type = np.uint8) -> Any:
    frame: Any = np.full(shape, shade, kind)
    frame[shape[0] // 3 : shape[0] // 2] = 7
    return frame


@dataclass
class Opening:
    """How a camera opens, what it then gives, and how it closes."""

    opens: str = "well"
    reads: tuple[str, ...] = ()
    closes: str = "well"


class Scripted:
    """A machine with one camera, which follows a script of openings and is well ever after."""

    def __init__(self, *script: Opening) -> None:
        self.clock, self.mended = Clock(), Event()
        self._script, self._number, self._lock = iter(script), itertools.count(), Lock()
        self.is_well = False

    def listed(self) -> list[CameraInfo]:
        # Another number at each opening, beside a twin that must not be taken.
        number = next(self._number)
        doors = (Door(cv2.CAP_V4L2, f"/dev/video{number}"), Door(cv2.CAP_FFMPEG, f"/dev/other{number}"))
        return [CameraInfo("Twin", TWIN, ()), CameraInfo("Desk", DESK, doors)]

    def make(self, device: int | str, doors: object) -> ScriptedCamera:
        with self._lock:
            opening = next(self._script, None)
            self.is_well = self.is_well or opening is None
        return ScriptedCamera(self, opening or Opening())

    def mend_what_hangs_too_often(self, script: list[Opening]) -> None:
        if sum("hangs" in (each.opens, each.closes, *each.reads) for each in script) > MOST_LEFT:
            self.mended.set()

    def start(self, heard: Heard) -> ScanLoop:
        finder = Finder(self.listed, self.make)  # type: ignore[arg-type]
        loop = ScanLoop(
            lambda: finder.camera(str(DESK)),
            heard.texts.put,
            heard.frames.put,
            heard.states.put,
            decode=_decode,
            on_hint=heard.hints.put,
            clock=self.clock,
            pause=self.clock.leap,
            patience=QUICK,
        )
        loop.start()
        return loop


@dataclass
class Heard:
    """What a loop tells."""

    texts: Queue[str] = field(default_factory=Queue)
    frames: Queue[Frame] = field(default_factory=Queue)
    states: Queue[ScanState] = field(default_factory=Queue)
    hints: Queue[Hint | None] = field(default_factory=Queue)

    def await_state(self, name: State) -> ScanState:
        return next(state for state in iter(lambda: self.states.get(timeout=PATIENCE), None) if state.name is name)


def _decode(frame: Frame) -> Look:
    if not all(24 <= side <= 4096 for side in frame.shape[:2]):
        raise NotAFrame("too small or too large")
    return Look(texts=(CODE,)) if int(np.max(frame[0, 0])) == WELL else Look()


class ScriptedCamera:
    """One opening of the camera."""

    def __init__(self, machine: Scripted, opening: Opening) -> None:
        self._machine, self._opening = machine, opening
        self._reads: Iterator[str] = iter(opening.reads)
        self._shade = itertools.cycle(range(20, 120))
        self.door: Door | None = None

    def open(self) -> None:
        self._suffer(self._opening.opens)
        self.door = Door(cv2.CAP_V4L2, 0)

    def read(self) -> object:
        if self._opening == Opening():
            living = _frame(WELL)
            living[100:110] = next(self._shade)
            return living
        fault = next(self._reads, "none")
        self._suffer(fault)
        draw = FRAMES.get(fault)
        return draw(next(self._shade)) if draw else None

    def close(self) -> None:
        self._suffer(self._opening.closes)

    def _suffer(self, fault: str) -> None:
        if fault in RAISED:
            failure = RAISED[fault]()
            raise failure
        if fault == "hangs":
            self._machine.mended.wait(PATIENCE)
        if fault == "is slow":
            self._machine.clock.leap(20.0)
        if fault == "freezes":
            self._reads = itertools.repeat("frozen")


RAISED: dict[str, Callable[[], Exception]] = {
    "missing": partial(CameraMissing, "not there"),
    "busy": partial(CameraBusy, "in use"),
    "lost": partial(CameraLost, "gone"),
    "driver": partial(cv2.error, "a driver's own words"),
    "system": partial(OSError, 19, "No such device"),
    "anything": partial(RuntimeError, "USB is on fire"),
    "memory": MemoryError,
}
FRAMES: dict[str, Callable[[int], object]] = {
    "good": _frame,
    "frozen": lambda _: _frame(50),
    "freezes": lambda _: _frame(50),
    "is slow": _frame,
    "large": lambda shade: _frame(shade, (720, 1280, 3)),
    "tiny": lambda shade: _frame(shade, (16, 16, 3)),
    "huge": lambda shade: _frame(shade, (30, 5000)),
    "grey": lambda shade: _frame(shade, (480, 640)),
    "yuyv": lambda shade: _frame(shade, (480, 640, 2)),
    "deep": lambda shade: _frame(shade, (480, 640), np.uint16),
    "parts": lambda shade: _frame(shade, (480, 640), float),
    "odd": lambda shade: _frame(shade, (480, 640, 5)),
    "words": lambda _: "no picture at all",
}
CALLS = ["well", *RAISED, "hangs", "is slow"]
OPENINGS = st.builds(
    Opening,
    opens=st.sampled_from(CALLS),
    reads=st.lists(st.sampled_from([*FRAMES, *RAISED, "hangs", "none"]), min_size=1, max_size=8).map(tuple),
    closes=st.sampled_from(["well"] * 6 + ["anything", "hangs"]),
)
EVERYTHING_AT_ONCE = [
    Opening("missing"),
    Opening("anything", closes="anything"),
    Opening(reads=("good", "large", "tiny", "grey", "yuyv", "deep", "parts", "odd", "good", "none")),
    Opening("is slow", reads=("good", "freezes")),
    Opening(reads=("good", "hangs")),
    Opening("hangs"),
    Opening(reads=("good", "driver")),
]
LOGGED = "the camera (failed in an unknown way|could not be closed)"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(EVERYTHING_AT_ONCE)
@given(st.lists(OPENINGS, max_size=6))
def test_after_any_script_of_faults_a_code_is_read(expect_log: Callable[[str], None], script: list[Opening]) -> None:
    expect_log(LOGGED)
    machine, heard = Scripted(*script), Heard()
    loop = machine.start(heard)
    machine.mend_what_hangs_too_often(script)

    assert heard.texts.get(timeout=PATIENCE) == CODE
    assert machine.is_well
    machine.mended.set()
    assert loop.stop(timeout=PATIENCE)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(EVERYTHING_AT_ONCE, 9)
@given(st.lists(OPENINGS, max_size=6), st.integers(0, 9))
def test_a_loop_stops_in_the_midst_of_any_fault(
    expect_log: Callable[[str], None], script: list[Opening], states: int
) -> None:
    expect_log(LOGGED)
    machine, heard = Scripted(*script, *[Opening("missing")] * 9), Heard()
    loop = machine.start(heard)
    machine.mend_what_hangs_too_often(script)
    for _ in range(states):
        heard.states.get(timeout=PATIENCE)

    loop.stop(timeout=0.0)
    machine.mended.set()

    assert loop.stop(timeout=PATIENCE)
    heard.await_state(State.STOPPED)


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_a_read_that_hangs_is_left_behind_and_never_heard_again(heard: Heard) -> None:
    machine = Scripted(Opening(reads=("good", "hangs", "frozen", "frozen")))
    loop = machine.start(heard)

    assert heard.await_state(State.LOST).detail == "The camera has given no picture for a while."
    assert heard.texts.get(timeout=PATIENCE) == CODE
    machine.mended.set()
    assert loop.stop()


def test_an_open_that_hangs_is_left_behind(heard: Heard) -> None:
    machine = Scripted(Opening("hangs"))
    loop = machine.start(heard)

    assert heard.texts.get(timeout=PATIENCE) == CODE
    machine.mended.set()
    assert loop.stop()


def test_a_driver_that_always_hangs_is_said_to_be_stuck_and_works_again_once_it_is_mended(heard: Heard) -> None:
    machine = Scripted(*[Opening("hangs")] * (MOST_LEFT + 1))
    loop = machine.start(heard)

    assert "Unplug the camera" in heard.await_state(State.STUCK).detail
    machine.mended.set()
    assert heard.texts.get(timeout=PATIENCE) == CODE
    assert loop.stop()


def test_a_loop_over_a_hanging_driver_says_that_it_did_not_end(heard: Heard) -> None:
    machine = Scripted(Opening("hangs"))
    loop = machine.start(heard)

    assert not loop.stop(timeout=0.0)
    machine.mended.set()
    assert loop.stop()


def test_a_failing_listener_is_logged_once_and_not_with_every_frame(
    heard: Heard, expect_log: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    expect_log("a frame or a listener failed")
    shown, often = itertools.count(1), Event()

    def fail(_frame: Frame) -> None:
        if next(shown) == 20:
            often.set()
        raise ValueError("the screen is gone")

    heard.frames.put = fail  # type: ignore[method-assign, assignment]
    loop = Scripted().start(heard)

    assert often.wait(PATIENCE)
    assert loop.stop()
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "a frame or a listener failed"
    ]
