"""The window shows before anything heavy is loaded: cameras, network and sounds come after the first frame."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("cv2", "numpy", "requests", "pydantic", "PySide6.QtMultimedia", "PySide6.QtNetwork", "apscheduler", "argon2")


def test_importing_the_window_loads_nothing_heavy() -> None:
    code = (
        "import sys, ui.application, ui.counter.page, ui.counter.presenter\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
