"""`python main.py demo` as a user runs it on a machine without a display."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from scanner.vision import cv2
from tests.e2e.process import ROOT

# Far above the minute and a half that it may take: only a demo that hangs is cut off.
LONGEST = 200.0
pytestmark = pytest.mark.timeout(LONGEST + 40)
NAMES = (
    "window-asks-for-a-code",
    "enrolled",
    "clerk",
    "orders-on-the-board",
    "packed",
    "scanned",
    "given",
    "handed-over",
    "live-session",
    "bought",
    "short",
    "taken-elsewhere",
    "told",
    "cancelled-before",
    "hq-is-dead",
    "never-seen-order",
    "given-offline",
    "same-code-again",
    "forged",
    "digit-changed",
    "other-store",
    "cancelled",
    "hq-is-back",
    "in-step-again",
    "incident",
    "incident-closed",
)


def begin(output: Path) -> subprocess.Popen[str]:
    """Start the demo without a display."""
    without = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.Popen(
        [sys.executable, "main.py", "demo", "--output", str(output)],
        cwd=ROOT,
        env=without,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, int]]:
    """Run the whole story once: its folder, what it said, and its exit code."""
    output = tmp_path_factory.mktemp("demo-output")
    with begin(output) as demo:
        said, _ = demo.communicate(timeout=LONGEST)
        yield output, said, demo.returncode


def summary(output: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((output / "summary.json").read_text("utf-8"))
    return entries


def test_every_step_of_the_story_goes_as_told(told: tuple[Path, str, int]) -> None:
    output, said, code = told
    assert [(entry["name"], entry["ok"]) for entry in summary(output)] == [(name, True) for name in NAMES], said
    assert code == 0
    assert "steps as told" in said


def test_every_step_has_a_picture_that_shows_something(told: tuple[Path, str, int]) -> None:
    output, _, _ = told
    for entry in summary(output):
        picture = cv2.imread(str(output / entry["picture"]))
        assert picture is not None
        assert picture.shape == (768, 1366, 3)
        assert picture.std() > 10


def test_each_refusal_has_words_of_its_own(told: tuple[Path, str, int]) -> None:
    output, _, _ = told
    seen = {entry["name"]: entry["seen"].split(" | ")[0] for entry in summary(output)}
    words = [seen[name] for name in ("same-code-again", "forged", "other-store", "cancelled")]
    assert len(set(words)) == len(words)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_leaves_no_process_behind(tmp_path: Path) -> None:
    with begin(tmp_path) as demo:
        assert demo.stdout
        until_step(demo, 2)
        children = psutil.Process(demo.pid).children(recursive=True)
        demo.send_signal(signal.SIGINT)
        said = demo.stdout.read()
        assert demo.wait(20) == 130, said
    assert children
    gone, alive = psutil.wait_procs(children, 5)
    assert gone
    assert not alive


def until_step(demo: subprocess.Popen[str], number: int) -> None:
    """Listen until the demo has begun a step."""
    assert demo.stdout
    for line in demo.stdout:
        if line.lstrip().startswith(f"{number}/"):
            return
    raise AssertionError("the demo ended before that step")
