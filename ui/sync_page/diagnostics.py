"""The report that a store may send to support: how the terminal stands, and nothing about a person."""

from __future__ import annotations

import errno
import json
import platform
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from app.domain.events import stamp
from app.errors import DiskFull, ReadOnlyData
from app.settings import Settings
from app.usecases.health import health
from app.usecases.incidents import open_incidents
from app.usecases.outbox import parked
from app.usecases.work import Work
from app.version import VERSION

LOG_LINES = 400
_COUNTED = ("staff", "orders", "sales", "refunds", "shifts", "stock", "print_jobs", "photos")
_TAIL_BYTES = 256 * 1024
_PACKAGES = ("PySide6-Addons", "opencv-python", "requests", "pydantic", "sqlite-utils", "cryptography")

# In this order: what a later pattern would tear apart comes first.
_PERSONAL = (
    (re.compile(r"“[^”]*”"), "“…”"),
    (re.compile(r"(https?://[^\s?#]+)[?#]\S*"), r"\1"),
    (re.compile(r"\S+@\S+"), "…"),
    (re.compile(r"[^\s*]+\*+[^\s]*"), "…"),  # a masked name or phone
    (re.compile(r"[\u3400-\u9fff]+"), "…"),  # our own log is English: what is not was typed by a person
    (re.compile(r"(?=[\w-]*\d)[\w-]{20,}"), "…"),  # tokens, codes, ids
    (re.compile(r"(?<![\d-])\d{4,}(?!-\d\d-\d\d)"), "…"),  # phones, order numbers; a date may stay
)


def export(work: Work, *, settings: Settings, folder: Path, log_lines: Callable[[], Iterable[str]] = tuple) -> Path:
    """Write `ziti-diagnostics-<time>.zip` into a folder and return it; raise `DiskFull` or `ReadOnlyData`."""
    target = folder / f"ziti-diagnostics-{work.now:%Y%m%d-%H%M%S}.zip"
    text = json.dumps(report(work, settings), ensure_ascii=False, indent=2, default=_plain)
    log = "\n".join(scrub(line) for line in log_lines())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(target, {"report.json": text, "log.txt": log})
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull("The disk is full: the report could not be written.") from error
        raise ReadOnlyData(f"The report could not be written to {folder}.") from error
    return target


def report(work: Work, settings: Settings) -> dict[str, Any]:
    """Gather versions, health, settings and counts; who stands at the counter stays out."""
    choices = {name: value for name, value in asdict(settings).items() if name != "clerk"}
    choices["watched_folder"] = bool(settings.watched_folder)  # a folder's name may be its owner's
    return {
        "written_at": stamp(work.now),
        "versions": {"ziti-pos": VERSION} | {name: found for name in _PACKAGES if (found := _version(name))},
        "python": sys.version.split()[0],
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "settings": choices,
        "health": asdict(health(work)),
        "parked": dict(Counter(str(each.kind) for each in parked(work))),
        "parked_reasons": sorted({scrub(each.reason) for each in parked(work)}),
        "counts": {table: _count(work, table) for table in _COUNTED},
        "incidents": dict(Counter(each.incident for each in open_incidents(work))),
    }


def _count(work: Work, table: str) -> int:
    found: int = work.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
    return found


def scrub(line: str) -> str:
    """Take out of a line of the log whatever may name a person, an order or a secret."""
    line = line.replace(str(Path.home()), "~")
    for pattern, instead in _PERSONAL:
        line = pattern.sub(instead, line)
    return line


def last_lines(path: Path, count: int = LOG_LINES) -> list[str]:
    """Return the last lines of a log; none when there is no such file."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            return file.read().decode("utf-8", "replace").splitlines()[-count:]
    except FileNotFoundError:
        return []


def _write(target: Path, files: dict[str, str]) -> None:
    unfinished = target.with_suffix(".new")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    unfinished.replace(target)


def _plain(value: object) -> str:
    return stamp(value) if isinstance(value, datetime) else str(value)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
