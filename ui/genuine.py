"""Tells a genuine pickup code from one that only looks right, with the keys that the terminal trusts."""

from __future__ import annotations

from app.domain.code import CodeFlaw, KeyRing, parse
from app.usecases.work import Work


class Genuine:
    """A signature check for the window's own thread; it knows no key until it is given some."""

    def __init__(self) -> None:
        self._ring = KeyRing({})

    def trust(self, ring: KeyRing) -> None:
        """Use these keys from now on."""
        self._ring = ring

    def __call__(self, text: str) -> bool:
        """Tell whether one of the keys signed this code."""
        try:
            self._ring.verify(parse(text))
        except CodeFlaw:
            return False
        return True


def trusted_keys(work: Work) -> KeyRing:
    """Return the public keys that are in force."""
    return work.known.keyring
