"""The tables, as named migrations: each is one transaction and is never edited once released."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# The number of migrations below; kept in `PRAGMA user_version`, so that a start with nothing to do imports nothing.
LATEST = 4

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

# The shop's day around the counter: sales, shifts, stock, labels, printing.
_SHOP_DAY = """
ALTER TABLE store ADD COLUMN capacity INTEGER;
ALTER TABLE store ADD COLUMN pack_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE store ADD COLUMN share_url TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN barcode TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN pack_minutes INTEGER NOT NULL DEFAULT 0;
-- `customer_key` is the same for all orders of one customer at this store; `parcels` is how many labels were made.
ALTER TABLE orders ADD COLUMN customer_key TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN parcels INTEGER NOT NULL DEFAULT 0;
CREATE INDEX orders_customer ON orders (customer_key)
    WHERE customer_key <> '' AND status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_opens ON orders (opens);
-- Search by words: the masked name from its beginning, notes where there are any, goods among the open orders in turn.
CREATE INDEX orders_name ON orders (customer, opens, number) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_noted ON orders (opens, number, note)
    WHERE note <> '' AND status NOT IN ('completed', 'cancelled');
DROP INDEX orders_open;
CREATE INDEX orders_open ON orders (opens, number, lines) WHERE status NOT IN ('completed', 'cancelled');

-- When the clerk first saw the code; what of the order did not go out, JSON [[product number, quantity, reason], …].
ALTER TABLE claims ADD COLUMN scanned_at INTEGER;
ALTER TABLE redemptions ADD COLUMN scan_ms INTEGER;
ALTER TABLE redemptions ADD COLUMN short TEXT NOT NULL DEFAULT '';
ALTER TABLE redemptions ADD COLUMN collector TEXT NOT NULL DEFAULT '';

-- The event that tells HQ of the move: until it is settled, HQ's balance does not know of it.
ALTER TABLE stock_moves ADD COLUMN event_seq INTEGER;
CREATE INDEX stock_moves_event ON stock_moves (event_seq) WHERE event_seq IS NOT NULL;

-- HQ's balances as last told; `on_hand` is NULL where nobody counts.
CREATE TABLE stock (
    product_number INTEGER PRIMARY KEY, on_hand INTEGER, reserved INTEGER NOT NULL, listed INTEGER NOT NULL
) STRICT;

-- What goes with a product, best first: JSON lists of product numbers.
CREATE TABLE pairs (product_number INTEGER PRIMARY KEY, goes_with TEXT NOT NULL, sold_with TEXT NOT NULL) STRICT;

CREATE TABLE shifts (
    id TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL, float_fen INTEGER NOT NULL,
    closed_at INTEGER, closed_by TEXT NOT NULL DEFAULT '', counted_fen INTEGER, expected_fen INTEGER,
    accepted_by TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', report TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX shifts_open ON shifts ((1)) WHERE closed_at IS NULL;

CREATE TABLE cash_moves (
    id TEXT PRIMARY KEY, shift_id TEXT NOT NULL REFERENCES shifts (id), at INTEGER NOT NULL, by TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0), reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `lines` is JSON [[product number, quantity, price of one in fen, name], …], `tenders` [[kind, fen, reference], …].
CREATE TABLE sales (
    id TEXT PRIMARY KEY, receipt INTEGER NOT NULL UNIQUE, at INTEGER NOT NULL, by TEXT NOT NULL,
    shift_id TEXT NOT NULL REFERENCES shifts (id), attempt_id TEXT NOT NULL, manager TEXT NOT NULL,
    total_fen INTEGER NOT NULL CHECK (total_fen >= 0), cash_given_fen INTEGER NOT NULL, lines TEXT NOT NULL,
    tenders TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_at ON sales (at);
CREATE INDEX sales_attempt ON sales (attempt_id) WHERE attempt_id <> '';
CREATE INDEX sales_shift ON sales (shift_id);

CREATE TABLE refunds (
    id TEXT PRIMARY KEY, sale_id TEXT NOT NULL REFERENCES sales (id), at INTEGER NOT NULL, by TEXT NOT NULL,
    shift_id TEXT NOT NULL REFERENCES shifts (id), manager TEXT NOT NULL, reason TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0), lines TEXT NOT NULL, tenders TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refunds_sale ON refunds (sale_id);
CREATE INDEX refunds_shift ON refunds (shift_id);

-- What was picked of a product for the windows that open in [opens_from, opens_until), in epoch minutes.
CREATE TABLE picks (
    opens_from INTEGER NOT NULL, opens_until INTEGER NOT NULL, product_number INTEGER NOT NULL,
    quantity INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
    PRIMARY KEY (opens_from, opens_until, product_number)
) STRICT, WITHOUT ROWID;

-- Made-to-order reminders that somebody has seen.
CREATE TABLE reminders_seen (order_number INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL) STRICT;

-- `document` is JSON (app.domain.document); a job leaves `waiting` only when the printer took it all.
CREATE TABLE print_jobs (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, printer TEXT NOT NULL CHECK (printer IN ('receipt', 'label')),
    title TEXT NOT NULL, document TEXT NOT NULL, copies INTEGER NOT NULL CHECK (copies > 0),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'printed', 'dropped')), tries INTEGER NOT NULL DEFAULT 0,
    trouble TEXT NOT NULL DEFAULT '', done_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX print_jobs_waiting ON print_jobs (at, id) WHERE state = 'waiting';

UPDATE orders SET version = -1 WHERE version > 0;
UPDATE meta SET value = '0' WHERE key = 'feed_cursor';
"""

# `jpeg` goes once HQ has it. No foreign key: a photo may come back from a backup that its hand-over did not fit.
_PHOTOS = """
CREATE TABLE photos (
    attempt_id TEXT PRIMARY KEY NOT NULL, order_number INTEGER NOT NULL, event_seq INTEGER NOT NULL,
    at INTEGER NOT NULL, by TEXT NOT NULL, jpeg BLOB, sent_at INTEGER
) STRICT;
CREATE INDEX photos_waiting ON photos (event_seq) WHERE jpeg IS NOT NULL;
"""


def triggers() -> set[str]:
    """Return the names of all triggers that the migrations make."""
    return set(re.findall(r"CREATE TRIGGER (\w+)", _INITIAL + _ARRIVALS + _SHOP_DAY + _PHOTOS))


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

    @steps()
    def m0003_shop_day(db: Database) -> None:
        _run(db, _SHOP_DAY)
        db.execute("PRAGMA user_version = 3")

    @steps()
    def m0004_photos(db: Database) -> None:
        _run(db, _PHOTOS)
        db.execute("PRAGMA user_version = 4")

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
