"""HQ processes that end themselves by SIGKILL at a step of what they write, each forked from one that is warm.

Usage: `python -m tests.hq.doomed DATA`. For each line on stdin a new HQ serves DATA, and its address follows on
stdout; `died` or `ended` follows when it is gone. Once the file DATA/doom holds `NAME:N`, the steps of the writing
connection are counted: every statement, the commit, and the moment after it when nobody has been told. At step N the
process dies.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from hq import settings
from hq.roles import Role
from hq.serve import listening, server


class Doom:
    """Counts the steps since the doom was spoken."""

    def __init__(self, data: Path) -> None:
        self._doom = data / "doom"
        self._spoken = ""
        self._steps = 0

    def step(self) -> None:
        """Take a step, or die instead."""
        if not self._doom.exists():
            return
        spoken = self._doom.read_text("ascii")
        self._steps = self._steps + 1 if spoken == self._spoken else 1
        self._spoken = spoken
        if self._steps == int(spoken.rpartition(":")[2]):
            os.kill(os.getpid(), signal.SIGKILL)


def watch(engine: Engine, doom: Doom) -> None:
    """Have every transaction of the engine take its steps."""

    @event.listens_for(engine, "before_cursor_execute")
    def statement(*_: Any) -> None:
        doom.step()

    @event.listens_for(engine, "commit")
    def commit(_connection: Any) -> None:
        doom.step()

    @event.listens_for(engine, "checkin")
    def committed(*_: Any) -> None:
        doom.step()


def serve(data: Path) -> None:
    """Serve until the end, which may be near."""
    with listening("127.0.0.1", 0) as listener:
        # The desk alone: chores would take steps at moments of their own.
        serving = server(settings.load(data), listener, Role.DESK)
        watch(serving._desk.office.database.writer, Doom(data))
        serving.on_ready = lambda: say(serving.address)
        serving.run([listener])


def end_with_stdin() -> None:
    """End when whoever reads the answers is gone; the lines on stdin are the parent's, so none is read here."""
    hung_up = select.poll()
    hung_up.register(sys.stdin.fileno(), 0)
    hung_up.poll()
    os._exit(1)


def say(line: str) -> None:
    """Say a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fork_and_wait(data: Path) -> None:
    """Let a child serve; say how it ended."""
    child = os.fork()
    if child == 0:
        threading.Thread(target=end_with_stdin, name="leash", daemon=True).start()
        serve(data)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    say("died" if os.WIFSIGNALED(status) else "ended")


if __name__ == "__main__":
    for _line in sys.stdin:
        fork_and_wait(Path(sys.argv[1]))
