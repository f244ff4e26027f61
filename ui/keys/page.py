"""The sheet of all keys: what each does, and a button to give it another."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme, widgets
from ui.icons import Icon
from ui.keys.shortcuts import Shortcut, Shortcuts, fixed, is_page, may_be_used

KEY_WIDTH = 170
_MODIFIERS = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}


class KeyButton(widgets.Button):
    """Shows a key; while it is down it takes the next one that is pressed."""

    pressed_keys = Signal(str, str)  # the shortcut's name, the keys

    def __init__(self, shortcut: Shortcut) -> None:
        super().__init__()
        self._name = shortcut.name
        self.setCheckable(True)
        self.setMinimumWidth(KEY_WIDTH)

    def event(self, event: QEvent) -> bool:
        """Keep the key from what it does now."""
        if event.type() == QEvent.Type.ShortcutOverride and self.isChecked():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key; Escape gives up."""
        if not self.isChecked() or event.key() in _MODIFIERS:
            super().keyPressEvent(event)
            return
        self.setChecked(False)
        if event.key() != Qt.Key.Key_Escape:
            keys = event.keyCombination()
            self.pressed_keys.emit(self._name, QKeySequence(keys).toString() if may_be_used(keys) else "")


class KeysPage(QWidget):
    """Two columns: the keys of every page, which can be changed, and those that stay."""

    left = Signal()

    def __init__(self, shortcuts: Shortcuts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shortcuts = shortcuts
        self.buttons: dict[str, KeyButton] = {}
        self._title, self._hint = widgets.label("big"), widgets.label("muted", wrap=True)
        self.trouble = widgets.label(wrap=True)
        self.back = widgets.Button(role="quiet", clicked=self.left.emit)
        self.reset = widgets.Button("undo", clicked=self._reset)
        self._pages, self._others, self._fixed = (widgets.column(gap=6) for _ in range(3))
        self._compose()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Keys"))
        self._hint.setText(self.tr("To change one, tap it and press the new key. Scanning works on every page."))
        self.back.setText(self.tr("Back (Esc)"))
        self.reset.setText(self.tr("Usual keys"))
        self._say("")
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def take(self, name: str, keys: str) -> None:
        """Give something another key, or say why it cannot have this one."""
        taken = self._shortcuts.taken(name, keys) if keys else None
        if not keys:
            self._say(self.tr("Use F1 to F12, or a key together with Ctrl or Alt: the others are needed for typing."))
        elif taken:
            self._say(self.tr("%1 is taken: %2.").replace("%1", keys).replace("%2", taken.title()))
        else:
            self._say("")
            self._shortcuts.change(name, keys)
        self._show_keys()

    def _reset(self) -> None:
        self._shortcuts.reset()
        self._say("")
        self._show_keys()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        theme.mark(self.trouble, soft="wait")

    def _compose(self) -> None:
        panel = widgets.frame("panel")
        right = widgets.column(self._others, widgets.frame("rule"), self._fixed, None, gap=12)
        sides = widgets.row(widgets.column(self._pages, None), right, gap=40)
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        head = widgets.row(Icon("keyboard", "accent", 40), self._title, None, self.reset, self.back, gap=14)
        panel.setLayout(widgets.column(head, self._hint, self.trouble, sides, None, margin=24, gap=12))
        inside = QWidget()
        inside.setLayout(widgets.column(panel, None, margin=16))
        self.setLayout(widgets.column(widgets.scrolled(inside)))

    def _fill(self) -> None:
        for column in (self._pages, self._others, self._fixed):
            widgets.empty(column)
        self.buttons = {}
        for each in self._shortcuts.all:
            button = KeyButton(each)
            button.pressed_keys.connect(self.take)
            button.setAccessibleName(each.title())
            self.buttons[each.name] = button
            column = self._pages if is_page(each) else self._others
            column.addLayout(_line(button, each.title()))
        for keys, title in fixed():
            key = widgets.label("title", keys)
            key.setMinimumWidth(KEY_WIDTH)
            self._fixed.addLayout(_line(key, title))
        self._show_keys()

    def _show_keys(self) -> None:
        for name, button in self.buttons.items():
            button.setChecked(False)
            button.setText(self._shortcuts.keys(name))


def _line(key: QWidget, title: str) -> QHBoxLayout:
    line = widgets.row(key, widgets.label("", title, wrap=True), gap=16)
    line.setStretch(1, 1)
    return line
