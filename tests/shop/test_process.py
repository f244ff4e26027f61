"""The small shop's program as its owner starts it: killed, started again, closed, and started twice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shop.child import ROOT
from tests.shop.conftest import Owner

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@contextmanager
def program(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the program until the block ends; yield it with the storefront's link that it prints."""
    command = [sys.executable, "main.py", "shop", "--data", str(root)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=pipe, stderr=subprocess.DEVNULL) as one:
        try:
            assert one.stdout
            lines: list[str] = []
            for line in one.stdout:
                lines.append(line)
                if line.startswith("Storefront: "):
                    break
            assert any("█" in line for line in lines), lines
            yield one, lines[-1].removeprefix("Storefront: ").strip()
        finally:
            one.kill()


def serves(port: int) -> bool:
    with socket.socket() as trial:
        trial.settimeout(2)
        return trial.connect_ex(("127.0.0.1", port)) == 0


def until_silent(port: int, owner: Owner) -> None:
    owner.hands.until("HQ's end", lambda: not serves(port), within=30)


def test_the_program_survives_its_own_death_and_leaves_no_hq_behind(owner: Owner) -> None:
    owner.start()
    owner.open_shop()
    port = owner.shop.keeper.port
    owner.shop.close()
    until_silent(port, owner)
    with program(owner.root) as (first, link):
        assert serves(port)
        first.send_signal(signal.SIGKILL)
        first.wait()
        until_silent(port, owner)
    with program(owner.root) as (second, again):
        assert again == link
        twice = subprocess.run(second.args, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert (twice.returncode, "already open" in twice.stderr) == (1, True)
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0
        until_silent(port, owner)
