"""Which of the board's views is shown: one control of three parts, worked by finger, arrow keys or F2 to F4."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QToolButton

from ui import icons, widgets

_ICONS = ("board", "pick", "load")
KEYS = (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4)


class ViewSwitch(QFrame):
    """Emits `chosen(place)`; one part is always down."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self._group = QButtonGroup(self)
        self.parts = [self._part(place) for place in range(len(_ICONS))]
        self.setLayout(widgets.row(*self.parts, gap=0))
        self.parts[0].setChecked(True)
        self._group.buttonClicked.connect(self._tell)
        self.dress()

    def dress(self) -> None:
        """Draw the icons in the theme's colours."""
        for part, icon in zip(self.parts, _ICONS, strict=True):
            part.setIcon(icons.icon(icon, "muted", checked="on_accent_soft", size=20))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        names = (self.tr("Cards"), self.tr("Pick list"), self.tr("Load"))
        for place, (part, name) in enumerate(zip(self.parts, names, strict=True), 2):
            part.setText(name)
            part.setAccessibleName(name)
            part.setToolTip(f"{name} (F{place})")

    def choose(self, place: int) -> None:
        """Press a part."""
        if not self.parts[place].isChecked():
            self.parts[place].setChecked(True)
            self.chosen.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from part to part by the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = (self._group.checkedId() + step) % len(self.parts)
        self.choose(place)
        self.parts[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _part(self, place: int) -> QToolButton:
        part = QToolButton()
        part.setProperty("role", "segment")
        part.setCheckable(True)
        part.setIconSize(QSize(20, 20))
        part.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._group.addButton(part, place)
        return part

    @Slot(QAbstractButton)
    def _tell(self, part: QAbstractButton) -> None:
        self.chosen.emit(self._group.id(part))
