"""Asks HQ to move an order to another window: on a thread, for HQ may be slow; the answer comes in the Qt thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.window import Window, WindowOffer
from app.errors import NotEnrolled, ZitiError

log = logging.getLogger(__name__)


class Desk(Protocol):
    """HQ's side of it: both calls wait for the line and raise `ZitiError`."""

    def offers(self, number: int, /) -> tuple[WindowOffer, ...]:
        """Return the windows that an order may be moved to."""
        ...

    def move(self, number: int, window: Window, by: str, /) -> None:
        """Move an order."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


def _no_desk() -> Desk:
    raise NotEnrolled("this terminal does not belong to a store")


class Moving(QObject):
    """One question after the other; `reach` makes the desk on the asking thread, anew for each question."""

    _answered = Signal(object)

    def __init__(self, reach: Callable[[], Desk] = _no_desk) -> None:
        super().__init__()
        self._reach = reach
        self._answered.connect(self._deliver)

    def offers(
        self,
        number: int,
        then: Callable[[tuple[WindowOffer, ...]], None],
        failed: Callable[[ZitiError], None],
    ) -> None:
        """Ask which windows are free for an order."""
        self._ask(lambda desk: desk.offers(number), then, failed)

    def move(
        self, number: int, window: Window, by: str, then: Callable[[None], None], failed: Callable[[ZitiError], None]
    ) -> None:
        """Move an order."""
        self._ask(lambda desk: desk.move(number, window, by), then, failed)

    def _ask(
        self, question: Callable[[Desk], Any], then: Callable[[Any], None], failed: Callable[[ZitiError], None]
    ) -> None:
        threading.Thread(target=self._run, args=(question, then, failed), name="ziti-moving", daemon=True).start()

    @Slot(object)
    def _deliver(self, answer: Callable[[], None]) -> None:
        answer()

    def _run(self, question: Callable[[Desk], Any], then: Callable[[Any], None], failed: Callable[..., None]) -> None:
        try:
            with closing(self._reach()) as desk:
                found = question(desk)
        except ZitiError as error:
            self._answered.emit(partial(failed, error))
        except Exception as error:  # the edge of a thread: the counter must hear that it ended
            log.exception("moving an order failed in a way that nobody foresaw")
            self._answered.emit(partial(failed, ZitiError(str(error))))
        else:
            self._answered.emit(partial(then, found))
