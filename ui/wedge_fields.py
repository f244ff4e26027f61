"""What a scan's first keys do to the widget that has the focus, before anybody can know that it is a scan."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

# Letters make these choose or scroll, Space and Enter make them act.
_SEARCHED = (QComboBox, QAbstractItemView, QMenu)
_ACTING = (*_SEARCHED, QAbstractButton, QAbstractSlider, QTabBar)


def focused() -> QWidget | None:
    """Return the widget that gets the keys, in a list or menu that is open as well."""
    popup = QApplication.activePopupWidget()
    return (popup.focusWidget() or popup) if popup else QApplication.focusWidget()


def field_of(widget: QWidget | None) -> QLineEdit | None:
    """Return the line that keys would be written into, `None` for a widget that is no text."""
    if isinstance(widget, QLineEdit):
        return widget
    if isinstance(widget, QAbstractSpinBox):
        return widget.lineEdit()
    return widget.lineEdit() if isinstance(widget, QComboBox) and widget.isEditable() else None


def acts_on(widget: QWidget | None, text: str, *, in_a_hurry: bool) -> bool:
    """Tell whether a key that is likely a scanner's would choose or press something that is no text.

    In this program nothing is searched by typing into a list; Space and Enter press what has the focus, unless they
    follow another key so closely that no finger could (`in_a_hurry`).
    """
    if field_of(widget):
        return False
    if text.isprintable() and text.strip():
        return isinstance(widget, _SEARCHED)
    return in_a_hurry and isinstance(widget, _ACTING)


@dataclass(slots=True)
class Snapshot:
    """A field as it was before a quick key, so that it can be put back with its selection."""

    field: QLineEdit
    text: str
    cursor: int
    selected: tuple[int, int]
    passed: str = ""

    @classmethod
    def of(cls, field: QLineEdit) -> Snapshot:
        """Remember a field."""
        return cls(field, field.text(), field.cursorPosition(), (field.selectionStart(), field.selectionLength()))

    def is_of(self, field: QLineEdit | None) -> bool:
        """Tell whether this field is the one, and still there."""
        return isValid(self.field) and self.field is field

    def restore(self) -> None:
        """Put the field back."""
        if self.field.text() != self.text:
            self.field.setText(self.text)
        self.field.setCursorPosition(self.cursor)
        if self.selected[1]:
            self.field.setSelection(*self.selected)


def take_back(field: QLineEdit, text: str) -> None:
    """Remove what slipped in at the cursor; a full field took only the beginning."""
    before = field.text()[: field.cursorPosition()]
    slipped = next((count for count in range(len(text), 0, -1) if before.endswith(text[:count])), 0)
    for _ in range(slipped):
        field.backspace()


def give_back(text: str) -> None:
    """Let the focused widget have what the clerk typed during a scan, as if it came from the keyboard now."""
    widget = focused()
    if field := field_of(widget):
        field.insert(text)
    elif widget and not isinstance(widget, _SEARCHED):
        for character in text:
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(widget, key)
