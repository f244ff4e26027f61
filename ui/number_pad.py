"""Digits on the screen, as large as gloves need them, for a touch screen without a keyboard at hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.widgets import Button

KEY_HEIGHT = 48
_GAP = 6


class NumberPad(QWidget):
    """Types into the one of its fields that has the keyboard, or else into the first that is shown."""

    typed = Signal()

    def __init__(self, *fields: QLineEdit, point: bool = True) -> None:
        super().__init__()
        self._fields = fields
        self.keys: dict[str, Button] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP)
        for place, sign in enumerate("123456789.0" if point else "123456789\0000"):
            if sign != "\0":
                grid.addWidget(self._key(sign), place // 3, place % 3)
        self.back = self._prepare(Button("erase", clicked=self._erase))
        grid.addWidget(self.back, 3, 2)
        self.setLayout(grid)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.back.setAccessibleName(self.tr("Take the last digit back"))
        self.back.setToolTip(self.tr("Take the last digit back"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def press(self, sign: str) -> None:
        """Type a sign, as the key does."""
        self._field.insert(sign)
        self.typed.emit()

    @property
    def _field(self) -> QLineEdit:
        shown = [field for field in self._fields if field.isVisible()] or list(self._fields)
        return next((field for field in shown if field.hasFocus()), shown[0])

    def _erase(self) -> None:
        self._field.backspace()
        self.typed.emit()

    def _key(self, sign: str) -> Button:
        key = self._prepare(Button(clicked=partial(self.press, sign)))
        key.setText(sign)
        self.keys[sign] = key
        return key

    @staticmethod
    def _prepare(key: Button) -> Button:
        # The field keeps the keyboard: a tap on a key is a stroke, not a way to another place.
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setMinimumHeight(KEY_HEIGHT)
        key.setProperty("role", "tight")
        return key
