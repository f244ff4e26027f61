"""What the camera sees, on the page where it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame

from ui import widgets
from ui.parts import Parts

HEIGHT = 200


class LiveView(QFrame):
    """The camera's picture, or in words why there is none."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.setProperty("role", "row")
        self._picture = widgets.label("muted", wrap=True)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedHeight(HEIGHT)
        self.setLayout(widgets.column(self._picture, margin=8))
        parts.scan.frame.connect(self._show_frame)
        parts.scan.state_changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self, *_news: object) -> None:
        """Say it in the language in force."""
        self.setVisible(self._parts.scan.state != "off")
        said = {
            "opening": self.tr("The camera is being opened."),
            "running": self.tr("The camera is being opened."),
            "missing": self.tr("The camera is not plugged in."),
            "busy": self.tr("The camera cannot be opened: another program may be using it."),
        }
        self._picture.setText(said.get(self._parts.scan.state, self.tr("The camera is gone; it is being looked for.")))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(QImage)
    def _show_frame(self, image: QImage) -> None:
        if self.isVisible():
            size = self._picture.size() * self.devicePixelRatioF()
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth))
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.setPixmap(picture)
