"""Noise fails tests, and no test reaches the user's own folders: proven on a small suite of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.house import ROOT

SAMPLE = """
import logging, os, threading, time, warnings
import pytest
from PySide6.QtCore import qWarning


def test_quiet():
    logging.getLogger("ziti").info("fine")

def test_warning_is_logged():
    logging.getLogger("ziti").warning("unexpected")

def test_announced_warning_is_logged(expect_log):
    expect_log("ziti WARNING: expected")
    logging.getLogger("ziti").warning("expected")

def test_announced_warning_never_comes(expect_log):
    expect_log("never")

def test_python_warns():
    warnings.warn("old")

def test_qt_warns():
    qWarning("loud")

def test_thread_is_left_behind():
    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()

def test_home_is_not_the_users():
    assert os.path.expanduser("~") != "/users/home"
    assert "ZITI_DATA" not in os.environ

@pytest.mark.xfail
def test_expected_failure_passes():
    pass

"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("suite")
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "pyproject.toml", folder)
    conftest = (ROOT / "tests" / "conftest.py").read_text("utf-8")
    (folder / "tests" / "conftest.py").write_text(conftest.replace("_GOODBYE = 5.0", "_GOODBYE = 0.1"), "utf-8")
    (folder / "tests" / "test_sample.py").write_text(SAMPLE, "utf-8")
    return _pytest(folder)


def _pytest(folder: Path) -> str:
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider"]
    environment = {"HOME": "/users/home", "ZITI_DATA": "/users/data", "PATH": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def _outcome(report: str, name: str) -> str:
    return "".join(sorted(set(re.findall(rf"^(PASSED|FAILED|ERROR) \S+::{name}\b", report, re.MULTILINE))))


@pytest.mark.parametrize("name", ["test_quiet", "test_announced_warning_is_logged", "test_home_is_not_the_users"])
def test_right_way_passes(report: str, name: str) -> None:
    assert _outcome(report, name) == "PASSED"


@pytest.mark.parametrize(
    "name",
    [
        "test_warning_is_logged",
        "test_announced_warning_never_comes",
        "test_python_warns",
        "test_qt_warns",
        "test_thread_is_left_behind",
        "test_expected_failure_passes",
    ],
)
def test_noise_is_not_a_pass(report: str, name: str) -> None:
    assert _outcome(report, name) in {"FAILED", "ERROR", "ERRORPASSED"}


def test_misspelt_marker_stops_the_collection(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests").mkdir()
    sample = "import pytest\n@pytest.mark.misspelt\ndef test_it():\n    pass\n"
    (tmp_path / "tests" / "test_sample.py").write_text(sample, "utf-8")
    assert "'misspelt' not found in `markers`" in _pytest(tmp_path)
