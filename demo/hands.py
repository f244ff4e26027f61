"""A clerk's hands and eyes: clicks, keys and looks on the real widgets, while the window lives on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QWidget

from demo.telling import NotAsTold

T = TypeVar("T")

LOOK_MS = 15
SETTLE_MS = 120
# A fast typist; what comes faster is taken for a keyboard scanner.
TYPING_MS = 55


class _Interruption:
    """Whether somebody pressed Ctrl-C, and whether an event loop would swallow the exception for it."""

    asked = False
    looping = False


def interrupt(_signal: int, _frame: object) -> None:
    """Handle Ctrl-C and `kill`: an exception that is raised below an event loop of Qt's would be lost."""
    _Interruption.asked = True
    if not _Interruption.looping:
        raise KeyboardInterrupt


PATIENCE = 15.0  # seconds until something that takes milliseconds counts as not happening


class Hands:
    """Acts on one window; every wait lets the window work and ends with `NotAsTold` when it is too long."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self._errands = ThreadPoolExecutor(1, thread_name_prefix="errands")

    def close(self) -> None:
        """Send nobody on errands any more."""
        self._errands.shutdown(cancel_futures=True)

    # ── waiting ────────────────────────────────────────────────────────────────────────────────────────────

    def until(
        self,
        expected: str,
        found: Callable[[], T | None],
        *,
        seen: Callable[[], str] | None = None,
        within: float = PATIENCE,
    ) -> T:
        """Wait until `found` returns something; else say what was `expected` and what is `seen` instead."""
        answer = _spin(found, within)
        if not answer:
            raise NotAsTold(expected, (seen or self.screen)())
        return answer

    def meanwhile(self, errand: Callable[[], T], *, within: float = 60.0) -> T:
        """Run something that takes its time on another thread while the window works."""
        future = self._errands.submit(errand)
        _spin(future.done, within)
        return future.result(0)

    # ── looking ────────────────────────────────────────────────────────────────────────────────────────────

    def words(self, part: QWidget | None = None) -> list[str]:
        """Return every text that can be read in a part of the window, in the order of the layout."""
        texts = (_text(widget) for widget in (part or self.window).findChildren(QWidget) if widget.isVisible())
        return [text for text in texts if text]

    def screen(self, part: QWidget | None = None) -> str:
        """Return those texts as one line."""
        return " | ".join(self.words(part))

    def shows(self, *texts: str, part: QWidget | None = None) -> bool:
        """Tell whether every one of the texts can be read."""
        said = self.screen(part)
        return all(text in said for text in texts)

    def buttons(self, part: QWidget) -> list[str]:
        """Return what the buttons in a part of the window say that can be pressed."""
        return [
            each.text().strip() for each in part.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()
        ]

    def draw(self, path: Path) -> None:
        """Save a picture of the window as it is now, its layout settled."""
        _spin(lambda: False, SETTLE_MS / 1000)
        self.window.grab().save(str(path))

    # ── acting ─────────────────────────────────────────────────────────────────────────────────────────────

    def click(self, text: str, part: QWidget | None = None) -> None:
        """Click the button that says this, once it is there."""
        button = self.until(f"a button “{text}”", lambda: self._button(text, part), seen=lambda: self.screen(part))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def write(self, field: QLineEdit, text: str) -> None:
        """Click into a field and type, in place of what stands there; Chinese as an input method does."""
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        field.selectAll()
        if text.isascii():
            QTest.keyClicks(field, text, Qt.KeyboardModifier.NoModifier, TYPING_MS)
            return
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QCoreApplication.sendEvent(field, typed)

    def press(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key)

    def tap(self, view: QAbstractItemView, place: QPoint) -> None:
        """Tap on a place of a list."""
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def _button(self, text: str, part: QWidget | None) -> QAbstractButton | None:
        buttons = (part or self.window).findChildren(QAbstractButton)
        return next((each for each in buttons if each.isVisible() and each.isEnabled() and text in each.text()), None)


def said(context: str, text: str) -> str:
    """Return how the program says something in the language on screen."""
    return QCoreApplication.translate(context, text)


def views(part: QWidget) -> Iterator[QAbstractItemView]:
    """Yield the lists that can be seen in a part of the window."""
    return (view for view in part.findChildren(QAbstractItemView) if view.isVisible())


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().strip()
    if isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Normal:
        return widget.text().strip()
    return ""


def _spin(found: Callable[[], T], within: float) -> T:
    """Let Qt work until `found` returns something true or the time is over; return its last answer."""
    answer = found()
    if answer:
        return answer
    loop = QEventLoop()
    deadline = time.monotonic() + within

    def look() -> None:
        nonlocal answer
        answer = found()
        if answer or _Interruption.asked or time.monotonic() >= deadline:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    _Interruption.looping = True
    loop.exec()
    _Interruption.looping = False
    timer.stop()
    if _Interruption.asked:
        raise KeyboardInterrupt
    return answer
