"""The only bridge between the Qt thread and the storage thread: a wish goes over, its answer comes back in order."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from app.changes import Changes
from app.errors import ZitiError
from app.usecases.board import Task
from app.usecases.work import Submit, Work
from ui import words

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[ZitiError], None]

log = logging.getLogger(__name__)


def _is_gone(callback: Callable[..., object] | None) -> bool:
    """Tell whether a callback is a method of a widget that Qt has deleted."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


def _fulfil(future: Future[T], work: Callable[[], T]) -> None:
    try:
        result = work()
    except Exception as error:  # noqa: BLE001 - thread edge: the future carries it to whoever asked
        future.set_exception(error)
    else:
        future.set_result(result)


class Tasks(QObject):
    """Asks use-cases and tells what changed; `problem` carries one sentence for the banner."""

    changed = Signal(object)  # app.changes.Changes
    problem = Signal(str)
    reminded = Signal(object)  # tuple of app.usecases.Task
    page_wanted = Signal(str)  # the key of a page that another page sends somebody to
    order_wanted = Signal(object)  # the number of an order that another page wants at the counter
    _answered = Signal(object, object, object)
    _told = Signal()
    _worried = Signal(object)

    def __init__(self, submit: Submit, parent: QObject | None = None, *, background: Submit | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._background = background or submit
        self._lock = threading.Lock()
        self._untold = Changes()
        # Queued even when the answer is there at once: a caller always finishes its own work first.
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._worried.connect(self._complain, Qt.ConnectionType.QueuedConnection)

    def ask(self, usecase: Callable[[Work], T], then: Then[T] | None = None, failed: Failed | None = None) -> None:
        """Run `usecase` in the storage thread, then call `then(result)` here; without `failed` a banner tells."""
        self._pass_on(self._submit(usecase), then, failed)

    def ask_quietly(
        self, usecase: Callable[[Work], T], then: Then[T] | None = None, failed: Failed | None = None
    ) -> None:
        """Do the same when nobody at the counter waits for it: everything else goes first."""
        self._pass_on(self._background(usecase), then, failed)

    def think(self, work: Callable[[], T], then: Then[T] | None = None, failed: Failed | None = None) -> None:
        """Do what takes its time and is no use-case (hash a PIN, copy a file) beside both threads; answer as `ask`."""
        future: Future[T] = Future()
        threading.Thread(target=_fulfil, args=(future, work), name="ziti-aside", daemon=True).start()
        self._pass_on(future, then, failed)

    def hear(self, changes: Changes) -> None:
        """Take note of a commit, from any thread (`Storage`'s `on_changes`); those of one moment are told together."""
        with self._lock:
            first = not self._untold
            self._untold |= changes
        if first and changes:
            self._told.emit()

    def tell(self, news: ZitiError) -> None:
        """Show what needs somebody's attention in the banner, from any thread."""
        self._worried.emit(news)

    def remind(self, due: tuple[Task, ...]) -> None:
        """Tell which made-to-order goods must be begun, from any thread."""
        if due:
            self.reminded.emit(due)

    def _pass_on(self, future: Future[T], then: Then[T] | None, failed: Failed | None) -> None:
        future.add_done_callback(lambda done: self._answered.emit(done, then, failed))

    @Slot()
    def _tell(self) -> None:
        with self._lock:
            changes, self._untold = self._untold, Changes()
        self.changed.emit(changes)

    @Slot(object, object, object)
    def _take(self, future: Future[Any], then: Then[Any] | None, failed: Failed | None) -> None:
        if _is_gone(then) or _is_gone(failed):
            return  # the page that asked was closed meanwhile
        try:
            result = future.result()
        except ZitiError as error:
            (failed or self._complain)(error)
        except CancelledError:
            return  # the program is closing; nobody waits for this answer any more
        except Exception as error:  # the edge of the storage thread: a mistake of ours must be told, not lost
            log.exception("a use-case failed in a way that nobody foresaw")
            (failed or self._complain)(ZitiError(str(error)))
        else:
            if then:
                then(result)

    @Slot(object)
    def _complain(self, error: ZitiError) -> None:
        self.problem.emit(words.error(error))
