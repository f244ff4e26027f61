"""Releases of this program: which of two is the newer."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERSION = re.compile(r"v?([0-9]{1,6}(?:\.[0-9]{1,6}){0,3})")


@dataclass(frozen=True, slots=True)
class Release:
    """What HQ wants on the terminals: `url` is where it lies, `notes` what is new."""

    version: str
    url: str = ""
    notes: str = ""


def is_newer(offered: str, here: str) -> bool:
    """Tell whether `offered` comes after `here`; what is no version is never newer."""
    one, other = _numbers(offered), _numbers(here)
    return one is not None and other is not None and one > other


def _numbers(text: str) -> tuple[int, ...] | None:
    found = _VERSION.fullmatch(text.strip())
    if found is None:
        return None
    numbers = [int(part) for part in found[1].split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))
