"""One column of the board with its name and the count of its cards."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from ui import theme, widgets
from ui.board.model import ColumnModel
from ui.board.view import ColumnView
from ui.parts import Parts


class ColumnFrame(QFrame):
    """A column: its name, how many cards it has, and the cards."""

    def __init__(self, model: ColumnModel, parts: Parts) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.model = model
        self.title = widgets.label("title")
        # All columns are as wide as one another, whatever their names are.
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.count = QLabel()
        self.count.setProperty("soft", "calm")
        self.view = ColumnView(model, parts.times)
        head = widgets.row(self.title, self.count, gap=6)
        head.setStretch(0, 1)
        head.setContentsMargins(6, 0, 6, 0)
        layout = widgets.column(head, self.view, gap=6)
        layout.setContentsMargins(6, 10, 4, 4)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_count(self, tone: str) -> None:
        """Write how many cards there are, loudly where a tone asks for it."""
        self.count.setText(str(self.model.cards))
        wanted = tone if self.model.cards else "calm"
        if self.count.property("soft") != wanted:
            theme.mark(self.count, soft=wanted)
