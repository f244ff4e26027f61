"""What the set-up is doing: every step with a mark, and what went wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain.small_shop import Step
from ui import widgets
from ui.icons import Icon
from ui.shop import sayings


class ProgressPanel(QWidget):
    """One line for each step."""

    def __init__(self) -> None:
        super().__init__()
        self._icons = {step: Icon("clock", "muted") for step in Step}
        self._texts = {step: widgets.label() for step in Step}
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, len(Step))
        lines = []
        for step in Step:
            line = widgets.row(self._icons[step], self._texts[step], gap=12)
            line.setStretch(1, 1)
            lines.append(line)
        self.setLayout(widgets.column(self._bar, 8, *lines, None, gap=14))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        for step, text in self._texts.items():
            text.setText(sayings.of_step(step))

    def show_step(self, at: Step) -> None:
        """Mark what is done and what is being done."""
        order = list(Step)
        self._bar.setValue(order.index(at))
        for place, step in enumerate(order):
            done = place < order.index(at)
            self._icons[step].show_icon("check" if done else "clock", "accent" if step is at or done else "muted")
