"""The strip on top: store, clerk, clock, one badge for the line to HQ, and what has not been sent."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from ui import theme, widgets
from ui.link import Badge


class TopBar(QFrame):
    """Shows what it is told; its buttons are wired by the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "topbar")
        self.store = widgets.label("title")
        self.clock = widgets.label("title")
        self.queue = widgets.Button("upload", role="quiet", tint="accent")
        self.badge = widgets.Button("offline", tint="on_calm")
        self.clerk = widgets.Button("person", role="quiet", tint="accent")
        bar = widgets.row(self.store, None, self.queue, self.badge, self.clerk, self.clock, gap=12)
        bar.setContentsMargins(20, 6, 20, 6)
        self.setLayout(bar)

    def show_badge(self, badge: Badge) -> None:
        """Show the state of the line."""
        self.badge.setText(badge.text)
        self.badge.show_icon(badge.icon, "on_calm" if badge.tone == "calm" else f"on_{badge.tone}_soft")
        theme.mark(self.badge, soft=badge.tone)

    def show_queue(self, text: str) -> None:
        """Show what waits to be sent; nothing when nothing waits."""
        self.queue.setText(text)
        self.queue.setVisible(bool(text))
