"""Closing the program: one page says what would wait, and in a kiosk asks for a manager; nothing pops up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.usecases.health import Health
from ui import authorising, widgets, words
from ui.manager_panel import ManagerPanel
from ui.parts import Parts
from ui.window import PageSpec, Window

KEY = "leave"
_WIDTH = 680


class LeavePage(QWidget):
    """One question, its answer and what follows from it."""

    stayed = Signal()
    confirmed = Signal()

    def __init__(self, parts: Parts, waiting: Callable[[], str]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts, self._waiting = parts, waiting
        self._title, self.text = widgets.label("big", wrap=True), widgets.label(wrap=True)
        self.go = widgets.Button("close", role="second", clicked=self._go)
        self.stay = widgets.Button(role="primary", clicked=self.stayed.emit)
        self.manager = ManagerPanel()
        self.manager.answered.connect(self._check)
        panel = widgets.frame("panel")
        panel.setMaximumWidth(_WIDTH)
        buttons = widgets.row(self.go, self.stay, gap=12)
        buttons.setStretch(1, 1)
        panel.setLayout(widgets.column(self._title, self.text, 8, buttons, self.manager, margin=28))
        centred = widgets.row(None, panel, None)
        centred.setStretch(1, 100)
        self.setLayout(widgets.column(None, centred, None, None, margin=16))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Close the program?"))
        kiosk = self.tr("A manager's PIN closes it.") if self._needs_pin else ""
        self.text.setText(f"{self._waiting() or self.tr('Everything has been sent to HQ.')} {kiosk}".strip())
        self.go.setText(self.tr("Close"))
        self.stay.setText(self.tr("Stay"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Say what waits now."""
        super().showEvent(event)
        self.manager.close_panel()
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter stay."""
        if event.key() in (Qt.Key.Key_Escape, *widgets.ENTER):
            self.stayed.emit()
        else:
            super().keyPressEvent(event)

    @property
    def _needs_pin(self) -> bool:
        return self._parts.kiosk and self._parts.session.has_managers and not self._parts.manages

    def _go(self) -> None:
        if self._needs_pin:
            self.manager.ask_pin(self.tr("Close the program"))
        else:
            self.confirmed.emit()

    @Slot(str, str)
    def _check(self, pin: str, _reason: str) -> None:
        authorising.check(self._parts.tasks, self.manager, pin, self._allowed)

    def _allowed(self, _manager: str) -> None:
        self.confirmed.emit()


class Leaving(QObject):
    """The one place that knows whether the program may be closed, and what to say before."""

    def __init__(self, window: Window, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts
        self._health: Health | None = None
        self._confirmed = False
        window.add(PageSpec(KEY, "close", str, self._build, on_rail=False))
        window.ask_before_closing(self.may_close)

    def know(self, found: Health) -> None:
        """Take note of what would wait."""
        self._health = found
        if self._window.current == KEY:
            self._page.retranslate()

    def waiting(self) -> str:
        """Say what would wait; empty when nothing would."""
        found = self._health
        return words.waits(found.unsent, found.parked, shift_open=found.shift_open) if found else ""

    def may_close(self) -> bool:
        """Tell whether somebody may close the window now; if not, the page asks."""
        # Who signs in reads there already what waits.
        told = self._window.current == "sign_in" or not self.waiting()
        if self._confirmed or (told and not self._parts.kiosk):
            return True
        self.ask()
        return False

    @Slot()
    def ask(self) -> None:
        """Show the page, also over the sign-in page."""
        self._window.visit(KEY)

    @property
    def _page(self) -> LeavePage:
        page = self._window.page(KEY)
        assert isinstance(page, LeavePage)  # noqa: S101 - for the type checker
        return page

    def _build(self) -> QWidget:
        page = LeavePage(self._parts, self.waiting)
        page.stayed.connect(self._window.leave)
        page.confirmed.connect(self._close)
        return page

    @Slot()
    def _close(self) -> None:
        self._confirmed = True
        self._window.close()
