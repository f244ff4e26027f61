"""The unguessable address of an order's page: HQ can check it without having kept it."""

from __future__ import annotations

from hq import signed

_BYTES = 8


def token(secret: bytes, number: int) -> str:
    """Return the address part of an order's page; only HQ can make one."""
    return signed.text(secret, number.to_bytes(_BYTES, "big"))


def number_of(secret: bytes, text: str) -> int | None:
    """Return the order number of a page's address, or `None` when HQ did not make it."""
    plain = signed.plain(secret, text, _BYTES)
    return None if plain is None else int.from_bytes(plain, "big")
