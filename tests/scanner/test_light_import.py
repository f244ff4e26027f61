"""The scanner's package is light, and cv2 leaves the program's surroundings alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_LIGHT = "import sys, scanner, scanner.faults, scanner.keys.wedge, scanner.camera.identity; print('cv2' in sys.modules)"
_QT = (
    "import json, os, scanner.camera.device\n"
    "print(json.dumps({name: value for name, value in os.environ.items() if name.startswith('QT_')}))"
)


def _python(code: str, **surroundings: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "OPENCV_"))}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean | surroundings, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_wedge_loads_without_cv2() -> None:
    assert _python(_LIGHT) == "False"


def test_cv2_leaves_no_qt_settings_behind() -> None:
    assert json.loads(_python(_QT)) == {}


def test_qt_settings_of_the_machine_survive_cv2() -> None:
    assert json.loads(_python(_QT, QT_QPA_FONTDIR="/fonts")) == {"QT_QPA_FONTDIR": "/fonts"}


def test_cv2_enters_only_through_one_door() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "scanner").glob("*.py")}

    assert [name for name, source in sources.items() if re.search(r"^\s*(import|from) cv2", source, re.MULTILINE)] == [
        "vision.py"
    ]
