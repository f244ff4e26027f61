"""Short texts that only HQ can make: some bytes and a MAC over them, in an alphabet that fits addresses and cookies."""

from __future__ import annotations

import base64
import binascii
import hmac

_MAC_BYTES = 16


def text(secret: bytes, plain: bytes) -> str:
    """Return the text for some bytes under a secret."""
    return base64.urlsafe_b64encode(plain + _mac(secret, plain)).decode().rstrip("=")


def plain(secret: bytes, told: str, size: int) -> bytes | None:
    """Return the bytes, so many, that a text was made for, or `None` when HQ did not make it."""
    try:
        raw = base64.b64decode((told + "=" * (-len(told) % 4)).encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeError, ValueError):
        return None
    # One spelling counts: base64 has several for the same bytes.
    found = raw[:size]
    made_by_us = hmac.compare_digest(told.encode(), text(secret, found).encode())
    return found if made_by_us and len(found) == size else None


def _mac(secret: bytes, plain: bytes) -> bytes:
    return hmac.digest(secret, plain, "sha256")[:_MAC_BYTES]
