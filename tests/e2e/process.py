"""A child process that speaks JSON lines: told on its stdin, heard on its stdout, with a time limit on every wait."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0

Line = dict[str, Any]


def say(said: str, **facts: Any) -> None:
    """Say a line, in the process that a `Child` runs."""
    sys.stdout.write(json.dumps({"said": said, **facts}) + "\n")
    sys.stdout.flush()


class Silent(AssertionError):
    """The process did not say what it should have said; the message holds what it did say."""


class Child:
    """Runs `python -m module arguments`, or another program; its lines are in `heard`, its errors in `stderr()`."""

    def __init__(self, *arguments: str, program: Sequence[str] = (sys.executable, "-m"), **options: Any) -> None:
        self.heard: list[Line] = []
        self._errors: list[str] = []
        self._lines: queue.Queue[Line | None] = queue.Queue()
        self._process = subprocess.Popen(
            [*program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            **options,
        )
        self._readers = [threading.Thread(target=self._read), threading.Thread(target=self._read_errors)]
        for reader in self._readers:
            reader.start()

    def tell(self, do: str, **facts: Any) -> None:
        """Send a line; harmless when the process is gone."""
        try:
            assert self._process.stdin
            self._process.stdin.write(json.dumps({"do": do, **facts}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass

    def hear(self, said: str) -> Line:
        """Return the next line that says this; raise `Silent` when it does not come."""
        for line in self.upcoming():
            if line["said"] == said:
                return line
        raise Silent(f"never said “{said}”; heard {self.heard[-3:]}; {self.stderr()[-1500:]}")

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._finish()

    def close(self) -> int:
        """Let it end by itself and return its exit code."""
        assert self._process.stdin
        self._process.stdin.close()
        return self.wait()

    def wait(self) -> int:
        """Wait for its end; return the exit code."""
        try:
            code = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self._finish()
        return code

    @property
    def pid(self) -> int:
        """The system's number for it."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """The exit code, `None` while it runs."""
        return self._process.poll()

    def stderr(self) -> str:
        """Return what it has complained about so far."""
        return "".join(self._errors)

    def upcoming(self) -> Iterator[Line]:
        """Yield what it says until it has ended; raise `Silent` when it says nothing for too long."""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except queue.Empty:
                raise Silent(f"said nothing for {PATIENCE} s; heard {self.heard[-3:]}; {self.stderr()}") from None
            if line is None:
                self._lines.put(None)
                return
            yield line

    def _read(self) -> None:
        assert self._process.stdout
        for text in self._process.stdout:
            # A line that the process could not finish was never seen by anybody.
            if text.endswith("\n"):
                line = json.loads(text)
                self.heard.append(line)
                self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        assert self._process.stderr
        self._errors.extend(self._process.stderr)

    def _finish(self) -> None:
        self._process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
