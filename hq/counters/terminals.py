"""Terminals: found by the hash of their token, listed, revoked."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from hq import stores
from hq.problems import missing
from hq.schema import terminals
from hq.stores import StoreRow
from hq.work import Work

_BY_TOKEN = select(terminals).where(
    terminals.c.store_id == bindparam("store_id"), terminals.c.token_hash == bindparam("token_hash")
)
_OF_STORE = select(terminals).where(terminals.c.store_id == bindparam("store_id")).order_by(terminals.c.id)


@dataclass(frozen=True, slots=True)
class Terminal:
    """A store's terminal."""

    store_id: str
    id: str
    name: str
    public_key: str
    token_hash: str
    enrolled_at: datetime
    revoked_at: datetime | None = None
    seen_at: datetime | None = None


def add(work: Work, store: StoreRow, name: str, public_key: str) -> tuple[Terminal, str]:
    """Add a terminal to a store; return it and its token, of which only the hash is kept."""
    token = f"{store.number}.{work.random_bits(256):064x}"
    terminal = Terminal(store.id, work.new_id(), name, public_key, _hash(token), work.now)
    values = {"store_id": store.id, "id": terminal.id, "name": name, "public_key": public_key}
    values |= {"token_hash": terminal.token_hash}
    work.conn.execute(insert(terminals), {**values, "enrolled_at": work.now})
    return terminal, token


def find_by_token(conn: Connection, token: str) -> Terminal | None:
    """Return the terminal that a token belongs to, unless it was revoked."""
    number = token.partition(".")[0]
    if not (number.isascii() and number.isdigit() and len(number) <= 10):
        return None
    store = stores.find(conn, int(number))
    if store is None:
        return None
    hashed = _hash(token)
    row = conn.execute(_BY_TOKEN, {"store_id": store.id, "token_hash": hashed}).first()
    if row is None or not hmac.compare_digest(row.token_hash, hashed) or row.revoked_at is not None:
        return None
    return Terminal(*row)


def of_store(conn: Connection, store_id: str) -> list[Terminal]:
    """Return a store's terminals, the oldest first."""
    return [Terminal(*row) for row in conn.execute(_OF_STORE, {"store_id": store_id}).all()]


def revoke(work: Work, number: int, terminal_id: str) -> None:
    """Take a terminal's access away; the lead stays the lead until a person moves it."""
    store = stores.get(work.conn, number)
    where = (terminals.c.store_id == store.id, terminals.c.id == terminal_id)
    if work.conn.execute(select(terminals.c.id).where(*where)).first() is None:
        raise missing("terminal", f"Store {number} has no such terminal.")
    values = {"revoked_at": work.now}
    work.conn.execute(update(terminals).where(*where, terminals.c.revoked_at.is_(None)).values(**values))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
