"""PINs: checked offline, bounded for each person, and no clock shortens the pause."""

from __future__ import annotations

from datetime import timedelta

from app.domain.records import StaffRecord
from app.domain.verdict import Role
from app.usecases.sign_in import members, sign_in
from tests.core.till import PIN, PIN_HASH, Till


def staffed(till: Till) -> Till:
    till.feed(
        StaffRecord("staff-2", "Li Na", "clerk", PIN_HASH, True),
        StaffRecord("staff-3", "Gone", "clerk", PIN_HASH, False),
        StaffRecord("staff-4", "New", "clerk", "", True),
    )
    return till


def test_who_works_here_and_who_can_sign_in(till: Till) -> None:
    staffed(till)
    assert [(each.name, each.role, each.has_pin) for each in till(members)] == [
        ("Li Na", Role.CLERK, True),
        ("New", Role.CLERK, False),
        ("Wang", Role.MANAGER, True),
    ]
    found = till(sign_in, "staff-2", PIN).member
    assert found
    assert (found.id, found.role) == ("staff-2", Role.CLERK)
    for nobody in ("staff-3", "staff-4", "staff-9"):
        assert till(sign_in, nobody, PIN).member is None
    assert till(sign_in, "staff-2", "1" * 6).member is None


def test_guessing_is_slow_and_hurts_nobody_else(till: Till) -> None:
    staffed(till)
    tried = 0
    for _ in range(60):
        answer = till(sign_in, "staff-2", "000000")
        tried += not answer.pause_seconds
        till.clock.forward(timedelta(minutes=1))
    # An hour of guessing gets through a dozen of a million PINs.
    assert tried < 15
    assert till(sign_in, "staff-1", PIN).member
    till.clock.forward(timedelta(minutes=40))
    assert till(sign_in, "staff-2", PIN).member


def test_the_pause_outlives_a_restart_and_a_clock_that_is_moved(till: Till) -> None:
    staffed(till)
    while not till(sign_in, "staff-2", "000000").pause_seconds:
        pass
    till.reopen()
    # Somebody sets the machine's clock, and HQ was never heard: pauses go by what passed.
    till.clock.wall += timedelta(hours=5)
    assert till(sign_in, "staff-2", PIN).pause_seconds
    till.clock.wall -= timedelta(hours=5)
    till.clock.forward(timedelta(minutes=16))
    assert till(sign_in, "staff-2", PIN).member
