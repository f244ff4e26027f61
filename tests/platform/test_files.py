"""Small files are replaced as a whole and stay private."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.files import write_whole


def test_content_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_whole(file, b"old")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"


def test_only_this_user_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_whole(file, b"secret")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_failure_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    write_whole(file, b"old")

    def disk_error(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fsync", disk_error)
    with pytest.raises(OSError, match="Input/output"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
