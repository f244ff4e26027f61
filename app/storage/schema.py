"""The tables, as named migrations: each is one transaction and is never edited once released."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# The number of migrations below; kept in `PRAGMA user_version`, so that a start with nothing to do imports nothing.
LATEST = 2

_INITIAL = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE store (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, time_zone TEXT NOT NULL,
    early_minutes INTEGER NOT NULL, late_minutes INTEGER NOT NULL, revoke_minutes INTEGER NOT NULL,
    lead_terminal TEXT, lead_epoch INTEGER NOT NULL
) STRICT;

CREATE TABLE neighbours (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, distance_m INTEGER
) STRICT;

CREATE TABLE staff (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('clerk', 'manager')),
    pin_hash TEXT NOT NULL, active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_keys (
    key_id INTEGER NOT NULL, public_key BLOB NOT NULL, retired INTEGER NOT NULL,
    PRIMARY KEY (key_id, public_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
    number INTEGER PRIMARY KEY, sku TEXT NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL,
    lead_minutes INTEGER NOT NULL, price_fen INTEGER NOT NULL, active INTEGER NOT NULL
) STRICT;

-- `lines` is JSON [[product number, quantity, name], …]: an order is read, checked and written whole.
-- `version` is HQ's, as last applied (0: known only from its code); `acked_version` what HQ's answers promised;
-- `hq_status` is HQ's word of that version, which yields to `status` while progress made here is unsent.
CREATE TABLE orders (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL,
    acked_version INTEGER NOT NULL DEFAULT 0, hq_status TEXT,
    status TEXT NOT NULL, issue INTEGER NOT NULL, opens INTEGER NOT NULL, length INTEGER NOT NULL,
    placed_at INTEGER NOT NULL, preparing_at INTEGER, prepared_at INTEGER, completed_at INTEGER, cancelled_at INTEGER,
    customer TEXT NOT NULL, phone TEXT NOT NULL, phone_tail_hash TEXT NOT NULL, short_code_hash TEXT NOT NULL,
    note TEXT NOT NULL, shelf TEXT NOT NULL DEFAULT '', cancel_requested INTEGER NOT NULL, lines TEXT NOT NULL,
    checksum BLOB NOT NULL
) STRICT;
CREATE INDEX orders_open ON orders (opens, number) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_phone ON orders (phone_tail_hash) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_short ON orders (short_code_hash);

-- A claim stands while it is granted or handed over; one order can have only one that stands.
CREATE TABLE claims (
    attempt_id TEXT PRIMARY KEY, order_number INTEGER NOT NULL REFERENCES orders (number),
    granted_at INTEGER NOT NULL, granted_by TEXT NOT NULL, verdict TEXT NOT NULL,
    manager TEXT NOT NULL, reason TEXT NOT NULL, unguarded INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('granted', 'handed_over', 'released', 'revoked'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX claims_standing ON claims (order_number) WHERE state IN ('granted', 'handed_over');

-- Hand-overs of this terminal and, as HQ tells them, of the others.
CREATE TABLE redemptions (
    attempt_id TEXT PRIMARY KEY, order_number INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
    terminal TEXT NOT NULL, local INTEGER NOT NULL, revoked_at INTEGER, revoked_by TEXT, revoke_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX redemptions_standing ON redemptions (order_number, at) WHERE revoked_at IS NULL;
CREATE INDEX redemptions_at ON redemptions (at);

CREATE TABLE stock_moves (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, product_number INTEGER NOT NULL, quantity INTEGER NOT NULL,
    cause TEXT NOT NULL, attempt_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, source TEXT NOT NULL, verdict TEXT NOT NULL,
    flaw TEXT NOT NULL, order_number INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE failed_attempts (
    kind TEXT NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, incarnation TEXT NOT NULL, kind TEXT NOT NULL,
    order_number INTEGER, at TEXT NOT NULL, by TEXT NOT NULL, body TEXT NOT NULL, prev TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER events_hold BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

-- What HQ has not had the last word on; a row leaves only by HQ's own answer, `parked` waits for a person.
-- `order_number` only for an event that moves the order on: until it is settled, HQ's word on the order is not news.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY REFERENCES events (seq), event_id TEXT NOT NULL UNIQUE, order_number INTEGER,
    parked INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_order ON outbox (order_number);

CREATE TABLE outcomes (
    event_id TEXT PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
    id TEXT PRIMARY KEY, incident TEXT NOT NULL, order_number INTEGER, opened_at INTEGER NOT NULL,
    facts TEXT NOT NULL, closed_at INTEGER, closed_by TEXT NOT NULL, reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

# What the release before did not understand of an order, HQ tells again: the feed is read from its beginning.
_ARRIVALS = """
ALTER TABLE orders ADD COLUMN arrived_at INTEGER;
ALTER TABLE orders ADD COLUMN collector TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN collector_relation TEXT NOT NULL DEFAULT '';
CREATE INDEX orders_arrived ON orders (arrived_at)
    WHERE arrived_at IS NOT NULL AND status NOT IN ('completed', 'cancelled');
UPDATE orders SET version = -1 WHERE version > 0;
UPDATE meta SET value = '0' WHERE key = 'feed_cursor';
"""


def migrate(db: Database) -> None:
    """Apply what is missing, each step in its own transaction."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("terminal")

    @steps()
    def m0001_initial(db: Database) -> None:
        _run(db, _INITIAL)
        db.execute("PRAGMA user_version = 1")

    @steps()
    def m0002_arrivals(db: Database) -> None:
        _run(db, _ARRIVALS)
        db.execute("PRAGMA user_version = 2")

    steps.apply(db)


def _run(db: Database, script: str) -> None:
    # Not executescript(): that one commits first and would tear the step out of its transaction.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if _is_complete(statement):
            db.execute(statement)
            statement = ""


def _is_complete(statement: str) -> bool:
    import sqlite3

    return bool(statement.strip()) and sqlite3.complete_statement(statement)
