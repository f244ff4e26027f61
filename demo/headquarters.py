"""HQ as a process of its own, and an operator who speaks to it over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parent.parent
LEASHED = (sys.executable, "-m", "demo.leashed", "hq")
_READY = "HQ ready on "
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0
_ANSWER_SECONDS = 20.0


class HqDidNotStart(Exception):
    """HQ's process ended, or never said that it is ready; the message holds its last words."""


class HqRefused(Exception):
    """HQ answered an operator with a refusal."""


class Headquarters:
    """Starts, kills and restarts HQ on one data folder; each start may get another port from the system.

    `told` is added to the environment that HQ reads its settings from.
    """

    def __init__(self, data: Path, command: Sequence[str] = LEASHED, told: Mapping[str, str] | None = None) -> None:
        self.data = data.absolute()
        self.url = ""
        self._command = command
        self._environment = {**os.environ, **(told or {})}
        self._log = self.data.with_suffix(".log")
        self._process: subprocess.Popen[str] | None = None

    @property
    def port(self) -> int:
        """Where it listens now."""
        return int(self.url.rpartition(":")[2])

    def start(self) -> None:
        """Start HQ and wait for its ready line; raise `HqDidNotStart`."""
        with self._log.open("a") as log:
            # A session of its own: Ctrl-C ends this program, and this program ends HQ.
            self._process = subprocess.Popen(
                [*self._command, "--data", str(self.data), "--port", "0"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=ROOT,
                env=self._environment,
                start_new_session=True,
            )
        line = self._first_line(self._process)
        if not line.startswith(_READY):
            self.kill()
            raise HqDidNotStart(f"HQ did not start: {self._last_words()}")
        self.url = line.removeprefix(_READY).strip()

    def kill(self) -> None:
        """End HQ as a power cut would: SIGKILL, no goodbye."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        """Ask HQ to stop, and insist if it does not."""
        self._end(subprocess.Popen.terminate)

    def wait(self, seconds: float = _STOP_SECONDS) -> bool:
        """Wait until the process has ended by itself; tell whether it has."""
        if self._process:
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                return False
        return True

    def operator(self) -> Operator:
        """Return an operator with HQ's own token."""
        return Operator(self.url, (self.data / "operator-token").read_text("utf-8").strip())

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


@dataclass(frozen=True, slots=True)
class Placed:
    """What HQ answered to an order."""

    number: int
    status: str
    short_code: str
    code: str
    page: str

    @property
    def label(self) -> str:
        """The short number for people."""
        return f"#{self.number % 10_000:04d}"


class Operator:
    """Speaks HQ's operator API; used by one thread at a time."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """PUT and return the answer's JSON; raise `HqRefused` for anything but success."""
        return self._json("PUT", path, body)

    def get(self, path: str) -> Any:
        """GET likewise."""
        return self._json("GET", path)

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:
        """POST likewise; `key` is the client's idempotency key."""
        return self._json("POST", path, body or {}, {"Idempotency-Key": key} if key else {})

    def place(self, key: str, order: Mapping[str, Any]) -> Placed:
        """Place an order under the client's key."""
        answer = self.post("/v1/orders", order, key=key)
        return Placed(
            int(answer["number"]), answer["status"], answer["short_code"], answer["pickup_code"], answer["page_url"]
        )

    def status(self, number: int) -> str:
        """Return what HQ says of an order now."""
        return str(self.get(f"/v1/orders/{number}")["status"])

    def picture(self, page: str) -> bytes:
        """Fetch the code's picture from a customer's page."""
        response = self._session.get(f"{page.rstrip('/')}/qr.png", timeout=_ANSWER_SECONDS)
        response.raise_for_status()
        return response.content

    def _json(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        response = self._session.request(
            method, self._url + path, json=body, headers=headers, timeout=_ANSWER_SECONDS, allow_redirects=False
        )
        if not response.ok:
            raise HqRefused(f"{method} {path}: HTTP {response.status_code} {response.text[:300]}")
        return response.json()
