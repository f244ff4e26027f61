"""Birds in the mine: what some PySide6 releases do to `None` at every void call, and this one to every import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]


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


def _sources_read(first: str) -> int:
    """Return how many modules' sources were read when one more was imported."""
    code = f"import {first}, linecache; before = len(linecache.cache); import wave"
    code += "; print(len(linecache.cache) - before)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_an_import_beside_the_window_reads_no_source() -> None:
    assert _sources_read("ui") == 0


def test_pyside_still_reads_sources_where_nobody_stops_it() -> None:
    assert _sources_read("PySide6.QtCore") > 0, "the workaround in ui/__init__.py can go"
