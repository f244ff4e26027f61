"""The floor of a start: a process that shows a PySide6 window of the same size with one label in it."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from benchmarks.frames import FirstPicture, say


def main() -> int:
    """Show the window, tell, and go."""
    app = QApplication(["bare"])
    window = QMainWindow()
    label = QLabel("Ziti POS")
    window.setCentralWidget(label)
    window.resize(1366, 768)
    window.show()

    def shown() -> None:
        say("usable")
        app.quit()

    FirstPicture(label, shown)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
