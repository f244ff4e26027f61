"""Work that must not hold up the window: loops that are built late, and writes that wait their turn."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from typing import Any, Generic, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)

AGAIN_SECONDS = 10.0


class Late:
    """A loop that is built on a thread of its own: what it imports must not hold up the window.

    `pause` seconds pass before it begins to: what nobody waits for need not compete with the first picture. What could
    not be built is tried again after `again` seconds: a terminal must not stay without HQ until its next start.
    """

    def __init__(self, build: Callable[[], Any], *, pause: float = 0.0, again: float = AGAIN_SECONDS) -> None:
        self._loop: Any = None
        self._pauses = chain((pause,), repeat(again))
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._build, args=(build,), name="late", daemon=True)
        self._thread.start()

    def _build(self, build: Callable[[], Any]) -> None:
        loop = self._built(build)
        if loop is None:
            return
        # What was imported stays: the collector need not look through it again, which stops every thread for 30 ms.
        gc.freeze()
        with self._lock:
            if not self._stopped.is_set():
                self._loop = loop
                loop.start()

    def _built(self, build: Callable[[], Any]) -> Any:
        """Return the loop, None when it is not wanted any more."""
        while not self._stopped.wait(next(self._pauses)):
            try:
                return build()
            except Exception:
                # Thread edge: the counter goes on without this part; its state stays on screen as it was.
                log.exception("a part of the terminal could not be started, and is tried again")
        return None

    def stop(self) -> None:
        """Stop what was built, or keep it from starting."""
        with self._lock:
            self._stopped.set()
            loop, self._loop = self._loop, None
        if loop:
            loop.stop()

    def nudge(self) -> None:
        """Pass on a nudge to a running loop."""
        if self._loop:
            self._loop.nudge()

    def acknowledge(self, text: str) -> None:
        """Pass on an acknowledgement to a running loop."""
        if self._loop:
            self._loop.acknowledge(text)


class Idle:
    """A loop that does nothing."""

    def start(self) -> None:
        """Begin nothing."""

    def nudge(self) -> None:
        """Send nothing."""

    def stop(self) -> None:
        """End nothing."""


class InOrder(Generic[T]):
    """Writes one thing after the other on a thread of its own: the Qt thread never waits for a disk."""

    def __init__(self, write: Callable[[T], None]) -> None:
        self._write = write
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="keep")

    def __call__(self, thing: T) -> None:
        """Queue a write; one that fails is logged."""
        self._pool.submit(self._keep, thing)

    def stop(self) -> None:
        """Finish what is queued."""
        self._pool.shutdown()

    def _keep(self, thing: T) -> None:
        try:
            self._write(thing)
        except OSError:
            log.exception("something could not be written")
