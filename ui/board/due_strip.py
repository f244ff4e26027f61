"""What must be begun now and nobody has seen yet, over whichever view of the board is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame

from app.changes import Changes
from app.usecases.board import Task, due_reminders, see_reminders
from ui import theme, widgets
from ui.board.card import since_due
from ui.board.mover import Mover
from ui.icons import Icon
from ui.parts import Parts
from ui.widgets import Button

_NAMED = 3
SOON_MS = 200


class DueStrip(QFrame):
    """Says which goods must be begun; somebody begins them, or says to have seen it."""

    def __init__(self, parts: Parts, mover: Mover) -> None:
        super().__init__()
        self._parts, self._mover = parts, mover
        self.due: tuple[Task, ...] = ()
        self.text = widgets.label("title", wrap=True)
        self.begin = Button("clock", clicked=self._begin)
        self.seen = Button("check", clicked=self._see)
        for button in (self.begin, self.seen):
            # A tap here must not take the keyboard from the cards.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = widgets.row(Icon("cake", "on_wait_soft", 28), self.text, self.begin, self.seen, gap=10)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        theme.mark(self, soft="wait")
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.read)
        parts.tasks.changed.connect(self._follow)
        parts.tasks.reminded.connect(self._take)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.begin.setText(self.tr("Begin"))
        self.seen.setText(self.tr("Seen"))
        now = self._parts.times.now()
        named = [f"{task.label} ({late})" if (late := since_due(task, now)) else task.label for task in self.due]
        text = self.tr("Begin now: %1").replace("%1", ", ".join(named[:_NAMED]))
        more = len(named) - _NAMED
        self.text.setText(f"{text} " + self.tr("and %n more", "", more) if more > 0 else text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def read(self) -> None:
        """Ask what must be begun."""
        self._parts.tasks.ask_quietly(due_reminders, self._take)

    @Slot(object)
    def _take(self, due: tuple[Task, ...]) -> None:
        self.due = due
        self.retranslate()
        self.setVisible(bool(due))

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if (changes.orders or changes.all_orders or changes.catalogue) and not self._soon.isActive():
            self._soon.start()

    def _begin(self) -> None:
        self._mover.start([task.number for task in self.due])

    def _see(self) -> None:
        numbers = tuple(task.number for task in self.due)
        self._parts.tasks.ask(partial(see_reminders, numbers=numbers, by=self._parts.clerk), self._noted)

    def _noted(self, _changes: Changes) -> None:
        self.read()
