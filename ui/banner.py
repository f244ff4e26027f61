"""A message that asks for nothing: it takes no focus, says one sentence and goes away."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame

from ui import theme, widgets
from ui.icons import Icon

SHOWN_MS = 8_000
_ICONS = {"wait": "attention", "no": "attention", "yes": "check", "accent": "info", "calm": "info"}


class Banner(QFrame):
    """One sentence above the page; a newer one replaces it."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon()
        self._text = widgets.label(wrap=True)
        self._close = widgets.Button("close", role="quiet", clicked=self.hide)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = widgets.row(self._icon, self._text, self._close)
        layout.setStretch(1, 1)
        layout.setContentsMargins(16, 4, 8, 4)
        self.setLayout(layout)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is being said, empty when nothing is."""
        return "" if self.isHidden() else self._text.text()

    @Slot(str)
    def warn(self, text: str) -> None:
        """Say what did not work."""
        self.say(text, "wait")

    def say(self, text: str, tone: str = "accent") -> None:
        """Say a sentence in a tone of the style sheet."""
        tint = "on_calm" if tone == "calm" else f"on_{tone}_soft"
        self._text.setText(text)
        self._icon.show_icon(_ICONS[tone], tint)
        self._close.show_icon("close", tint)
        theme.mark(self, soft=tone)
        self.show()
        self._timer.start()
