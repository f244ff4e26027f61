"""Full screen, and the kiosk: no frame around the window, and no way to make it small."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from ui.parts import Parts
from ui.window import Window


class WholeScreen(QObject):
    """Keeps the window as large as the settings say."""

    def __init__(self, window: Window, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts
        parts.preferences.changed.connect(self._follow)
        window.minimised.connect(self._stay)

    def show(self) -> None:
        """Show the window for the first time, or anew where its frame comes or goes."""
        if self._window.windowFlags() & Qt.WindowType.FramelessWindowHint != self._frameless:
            self._window.setWindowFlag(Qt.WindowType.FramelessWindowHint, self._parts.kiosk)
        if self._wanted:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def switch(self) -> None:
        """Change between full screen and a window; a kiosk stays as it is."""
        if not self._parts.kiosk:
            self._parts.preferences.set(full_screen=not self._parts.preferences.now.full_screen)

    @property
    def _wanted(self) -> bool:
        return self._parts.preferences.now.full_screen or self._parts.kiosk

    @property
    def _frameless(self) -> Qt.WindowType:
        return Qt.WindowType.FramelessWindowHint if self._parts.kiosk else Qt.WindowType(0)

    @Slot()
    def _follow(self, *_settings: object) -> None:
        flags = self._window.windowFlags() & Qt.WindowType.FramelessWindowHint
        if self._window.isVisible() and (
            self._wanted != self._window.isFullScreen() or bool(flags) != self._parts.kiosk
        ):
            self.show()

    @Slot()
    def _stay(self) -> None:
        if self._parts.kiosk:
            # Later: the window system is just making it small.
            QTimer.singleShot(0, self._window, self._window.showFullScreen)
