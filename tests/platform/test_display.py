"""On a display Qt opens a real window: the libraries of X11 are all there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.doctor import machine
from app.doctor.finding import State

pytestmark = pytest.mark.display


@pytest.fixture
def display() -> Iterator[str]:
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server, os.fdopen(reader) as answer:
        os.close(writer)
        yield f":{answer.readline().strip()}"
        server.terminate()


def test_qt_opens_on_x11(display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    (finding,) = machine.window(tmp_path)
    assert (finding.state, finding.seen) == (State.OK, "xcb, 1366×768")
