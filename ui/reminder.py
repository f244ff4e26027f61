"""Calls out what must be begun now, with a sound, and again until somebody says to have seen it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Slot

from app.domain.verdict import Tone
from app.usecases.board import Task
from ui.parts import Parts
from ui.window import Window

AGAIN = timedelta(minutes=5)


class Reminder(QObject):
    """Asked every half minute; an order is called out, and five minutes later again while nobody has seen it.

    Seen it has who says so on the board (`ui/board/due_strip.py`), or begins it.
    """

    def __init__(self, window: Window, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._parts = window, parts
        self._called: dict[int, datetime] = {}
        parts.tasks.reminded.connect(self._remind)

    @Slot(object)
    def _remind(self, due: tuple[Task, ...]) -> None:
        now = self._parts.times.now()
        waiting = {task.number for task in due}
        self._called = {number: at for number, at in self._called.items() if number in waiting}
        news = [task for task in due if now - self._called.get(task.number, now - AGAIN) >= AGAIN]
        self._called |= {task.number: now for task in news}
        if not news:
            return
        times, first = self._parts.times, news[0]
        text = self.tr("Begin now: %1, wanted %2.").replace("%1", first.label).replace("%2", times.window(first.window))
        more = self.tr("And %n more.", "", len(news) - 1) if len(news) > 1 else ""
        self._parts.sounds.play(Tone.WAIT)
        self._window.banner.warn(f"{text} {more}".strip())
