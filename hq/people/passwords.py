"""Operators' passwords and clerks' PINs: argon2id, in the same time whoever asks."""

from __future__ import annotations

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hq.problems import invalid

SHORTEST = 10
LONGEST = 200
# OWASP's smallest argon2id: a PIN check must not make a clerk wait on a cheap PC.
_PIN_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_PIN = re.compile(r"[0-9]{6}")
_HASHER = PasswordHasher(time_cost=3, memory_cost=48 * 1024, parallelism=1)
# What an unknown login is checked against; made at the first use, because it takes as long as a check.
_NOBODY: list[str] = []


def hashed(password: str, login: str) -> str:
    """Return the hash of a new password, or refuse one that is too easily guessed; tens of milliseconds."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise invalid("password", f"A password has {SHORTEST} to {LONGEST} characters.")
    if login.casefold() in password.casefold() or len(set(password)) < 4:
        raise invalid("password", "This password is too easily guessed: take several words.")
    return _HASHER.hash(password)


def matches(kept: str, password: str) -> bool:
    """Tell whether a password is the right one; an empty hash takes as long and is never right."""
    try:
        return _HASHER.verify(kept or _nobody(), password[:LONGEST]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def hashed_pin(pin: str) -> str:
    """Return the hash of a clerk's PIN, or refuse what is none; tens of milliseconds."""
    if not _PIN.fullmatch(pin):
        raise invalid("pin", "A PIN has six digits.")
    return _PIN_HASHER.hash(pin)


def _nobody() -> str:
    if not _NOBODY:
        _NOBODY.append(_HASHER.hash("nobody has this password"))
    return _NOBODY[0]
