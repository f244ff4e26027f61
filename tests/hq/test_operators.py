"""Operators: who may be made, changed and signed in, and what a wrong password costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.errors import Refused
from hq.people import audit, operators, passwords, sign_in
from hq.people.operators import Operator, Role
from hq.schema import operator_sessions
from tests.hq.town import Town

PASSWORD = "violet-harbour-92"


def add(town: Town, login: str = "chen", role: Role = Role.ADMIN) -> Operator:
    return town.office.write(lambda work: operators.create(work, login, "", role, "hash"))


def enter(town: Town, login: str = "chen", *, right: bool = True) -> str | None:
    return town.office.write(lambda work: sign_in.settle(work, login, right=right, address="10.0.0.1"))


def who(town: Town, token: str | None) -> Operator | None:
    return town.office.read(lambda conn: sign_in.find(conn, token or "", town.clock.now()))


def actions(town: Town) -> list[str]:
    return [row.action for row in town.office.read(audit.rows)]


def test_a_session_belongs_to_whoever_signed_in(town: Town) -> None:
    add(town)
    found = who(town, enter(town, " Chen "))
    assert found
    assert (found.login, found.role) == ("chen", Role.ADMIN)
    assert actions(town) == ["sign_in"]


def test_of_a_token_only_the_hash_is_kept(town: Town) -> None:
    add(town)
    token = enter(town) or ""
    assert len(token) == 64
    kept = town.office.read(lambda conn: [tuple(row) for row in conn.execute(operator_sessions.select())])
    assert sign_in.hash_of(token) in kept[0]
    assert token not in kept[0]


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "é" * 64])
def test_a_made_up_token_is_nobodys(town: Town, token: str) -> None:
    add(town)
    assert who(town, token) is None


def test_an_idle_session_ends_after_an_hour(town: Town) -> None:
    add(town)
    token = enter(town) or ""
    town.clock.pass_time(minutes=59)
    town.office.write(lambda work: sign_in.seen(work, token))
    town.clock.pass_time(minutes=59)
    assert who(town, token)
    town.clock.pass_time(minutes=2)
    assert who(town, token) is None


def test_a_session_in_use_ends_after_twelve_hours(town: Town) -> None:
    add(town)
    token = enter(town) or ""
    for _ in range(24):
        town.clock.pass_time(minutes=29)
        town.office.write(lambda work: sign_in.seen(work, token))
    assert who(town, token)
    town.clock.pass_time(minutes=25)
    assert who(town, token) is None


def test_five_failures_lock_for_a_quarter_of_an_hour(town: Town) -> None:
    add(town)
    for _ in range(5):
        assert enter(town, right=False) is None
    assert enter(town) is None
    town.clock.pass_time(minutes=15)
    assert enter(town)
    assert "locked" in actions(town)


def test_a_right_password_forgives_the_failures_before(town: Town) -> None:
    add(town)
    for _ in range(3):
        for _ in range(4):
            enter(town, right=False)
        assert enter(town)


def test_trying_while_locked_does_not_lock_for_longer(town: Town) -> None:
    add(town)
    for _ in range(5):
        enter(town, right=False)
    town.clock.pass_time(minutes=14)
    for _ in range(9):
        enter(town, right=False)
    town.clock.pass_time(minutes=1)
    assert enter(town)


def test_an_unknown_login_is_refused_and_written_down(town: Town) -> None:
    assert enter(town, "nobody") is None
    assert actions(town) == ["sign_in_refused"]


def test_who_was_deactivated_is_out_at_once(town: Town) -> None:
    add(town)
    other = add(town, "li", Role.OPERATOR)
    token = enter(town, "li")
    town.office.write(lambda work: operators.change(work, other.id, name="Li", role=Role.OPERATOR, active=False))
    assert who(town, token) is None
    assert enter(town, "li") is None


def test_a_new_password_ends_every_other_session(town: Town) -> None:
    own = add(town)
    kept, other = enter(town) or "", enter(town)
    keep = sign_in.hash_of(kept)
    town.office.write(lambda work: operators.set_password(work, own.id, "new hash", keep=keep))
    assert who(town, kept)
    assert who(town, other) is None


@pytest.mark.parametrize(
    ("role", "needed", "allowed"),
    [
        (Role.VIEWER, Role.VIEWER, True),
        (Role.VIEWER, Role.OPERATOR, False),
        (Role.OPERATOR, Role.ADMIN, False),
        (Role.ADMIN, Role.OPERATOR, True),
    ],
)
def test_a_role_reaches_as_far_as_it_does(town: Town, role: Role, needed: Role, *, allowed: bool) -> None:
    add(town, "li", role)
    token = enter(town, "li") or ""

    def act() -> Operator:
        return town.office.write(lambda work: sign_in.acting(work, token, needed))

    if allowed:
        assert act().login == "li"
    else:
        refused(act, "role")


def test_nobody_acts_after_signing_out(town: Town) -> None:
    add(town)
    token = enter(town) or ""
    town.office.write(lambda work: sign_in.end(work, token))
    refused(lambda: town.office.write(lambda work: sign_in.acting(work, token, Role.VIEWER)), "session")


def test_the_first_admin_is_made_once(town: Town) -> None:
    town.office.write(lambda work: operators.create_first(work, "chen", "陈", "hash"))
    refused(lambda: town.office.write(lambda work: operators.create_first(work, "li", "李", "hash")), "first")


def test_the_last_admin_stays(town: Town) -> None:
    own = add(town)

    def demote() -> Operator:
        return town.office.write(lambda work: operators.change(work, own.id, name="", role=Role.VIEWER, active=True))

    refused(demote, "last_admin")
    add(town, "li")
    assert demote().role is Role.VIEWER


@pytest.mark.parametrize("login", ["", "x", "Wang Wu", "王五", "a" * 41, "-x", "a'b"])
def test_a_login_that_nobody_can_type_is_refused(town: Town, login: str) -> None:
    refused(lambda: add(town, login), "login")


def test_a_login_is_given_once(town: Town) -> None:
    add(town)
    refused(lambda: add(town, "CHEN"), "login")


@pytest.mark.parametrize("password", ["short", "chen-is-my-name", "aaaaaaaaaaaa", "x" * 201])
def test_a_password_that_is_guessed_at_once_is_refused(password: str) -> None:
    refused(lambda: passwords.hashed(password, "chen"), "password")


def test_a_password_matches_itself_alone() -> None:
    kept = passwords.hashed(PASSWORD, "chen")
    assert passwords.matches(kept, PASSWORD)
    assert not passwords.matches(kept, PASSWORD + "x")


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=8"])
def test_no_password_matches_what_is_no_hash(kept: str) -> None:
    assert not passwords.matches(kept, "nobody has this password")


def refused(act: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        act()
    assert getattr(caught.value, "code", "") == code
