"""Operators of the console: who they are, what they may do, and the rules of changing them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from hq.problems import conflict, invalid, missing
from hq.schema import operator_sessions, operators
from hq.work import Work

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_LONGEST_NAME = 60
_ALL = select(operators).order_by(operators.c.login)
_ANY = select(operators.c.id).limit(1)
_BY_LOGIN = select(operators).where(operators.c.login == bindparam("login"))
_BY_ID = select(operators).where(operators.c.id == bindparam("id"))
_ADMINS = select(operators.c.id).where(operators.c.role == "admin", operators.c.active).with_for_update()


class Role(StrEnum):
    """What an operator may do: look, work, or also say who may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    def covers(self, other: Role) -> bool:
        """Tell whether this role may do what the other one may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Operator:
    """Someone who works at the console; `password_hash` is argon2id."""

    id: str
    login: str
    name: str
    password_hash: str
    role: Role
    active: bool
    failures: int
    locked_until: datetime | None
    created_at: datetime


def of_row(row: Sequence[Any]) -> Operator:
    """Return an operator from the table's columns."""
    known = Operator(*row)
    return replace(known, role=Role(known.role))


def any_exist(conn: Connection) -> bool:
    """Tell whether anybody was ever let in; if not, the first admin is made with the operator token."""
    return conn.execute(_ANY).first() is not None


def everyone(conn: Connection) -> list[Operator]:
    """Return all operators by login."""
    return [of_row(row) for row in conn.execute(_ALL)]


def find_by_login(conn: Connection, login: str) -> Operator | None:
    """Return the operator with this login; its case does not matter."""
    row = conn.execute(_BY_LOGIN, {"login": login.strip().lower()}).first()
    return of_row(row) if row else None


def get(conn: Connection, operator_id: str) -> Operator:
    """Return an operator, or refuse."""
    row = conn.execute(_BY_ID, {"id": operator_id}).first()
    if row is None:
        raise missing("operator", "There is no such operator.")
    return of_row(row)


def create(work: Work, login: str, name: str, role: Role, password_hash: str) -> Operator:
    """Add an operator."""
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise invalid("login", "A login has 2 to 40 letters, digits, dots or dashes.")
    if find_by_login(work.conn, login):
        raise conflict("login", f"There is an operator {login} already.")
    new = Operator(
        id=work.new_id(),
        login=login,
        name=_checked_name(name) or login,
        password_hash=password_hash,
        role=role,
        active=True,
        failures=0,
        locked_until=None,
        created_at=work.now,
    )
    values = {field: getattr(new, field) for field in Operator.__dataclass_fields__}
    work.conn.execute(insert(operators), {**values, "role": role.value})
    return new


def create_first(work: Work, login: str, name: str, password_hash: str) -> Operator:
    """Add the first admin of a new HQ; whoever calls has checked the operator token."""
    if any_exist(work.conn):
        raise conflict("first", "There is an operator already: sign in.")
    return create(work, login, name, Role.ADMIN, password_hash)


def change(work: Work, operator_id: str, *, name: str, role: Role, active: bool) -> Operator:
    """Change an operator; one who may not sign in any more is signed out, and one admin stays."""
    known = get(work.conn, operator_id)
    if known.role is Role.ADMIN and known.active and not (active and role is Role.ADMIN):
        _another_admin_than(work, operator_id)
    values = {"name": _checked_name(name) or known.login, "role": role.value, "active": active}
    work.conn.execute(update(operators).where(operators.c.id == operator_id).values(**values))
    if not active:
        end_sessions(work, operator_id)
    return get(work.conn, operator_id)


def set_password(work: Work, operator_id: str, password_hash: str, *, keep: str = "") -> Operator:
    """Give an operator a new password, lift a lock, and end every session but the one whose token's hash is `keep`."""
    values = {"password_hash": password_hash, "failures": 0, "locked_until": None}
    work.conn.execute(update(operators).where(operators.c.id == operator_id).values(**values))
    end_sessions(work, operator_id, keep=keep)
    return get(work.conn, operator_id)


def end_sessions(work: Work, operator_id: str, *, keep: str = "") -> int:
    """Sign an operator out everywhere, but for the session `keep`; return how many ended."""
    where = (operator_sessions.c.operator_id == operator_id, operator_sessions.c.token_hash != keep)
    return work.conn.execute(delete(operator_sessions).where(*where)).rowcount


def _another_admin_than(work: Work, operator_id: str) -> None:
    if all(admin == operator_id for admin in work.conn.execute(_ADMINS).scalars()):
        raise conflict("last_admin", "This is the last admin: make another one first.")


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise invalid("name", f"A name has at most {_LONGEST_NAME} characters.")
    return name
