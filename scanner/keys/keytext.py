"""What a keyboard does to a scanner's digits, and how to undo it: full width, Shift, another layout, an AIM id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Key:
    """One key as it arrived: its text, and when in monotonic seconds."""

    text: str
    at: float


class Hint(StrEnum):
    """Something about the scanner or keyboard that the clerk should set right, although the scan was understood."""

    FULL_WIDTH = "full_width"
    SHIFTED_DIGITS = "shifted_digits"
    OTHER_LAYOUT = "other_layout"
    CAPS_LOCK = "caps_lock"


# The signs of the digit row under Shift; a Chinese input method makes ￥ of $ and …… of ^ (both after NFKC).
_SHIFTED: Mapping[str, str] = MappingProxyType(
    {**dict(zip("!@#$%^&*()", "1234567890", strict=True)), "¥": "4", "...": "6", "......": "6"}
)
# The digit row of a French keyboard without Shift.
_FRENCH: Mapping[str, str] = MappingProxyType(dict(zip("&é\"'(-è_çà", "1234567890", strict=True)))
_LAYOUTS = ((Hint.SHIFTED_DIGITS, _SHIFTED), (Hint.OTHER_LAYOUT, _FRENCH))
_MOSTLY = 0.8
_AIM_ID = re.compile(r"[\]}][Qq][0-9]")
# The clerk may have hit a few keys just before the scan began.
_AIM_WITHIN = 16


def understood(keys: Sequence[Key]) -> tuple[list[Key], frozenset[Hint]]:
    """Return the keys as the scanner meant them, without its AIM id, and what had to be undone."""
    plain = [Key(unicodedata.normalize("NFKC", key.text), key.at) for key in keys]
    hints = {Hint.FULL_WIDTH} if any(_is_wide_digit(key.text) for key in keys) else set()
    plain, layout = _as_digits(plain)
    plain, aim = _without_aim_id(plain)
    if aim[1:2] == "q":
        hints.add(Hint.CAPS_LOCK)
    return plain, frozenset(hints | layout)


def digit_share(keys: Sequence[Key]) -> float:
    """Return which part of the keys are plain digits."""
    return sum(is_digit(key) for key in keys) / len(keys) if keys else 0.0


def is_digit(key: Key) -> bool:
    """Tell whether the key is one plain digit."""
    return key.text.isascii() and key.text.isdigit()


def _is_wide_digit(text: str) -> bool:
    return "０" <= text <= "９"


def _as_digits(keys: list[Key]) -> tuple[list[Key], set[Hint]]:
    for hint, layout in _LAYOUTS:
        signs = sum(key.text in layout for key in keys)
        if signs >= _MOSTLY * len(keys):
            return [Key(layout.get(key.text, key.text), key.at) for key in keys], {hint}
    return keys, set()


def _without_aim_id(keys: list[Key]) -> tuple[list[Key], str]:
    start = "".join(key.text[:1] or " " for key in keys[:_AIM_WITHIN])
    found = _AIM_ID.search(start)
    if not found:
        return keys, ""
    return keys[: found.start()] + keys[found.end() :], found[0]
