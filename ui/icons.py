"""Our own drawings, one stroke style, tinted with a colour of the theme when they are shown."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from resources import read_text
from ui import theme


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw `resources/icons/<name>.svg` in a colour (`#rrggbb`), `size` logical pixels square."""
    svg = read_text(f"icons/{name}.svg").replace("currentColor", colour)
    image = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def icon(name: str, tint: str = "text", *, checked: str | None = None, size: int = 24) -> QIcon:
    """Return an icon in a colour tint; `checked` is the tint for a button that is down, disabled is muted."""
    made = QIcon()
    made.addPixmap(pixmap(name, theme.colour(tint), size, 2.0))
    made.addPixmap(pixmap(name, theme.colour("on_calm"), size, 2.0), QIcon.Mode.Disabled)
    if checked:
        made.addPixmap(pixmap(name, theme.colour(checked), size, 2.0), QIcon.Mode.Normal, QIcon.State.On)
    return made


class Icon(QLabel):
    """A drawing on the page, which follows the theme."""

    def __init__(self, name: str = "", tint: str = "text", size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tint, self._size = name, tint, size
        self.setFixedSize(size, size)
        self._draw()

    def show_icon(self, name: str, tint: str) -> None:
        """Show another drawing or another colour."""
        if (name, tint) != (self._name, self._tint):
            self._name, self._tint = name, tint
            self._draw()

    def show_size(self, size: int) -> None:
        """Show it larger or smaller, in logical pixels."""
        if size != self._size:
            self._size = size
            self.setFixedSize(size, size)
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again when the theme changes."""
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        if self._name:
            self.setPixmap(pixmap(self._name, theme.colour(self._tint), self._size, self.devicePixelRatioF()))
        else:
            self.clear()
