"""Drives what stands beside the card: who is here, who is expected, what went out last, and taking a hand-over back."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from app.usecases.board import arrived, next_in_window
from app.usecases.revoke import RecentHandOver, recent_hand_overs, revoke
from app.usecases.work import Work
from ui import authorising
from ui.counter.side import Lists, Side
from ui.parts import Parts

LISTS_MS = 30_000
ROWS = 5
# A burst of news from HQ is read once.
SOON_MS = 80


class Beside(QObject):
    """Keeps the lists fresh; the clock alone moves orders into their window."""

    def __init__(self, side: Side, parts: Parts) -> None:
        super().__init__(side)
        self._side, self._parts = side, parts
        self._revoking: RecentHandOver | None = None
        self._shown: tuple[Lists, tzinfo | None] | None = None
        self._timer = QTimer(self, interval=LISTS_MS)
        self._timer.timeout.connect(self._load)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._load)
        parts.tasks.changed.connect(self._load_soon)
        side.revoke_asked.connect(self._ask_revoke)
        side.manager.answered.connect(self._revoke)

    def start(self) -> None:
        """Show the lists from now on."""
        self._timer.start()
        self._load()

    @Slot()
    def _load_soon(self) -> None:
        # Not started anew by each change: a long burst is still shown while it goes on.
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _load(self) -> None:
        self._parts.tasks.ask_quietly(_lists, then=self._show)

    def _show(self, found: Lists) -> None:
        # During a sync of the whole store the lists are read several times a second and stay the same.
        reading = found, self._parts.times.zone
        if reading != self._shown:
            self._shown = reading
            self._side.show_lists(found)

    @Slot(object)
    def _ask_revoke(self, done: RecentHandOver) -> None:
        self._revoking = done
        title = self.tr("Take %1 back: the goods are on the shelf again").replace("%1", done.label)
        reasons = (self.tr("Wrong customer"), self.tr("Goods returned"), self.tr("Pressed by mistake"))
        self._side.manager.open_panel(title, reasons)

    @Slot(str, str)
    def _revoke(self, pin: str, reason: str) -> None:
        if done := self._revoking:
            allowed = partial(self._take_back, done, reason)
            authorising.check(self._parts.tasks, self._side.manager, pin, allowed)

    def _take_back(self, done: RecentHandOver, reason: str, manager: str) -> None:
        self._side.manager.close_panel()
        clerk = self._parts.clerk
        self._parts.tasks.ask(partial(revoke, order_number=done.order_number, manager=manager, reason=reason, by=clerk))


def _lists(work: Work) -> Lists:
    here = arrived(work)
    among = {task.number for task in here}
    coming = [task for task in next_in_window(work, ROWS + len(here)) if task.number not in among]
    return Lists(here, tuple(coming[:ROWS]), recent_hand_overs(work))
