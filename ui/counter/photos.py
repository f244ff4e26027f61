"""Gives the clerk the camera's newest picture of what stays here; scanning goes on meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.usecases.hand_over import HandedOver
from ui.counter.photo_box import PhotoBox
from ui.parts import Parts


class Photos(QObject):
    """Stands between the camera and the box in the panel."""

    def __init__(self, box: PhotoBox, parts: Parts) -> None:
        super().__init__(box)
        self._box, self._parts = box, parts
        box.wanted.connect(self._take)
        parts.scan.state_changed.connect(self._follow)
        self._follow()

    def settle(self, found: HandedOver) -> None:
        """Say when a hand-over's photo could not be kept: the hand-over stands all the same."""
        if found.photo_dropped:
            self._parts.tasks.problem.emit(
                self.tr("It is handed over. The photo could not be kept: the disk is almost full.")
            )

    @Slot()
    def _follow(self) -> None:
        self._box.show_camera(seen=self._parts.scan.sees)

    @Slot()
    def _take(self) -> None:
        image = self._parts.scan.photograph()
        if image is not None:
            self._box.show_photo(image)
