"""Who stands at the counter: a name and a PIN, checked here, offline, against HQ's argon2id hashes."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.verdict import Role
from app.storage.work import Work
from app.usecases import attempts
from app.usecases.authorise import matches


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who works here; without a PIN nobody can sign in as them."""

    id: str
    name: str
    role: Role
    has_pin: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who it is, or how many seconds to wait after too many wrong PINs (0: the PIN was wrong, try again)."""

    member: Member | None = None
    pause_seconds: int = 0


def members(work: Work) -> tuple[Member, ...]:
    """List who works here now, by name."""
    rows = work.conn.execute("SELECT id, name, role, pin_hash <> '' FROM staff WHERE active ORDER BY name, id")
    return tuple(Member(id, name, Role(role), bool(has_pin)) for id, name, role, has_pin in rows)


def sign_in(work: Work, member_id: str, pin: str) -> SignedIn:
    """Check a PIN. Wrong ones are bounded for each person: who guesses at one keeps no other from working.

    A wrong try must be committed, so nothing is raised.
    """
    kind = f"pin:{member_id}"
    if seconds := attempts.pause_seconds(work, kind, attempts.PINS):
        return SignedIn(pause_seconds=seconds)
    row = work.conn.execute("SELECT pin_hash FROM staff WHERE id = ? AND active AND pin_hash <> ''", (member_id,))
    found = row.fetchone()
    if found is None or not matches(found[0], pin):
        attempts.record_failure(work, kind)
        return SignedIn()
    attempts.forgive(work, kind)
    return SignedIn(next(member for member in members(work) if member.id == member_id))
