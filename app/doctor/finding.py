"""What one check says: how it stands, what was seen, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class State(StrEnum):
    """Well; worth a look; keeps the terminal from working."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """`mend` is empty when there is nothing to do."""

    name: str
    state: State
    seen: str
    mend: str = ""


Check = Callable[[Path], Sequence[Finding]]  # takes the terminal's data folder


def ok(name: str, seen: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(name, State.OK, seen)


def warn(name: str, seen: str, mend: str) -> Finding:
    """Return a finding that the terminal can live with."""
    return Finding(name, State.WARN, seen, mend)


def fail(name: str, seen: str, mend: str) -> Finding:
    """Return a finding that keeps the terminal from working."""
    return Finding(name, State.FAIL, seen, mend)
