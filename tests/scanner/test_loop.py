"""The scan loop reads, survives what cameras do, and ends when told."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from queue import Queue
from threading import Event, get_ident

import numpy as np
import pytest

from scanner.camera.device import SequenceCamera
from scanner.camera.loop import Patience, ScanLoop, ScanState, State
from scanner.drawn import phone
from scanner.faults import CameraBusy, CameraMissing, DecoderMissing
from scanner.reading import stills
from scanner.reading.sight import Hint, Look
from scanner.vision import Frame

Draw = Callable[[str | bytes], Frame]
Step = Frame | Exception | Event | None

PATIENCE = 20.0
ANOTHER = np.zeros((1, 1), np.uint8)  # stands for a frame unlike the one before


def _frame(shade: int) -> Frame:
    frame = np.full((480, 640, 3), shade, np.uint8)
    frame[100:200, 100:200] = shade ^ 128
    return frame


def _nothing(_frame: Frame) -> Look:
    return Look()


def _read(frame: Frame) -> Look:
    return _saw(*stills.read(frame))


def _saw(*texts: str) -> Look:
    return Look(texts=texts)


class ScriptedCamera:
    """Plays one list of steps per opening: a frame, a failure to raise, an event to wait for; then new pictures."""

    def __init__(self, *openings: Iterable[Step]) -> None:
        self._openings = iter(openings)
        self._steps: Iterator[Step] = iter(())
        self._shade = 0
        self.closed = 0

    def open(self) -> None:
        self._steps = iter(next(self._openings, []))
        first = next(self._steps, None)
        if isinstance(first, Exception):
            raise first
        self._steps = itertools.chain([first], self._steps) if first is not None else self._steps

    def read(self) -> Frame | None:
        step = next(self._steps, ANOTHER)
        if isinstance(step, Exception):
            raise step
        if isinstance(step, Event):
            step.wait(PATIENCE)
            return self.read()
        self._shade = (self._shade + 1) % 250
        return _frame(self._shade) if step is ANOTHER else step

    def close(self) -> None:
        self.closed += 1


class Listener:
    """Hears what a loop tells, in queues that a test can wait on."""

    def __init__(self) -> None:
        self.texts: Queue[str] = Queue()
        self.frames: Queue[Frame] = Queue()
        self.states: Queue[ScanState] = Queue()
        self.hints: Queue[Hint | None] = Queue()
        self.threads: set[int] = set()

    def text(self, text: str) -> None:
        self.threads.add(get_ident())
        self.texts.put(text)

    def frame(self, frame: Frame) -> None:
        self.threads.add(get_ident())
        self.frames.put(frame)

    def hint(self, hint: Hint | None) -> None:
        self.threads.add(get_ident())
        self.hints.put(hint)

    def state(self, state: ScanState) -> None:
        self.threads.add(get_ident())
        self.states.put(state)

    def await_states(self, *names: State) -> ScanState:
        """Return the last of the next states, which must have these names."""
        heard = [self.states.get(timeout=PATIENCE) for _ in names]
        assert [state.name for state in heard] == list(names)
        return heard[-1]


Start = Callable[..., ScanLoop]


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def start(listener: Listener) -> Iterator[Start]:
    """Return what starts a loop over a scripted camera; the loop is stopped after the test."""
    loops: list[ScanLoop] = []

    def start(*openings: Iterable[Step], **options: object) -> ScanLoop:
        settings = {"decode": _nothing, "pause": lambda seconds: None} | options
        camera = settings.pop("camera", ScriptedCamera(*openings))
        settings.setdefault("on_hint", listener.hint)
        loop = ScanLoop(lambda: camera, listener.text, listener.frame, listener.state, **settings)  # type: ignore[arg-type, return-value]
        loops.append(loop)
        loop.start()
        return loop

    yield start
    ended = [loop.stop() for loop in loops]
    assert all(ended)


def test_a_phone_brought_into_view_is_read_once(draw: Draw, listener: Listener, start: Start) -> None:
    frames = phone.approach(draw("1" * 230), 3, phone.VGA, empty=2, coming=2, steady=6)

    loop = start(camera=SequenceCamera(frames, fps=60, loop=True), decode=_read)

    assert listener.texts.get(timeout=PATIENCE) == "1" * 230
    assert loop.stop()
    assert listener.texts.empty()


def test_a_text_in_many_frames_is_told_once(listener: Listener, start: Start) -> None:
    answers = iter([_saw("a"), _saw("a"), _saw("a"), _saw("b")])
    start(decode=lambda frame: next(answers, Look()))

    assert [listener.texts.get(timeout=PATIENCE) for _ in range(2)] == ["a", "b"]


def test_an_acknowledged_text_is_told_again(listener: Listener, start: Start) -> None:
    loop = start(decode=lambda frame: _saw("a"))
    listener.texts.get(timeout=PATIENCE)

    loop.acknowledge("a")

    assert listener.texts.get(timeout=PATIENCE) == "a"


def test_every_callback_runs_on_one_thread(listener: Listener, start: Start) -> None:
    loop = start(decode=lambda frame: _saw("a"))
    listener.texts.get(timeout=PATIENCE)

    loop.stop()

    assert len(listener.threads) == 1
    assert get_ident() not in listener.threads


def test_a_working_camera_is_opening_then_running_then_stopped(listener: Listener, start: Start) -> None:
    loop = start()
    listener.await_states(State.OPENING, State.RUNNING)

    loop.stop()

    listener.await_states(State.STOPPED)


@pytest.mark.parametrize(
    ("fault", "name"),
    [(CameraMissing("not there"), State.MISSING), (CameraBusy("in use"), State.BUSY)],
)
def test_a_camera_that_does_not_open_is_named_and_tried_again(
    listener: Listener, start: Start, fault: Exception, name: State
) -> None:
    start([fault])

    assert listener.await_states(State.OPENING, name).detail == str(fault)
    listener.await_states(State.OPENING, State.RUNNING)


def test_a_camera_that_gives_nothing_is_closed_and_opened_again(listener: Listener, start: Start) -> None:
    cut = Event()
    camera = ScriptedCamera([_frame(9), cut, None])
    start(camera=camera)
    listener.await_states(State.OPENING, State.RUNNING)

    cut.set()

    listener.await_states(State.LOST, State.OPENING, State.RUNNING)
    assert camera.closed == 1


def test_a_picture_that_stands_still_is_a_lost_camera(listener: Listener, start: Start) -> None:
    ticks, frozen = iter(range(10_000)), Event()
    start([_frame(7), frozen, *[_frame(7)] * 10], clock=lambda: next(ticks) * 0.3)
    listener.await_states(State.OPENING, State.RUNNING)

    frozen.set()

    assert "stands still" in listener.await_states(State.LOST).detail


def test_a_camera_that_hangs_is_told_and_welcomed_back(listener: Listener, start: Start) -> None:
    back = Event()
    start([_frame(9), back], patience=Patience(silent=0.05, turn=0.01))

    listener.await_states(State.OPENING, State.RUNNING, State.LOST)
    back.set()
    listener.await_states(State.RUNNING)


def test_the_pauses_between_attempts_grow(listener: Listener, start: Start) -> None:
    pauses: Queue[float] = Queue()
    start(*[[CameraMissing("not there")]] * 5, pause=pauses.put)

    assert [pauses.get(timeout=PATIENCE) for _ in range(5)] == [1, 2, 5, 10, 10]


def test_a_driver_that_throws_anything_is_tried_again(
    listener: Listener, start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("the camera failed in an unknown way")
    start([RuntimeError("USB is on fire")])

    assert "USB is on fire" in listener.await_states(State.OPENING, State.LOST).detail
    listener.await_states(State.OPENING, State.RUNNING)


def test_one_bad_frame_does_not_end_scanning(
    listener: Listener, start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("a frame or a listener failed")
    failures = iter([RuntimeError("a bad frame")])

    def decode(frame: Frame) -> Look:
        for failure in failures:
            raise failure
        return _saw("a")

    start(decode=decode)

    assert listener.texts.get(timeout=PATIENCE) == "a"


def test_without_a_decoder_the_picture_is_still_shown(listener: Listener, start: Start) -> None:
    def decode(frame: Frame) -> Look:
        raise DecoderMissing("Install it.")

    start(decode=decode, clock=iter(np.arange(0, 10_000, 0.1)).__next__)

    state = listener.await_states(State.OPENING, State.RUNNING, State.DECODER_MISSING)
    assert state.detail == "Install it."
    assert [listener.frames.get(timeout=PATIENCE).shape for _ in range(3)] == [(360, 480, 3)] * 3


def test_a_photo_is_taken_of_the_whole_frame(listener: Listener, start: Start) -> None:
    whole: Queue[Frame] = Queue()
    start(on_whole=whole.put)
    assert whole.get(timeout=PATIENCE).shape == (480, 640, 3)


def test_the_preview_is_small_and_not_too_frequent(listener: Listener, start: Start) -> None:
    numbers = iter(range(10_000))
    start(decode=lambda frame: _saw(str(next(numbers))), clock=lambda: 5.0)

    for _ in range(5):
        listener.texts.get(timeout=PATIENCE)

    assert listener.frames.get(timeout=PATIENCE).shape == (360, 480, 3)
    assert listener.frames.empty()


class OutrunningCamera(ScriptedCamera):
    """Gives 200 frames while the first is being decoded, then waits."""

    def __init__(self) -> None:
        super().__init__()
        self.decoding, self.outrun, self.end = Event(), Event(), Event()

    def read(self) -> Frame | None:
        if self._shade == 1:
            self.decoding.wait(PATIENCE)
        if self._shade == 200:
            self.outrun.set()
            self.end.wait(PATIENCE)
        return super().read()


def test_a_hint_is_told_when_it_changes_and_ends_with_the_camera(listener: Listener, start: Start) -> None:
    cut, looks = Event(), iter([Look(), Look(hint=Hint.CLOSER), Look(hint=Hint.CLOSER), Look(hint=Hint.TILT)])
    stream = itertools.takewhile(lambda _: not cut.is_set(), itertools.repeat(ANOTHER))
    start(itertools.chain(stream, [None]), decode=lambda frame: next(looks, Look(hint=Hint.TILT)))

    assert listener.hints.get(timeout=PATIENCE) is Hint.CLOSER
    assert listener.hints.get(timeout=PATIENCE) is Hint.TILT
    cut.set()
    assert listener.hints.get(timeout=PATIENCE) is None


def test_a_foreign_code_is_a_hint_and_no_text(listener: Listener, start: Start) -> None:
    looks = iter([Look(foreign=("https://example.org",)), _saw("4821")])
    start(decode=lambda frame: next(looks, Look()))

    assert [listener.hints.get(timeout=PATIENCE) for _ in range(2)] == [Hint.FOREIGN, None]
    assert listener.texts.get(timeout=PATIENCE) == "4821"
    assert listener.texts.empty()


def test_a_camera_that_comes_back_is_opened_at_once(listener: Listener, start: Start) -> None:
    came, pauses = iter([False, True]), Queue[float]()

    def pause(seconds: float) -> bool:
        pauses.put(seconds)
        return next(came, False)

    start(*[[CameraMissing("not there")]] * 4, pause=pause)

    assert [pauses.get(timeout=PATIENCE) for _ in range(4)] == [1, 2, 1, 2]


def test_the_decoder_gets_the_newest_frame(start: Start) -> None:
    camera, looked = OutrunningCamera(), Queue[int]()

    def decode(frame: Frame) -> Look:
        camera.decoding.set()
        camera.outrun.wait(PATIENCE)
        looked.put(int(frame[0, 0, 0]))
        return Look()

    start(camera=camera, decode=decode)
    first_two = [looked.get(timeout=PATIENCE) for _ in range(2)]
    camera.end.set()

    assert first_two == [1, 200]


def test_a_loop_that_waits_for_its_camera_stops_at_once(listener: Listener, start: Start) -> None:
    loop = start([CameraMissing("not there")], pause=None)
    listener.await_states(State.OPENING, State.MISSING)

    assert loop.stop()
    listener.await_states(State.STOPPED)


def test_a_loop_stopped_from_its_own_callback_ends(listener: Listener, start: Start) -> None:
    loops: list[ScanLoop] = []
    ready = Event()

    def decode(frame: Frame) -> Look:
        ready.wait(PATIENCE)
        return _saw(f"ended: {loops[0].stop()}")

    loops.append(start(decode=decode))
    ready.set()

    assert listener.texts.get(timeout=PATIENCE) == "ended: True"
    listener.await_states(State.OPENING, State.RUNNING, State.STOPPED)


def test_a_camera_stuck_in_its_driver_is_reported_by_stop(listener: Listener, start: Start) -> None:
    stuck = Event()
    loop = start([_frame(9), stuck])
    listener.await_states(State.OPENING, State.RUNNING)

    assert not loop.stop(timeout=0.05)
    stuck.set()
    assert loop.stop()


def test_a_loop_that_never_started_can_be_stopped(listener: Listener) -> None:
    assert ScanLoop(ScriptedCamera, listener.text, listener.frame, listener.state, decode=_nothing).stop()
