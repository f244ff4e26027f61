"""Set-up adds what is missing, touches nothing else, and says in one line what it may not do itself."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import setup, system
from tools.system import Part

NEEDED = Part("libnone.so.1", "libnone1", "reading codes", needed=True)
OPTIONAL = Part("Xnone", "xnone", "tests", needed=False)

Program = Callable[[str, str], None]


class Recorder:
    """Stands for a command: keeps what it was asked and answers as told."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        self.asked: list[list[str]] = []

    def __call__(self, command: list[str], **_: object) -> int:
        self.asked.append(command)
        return self.answer


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Return a function that puts a shell script at the front of the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    def add(name: str, body: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        (folder / name).chmod(0o755)

    return add


def _run(monkeypatch: pytest.MonkeyPatch, missing: list[Part], *, apt: list[str] | None) -> int:
    monkeypatch.setattr(setup, "missing_parts", lambda: missing)
    monkeypatch.setattr(setup, "apt_command", lambda: apt)
    return setup.main()


# ── the system ─────────────────────────────────────────────────────────────────────────────────────────────


def test_this_machine_has_what_the_program_needs() -> None:
    assert [part for part in system.missing_parts() if part.needed] == []


def test_missing_library_program_and_font_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "LIBRARIES", (NEEDED,))
    monkeypatch.setattr(system, "PROGRAMS", (OPTIONAL,))
    monkeypatch.setattr(system, "_has_chinese_font", lambda: False)
    assert system.missing_parts() == [NEEDED, OPTIONAL, system.CHINESE_FONT]


def test_programs_of_the_newest_postgresql_are_found_beside_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "_POSTGRESQL", tmp_path)
    assert system.find_program("initdb-of-nobody") is None
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb-of-nobody").touch()
    assert system.find_program("initdb-of-nobody") == str(tmp_path / "17" / "bin" / "initdb-of-nobody")


def test_font_is_found_without_fontconfigs_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "_FONT_FOLDERS", (str(tmp_path),))
    assert not system._has_chinese_font()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "NotoSansCJK-Regular.ttc").touch()
    assert system._has_chinese_font()


def test_what_may_not_be_installed_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, [NEEDED, OPTIONAL], apt=None) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "sudo apt-get install libnone1 xnone" in err


def test_what_only_tests_need_does_not_stop_the_setup(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, [OPTIONAL], apt=None) == 0
    assert "sudo apt-get install xnone" in capsys.readouterr().err


def test_nothing_missing_says_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(monkeypatch, [], apt=["false"]) == 0
    assert capsys.readouterr() == ("", "")


def test_apt_that_installs_the_wrong_thing_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(monkeypatch, [NEEDED], apt=["true"]) == 1


def test_lists_are_renewed_only_when_the_installation_failed(tmp_path: Path, program: Program) -> None:
    calls = tmp_path / "calls"
    program("apt-get", f'echo "$1" >> {calls}; [ "$1" = update ] || [ $(wc -l < {calls}) -gt 2 ]')
    assert system.apt_install(["apt-get"], ["xnone"]) == ""
    assert calls.read_text("utf-8").split() == ["install", "update", "install"]


def test_apts_last_words_are_passed_on(program: Program) -> None:
    program("apt-get", "echo 'E: Unable to locate package xnone'; exit 100")
    assert system.apt_install(["apt-get"], ["xnone"]) == "E: Unable to locate package xnone"


def test_root_calls_apt_itself(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program("apt-get", "")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    apt = system.apt_command()
    assert apt
    assert "sudo" not in apt


@pytest.mark.parametrize(("sudo", "may"), [("", True), ("echo 'sudo: a password is required'; exit 1", False)])
def test_user_installs_only_through_a_sudo_that_asks_nothing(
    program: Program, monkeypatch: pytest.MonkeyPatch, sudo: str, may: bool
) -> None:
    program("apt-get", "")
    program("sudo", sudo)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert bool(system.apt_command()) is may


# ── Python ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_newer_python_is_found_behind_an_old_one(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "python3")
    for name in ("python3", "python3.14", "python3.12", "python3.11"):
        program(name, "exit 1")
    program("python3.13", "exit 0")
    assert setup._find_python() == "python3.13"


def test_without_a_python_that_is_new_enough_it_names_the_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", "")
    with pytest.raises(setup.SetupError, match=r"apt-get install python3\.11 python3\.11-venv"):
        setup._find_python()


def test_virtual_environment_that_broke_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = Recorder(0)
    monkeypatch.setattr("subprocess.call", commands)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(tmp_path / "gone")
    setup._venv_python()
    assert commands.asked[0][1:] == ["-m", "venv", "--clear", str(tmp_path / ".venv")]


# ── the packages ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(setup, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    setup.LOCK.write_text("one==1\n", "ascii")
    return setup.LOCK


def test_packages_are_installed_once_per_lock(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = Recorder(0)
    monkeypatch.setattr("subprocess.call", pip)
    for text in ("one==1\n", "one==1\n", "one==2\n", "one==2\n"):
        lock.write_text(text, "ascii")
        setup._add_packages(Path("python"))
    assert len(pip.asked) == 2
    assert "--require-hashes" in pip.asked[0]


def test_installation_that_failed_is_tried_again(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.call", Recorder(1))
    with pytest.raises(setup.SetupError, match="pip says why above"):
        setup._add_packages(Path("python"))
    again = Recorder(0)
    monkeypatch.setattr("subprocess.call", again)
    setup._add_packages(Path("python"))
    assert again.asked
    assert str(lock) in again.asked[0]


@pytest.mark.parametrize("name", ["__init__", "setup", "system"])
def test_old_python_can_read_the_setup(name: str) -> None:
    text = (setup.ROOT / "tools" / f"{name}.py").read_text("utf-8")
    ast.parse(text, feature_version=(3, 8))
    assert "from __future__ import annotations" in text or "import" not in text
