"""A line of an order that is tapped to say how many pieces of it are not there."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.order import Line
from ui import icons, theme, words
from ui.widgets import Button


class LineButton(Button):
    """The first tap says that all of it is missing, each further one a piece less; `said` puts it into words."""

    def __init__(self, line: Line, said: Callable[[int, int], str]) -> None:
        super().__init__(role="rowbutton", clicked=self._tap)
        self.line, self.missing = line, 0
        self._said = said
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        line = f"{self.line.quantity} × {words.product(self.line)}"
        self.setText(f"{line}    {self._said(self.missing, self.line.quantity)}" if self.missing else line)
        icon, tint = ("close", "on_no_soft") if self.missing else (words.zone_icon(self.line.zone), "muted")
        self.setIcon(icons.icon(icon, tint))
        theme.mark(self, soft="no" if self.missing else "")

    def _tap(self) -> None:
        self.missing = self.missing - 1 if self.missing else self.line.quantity
        self.retranslate()
