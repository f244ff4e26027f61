"""The floor of the memory: a process with an empty window of the same size and OpenCV, and nothing of ours."""

from __future__ import annotations

import sys

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from scanner.vision import cv2

_SHOWN_MS = 400


def main() -> int:
    """Show the window, tell, and go."""
    app = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel(f"OpenCV {cv2.__version__}"))
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(_SHOWN_MS, app.quit)
    app.exec()
    print("rss", psutil.Process().memory_info().rss / 1e6, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
