"""The network threads: one pushes when it is nudged, one hangs on HQ's long poll, one brings photos after all else.

None waits for another.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

from app.clock import Clock
from sync import link
from sync.backoff import Backoff
from sync.engine import Pulled, Pushed
from sync.failures import Busy, Failure
from sync.link import Direction, LinkState
from sync.wire import MAX_WAIT_SECONDS

log = logging.getLogger(__name__)

# A nudge comes with every new event; this only finds work that was left over.
_IDLE_SECONDS = 60.0
# An HQ (or a proxy) that answers a long poll at once must not be asked in a tight circle.
_LEAST_BETWEEN_POLLS = 1.0
_STOP_SECONDS = 5.0


class Steps(Protocol):
    """The engine's two steps."""

    def push_once(self) -> Pushed:
        """Send one batch."""
        ...

    def pull_once(self, wait: int = 0) -> Pulled:
        """Fetch one page."""
        ...


class Spare(Protocol):
    """What goes up when nothing else does."""

    def step(self) -> float:
        """Send one thing, and return the seconds until there may be another."""
        ...


class Closable(Protocol):
    """The way to HQ, which can be cut under way."""

    def close(self) -> None:
        """Cut every request under way and refuse new ones."""
        ...


class SyncLoops:
    """Runs an engine until `stop()`; `on_link` is called on the network threads, in order, and must not block."""

    def __init__(
        self,
        engine: Steps,
        transport: Closable,
        *,
        clock: Clock,
        on_link: Callable[[LinkState], None],
        rng: random.Random | None = None,
        wait: int = MAX_WAIT_SECONDS,
        photos: Spare | None = None,
    ) -> None:
        """Take the engine, its transport, and the trusted clock; `wait` is the long poll's patience in seconds.

        `photos` has its turn whenever the push has nothing left to do.
        """
        self._engine = engine
        self._transport = transport
        self._clock = clock
        self._on_link = on_link
        self._wait = wait
        self._behind = True
        self._state = LinkState()
        self._state_lock = threading.Lock()
        self._stopping = threading.Event()
        self._loops = [
            _Loop(self, Direction.PUSH.value, self._push, Backoff(rng), partial(self._failed, Direction.PUSH)),
            _Loop(self, Direction.PULL.value, self._pull, Backoff(rng), partial(self._failed, Direction.PULL)),
        ]
        self._spare = _Loop(self, "photos", partial(_send, photos), Backoff(rng)) if photos else None
        if self._spare:
            self._loops.append(self._spare)

    def start(self) -> None:
        """Begin every conversation."""
        for loop in self._loops:
            loop.thread.start()

    def nudge(self) -> None:
        """Try now: there is something new to tell, or somebody wants to know."""
        for loop in self._loops:
            loop.wake.set()

    def stop(self) -> None:
        """End every thread, in the middle of a long poll too."""
        self._stopping.set()
        self.nudge()
        self._transport.close()
        for loop in self._loops:
            if loop.thread.is_alive():
                loop.thread.join(_STOP_SECONDS)

    @property
    def is_stopping(self) -> bool:
        """Tell whether `stop` was called."""
        return self._stopping.is_set()

    def rest(self, seconds: float) -> None:
        """Wait without listening to nudges: HQ asked for it."""
        self._stopping.wait(seconds)

    def _failed(self, direction: Direction, failure: Failure) -> None:
        with self._state_lock:
            self._tell(link.failed(self._state, direction, failure, self._clock.now()))

    def _heard(self, direction: Direction) -> None:
        with self._state_lock:
            was_down = link.trouble_of(self._state, direction)
            self._tell(link.heard(self._state, direction, self._clock.now()))
        if was_down:
            self.nudge()  # where one direction works again, the other need not sit out its back-off

    def _tell(self, state: LinkState) -> None:
        self._state = state
        self._on_link(state)

    def _push(self, backoff: Backoff) -> float:
        """Return the seconds until the next batch."""
        pushed = self._engine.push_once()
        if pushed.settled or pushed.held:
            self._heard(Direction.PUSH)
        elif self._state.push:
            with self._state_lock:
                self._tell(link.at_rest(self._state, Direction.PUSH))
        if pushed.more:
            return 0.0
        if pushed.held:
            return backoff.failed()
        backoff.succeeded()
        if self._spare:
            self._spare.wake.set()
        return _IDLE_SECONDS

    def _pull(self, backoff: Backoff) -> float:
        """Return the seconds until the next page; after a failure nobody waits for a long poll to hear of it."""
        wait = 0 if self._behind else self._wait
        self._behind = True
        started = self._clock.monotonic()
        pulled = self._engine.pull_once(wait)
        self._behind = pulled.more
        self._heard(Direction.PULL)
        backoff.succeeded()
        took = self._clock.monotonic() - started
        return _LEAST_BETWEEN_POLLS if wait and not pulled.rows and took < _LEAST_BETWEEN_POLLS else 0.0


def _send(photos: Spare, backoff: Backoff) -> float:
    seconds = photos.step()
    backoff.succeeded()
    return seconds


class _Loop:
    """One thread: step, wait, step. `tell` hears of failures; without it nobody waits, and no nudge shortens a wait."""

    def __init__(
        self,
        loops: SyncLoops,
        name: str,
        step: Callable[[Backoff], float],
        backoff: Backoff,
        tell: Callable[[Failure], None] | None = None,
    ) -> None:
        self.wake = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"sync-{name}", daemon=True)
        self._loops = loops
        self._name = name
        self._step = step
        self._backoff = backoff
        self._tell = tell

    def _run(self) -> None:
        while not self._loops.is_stopping:
            self.wake.clear()
            seconds = self._one()
            if seconds and not self._loops.is_stopping:
                self.wake.wait(seconds)

    def _one(self) -> float:
        """Do one step, whatever it brings; return the seconds to wait, or until nudged."""
        try:
            return self._tried()
        except Exception:
            # Thread edge: a full disk or a mistake of ours must not silence the terminal until it is restarted.
            log.exception("the %s stumbled", self._name)
            return self._backoff.failed()

    def _tried(self) -> float:
        try:
            return self._step(self._backoff)
        except Failure as failure:
            return self._after(failure)

    def _after(self, failure: Failure) -> float:
        if self._loops.is_stopping:
            return 0.0
        if self._tell:
            self._tell(failure)
        seconds = self._backoff.failed(failure.retry_after)
        if isinstance(failure, Busy) or not self._tell:
            self._loops.rest(seconds)
            return 0.0
        return seconds
