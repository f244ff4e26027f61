"""A bird in the mine: some PySide6 releases lose a reference to None at every void call and abort after a while."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication


class Emitter(QObject):
    nothing = Signal()
    yes = Signal(bool)


def test_void_calls_keep_none_and_true_alive(qapp: QApplication) -> None:
    emitter = Emitter()
    none, true = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(20_000):
        emitter.blockSignals(False)
        emitter.nothing.emit()
        emitter.yes.emit(True)
    assert sys.getrefcount(None) > none - 100
    assert sys.getrefcount(True) > true - 100
