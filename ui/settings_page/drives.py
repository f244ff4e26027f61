"""USB sticks that are plugged in now, as the system shows them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_MOUNTED = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True, slots=True)
class Stick:
    """A place to copy to; `free` is in bytes."""

    name: str
    path: Path
    free: int


def sticks() -> tuple[Stick, ...]:
    """Look for them; a share of the network that does not answer makes this wait."""
    found = QStorageInfo.mountedVolumes()
    usable = (each for each in found if each.isValid() and each.isReady() and not each.isReadOnly())
    return tuple(
        Stick(each.displayName(), Path(each.rootPath()), each.bytesAvailable())
        for each in usable
        if _is_removable(each.rootPath(), os.environ.get("SYSTEMDRIVE", "C:") if os.name == "nt" else None)
    )


def _is_removable(root: str, system_drive: str | None, mounted: Iterable[str] = _MOUNTED) -> bool:
    """Tell by where it is mounted: what the system or a hand has put there, or any drive but Windows' own."""
    if system_drive is not None:
        return not root.casefold().startswith(system_drive.casefold())
    return root.startswith(tuple(mounted))
