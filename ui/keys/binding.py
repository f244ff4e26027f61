"""Ties every key of the list to what it does in this window, and shows the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.keys.shortcuts import Shortcuts, page_action
from ui.preferences import Preferences
from ui.window import PageSpec, Window

KEY = "keys"
# What the search key looks for on a page.
SEARCH = "search"


class Keys(QObject):
    """`acts` are those of the frame: the name of a shortcut and what it does."""

    def __init__(self, window: Window, preferences: Preferences, acts: dict[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self._window = window
        self.shortcuts = Shortcuts(window, preferences, window.rail)
        window.add(PageSpec(KEY, "keyboard", str, self._build, on_rail=False))
        for key in window.rail:
            self.shortcuts.bind(page_action(key), partial(window.go, key))
        own = {"search": self._search, "picture": window.choose_picture, "keys": self.show}
        for name, act in {**own, **acts}.items():
            self.shortcuts.bind(name, act)

    def show(self) -> None:
        """Show the list, or leave it again."""
        if self._window.current == KEY:
            self._window.leave()
        elif not self._window.is_kept:
            self._window.visit(KEY)

    def _build(self) -> QWidget:
        from ui.keys.page import KeysPage

        page = KeysPage(self.shortcuts)
        page.left.connect(self._window.leave)
        return page

    def _search(self) -> None:
        """Put the focus into the page's search field, or the counter's where the page has none."""
        field = self._field()
        if field is None:
            self._window.go("counter")
            field = self._field()
        if field:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()

    def _field(self) -> QLineEdit | None:
        page = self._window.page(self._window.current) if self._window.current else None
        fields = page.findChildren(QLineEdit, SEARCH) if page else []
        return next((field for field in fields if field.isVisible()), None)
