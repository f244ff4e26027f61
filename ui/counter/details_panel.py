"""Not all of an order goes out, or somebody else came for it: asked in place, between the two commits."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.domain.order import Line
from app.usecases.hand_over import Short
from ui import theme, widgets
from ui.counter.photo_box import PhotoBox
from ui.flow import Flow
from ui.in_place import InPlace
from ui.line_button import LineButton
from ui.widgets import Button

# HQ knows what these mean for the stock; any other reason is only kept.
BROKEN, MISSING, REFUSED = "broken", "missing", "refused"
_REASONS = (BROKEN, MISSING, REFUSED)


class DetailsPanel(InPlace):
    """Emits `answered(what stays here, who came, photo of what stays)`; each may be empty."""

    answered = Signal(object, str, object)  # tuple of Short, name, bytes or None
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.lines: list[LineButton] = []
        self.title = widgets.label("title", wrap=True)
        self._place = widgets.column(gap=6)
        inside = QWidget()
        inside.setLayout(self._place)
        self._group = QButtonGroup(self)
        self.reasons = {name: Button(clicked=partial(self._choose, name)) for name in _REASONS}
        for button in self.reasons.values():
            button.setCheckable(True)
            self._group.addButton(button)
        self.photo = PhotoBox()
        self.closed.connect(self.photo.forget)
        self._who = widgets.label("muted", wrap=True)
        self.collector = widgets.Field()
        self.collector.setMaxLength(40)
        self.collector.returnPressed.connect(self._submit)
        self._trouble = widgets.label(wrap=True)
        theme.mark(self._trouble, soft="no")
        self.go = Button("check", role="primary", tint="on_accent", clicked=self._submit)
        self.back = Button(role="second", clicked=self.close_panel)
        why = Flow(*self.reasons.values(), self.photo, gap=8)
        who = widgets.row(self._who, self.collector, gap=8)
        who.setStretch(1, 1)
        buttons = widgets.row(self.go, self.back, gap=8)
        buttons.setStretch(0, 1)
        lines = widgets.scrolled(inside)
        lines.setMinimumHeight(theme.TOUCH)
        layout = widgets.column(self.title, lines, why, who, self._trouble, buttons, margin=12, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.retranslate()
        self.hide()

    def open_panel(self, lines: tuple[Line, ...]) -> None:
        """Ask about these lines."""
        widgets.empty(self._place)
        self.lines = [LineButton(line, self._said) for line in lines]
        for each in self.lines:
            each.clicked.connect(self._follow_lines)
            self._place.addWidget(each)
        self._follow_lines()
        self._place.addStretch(1)
        self.collector.clear()
        self.reasons[MISSING].setChecked(True)
        self._complain("")
        self.opened.emit()
        self.show()
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Tap what stays here; HQ pays it back to the customer"))
        texts = {BROKEN: self.tr("Broken"), MISSING: self.tr("Missing"), REFUSED: self.tr("Customer does not want it")}
        for name, button in self.reasons.items():
            button.setText(texts[name])
        self._who.setText(self.tr("Somebody else came:"))
        self.collector.setPlaceholderText(self.tr("Name, and how they know the customer"))
        self.collector.setAccessibleName(self.tr("Somebody else came:"))
        self.go.setText(self.tr("The customer has the rest"))
        self.back.setText(self.tr("Back"))
        self.photo.retranslate()
        for line in self.lines:
            line.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter says it all."""
        if event.key() in widgets.ENTER:
            self._submit()
        else:
            super().keyPressEvent(event)

    def _said(self, missing: int, of: int) -> str:
        return self.tr("%1 of %2 stay here").replace("%1", str(missing)).replace("%2", str(of))

    @Slot()
    def _follow_lines(self) -> None:
        self.photo.show_short(short=any(each.missing for each in self.lines))

    def _choose(self, name: str) -> None:
        self.reasons[name].setChecked(True)

    def _complain(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    @Slot()
    def _submit(self) -> None:
        reason = next(name for name, button in self.reasons.items() if button.isChecked())
        kept = tuple(Short(each.line.product_number, each.missing, reason) for each in self.lines if each.missing)
        if sum(each.quantity for each in kept) == sum(each.line.quantity for each in self.lines):
            self._complain(self.tr("Then nothing goes out: go back and say that it stays here."))
            return
        self.answered.emit(kept, self.collector.text().strip(), self.photo.photo if kept else None)
