"""Leads an order in front of the clerk to another window, with HQ; the customer before never gets the answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.verdict import Tone
from app.domain.window import Window, WindowOffer
from app.errors import NotMoved, ZitiError
from ui import words
from ui.counter.move_panel import MovePanel
from ui.parts import Parts


class Moves(QObject):
    """The panel's conversation with HQ about one order at a time; `moved(window)` follows when HQ has done it."""

    possible_changed = Signal()

    def __init__(self, panel: MovePanel, parts: Parts, moved: Callable[[Window], None]) -> None:
        super().__init__(panel)
        self._panel, self._parts, self._moved = panel, parts, moved
        self._number, self._turn = 0, 0
        panel.answered.connect(self._move)
        panel.closed.connect(self.forget)
        self.possible = False
        parts.sync.link_changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Tell whether HQ can be asked now; every page of a sync says that the line is well, and that is no news."""
        before, self.possible = self.possible, self._parts.sync.link.kind == "online"
        if self.possible != before:
            self.possible_changed.emit()

    def ask(self, number: int) -> None:
        """Open the panel for an order, and ask HQ for its windows."""
        self._number = number
        self._panel.open_panel()
        self._look()

    @Slot()
    def forget(self) -> None:
        """Let go of whatever HQ still answers."""
        self._turn += 1

    def _look(self) -> None:
        self._turn += 1
        self._panel.wait()
        self._parts.moving.offers(
            self._number, partial(self._take_offers, self._turn), partial(self._failed, self._turn)
        )

    def _take_offers(self, turn: int, offers: tuple[WindowOffer, ...]) -> None:
        if turn == self._turn:
            self._panel.take_offers(offers)

    @Slot(object)
    def _move(self, window: Window) -> None:
        self._panel.wait()
        self._parts.moving.move(
            self._number,
            window,
            self._parts.clerk,
            partial(self._done, self._turn, window),
            partial(self._failed, self._turn),
        )

    def _done(self, turn: int, window: Window, _nothing: None) -> None:
        # Moved it is in any case: HQ's feed tells it to the board, whoever stands here by now.
        self._parts.sync.nudge()
        if turn == self._turn:
            self._parts.sounds.play(Tone.YES)
            self._moved(window)

    def _failed(self, turn: int, error: ZitiError) -> None:
        if turn != self._turn:
            return
        self._parts.sounds.play(Tone.NO)
        again = isinstance(error, NotMoved) and error.other
        self._panel.refuse(words.not_moved(error), choose_again=again)
        if again:
            # Somebody else took the room: show what is left.
            self._look()
