"""A photo of what stays here, which nobody has to take: one button, then the picture, taken again or removed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from ui import theme, widgets
from ui.counter import jpeg
from ui.widgets import Button

_HEIGHT = 84


class PhotoBox(QWidget):
    """Emits `wanted`; whoever knows the camera answers with `show_photo`. `photo` is what was taken, if anything."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.photo: bytes | None = None
        self._seen, self._short = False, False
        self.picture = QLabel()
        # As high as the reasons beside it: at large text there is no room for more.
        self.take = Button("camera", clicked=self.wanted.emit)
        self.remove = Button(role="quiet", tint="accent", clicked=self.forget)
        self.setLayout(widgets.row(self.picture, self.take, self.remove, gap=8))
        self.forget()

    def show_camera(self, *, seen: bool) -> None:
        """Follow whether the camera gives pictures."""
        self._seen = seen
        self.retranslate()

    def show_short(self, *, short: bool) -> None:
        """Follow whether anything stays here."""
        self._short = short
        self.retranslate()

    def show_photo(self, image: QImage) -> None:
        """Keep a picture in the place of the one before."""
        self.photo = jpeg.packed(image)
        ratio = self.devicePixelRatioF()
        height = theme.TOUCH if widgets.is_text_large() else _HEIGHT
        thumbnail = QPixmap.fromImage(image).scaledToHeight(
            round(height * ratio), Qt.TransformationMode.SmoothTransformation
        )
        thumbnail.setDevicePixelRatio(ratio)
        self.picture.setPixmap(thumbnail)
        self.retranslate()

    @Slot()
    def forget(self) -> None:
        """Let the picture go."""
        self.photo = None
        self.picture.clear()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force, and what is grey and why."""
        has_photo = self.photo is not None
        why = self._why_not()
        text = self.tr("Take again") if has_photo else self.tr("Take a photo")
        self.take.setText(text if self._seen else self.tr("Photo: only with a camera"))
        self.take.setEnabled(not why)
        self.take.setToolTip(why)
        self.take.setAccessibleDescription(why)
        self.remove.setText(self.tr("Remove"))
        self.picture.setAccessibleName(self.tr("Photo of what stays here"))
        self.picture.setVisible(has_photo)
        self.remove.setVisible(has_photo)

    def _why_not(self) -> str:
        if not self._short:
            return self.tr("First tap what stays here.")
        return "" if self._seen else self.tr("There is no picture from the camera.")
