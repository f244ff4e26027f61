"""A device beside the camera: on a thread of its own, started once, asked to end; no listener's mistake ends it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from scanner.backoff import BackOff

log = logging.getLogger(__name__)
T = TypeVar("T")


class Source:
    """Runs `_run` until `_stopping` is set; `name` is the thread's, `teller` the device's in the log.

    Tests bring their own `pause` (seconds between two attempts); the built-in one ends when the source is stopped.
    """

    def __init__(self, name: str, teller: str, pause: Callable[[float], object] | None) -> None:
        self._teller = teller
        self._stopping = threading.Event()
        self._pause = pause or self._stopping.wait
        self._backoff = BackOff()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; a source is started once."""
        self._thread.start()

    def stop(self, timeout: float = 2.0) -> bool:
        """Ask the thread to end and wait; tell whether it did (a driver or a dead network share may hold it)."""
        self._stopping.set()
        if self._thread.ident and self._thread is not threading.current_thread():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        raise NotImplementedError

    def _pass_on(self, listener: Callable[[T], object], news: T) -> None:
        try:
            listener(news)
        except Exception:
            # Thread edge: the listener's mistake must not end the source for the rest of the day.
            log.exception("nobody could take what %s told", self._teller)
