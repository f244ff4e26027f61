"""The terminal as a shop starts it, with an eye on its windows that tells what stands where and never acts.

A line in is a look: `{"do": "look"}`. A line out is what can be seen then: `{"said": "seen", "things": […]}`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSocketNotifier, Slot
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

import main
from tests.e2e.process import say

_STDIN, _MOST = 0, 4096


def watch(look: Callable[[Any], object]) -> None:
    """Have somebody look at every terminal's window from its first moment."""
    open_window = main.Terminal.open

    def opened(terminal: main.Terminal) -> Any:
        application = open_window(terminal)
        terminal.onlooker = look(terminal.window)  # type: ignore[attr-defined]
        say("open")
        return application

    main.Terminal.open = opened  # type: ignore[assignment, method-assign]


class Eye(QObject):
    """Answers each line of stdin in the window's own thread, once what happened before is done."""

    def __init__(self, _window: QWidget) -> None:
        super().__init__()
        self._ear = QSocketNotifier(_STDIN, QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self._look)

    @Slot()
    def _look(self) -> None:
        lines = os.read(_STDIN, _MOST)
        if not lines:
            self._ear.setEnabled(False)
        for _ in range(lines.count(b"\n")):
            say("seen", things=[thing for window in QApplication.topLevelWidgets() for thing in _things(window)])


def _things(window: QWidget) -> Iterator[dict[str, Any]]:
    """Yield what can be read or pressed, and the place on the screen where a finger would go."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractItemView):
            yield from _items(widget)
        elif kind := _kind(widget):
            middle = widget.visibleRegion().boundingRect().center()
            yield _thing(widget, kind, _words(widget), widget.accessibleName() or widget.objectName(), middle)


def _items(view: QAbstractItemView) -> Iterator[dict[str, Any]]:
    model, shown = view.model(), view.viewport().visibleRegion().boundingRect()
    for row in range(model.rowCount() if model else 0):
        index = model.index(row, 0)
        place = view.visualRect(index) & shown
        if not place.isEmpty():
            yield _thing(view.viewport(), "item", str(index.data() or ""), view.accessibleName(), place.center())


def _thing(widget: QWidget, kind: str, words: str, name: str, place: QPoint) -> dict[str, Any]:
    window = widget.window()
    on_top = window.childAt(widget.mapTo(window, place))
    at = widget.mapToGlobal(place)
    return {
        "kind": kind,
        "words": words,
        "name": name,
        "at": (at.x(), at.y()),
        "in_reach": widget.isEnabled() and on_top is not None and (on_top is widget or widget.isAncestorOf(on_top)),
    }


def _kind(widget: QWidget) -> str:
    kinds = {QAbstractButton: "button", QLineEdit: "field", QLabel: "text"}
    return next((kind for type_, kind in kinds.items() if isinstance(widget, type_)), "")


def _words(widget: QWidget) -> str:
    return str(widget.property("text")).strip()


if __name__ == "__main__":
    watch(Eye)
    sys.exit(main.main())
