"""Where this terminal keeps its things: this user's own folders, or one folder that was named for all of them."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.errors import DiskFull, ReadOnlyData

APP_NAME = "ZitiPOS"
VARIABLE = "ZITI_DATA"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders; `data` is what a shop must never lose."""

    data: Path
    config: Path
    cache: Path
    log: Path


def find_paths(data: str | Path | None = None) -> Paths:
    """Return the folders: all below `data` (`--data`), else below `ZITI_DATA`, else this user's own; makes nothing."""
    named = str(data or os.environ.get(VARIABLE, ""))
    if named:
        root = Path(named).expanduser().absolute()
        return Paths(root, root, root / "cache", root / "log")
    import platformdirs

    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Paths(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_log_path)


def make_folders(paths: Paths) -> None:
    """Make the folders, open to this user only, or raise `ReadOnlyData` or `DiskFull` with what to do."""
    for folder in dict.fromkeys((paths.data, paths.config, paths.cache, paths.log)):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise _in_words(folder, error) from error


def _in_words(folder: Path, error: OSError) -> ReadOnlyData | DiskFull:
    import errno

    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(f"There is no room left in {folder}: free some space, then start again. Nothing is lost.")
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return ReadOnlyData(f"{folder} cannot be made: there is a file of that name. Choose another folder.")
    return ReadOnlyData(
        f"{folder} cannot be written ({error.strerror}). Give this user the right to write there, or choose another "
        f"folder with --data or {VARIABLE}."
    )
