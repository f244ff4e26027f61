"""Mobile numbers as SMS providers want them."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_ABROAD = re.compile(r"(?:\+|00)([1-9]\d{6,14})")


def e164(phone: str) -> str:
    """Return a number with its country, like +8613812345678; empty for what cannot take an SMS."""
    digits = re.sub(r"[\s()-]", "", phone)
    if home := _MOBILE.fullmatch(digits):
        return f"+86{home[1]}"
    abroad = _ABROAD.fullmatch(digits)
    return f"+{abroad[1]}" if abroad and not abroad[1].startswith("86") else ""
