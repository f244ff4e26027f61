"""Chips that narrow a view down to one storage zone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from ui import icons, widgets, words


class ZoneChips(QWidget):
    """Emits `chosen` when another zone is looked for; `zone` is empty for all."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.chips = [self._chip(zone) for zone in ("", *words.ZONES)]
        self.setLayout(widgets.row(*self.chips, gap=8))
        self._group.buttonClicked.connect(self.chosen)
        self.dress()

    @property
    def zone(self) -> str:
        """The storage zone that is looked for."""
        chip = self._group.checkedButton()
        return str(chip.property("zone")) if chip else ""

    def clear(self) -> None:
        """Look for all of them again."""
        self.chips[0].setChecked(True)

    def show_words(self, shown: bool) -> None:
        """Show the zones by their drawings alone where there is no room for words."""
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if shown else Qt.ToolButtonStyle.ToolButtonIconOnly
        for chip in self.chips[1:]:
            chip.setToolButtonStyle(style)

    def dress(self) -> None:
        """Draw the icons in the theme's colours."""
        for chip in self.chips[1:]:
            chip.setIcon(icons.icon(str(chip.property("zone")), "muted", checked="on_accent_soft", size=20))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        for chip in self.chips:
            zone = str(chip.property("zone"))
            chip.setText(words.zone(zone) if zone else self.tr("All"))
            chip.setToolTip(chip.text())

    def _chip(self, zone: str) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("zone", zone)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setChecked(not zone)
        chip.setIconSize(QSize(20, 20))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._group.addButton(chip)
        return chip
