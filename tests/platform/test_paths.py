"""The folders are found where they were named, and refused in words where they cannot be used."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.errors import DiskFull, ReadOnlyData
from app.paths import Paths, find_paths, make_folders


def _all(paths: Paths) -> list[Path]:
    return [paths.data, paths.config, paths.cache, paths.log]


def test_without_a_name_they_are_the_users_own() -> None:
    for folder in _all(find_paths()):
        assert "ZitiPOS" in folder.parts
        assert folder.is_absolute()


def test_named_folder_holds_everything(tmp_path: Path) -> None:
    assert all(folder.is_relative_to(tmp_path) for folder in _all(find_paths(tmp_path)))


def test_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZITI_DATA", str(tmp_path))
    assert find_paths().data == tmp_path


def test_option_wins_over_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZITI_DATA", "/elsewhere")
    assert find_paths(tmp_path).data == tmp_path


def test_tilde_and_relative_names_are_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_paths("counter").data == tmp_path / "counter"
    assert find_paths("~/counter").data == Path.home() / "counter"


def test_finding_makes_nothing(tmp_path: Path) -> None:
    find_paths(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_folders_are_made_for_this_user_only(tmp_path: Path) -> None:
    paths = find_paths(tmp_path / "new")
    make_folders(paths)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in _all(paths)] == [0o700] * 4


def test_making_them_twice_is_the_same(tmp_path: Path) -> None:
    make_folders(find_paths(tmp_path))
    (tmp_path / "kept").touch()
    make_folders(find_paths(tmp_path))
    assert (tmp_path / "kept").exists()


def test_file_in_the_way_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(ReadOnlyData, match="there is a file of that name"):
        make_folders(find_paths(tmp_path / "data"))


def test_folder_that_may_not_be_written_is_said_in_words() -> None:
    with pytest.raises(ReadOnlyData, match=r"cannot be written .*--data"):
        make_folders(find_paths("/proc/ziti"))


def test_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with pytest.raises(DiskFull, match="free some space"):
        make_folders(find_paths(tmp_path))
