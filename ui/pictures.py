"""Pictures of codes that somebody chooses, drops or pastes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def dialog(parent: QWidget) -> QFileDialog:
    """Return a dialog that chooses a picture from a folder, without the window standing still meanwhile."""
    from ui.scan_test import SUFFIXES

    kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    title = QCoreApplication.translate("Window", "Choose a picture of a code")
    made = QFileDialog(parent, title, "", QCoreApplication.translate("Window", "Pictures") + f" ({kinds})")
    made.setFileMode(QFileDialog.FileMode.ExistingFile)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setWindowModality(Qt.WindowModality.NonModal)
    return made


def given(data: QMimeData) -> Iterator[object]:
    """Yield what was dropped or pasted: a picture, or the paths of files."""
    if data.hasImage():
        yield data.imageData()
    for url in data.urls():
        if url.isLocalFile():
            yield url.toLocalFile()
