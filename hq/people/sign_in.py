"""Signing in to the console: the lock after wrong passwords, sessions by the hash of their token, and who acts."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from http import HTTPStatus

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from hq.people import audit, operators
from hq.people.operators import Operator, Role
from hq.problems import Rejection
from hq.schema import operator_sessions
from hq.schema import operators as operators_table
from hq.work import Work

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=60)
# A session's last use is written at most this often.
_SEEN_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32

_LOCKED = select(operators_table).where(operators_table.c.login == bindparam("login")).with_for_update()
_BY_TOKEN = (
    select(operator_sessions.c.seen_at, *operators_table.c)
    .join(operators_table, operators_table.c.id == operator_sessions.c.operator_id)
    .where(
        operator_sessions.c.token_hash == bindparam("token_hash"),
        operator_sessions.c.expires_at > bindparam("now"),
        operator_sessions.c.seen_at > bindparam("idle_since"),
        operators_table.c.active,
    )
)
_SET = update(operators_table).where(operators_table.c.id == bindparam("operator"))


def settle(work: Work, login: str, *, right: bool, address: str) -> str | None:
    """Open a session when the password was right and nothing stands against it; return its token, or count a failure.

    The answer is the same whether the login is unknown, inactive or locked, or the password wrong.
    """
    login = login.strip().lower()[:64]
    row = work.conn.execute(_LOCKED, {"login": login}).first()
    known = operators.of_row(row) if row else None
    is_locked = known is not None and known.locked_until is not None and known.locked_until > work.now
    if known is None or not right or is_locked or not known.active:
        if known and not is_locked:
            _count_failure(work, known)
        audit.record(work, login, "sign_in_refused", address)
        return None
    work.conn.execute(_SET.values(failures=0, locked_until=None), {"operator": known.id})
    audit.record(work, known.login, "sign_in", address)
    return begin(work, known, address)


def begin(work: Work, operator: Operator, address: str) -> str:
    """Open a session; return its token, of which only the hash is kept."""
    work.conn.execute(delete(operator_sessions).where(operator_sessions.c.expires_at <= work.now))
    token = work.random_bits(_TOKEN_BYTES * 8).to_bytes(_TOKEN_BYTES, "big").hex()
    row = {"token_hash": hash_of(token), "operator_id": operator.id, "address": address[:64]}
    times = {"created_at": work.now, "seen_at": work.now, "expires_at": work.now + LONGEST}
    work.conn.execute(insert(operator_sessions), {**row, **times})
    return token


def find(conn: Connection, token: str, now: datetime) -> Operator | None:
    """Return whose session this is, unless it is over."""
    if len(token) != _TOKEN_BYTES * 2:
        return None
    row = conn.execute(_BY_TOKEN, _when(token, now)).first()
    return operators.of_row(row[1:]) if row else None


def looking(conn: Connection, token: str, now: datetime, role: Role) -> Operator:
    """Return who looks; refuse a session that is over or whose role does not reach."""
    operator = find(conn, token, now)
    if operator is None:
        raise Rejection(HTTPStatus.UNAUTHORIZED, "session", "Your session is over: sign in again.")
    if not operator.role.covers(role):
        raise Rejection(HTTPStatus.FORBIDDEN, "role", f"This needs the role {role.value}; yours is {operator.role}.")
    return operator


def acting(work: Work, token: str, role: Role) -> Operator:
    """Return who acts, and note that the session is in use; refuse as `looking` does."""
    operator = looking(work.conn, token, work.now, role)
    seen(work, token)
    return operator


def seen(work: Work, token: str) -> None:
    """Note that a session is in use."""
    row = work.conn.execute(_BY_TOKEN, _when(token, work.now)).first()
    if row and work.now - row.seen_at >= _SEEN_EVERY:
        _see(work, token)


def end(work: Work, token: str) -> None:
    """Sign out."""
    operator = find(work.conn, token, work.now)
    if operator:
        audit.record(work, operator.login, "sign_out")
    work.conn.execute(delete(operator_sessions).where(operator_sessions.c.token_hash == hash_of(token)))


def hash_of(token: str) -> str:
    """Return what is kept of a session's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _when(token: str, now: datetime) -> dict[str, object]:
    return {"token_hash": hash_of(token), "now": now, "idle_since": now - IDLE}


def _see(work: Work, token: str) -> None:
    where = operator_sessions.c.token_hash == hash_of(token)
    work.conn.execute(update(operator_sessions).where(where).values(seen_at=work.now))


def _count_failure(work: Work, known: Operator) -> None:
    failures = known.failures + 1
    if failures < LOCK_AFTER:
        work.conn.execute(_SET.values(failures=failures), {"operator": known.id})
        return
    work.conn.execute(_SET.values(failures=0, locked_until=work.now + LOCK_FOR), {"operator": known.id})
    audit.record(work, known.login, "locked")
