"""Keeps several processes running: started together, replaced when one dies, stopped together."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import Any

# Not fork: the parent's threads and connections would be copied half alive, and not every system has it.
_SPAWN = multiprocessing.get_context("spawn")
_PAUSES = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
# Who has served for so long did not die of its start.
_SOUND_SECONDS = 60.0
_STOP_SECONDS = 15.0


class Line:
    """A worker's line to its supervisor: says "ready" once, and breaks when the supervisor is gone or says stop."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ready(self) -> None:
        """Tell that this process serves."""
        with contextlib.suppress(OSError):
            self._connection.send_bytes(b"ready")

    def when_broken(self, act: Callable[[], None]) -> None:
        """Act, in a thread of its own, once the line is broken."""
        threading.Thread(target=self._listen, args=(act,), name="line", daemon=True).start()

    def _listen(self, act: Callable[[], None]) -> None:
        with contextlib.suppress(EOFError, OSError):
            self._connection.recv_bytes()
        act()


@dataclass(slots=True)
class Living:
    """A process at its post; it stops when the line is closed."""

    process: SpawnProcess
    line: Connection
    since: float
    ready: bool = False

    def hear(self) -> None:
        """Take in that the process serves, or that its line broke because it is about to end."""
        try:
            self.ready = self.line.recv_bytes() == b"ready"
        except (EOFError, OSError):
            self.line.close()


@dataclass(slots=True)
class Post:
    """A place that one process at a time fills: `target(*args, line)`, which a new process must be able to import."""

    name: str
    target: Callable[..., None]
    args: tuple[Any, ...]
    living: Living | None = None
    deaths: int = 0
    due: float = 0.0

    @property
    def serves(self) -> bool:
        """Tell whether its process has said that it is ready."""
        return self.living is not None and self.living.ready

    def fill(self) -> None:
        """Start a process."""
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=self.target, args=(*self.args, theirs), name=self.name)
        process.start()
        theirs.close()
        self.living = Living(process, ours, time.monotonic())

    def bury(self, dead: Living) -> int | None:
        """Take in that the process ended, and set when the next may start; return the exit code."""
        lived = time.monotonic() - dead.since
        self.deaths = 1 if lived > _SOUND_SECONDS else self.deaths + 1
        self.due = time.monotonic() + _PAUSES[min(self.deaths, len(_PAUSES)) - 1]
        self.living = None
        dead.line.close()
        dead.process.join()
        code = dead.process.exitcode
        dead.process.close()
        return code


class Supervisor:
    """Runs in the main thread: signals are its business."""

    def __init__(self, posts: Sequence[Post], on_ready: Callable[[], None]) -> None:
        self._posts = posts
        self._on_ready = on_ready
        self._asked = 0
        self._stopping = False
        self._alarm, self._alarmed = _SPAWN.Pipe(duplex=False)

    def run(self) -> int:
        """Keep every post filled until a signal says stop; return 1 if they never all served."""
        with self._signals():
            for post in self._posts:
                post.fill()
            served = self._wait_until_all_serve()
            if served:
                self._on_ready()
                self._keep_filled()
            self._stop()
        return 0 if served or self._asked else 1

    def _wait_until_all_serve(self) -> bool:
        while not self._asked and all(post.living for post in self._posts):
            if all(post.serves for post in self._posts):
                return True
            self._look(None)
        return False

    def _keep_filled(self) -> None:
        while not self._asked:
            for post in self._posts:
                if post.living is None and post.due <= time.monotonic():
                    post.fill()
            pauses = [post.due - time.monotonic() for post in self._posts if post.living is None]
            self._look(max(min(pauses), 0) if pauses else None)

    def _look(self, seconds: float | None) -> None:
        """Wait until something happens, and take it in."""
        filled = [(post, post.living) for post in self._posts if post.living]
        ends = {living.process.sentinel: (post, living) for post, living in filled}
        lines = {living.line: living for _, living in filled if not (living.ready or living.line.closed)}
        happened: list[Any] = wait([*ends, *lines, self._alarm], seconds)
        for seen in happened:
            if seen is self._alarm:
                self._alarm.recv_bytes()
            elif seen in lines:
                lines[seen].hear()
            else:
                self._died(*ends[seen])

    def _died(self, post: Post, living: Living) -> None:
        code = post.bury(living)
        if not self._stopping:
            sys.stderr.write(f"HQ's process “{post.name}” has ended ({code}).\n")

    def _stop(self) -> None:
        """Ask all to stop; after a while, or when asked again, insist."""
        self._stopping = True
        patience = self._asked + 1
        end = time.monotonic() + _STOP_SECONDS
        for post in self._posts:
            if post.living:
                post.living.line.close()
        while any(post.living for post in self._posts):
            left = end - time.monotonic()
            if left <= 0 or self._asked >= patience:
                self._kill()
            self._look(max(left, 1))

    def _kill(self) -> None:
        for post in self._posts:
            if post.living:
                post.living.process.kill()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self._told) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            self._alarm.close()
            self._alarmed.close()

    def _told(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked += 1
        self._alarmed.send_bytes(b"!")
