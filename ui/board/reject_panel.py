"""Asks in place what of an order cannot be served, and why: nothing covers the board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.usecases.board import Task
from ui import theme, widgets
from ui.in_place import InPlace
from ui.line_button import LineButton
from ui.widgets import Button

# The lines of the board's usual orders; a longer one scrolls.
_ROOM_FOR_LINES = 3


class RejectPanel(InPlace):
    """Emits `answered(order number, {product number: pieces}, reason)` once something is missing for a reason."""

    answered = Signal(object, object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._task: Task | None = None
        self.lines: list[LineButton] = []
        self.title = widgets.label("title", wrap=True)
        self._inside = QWidget()
        self._lines = widgets.column(gap=6)
        self._inside.setLayout(self._lines)
        self._scroll = widgets.scrolled(self._inside)
        self.reasons = [Button(clicked=partial(self._choose, place)) for place in range(3)]
        self.reason = widgets.Field()
        self.reason.setMaxLength(120)
        self.reason.returnPressed.connect(self._submit)
        self.trouble = widgets.label(wrap=True)
        theme.mark(self.trouble, soft="no")
        self.go = Button("attention", role="primary", tint="on_accent", clicked=self._submit)
        self.back = Button(role="quiet", tint="accent", clicked=self.close_panel)
        why = widgets.row(*self.reasons, self.reason, self.go, self.back, gap=8)
        why.setStretch(len(self.reasons), 1)
        self.setLayout(widgets.column(self.title, self._scroll, why, self.trouble, margin=12, gap=8))
        self.retranslate()
        self.hide()

    @property
    def lacking(self) -> Mapping[int, int]:
        """What was said to be missing: product number → pieces."""
        found = Counter[int]()
        for each in self.lines:
            found[each.line.product_number] += each.missing
        return dict(+found)

    def open_panel(self, task: Task) -> None:
        """Ask about an order."""
        self._task = task
        self.reason.clear()
        self._complain("")
        widgets.empty(self._lines)
        self.lines = [LineButton(line, self._missing) for line in task.lines]
        for each in self.lines:
            self._lines.addWidget(each)
        self._lines.addStretch(1)
        shown = min(len(task.lines), _ROOM_FOR_LINES)
        self._scroll.setFixedHeight(shown * (theme.TOUCH + 6))
        self.retranslate()
        self.show()
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Give up."""
        if not self.isHidden():
            self._task = None
        super().close_panel()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        label = self._task.label if self._task else ""
        self.title.setText(self.tr("%1 cannot be served: tap what is missing, and say why").replace("%1", label))
        for button, text in zip(self.reasons, self._usual(), strict=True):
            button.setText(text)
        for line in self.lines:
            line.retranslate()
        self.reason.setPlaceholderText(self.tr("Reason"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.go.setText(self.tr("Tell HQ"))
        self.back.setText(self.tr("Back"))

    def _missing(self, missing: int, of: int) -> str:
        return self.tr("%1 of %2 missing").replace("%1", str(missing)).replace("%2", str(of))

    def _usual(self) -> tuple[str, str, str]:
        return self.tr("Broken"), self.tr("Sold at the counter"), self.tr("Not to be found")

    def _choose(self, place: int) -> None:
        self.reason.setText(self._usual()[place])

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    @Slot()
    def _submit(self) -> None:
        reason = self.reason.text().strip()
        if not self.lacking:
            self._complain(self.tr("Tap the goods that are missing."))
        elif not reason:
            self._complain(self.tr("A reason is missing: choose one or write it."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._task:
            self.answered.emit(self._task.number, self.lacking, reason)
            self.close_panel()
