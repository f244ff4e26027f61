"""Keeps HQ running beside the terminal: started on a free port, replaced when it dies, moved when the owner says so."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from app.errors import AnotherPort, HqDidNotStart, ZitiError
from shop import address
from shop.child import Headquarters

log = logging.getLogger(__name__)

HERE, NETWORK = "127.0.0.1", "0.0.0.0"  # noqa: S104 - the owner is asked before HQ listens to the network
PAUSES = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
# Who has served for so long did not die of its start.
_SOUND_SECONDS = 60.0
_LOOK_SECONDS = 3600.0
_TRIES = 3


class Keeper:
    """One thread that starts HQ, waits for its end and starts it again.

    `on_ready` is called on that thread whenever HQ listens, `told` with what the owner must know.
    """

    def __init__(
        self,
        hq: Headquarters,
        wanted_port: int,
        host: str = HERE,
        *,
        pinned: bool = False,
        before_start: Callable[[int], None],
        on_ready: Callable[[], None],
        told: Callable[[ZitiError], None],
    ) -> None:
        self._hq = hq
        self._wanted = wanted_port
        self._host = host
        self._pinned = pinned
        self._before_start, self._on_ready, self._told = before_start, on_ready, told
        self._state = threading.Condition()
        self._ready = False
        self._fault: ZitiError | None = None
        self._failures = 0
        self._moving = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ziti-shop-hq", daemon=True)
        self.port = 0

    @property
    def hq(self) -> Headquarters:
        """The process that is kept."""
        return self._hq

    @property
    def moved(self) -> bool:
        """Whether another program has the port that was wanted."""
        return bool(self.port) and self.port != self._wanted

    def start(self) -> None:
        """Begin, without waiting for HQ."""
        self._thread.start()

    def wait(self, seconds: float = 60.0) -> str:
        """Return HQ's address on this PC once it serves, or raise why it does not, after a few tries."""
        with self._state:
            self._state.wait_for(self._is_settled, seconds)
            if not self._ready:
                raise self._fault or HqDidNotStart("HQ is not ready yet.")
            return self._hq.url

    def listen_on(self, host: str) -> None:
        """Have HQ listen here only, or to the network; it starts again for that. Not if it was named at the start."""
        with self._state:
            if self._pinned or host == self._host:
                return
            self._host, self._ready, self._moving = host, False, True
        self._hq.stop()

    def stop(self) -> None:
        """End HQ and the thread."""
        self._stopping.set()
        with self._state:
            self._state.notify_all()
        self._hq.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _is_settled(self) -> bool:
        return self._ready or self._stopping.is_set() or self._failures >= _TRIES

    def _run(self) -> None:
        deaths = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            if self._serve():
                deaths = 0 if time.monotonic() - began > _SOUND_SECONDS else deaths
            if self._take_move():
                continue
            self._stopping.wait(PAUSES[min(deaths, len(PAUSES) - 1)])
            deaths += 1

    def _serve(self) -> bool:
        """Run HQ until it ends; tell whether it was ready."""
        try:
            self._start()
        except ZitiError as error:
            self._failures += 1
            self._note(ready=False, fault=error)
            if not self._stopping.is_set() and not self._moving:
                log.warning("%s", error)
                if self._failures == 1:
                    self._told(error)
            return False
        if self._stopping.is_set():
            self._hq.stop()
            return False
        self._failures = 0
        self._note(ready=True)
        self._on_ready()
        while not self._hq.wait(_LOOK_SECONDS):
            pass
        self._note(ready=False)
        self._hq.stop()
        return True

    def _start(self) -> None:
        if not self.port:
            found = address.free_port(self._wanted, self._host)
            if found is None:
                raise HqDidNotStart("Every port from 8710 to 8719 is taken by other programs.")
            self.port = found
            if self.moved:
                self._told(AnotherPort(f"Port {self._wanted} is taken by another program; HQ uses {found}."))
        self._before_start(self.port)
        self._hq.start(host=self._host, port=self.port)

    def _take_move(self) -> bool:
        with self._state:
            moving, self._moving = self._moving, False
            return moving

    def _note(self, *, ready: bool, fault: ZitiError | None = None) -> None:
        with self._state:
            self._ready = ready and not self._moving
            self._fault = fault
            self._state.notify_all()
