"""What one frame gave: the codes read, and, when none was, what the customer could do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Hint(StrEnum):
    """What would help the camera, by name; the counter has the words."""

    CLOSER = "closer"
    TILT = "tilt"
    HOLD_STILL = "hold_still"
    TOO_DARK = "too_dark"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Look:
    """One frame's reading: `texts` that were accepted, `foreign` codes that were not, the rung that read, a hint."""

    texts: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    rung: str = ""
    hint: Hint | None = None
