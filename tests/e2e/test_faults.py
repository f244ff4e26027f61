"""What the real program says and does when its machine is not as it should be."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.storage.backup import back_up
from app.storage.database import FILE_NAME
from tests.e2e.kill import Siege
from tests.e2e.process import PATIENCE, ROOT, Child

DAY = 24 * 3600.0


def window(folder: Path, *arguments: str) -> Child:
    """Open the terminal's window on a data folder."""
    child = Child("tests.e2e.onlooker", "--data", str(folder), *arguments)
    child.hear("open")
    return child


def read_until(child: Child, *wanted: str) -> list[str]:
    """Return the window's words once all of the wanted are among them."""
    deadline = time.monotonic() + PATIENCE
    while True:
        child.tell("words")
        words: list[str] = child.hear("words")["words"]
        if all(any(each in word for word in words) for each in wanted):
            return words
        assert time.monotonic() < deadline, f"never saw {wanted}; there was {words}"


def leave(child: Child) -> None:
    """Close the window as its user does."""
    child.tell("quit")
    assert child.close() == 0


def damage(path: Path) -> None:
    """Do to a database what a dying disk does: its first pages are noise, and its log is too."""
    for part in (path, path.with_name(f"{path.name}-wal")):
        with part.open("r+b") as file:
            file.write(random.Random(1).randbytes(8192))


def wait_until_equal(store: Siege) -> None:
    """Wait until HQ and the terminal have told each other everything."""
    deadline = time.monotonic() + PATIENCE
    while problems := store.differences():
        assert time.monotonic() < deadline, problems
        time.sleep(0.05)


def start(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """Start the terminal's program, which is expected to end by itself."""
    command = [*before, sys.executable, "main.py", "--data", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_second_window_on_the_same_data_says_so_and_ends(tmp_path: Path) -> None:
    first = window(tmp_path / "data")
    second = start(tmp_path / "data")
    assert second.returncode == 1
    assert "already open" in second.stderr
    assert first.code is None
    leave(first)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders writable")
def test_data_folder_that_cannot_be_written_is_named_at_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o555)
    # Root may write anywhere unless that right is taken away.
    as_anybody = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    ended = start(folder, *as_anybody)
    assert ended.returncode == 1
    assert f"{folder} cannot be written" in ended.stderr
    assert not list(folder.iterdir())


def test_data_of_a_newer_release_is_left_alone_in_words(store: Siege) -> None:
    store.clerk.close()
    path = store.terminal / FILE_NAME
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    child = window(store.terminal)
    read_until(child, "newer release")
    leave(child)
    assert path.read_bytes() == before


def test_damaged_database_is_restored_and_nothing_handed_over_is_lost(store: Siege) -> None:
    before, after = store.place(2), store.place(2)
    store.serve([placed.code for placed in before], pull=True)
    back_up(store.terminal / FILE_NAME, datetime.now(UTC))
    store.hq.kill()
    store.serve([placed.code for placed in after], pull=False)
    store.clerk.kill()
    damage(store.terminal / FILE_NAME)
    store.restart_hq()
    child = window(store.terminal)
    read_until(child, "was damaged", "Online")
    wait_until_equal(store)
    leave(child)
    store.judge()
    assert list(store.terminal.glob("damaged-*/terminal.sqlite3"))


def test_clock_that_is_off_by_a_day_is_shown_and_not_believed(store: Siege) -> None:
    order = store.place(1)[0]
    store.serve([], pull=True)
    store.clerk.close()
    child = window(store.terminal, f"--clock-off={DAY}")
    read_until(child, "Online")
    child.tell("type", text=order.short_code)
    read_until(child, "Everything is packed.", order.label)
    child.tell("go", page="sync")
    read_until(child, "fast", "The program goes by HQ's time.")
    leave(child)
