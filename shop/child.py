"""HQ as a process of its own: started, killed and restarted on one data folder."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.errors import HqDidNotStart
from shop.operator import Operator

ROOT = Path(__file__).resolve().parent.parent
LEASHED = (sys.executable, "-m", "shop.leashed", "hq")
_READY = "HQ ready on "
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0


class Headquarters:
    """Starts, kills and restarts HQ on one data folder; each start may get another port from the system.

    `told` is added to the environment that HQ reads its settings from.
    """

    def __init__(self, data: Path, command: Sequence[str] = LEASHED, told: Mapping[str, str] | None = None) -> None:
        self.data = data.absolute()
        self.url = ""
        self._command = command
        self.told = dict(told or {})
        self._log = self.data.with_suffix(".log")
        self._process: subprocess.Popen[str] | None = None

    @property
    def port(self) -> int:
        """Where it listens now."""
        return int(self.url.rpartition(":")[2])

    def start(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Start HQ and wait for its ready line; raise `HqDidNotStart`. `url` is how this machine reaches it."""
        with self._log.open("a") as log:
            # A session of its own: Ctrl-C ends this program, and this program ends HQ.
            self._process = subprocess.Popen(
                [*self._command, "--data", str(self.data), "--host", host, "--port", str(port)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=ROOT,
                env={**os.environ, **self.told},
                start_new_session=True,
            )
        line = self._first_line(self._process)
        if not line.startswith(_READY):
            self.kill()
            raise HqDidNotStart(f"HQ did not start: {self._last_words()}")
        self.url = line.removeprefix(_READY).strip().replace("//0.0.0.0:", "//127.0.0.1:")

    def kill(self) -> None:
        """End HQ as a power cut would: SIGKILL, no goodbye."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        """Ask HQ to stop, and insist if it does not."""
        self._end(subprocess.Popen.terminate)

    def wait(self, seconds: float = _STOP_SECONDS) -> bool:
        """Wait until the process has ended by itself; tell whether it has."""
        if process := self._process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                return False
        return True

    @property
    def token(self) -> str:
        """The operators' token, once HQ has run."""
        given = {**os.environ, **self.told}.get("ZITI_HQ_OPERATOR_TOKEN")
        return given or (self.data / "operator-token").read_text("utf-8").strip()

    def operator(self) -> Operator:
        """Return an operator with that token."""
        return Operator(self.url, self.token)

    def _first_line(self, process: subprocess.Popen[str]) -> str:
        if process.stdout is None:
            return ""
        too_late = threading.Timer(_START_SECONDS, process.kill)
        too_late.start()
        try:
            return process.stdout.readline()
        finally:
            too_late.cancel()

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", errors="replace").strip().splitlines()
        return " / ".join(lines[-3:]) or "it said nothing"

    def _end(self, how: Any) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        how(process)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
