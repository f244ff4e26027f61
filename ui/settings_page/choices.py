"""One setting in one row: its words on the left, what can be chosen on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QWidget

from ui import widgets

Said = Callable[[], str]
Values = Sequence[tuple[Any, Said]]


class Choices(QFrame):
    """A setting with a few choices side by side."""

    def __init__(self, title: Said, hint: Said, choices: Values, take: Callable[[Any], None]) -> None:
        super().__init__()
        self._said = title, hint
        self._reason = ""
        self._title, self._hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._group = QButtonGroup(self)
        self._choices = choices
        self._buttons: list[widgets.Button] = []
        for value, _said in choices:
            button = widgets.Button(clicked=partial(take, value))
            button.setCheckable(True)
            button.setMinimumWidth(96)
            self._group.addButton(button)
            self._buttons.append(button)
        self.setLayout(setting_row(self._title, self._hint, *self._buttons))
        self.retranslate()

    def show_value(self, value: Any) -> None:
        """Mark the choice in force."""
        for (choice, _said), button in zip(self._choices, self._buttons, strict=True):
            button.setChecked(choice == value)

    def bar(self, reason: str) -> None:
        """Grey the choices and say why nobody can choose now; empty lets them choose."""
        self._reason = reason
        for button in self._buttons:
            button.setEnabled(not reason)
        self._say_hint()

    def _say_hint(self) -> None:
        text = " ".join(filter(None, (self._said[1](), self._reason)))
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self._said[0]())
        self._say_hint()
        for (_value, said), button in zip(self._choices, self._buttons, strict=True):
            button.setText(said())


class LinkRow(QFrame):
    """Something that is not chosen here: its words, and the way to it."""

    def __init__(self, icon: str, title: Said, hint: Said, way: Said, go: Callable[[], object]) -> None:
        super().__init__()
        self._said = title, hint, way
        self._title, self._hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self.go = widgets.Button(icon, clicked=go)
        self.setLayout(setting_row(self._title, self._hint, self.go))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        title, hint, way = self._said
        self._title.setText(title())
        self._hint.setText(hint())
        self.go.setText(way())


def setting_row(title: QWidget, hint: QWidget, *controls: QWidget) -> QHBoxLayout:
    """Return the layout of a setting."""
    words = widgets.column(title, hint, gap=0)
    layout = widgets.row(words, *controls, gap=8)
    layout.setStretch(0, 1)
    layout.setContentsMargins(0, 4, 0, 4)
    return layout


def panel_of(*settings: QWidget) -> QFrame:
    """Return settings under each other, with a rule between two."""
    parts: list[QWidget] = []
    for setting in settings:
        parts += [setting, widgets.frame("rule")]
    panel = widgets.frame("panel")
    panel.setLayout(widgets.column(*parts[:-1], margin=20, gap=8))
    return panel
