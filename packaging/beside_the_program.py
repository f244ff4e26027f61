"""Runs in the bundle before the program: libraries that are asked for by name are looked for beside it first."""

import ctypes.util
import sys
from pathlib import Path

_of_the_system = ctypes.util.find_library


def _find(name: str) -> str | None:
    ours = sorted(Path(sys._MEIPASS).glob(f"lib{name}.so*"))  # type: ignore[attr-defined]  # noqa: SLF001 - PyInstaller's
    return str(ours[0]) if ours else _of_the_system(name)


ctypes.util.find_library = _find
