"""The small shop's set-up behind the window: what the wizard asks, done on a thread, its news brought back to Qt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.errors import ZitiError

if TYPE_CHECKING:
    # Only a small shop needs more than their names.
    from app.domain.small_shop import Draft, Preview, Step, Storefront

log = logging.getLogger(__name__)

_LARGEST_SHEET = 5_000_001


class Setup(Protocol):
    """Sets the shop up; the properties never wait, every method may."""

    @property
    def ready(self) -> bool:
        """Whether the shop is open."""
        ...

    @property
    def draft(self) -> Draft:
        """The answers so far."""
        ...

    @property
    def needs_pin(self) -> bool:
        """Whether the owner has yet to choose a PIN."""
        ...

    def keep(self, draft: Draft) -> None:
        """Remember the answers so far."""
        ...

    def look(self, content: bytes, name: str) -> Preview:
        """Show what a sheet would become."""
        ...

    def look_again(self) -> Preview | None:
        """Show the sheet that was kept."""
        ...

    def write_template(self, path: Path) -> None:
        """Write an empty sheet."""
        ...

    def set_up(self, draft: Draft, pin: str, told: Callable[[Step], None]) -> Storefront:
        """Do every step."""
        ...

    def storefront(self) -> Storefront:
        """Return where customers find the shop."""
        ...

    def move_to(self, typed: str) -> Storefront:
        """Take another address for phones."""
        ...


class ShopWorker(QObject):
    """Runs one errand at a time on a thread of its own; what came of it is a signal."""

    looked = Signal(object)  # app.domain.small_shop.Preview
    look_failed = Signal(object)  # app.errors.ZitiError
    template_written = Signal(str)
    stepped = Signal(str)  # app.domain.small_shop.Step
    opened = Signal(object)  # app.domain.small_shop.Storefront: the set-up is done
    failed = Signal(object)
    found = Signal(object)  # the Storefront, when it was asked for
    lost = Signal(object)

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self._setup = setup

    @property
    def ready(self) -> bool:
        """Whether the shop is open."""
        return self._setup.ready

    @property
    def draft(self) -> Draft:
        """The answers so far."""
        return self._setup.draft

    @property
    def needs_pin(self) -> bool:
        """Whether the owner has yet to choose a PIN."""
        return self._setup.needs_pin

    def keep(self, draft: Draft) -> None:
        """Remember the answers so far."""
        self._errand(lambda: self._setup.keep(draft), _nothing, self.failed.emit)

    def look(self, path: str) -> None:
        """Read a sheet; `looked` or `look_failed` follows."""
        self._errand(lambda: self._look(Path(path)), self.looked.emit, self.look_failed.emit)

    def look_again(self) -> None:
        """Read the sheet that was kept."""
        self._errand(self._setup.look_again, self._tell_look, self.look_failed.emit)

    def write_template(self, path: str) -> None:
        """Write an empty sheet; `template_written` follows."""
        self._errand(
            lambda: self._write(Path(path)),
            lambda _: self.template_written.emit(path),
            self.look_failed.emit,
        )

    def set_up(self, draft: Draft, pin: str) -> None:
        """Set the shop up; `stepped` follows for each step, then `opened` or `failed`."""
        self._errand(lambda: self._setup.set_up(draft, pin, self.stepped.emit), self.opened.emit, self.failed.emit)

    def find(self) -> None:
        """Ask where customers find the shop; `found` follows."""
        self._errand(self._setup.storefront, self.found.emit, self.lost.emit)

    def move_to(self, typed: str) -> None:
        """Take another address for phones; `found` or `lost` follows."""
        self._errand(lambda: self._setup.move_to(typed), self.found.emit, self.lost.emit)

    def _look(self, path: Path) -> Preview:
        try:
            with path.open("rb") as file:
                content = file.read(_LARGEST_SHEET)  # a byte too many is refused in words, a film is not read whole
        except OSError as error:
            raise Unreadable(str(error)) from error
        return self._setup.look(content, path.name)

    def _write(self, path: Path) -> None:
        try:
            self._setup.write_template(path)
        except OSError as error:
            raise Unreadable(str(error)) from error

    def _tell_look(self, preview: Preview | None) -> None:
        if preview:
            self.looked.emit(preview)

    @staticmethod
    def _errand(act: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[ZitiError], object]) -> None:
        def run() -> None:
            try:
                result = act()
            except ZitiError as error:
                failed(error)
            except Exception as error:  # the edge of a thread: the page must hear that it ended
                log.exception("an errand of the shop's set-up failed in a way that nobody foresaw")
                failed(ZitiError(str(error)))
            else:
                then(result)

        threading.Thread(target=run, name="ziti-shop", daemon=True).start()


class Unreadable(ZitiError):
    """A file cannot be read or written."""

    reason = "unreadable"


def _nothing(_result: object) -> None:
    """Tell nobody."""
