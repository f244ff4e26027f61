"""The sentence under a form that says what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from ui import theme, widgets


class Trouble:
    """A label that is there only while there is something to say."""

    def __init__(self) -> None:
        self.label: QLabel = widgets.label(wrap=True)
        theme.mark(self.label, soft="no")
        self.label.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self.label.setText(sentence)
        self.label.setVisible(bool(sentence))
