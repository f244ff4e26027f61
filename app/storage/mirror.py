"""The salvage file: every event and grant once more, one checked line each, for the day the database is lost."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FILE_NAME = "events.ndjson"
_ROTATE_AT = 64 * 1024 * 1024
_TAIL = 256 * 1024

Entry = dict[str, Any]


class Mirror:
    """An append-only file of `crc32 length json` lines; a torn last line is skipped by its check."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        if self._path.exists() and self._path.stat().st_size > _ROTATE_AT:
            self._path.replace(older(folder))
        self._file = self._path.open("ab")

    def append(self, entries: Iterable[Entry]) -> None:
        """Write the lines and make them durable; raise `OSError` when the disk refuses."""
        self._file.write(b"".join(_line(entry) for entry in entries))
        self._file.flush()
        os.fsync(self._file.fileno())

    def last_seq(self) -> int:
        """Return the highest event number near the file's end, 0 for an empty file."""
        size = self._path.stat().st_size
        with self._path.open("rb") as file:
            file.seek(max(0, size - _TAIL))
            return max((entry["seq"] for entry in _entries(file.read()) if "seq" in entry), default=0)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def older(folder: Path) -> Path:
    """Return where the lines before the last rotation lie."""
    return folder / f"{FILE_NAME}.1"


def salvage(folder: Path) -> Iterator[Entry]:
    """Yield every whole line, oldest first."""
    for path in (older(folder), folder / FILE_NAME):
        if path.exists():
            yield from _entries(path.read_bytes())


def _line(entry: Entry) -> bytes:
    body = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return b"%08x %d %s\n" % (zlib.crc32(body), len(body), body)


def _entries(raw: bytes) -> Iterator[Entry]:
    for line in raw.split(b"\n"):
        crc, _, rest = line.partition(b" ")
        length, _, body = rest.partition(b" ")
        if length.isdigit() and int(length) == len(body) and crc == b"%08x" % zlib.crc32(body):
            yield json.loads(body)
