"""The application and its first window, in the order in which Qt wants them."""

from __future__ import annotations

import signal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.frame import Frame
from ui.pages import specs
from ui.parts import Parts
from ui.window import Window

_LISTEN_MS = 200


def make_application() -> QApplication:
    """Return the process's one application; must be called before anything of `Parts` is made."""
    running = QApplication.instance()
    if running is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    # The style by argument: `setStyle` would answer with a QStyle, whose six hundred names cost 14 ms to wrap.
    app = running if isinstance(running, QApplication) else QApplication(["ziti-pos", "-style", "Fusion"])
    app.setApplicationName("Ziti POS")
    app.setQuitOnLastWindowClosed(True)
    return app


def obey_signals(app: QApplication) -> QTimer:
    """Let Ctrl-C and `kill` close the program as its user does; keep what is returned for as long as it runs."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: app.quit())
    # Python only hears of a signal when it runs: now and then it must, also with nobody at the counter.
    listening = QTimer(app, interval=_LISTEN_MS)
    listening.timeout.connect(_listen)
    listening.start()
    return listening


def _listen() -> None:
    """Let Python run."""


def make_window(app: QApplication, parts: Parts) -> Window:
    """Build the window, give it its frame's decisions, and show it."""
    window = Window(specs(parts))
    frame = Frame(app, window, parts)
    frame.start()
    frame.screen.show()
    return window
