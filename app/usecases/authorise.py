"""Ask for a manager: a PIN that is checked here, offline, against HQ's argon2id hashes."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NeedsManager
from app.storage.work import Work
from app.usecases import attempts

_PIN_ATTEMPTS = "manager_pin"


@dataclass(frozen=True, slots=True)
class Answer:
    """The manager's name, or why there is none (`pause_seconds` > 0: after too many wrong PINs).

    A wrong try must be committed, so nothing is raised.
    """

    manager: str = ""
    refusal: str = ""
    pause_seconds: int = 0

    def name(self) -> str:
        """Return the manager's name or raise `NeedsManager`."""
        if not self.manager:
            raise NeedsManager(self.refusal)
        return self.manager


def authorise(work: Work, pin: str) -> Answer:
    """Find the active manager whose PIN this is; wrong PINs are bounded."""
    if seconds := attempts.pause_seconds(work, _PIN_ATTEMPTS, attempts.PINS):
        return Answer(refusal=f"Too many wrong PINs: try again in {seconds} seconds.", pause_seconds=seconds)
    for name, pin_hash in work.conn.execute(
        "SELECT name, pin_hash FROM staff WHERE role = 'manager' AND active AND pin_hash <> '' ORDER BY id"
    ).fetchall():
        if matches(pin_hash, pin):
            attempts.forgive(work, _PIN_ATTEMPTS)
            return Answer(manager=name)
    attempts.record_failure(work, _PIN_ATTEMPTS)
    return Answer(refusal="This is not the PIN of a manager of this store.")


def matches(pin_hash: str, pin: str) -> bool:
    """Tell whether a PIN is the one that was hashed; a hash that cannot be read fits none."""
    # Imported when first needed: no scan should wait for it.
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
