"""A sentence in a small window of its own, for a start that ends before there is a window to say it in."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.errors import ZitiError

_SHOWN_MS = 20_000
# The settings may be what cannot be read.
_LANGUAGE = "zh_CN"


def say(error: ZitiError) -> None:
    """Show it where nobody would read the console: the program was started from an icon, and there is a screen."""
    console = sys.stderr is not None and sys.stderr.isatty()
    screen = os.name == "nt" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if console or not screen or os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QDialog

    from ui import theme, widgets, words
    from ui.application import make_application
    from ui.i18n import Language

    app = make_application()
    language = Language(app)  # kept: Qt only borrows the translators
    language.speak(_LANGUAGE)
    theme.apply(app, "light", "normal")
    window = QDialog()
    window.setWindowTitle("Ziti POS")
    window.setProperty("role", "page")
    said = widgets.label("title", words.error(error), wrap=True)
    # The whole of it, with folder and process, for whoever is called to help.
    more = widgets.label("muted", str(error), wrap=True)
    close = widgets.Button("check", clicked=window.accept)
    close.setText("OK")
    window.setLayout(widgets.column(said, more, widgets.row(None, close), margin=28))
    window.setMinimumWidth(560)
    waiting = QEventLoop()
    window.finished.connect(waiting.quit)
    window.show()
    # It goes by itself: a till that was started twice by mistake must not keep it over the counter.
    QTimer.singleShot(_SHOWN_MS, window, window.reject)
    waiting.exec()
