"""Two windows never share a data folder, and a dead one never blocks the next."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import AlreadyRunning, ReadOnlyData
from app.instance import OnlyInstance

HOLDER = """
import sys
from pathlib import Path
from app.instance import OnlyInstance
lock = OnlyInstance(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_second_instance_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with another_process(tmp_path) as other, pytest.raises(AlreadyRunning) as refusal:
        OnlyInstance(tmp_path).take()
    assert f"already open with the data in {tmp_path} (process {other.pid})" in str(refusal.value)


def test_killed_instance_lets_go(tmp_path: Path) -> None:
    with another_process(tmp_path) as other:
        other.kill()
        other.wait()
        with OnlyInstance(tmp_path):
            assert (tmp_path / "instance.lock").read_text("ascii") == str(os.getpid())


def test_same_process_is_refused_too(tmp_path: Path) -> None:
    with OnlyInstance(tmp_path), pytest.raises(AlreadyRunning):
        OnlyInstance(tmp_path).take()


def test_released_folder_can_be_taken_again(tmp_path: Path) -> None:
    with OnlyInstance(tmp_path):
        pass
    with OnlyInstance(tmp_path):
        pass


def test_other_folder_is_another_terminal(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with OnlyInstance(tmp_path / "one"), OnlyInstance(tmp_path / "two"):
        pass


def test_child_processes_do_not_inherit_the_lock(tmp_path: Path) -> None:
    lock = OnlyInstance(tmp_path)
    lock.take()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        lock.release()
        with OnlyInstance(tmp_path):
            child.kill()


def test_missing_folder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyData, match="cannot be written"):
        OnlyInstance(tmp_path / "missing").take()
