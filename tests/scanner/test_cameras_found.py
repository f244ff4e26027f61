"""The camera that is remembered is looked for at each opening, and the way in that works is learnt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from scanner.camera.device import OpenCVCamera
from scanner.camera.finder import Finder
from scanner.camera.hotplug import LOOK_EVERY, AttentivePause, Roster
from scanner.camera.identity import Identity
from scanner.camera.listing import CameraInfo, Door
from scanner.faults import CameraBusy, CameraLost, CameraMissing
from scanner.vision import Frame

MSMF, DSHOW = 1400, 700
FRONT = Identity("Front", "046d:0825", "", "1.0", "0000:00:14.0/2")
DESK = Identity("Desk", "046d:0825", "", "1.0", "0000:00:14.0/3")


class FakeCamera(OpenCVCamera):
    """Opens through the first door that is not closed; gives one frame, unless it is blind there."""

    closed: frozenset[int] = frozenset()
    blind: frozenset[int] = frozenset()
    opened: list[tuple[int | str, int]] = []  # noqa: RUF012  emptied by the fixture

    def __init__(self, device: int | str, doors: Sequence[Door]) -> None:
        super().__init__(device, doors)

    def open(self) -> None:
        self.door = next((door for door in self._doors if door.backend not in self.closed), None)
        if self.door is None:
            raise CameraBusy("in use")
        self.opened.append((self.door.device, self.door.backend))

    def read(self) -> Frame | None:
        assert self.door
        return None if self.door.backend in self.blind else np.zeros((48, 64), np.uint8)

    def close(self) -> None:
        self.door = None


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakeCamera]:
    for name, value in (("closed", frozenset()), ("blind", frozenset()), ("opened", [])):
        monkeypatch.setattr(FakeCamera, name, value)
    return FakeCamera


def _info(identity: Identity, number: int) -> CameraInfo:
    return CameraInfo(identity.name, identity, (Door(MSMF, number), Door(DSHOW, number + 10)))


def _finder(*cameras: CameraInfo) -> Finder:
    return Finder(lambda: cameras, FakeCamera)


def test_a_camera_that_changed_its_number_is_opened_under_the_new_one(fake: type[FakeCamera]) -> None:
    listed = [_info(FRONT, 0), _info(DESK, 1)]
    camera = Finder(lambda: listed, FakeCamera).camera(str(DESK))
    camera.open()
    listed[:] = [_info(DESK, 5)]

    camera.open()

    assert fake.opened == [(1, MSMF), (5, MSMF)]


def test_another_camera_is_not_taken_for_the_one_that_is_remembered(fake: type[FakeCamera]) -> None:
    with pytest.raises(CameraMissing, match="“Desk” is not plugged in"):
        _finder(_info(FRONT, 0)).camera(str(DESK)).open()


def test_with_nothing_remembered_any_camera_will_do(fake: type[FakeCamera]) -> None:
    _finder(_info(FRONT, 3)).camera("").open()

    assert fake.opened == [(3, MSMF)]
    with pytest.raises(CameraMissing, match="There is no camera"):
        _finder().camera("").open()


def test_the_way_in_that_worked_is_tried_first_from_then_on(fake: type[FakeCamera]) -> None:
    finder = _finder(_info(FRONT, 0))
    fake.closed = frozenset({MSMF})
    camera = finder.camera("")
    camera.open()
    assert camera.read() is not None
    camera.close()
    fake.closed = frozenset()

    finder.camera("").open()

    assert [backend for _, backend in fake.opened] == [DSHOW, DSHOW]


def test_a_way_in_that_shows_nothing_is_tried_last(fake: type[FakeCamera]) -> None:
    finder = _finder(_info(FRONT, 0))
    fake.blind = frozenset({MSMF})
    camera = finder.camera("")
    camera.open()
    assert camera.read() is None

    camera.open()

    assert camera.read() is not None
    assert [backend for _, backend in fake.opened] == [MSMF, DSHOW]


def test_a_camera_that_is_not_open_gives_nothing(fake: type[FakeCamera]) -> None:
    camera = _finder(_info(FRONT, 0)).camera("")
    camera.close()

    with pytest.raises(CameraLost):
        camera.read()


def test_a_camera_in_use_says_so(fake: type[FakeCamera]) -> None:
    fake.closed = frozenset({MSMF, DSHOW})

    with pytest.raises(CameraBusy):
        _finder(_info(FRONT, 0)).camera("").open()


# ── waiting for it ──────────────────────────────────────────────────────────────────────────────────────────────


class Waiting:
    """Counts the seconds that are waited; at some of them a camera comes or goes, or it is all over."""

    def __init__(self, *, changes: tuple[float, ...] = (), over: float = 1e9) -> None:
        self.waited = 0.0
        self._changes, self._over = changes, over

    def wait(self, seconds: float) -> bool:
        self.waited += seconds
        return self.waited >= self._over

    def present(self) -> int:
        return sum(self.waited >= change for change in self._changes)


def _pause(waiting: Waiting) -> AttentivePause:
    return AttentivePause(waiting.wait, waiting.present)


def test_where_nothing_changes_the_whole_pause_is_waited() -> None:
    waiting = Waiting()

    assert not _pause(waiting)(10.0)
    assert waiting.waited == 10.0


def test_a_camera_that_comes_ends_the_pause_within_a_second() -> None:
    waiting = Waiting(changes=(3.5,))

    assert _pause(waiting)(10.0)
    assert waiting.waited <= 3.5 + LOOK_EVERY


def test_a_change_that_came_between_two_pauses_is_noticed() -> None:
    waiting = Waiting(changes=(2.5,))
    pause = _pause(waiting)
    pause(2.0)
    waiting.waited = 30.0

    assert pause(10.0)
    assert waiting.waited == 31.0


def test_a_pause_ends_when_all_is_over() -> None:
    waiting = Waiting(over=2.0)

    assert not _pause(waiting)(10.0)
    assert waiting.waited == 2.0


def test_a_roster_tells_each_change_once() -> None:
    seen = iter(["a", "a", "ab", "ab"])
    roster = Roster(seen.__next__)

    assert [roster.changed() for _ in range(3)] == [False, True, False]
