"""A watched folder: each picture that arrives is named once, when it is whole; what was there stays untouched."""

from __future__ import annotations

import queue
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.folder import MOST_AT_ONCE, FolderSource, FolderState, FolderWatch, State, pictures
from tests.conftest import ExpectLog

PATIENCE = 20.0


class Watcher:
    """A source on a real folder whose looks are counted out by the test."""

    def __init__(self, folder: Path) -> None:
        self.named: list[str] = []
        self.states: list[State] = []
        self.waits: list[float] = []
        self._ended: queue.Queue[None] = queue.Queue()
        self._turns: queue.Queue[None] = queue.Queue()
        self.source = FolderSource(folder, self._picture, self._state, pause=self._pause)
        self.source.start()
        self._ended.get(timeout=PATIENCE)

    def look(self, times: int = 1) -> None:
        """Let it look again."""
        for _ in range(times):
            self._turns.put(None)
            self._ended.get(timeout=PATIENCE)

    def close(self) -> None:
        self.source._stopping.set()
        self._turns.put(None)
        assert self.source.stop()

    def _picture(self, path: str) -> None:
        self.named.append(Path(path).name)

    def _state(self, state: FolderState) -> None:
        self.states.append(state.name)

    def _pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self._ended.put(None)
        self._turns.get(timeout=PATIENCE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "提货码"
    folder.mkdir()
    (folder / "old.png").write_bytes(b"old")
    return folder


@pytest.fixture
def watcher(folder: Path) -> Iterator[Watcher]:
    watcher = Watcher(folder)
    yield watcher
    watcher.close()


def test_a_picture_that_arrives_is_named_once(watcher: Watcher, folder: Path) -> None:
    (folder / "new.jpg").write_bytes(b"picture")
    watcher.look(4)
    assert watcher.named == ["new.jpg"]
    assert watcher.states == [State.WATCHING]


def test_a_picture_that_is_still_being_written_is_left_until_it_stands_still(watcher: Watcher, folder: Path) -> None:
    picture = folder / "slow.png"
    for size in (1, 2, 3):
        picture.write_bytes(b"x" * size)
        watcher.look()
    assert watcher.named == []
    watcher.look()
    assert watcher.named == ["slow.png"]


def test_an_empty_file_is_not_a_picture_yet(watcher: Watcher, folder: Path) -> None:
    (folder / "begun.png").touch()
    watcher.look(3)
    assert watcher.named == []


def test_a_picture_that_is_written_over_is_another_one(watcher: Watcher, folder: Path) -> None:
    for content in (b"first", b"second one"):
        (folder / "snapshot.jpg").write_bytes(content)
        watcher.look(3)
    assert watcher.named == ["snapshot.jpg", "snapshot.jpg"]


@pytest.mark.parametrize("name", ["notes.txt", "picture.png.part", ".hidden.png", "Thumbs.db", "png"])
def test_what_is_no_picture_by_its_name_is_left(watcher: Watcher, folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"x")
    watcher.look(3)
    assert watcher.named == []


def test_a_folder_named_like_a_picture_is_left(watcher: Watcher, folder: Path) -> None:
    (folder / "album.png").mkdir()
    watcher.look(3)
    assert watcher.named == []


def test_capital_suffixes_count(watcher: Watcher, folder: Path) -> None:
    (folder / "IMG_0001.JPG").write_bytes(b"x")
    watcher.look(2)
    assert watcher.named == ["IMG_0001.JPG"]


def test_nothing_in_the_folder_is_changed(watcher: Watcher, folder: Path) -> None:
    (folder / "new.png").write_bytes(b"x")
    before = pictures(folder)
    watcher.look(3)
    assert pictures(folder) == before


def test_a_folder_that_vanishes_is_told_and_watched_again(watcher: Watcher, folder: Path) -> None:
    away = folder.with_name("away")
    folder.rename(away)
    watcher.look(3)
    assert watcher.states == [State.WATCHING, State.MISSING]
    assert watcher.waits[-3:] == [1, 2, 5]
    away.rename(folder)
    (folder / "new.png").write_bytes(b"x")
    watcher.look(3)
    assert watcher.states[-1] is State.WATCHING
    assert watcher.named == ["new.png"]


def test_a_folder_that_is_not_there_yet_brings_nothing_old(tmp_path: Path) -> None:
    later = tmp_path / "later"
    watcher = Watcher(later)
    later.mkdir()
    (later / "old.png").write_bytes(b"x")
    watcher.look(3)
    watcher.close()
    assert (watcher.named, watcher.states[:2]) == ([], [State.MISSING, State.WATCHING])


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "no", str(folder))

    monkeypatch.setattr("scanner.folder.os.scandir", refuse)
    watcher = Watcher(tmp_path)
    watcher.close()
    assert watcher.states[0] is State.UNREADABLE


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    watcher = Watcher(tmp_path / "file")
    watcher.close()
    assert watcher.states[0] is State.MISSING


def test_a_stock_that_is_copied_in_is_left_unread_and_told(watcher: Watcher, folder: Path) -> None:
    for number in range(MOST_AT_ONCE + 1):
        (folder / f"{number}.png").write_bytes(b"x")
    watcher.look(4)
    assert (watcher.named, watcher.states[-1]) == ([], State.CROWDED)
    (folder / "next.png").write_bytes(b"x")
    watcher.look(2)
    assert (watcher.named, watcher.states[-1]) == (["next.png"], State.WATCHING)


def test_a_listener_that_fails_does_not_end_the_watch(folder: Path, expect_log: ExpectLog) -> None:
    expect_log("nobody could take")
    watcher = Watcher(folder)
    watcher.source._on_picture = _fail
    (folder / "a.png").write_bytes(b"x")
    watcher.look(2)
    watcher.source._on_picture = watcher._picture
    (folder / "b.png").write_bytes(b"x")
    watcher.look(2)
    watcher.close()
    assert watcher.named == ["b.png"]


def test_it_stops_at_once(folder: Path) -> None:
    source = FolderSource(folder, print, lambda _state: None)
    source.start()
    assert source.stop()


def test_a_share_that_blinks_brings_nothing_anew() -> None:
    watch = FolderWatch()
    watch.look({})
    here = {"a.png": (1, 1), "b.png": (2, 2)}
    assert [watch.look(here) for _ in range(2)][-1] == ("a.png", "b.png")
    assert [watch.look(files) for files in ({}, {}, here, here, here)] == [()] * 5


stats = st.dictionaries(st.sampled_from("abcde"), st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=5)


@given(st.lists(stats, max_size=30))
def test_each_version_of_a_file_is_named_at_most_once_in_a_row_and_only_when_it_stood_still(
    looks: list[dict[str, tuple[int, int]]],
) -> None:
    watch, before = FolderWatch(), looks[0] if looks else {}
    named: dict[str, tuple[int, int]] = dict(before)
    watch.look(before)
    for files in looks[1:]:
        for name in watch.look(files):
            assert files[name] == before.get(name)
            assert files[name][0] > 0
            assert named.get(name) != files[name]
            named[name] = files[name]
        before = files


def _fail(_path: str) -> None:
    raise ValueError("no")


def test_a_removed_folder_is_no_error_of_ours(watcher: Watcher, folder: Path) -> None:
    shutil.rmtree(folder)
    watcher.look()
    assert watcher.states[-1] is State.MISSING
