"""A shift's report as it looks on paper, to be read here and printed again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.document import Document
from ui import widgets
from ui.paper import PaperView
from ui.widgets import Button


class ReportPanel(QFrame):
    """Shows one document."""

    print_asked = Signal(object)  # Document
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.document: Document | None = None
        self.title = widgets.label("title")
        self.paper = PaperView()
        self.again = Button("print", role="second", clicked=self._print)
        self.back = Button("check", role="primary", tint="on_accent", clicked=self.close_panel)
        inside = QWidget()
        inside.setLayout(widgets.column(widgets.row(None, self.paper, None), None, margin=8))
        buttons = widgets.row(self.back, self.again, gap=8)
        buttons.setStretch(0, 1)
        layout = widgets.column(self.title, widgets.scrolled(inside), buttons, margin=14, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setMaximumWidth(620)
        self.retranslate()

    def show_document(self, document: Document, paper_mm: int) -> None:
        """Show a report on paper of this width."""
        self.document = document
        self.title.setText(document.title)
        self.paper.show_document(document, paper_mm)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Go back to where the report was asked for."""
        self.closed.emit()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.again.setText(self.tr("Print again"))
        self.back.setText(self.tr("Done"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back by Escape or Enter."""
        if event.key() in (Qt.Key.Key_Escape, *widgets.ENTER):
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _print(self) -> None:
        if self.document:
            self.print_asked.emit(self.document)
