"""The unguessable address of an order's page: HQ can check it without having kept it."""

from __future__ import annotations

import base64
import binascii
import hmac

_MAC_BYTES = 16


def token(secret: bytes, number: int) -> str:
    """Return the address part of an order's page; only HQ can make one."""
    plain = number.to_bytes(8, "big")
    return base64.urlsafe_b64encode(plain + _mac(secret, plain)).decode()


def number_of(secret: bytes, text: str) -> int | None:
    """Return the order number of a page's address, or `None` when HQ did not make it."""
    try:
        raw = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeError, ValueError):
        return None
    plain, mac = raw[:8], raw[8:]
    if len(plain) < 8 or not hmac.compare_digest(mac, _mac(secret, plain)):
        return None
    return int.from_bytes(plain, "big")


def _mac(secret: bytes, plain: bytes) -> bytes:
    return hmac.digest(secret, plain, "sha256")[:_MAC_BYTES]
