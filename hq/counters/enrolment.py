"""Enrolment: a one-time code from HQ turns a new terminal into one of a store's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from sqlalchemy import insert, select, update

from hq import stores
from hq.counters import terminals
from hq.counters.terminals import Terminal
from hq.problems import Rejection, invalid
from hq.schema import enrolment_codes
from hq.stores import StoreRow
from hq.work import Work

WRONG_CODE = "enrolment_code"
LIFETIME = timedelta(minutes=10)
# Crockford's alphabet: no I, L, O, U, so that a code survives being read aloud. 16 letters are 80 bits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = 16
_SLIPS = str.maketrans("OIL", "011", " -")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new terminal, its store, and the token that is shown this once."""

    terminal: Terminal
    store: StoreRow
    token: str


def issue_code(work: Work, number: int) -> tuple[str, datetime]:
    """Make a one-time code for a store; return it and when it expires."""
    store = stores.get(work.conn, number)
    letters = "".join(_ALPHABET[work.random_bits(5)] for _ in range(_LETTERS))
    expires_at = work.now + LIFETIME
    row = {"code_hash": _hash(letters), "store_id": store.id, "expires_at": expires_at}
    work.conn.execute(insert(enrolment_codes), row)
    return "-".join(letters[at : at + 4] for at in range(0, _LETTERS, 4)), expires_at


def enrol(work: Work, code: str, terminal_name: str, public_key: str) -> Enrolled:
    """Use a code up and add the terminal; the first of a store leads it."""
    if not terminal_name.strip():
        raise invalid("terminal_name", "A terminal needs a name.")
    where = enrolment_codes.c.code_hash == _hash(code)
    row = work.conn.execute(select(enrolment_codes).where(where).with_for_update()).first()
    if row is None or row.used_at is not None or row.expires_at <= work.now:
        raise Rejection(HTTPStatus.FORBIDDEN, WRONG_CODE, "This code is wrong, used or expired: ask HQ for a new one.")
    work.conn.execute(update(enrolment_codes).where(where).values(used_at=work.now))
    store = stores.by_id(work.conn, row.store_id)
    terminal, token = terminals.add(work, store, terminal_name.strip(), public_key)
    stores.lead_if_first(work, store, terminal.id)
    return Enrolled(terminal, store, token)


def _hash(code: str) -> str:
    return hashlib.sha256(code.upper().translate(_SLIPS).encode()).hexdigest()
