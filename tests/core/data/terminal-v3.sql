BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'terminal','m0001_initial','2026-11-26 15:33:54.532148+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'terminal','m0002_arrivals','2026-11-26 15:33:54.534127+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'terminal','m0003_shop_day','2026-11-26 15:33:54.540770+00:00');
CREATE TABLE cash_moves (
    id TEXT PRIMARY KEY, shift_id TEXT NOT NULL REFERENCES shifts (id), at INTEGER NOT NULL, by TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0), reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE claims (
    attempt_id TEXT PRIMARY KEY, order_number INTEGER NOT NULL REFERENCES orders (number),
    granted_at INTEGER NOT NULL, granted_by TEXT NOT NULL, verdict TEXT NOT NULL,
    manager TEXT NOT NULL, reason TEXT NOT NULL, unguarded INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('granted', 'handed_over', 'released', 'revoked'))
, scanned_at INTEGER) STRICT, WITHOUT ROWID;
INSERT INTO "claims" VALUES('attempt-1',4821,1785556800000,'Li Na','ready','','',0,'handed_over',1785556800000);
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, incarnation TEXT NOT NULL, kind TEXT NOT NULL,
    order_number INTEGER, at TEXT NOT NULL, by TEXT NOT NULL, body TEXT NOT NULL, prev TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO "events" VALUES(1,'00000000-0002-7002-8000-000000000002','00000000-0001-7001-8000-000000000001','handed_over',4821,'2026-08-01T04:00:00.000000Z','Li Na','{"attempt_id":"attempt-1","collector":"his wife","granted_at":"2026-08-01T04:00:00.000000Z","issue":0,"lines":[[1001,1],[1002,1]],"manager":"","reason":"","scan_seconds":0.0,"short":[{"product_number":1001,"quantity":1,"reason":"broken"}],"terminal":"Counter 1","unguarded":false,"verdict":"ready"}','0000000000000000000000000000000000000000000000000000000000000000','03019d04379e0bf4968381ff409135d80cec0452e33bdc7951d1f91cc0c502bb');
CREATE TABLE failed_attempts (
    kind TEXT NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, at, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE incidents (
    id TEXT PRIMARY KEY, incident TEXT NOT NULL, order_number INTEGER, opened_at INTEGER NOT NULL,
    facts TEXT NOT NULL, closed_at INTEGER, closed_by TEXT NOT NULL, reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('feed_cursor','6');
INSERT INTO "meta" VALUES('feed_generation','generation-1');
INSERT INTO "meta" VALUES('feed_head','6');
INSERT INTO "meta" VALUES('identity','{"hq_url": "http://127.0.0.1:1", "incarnation": "00000000-0001-7001-8000-000000000001", "store_id": "store-7", "store_number": 7, "terminal_id": "terminal-1", "terminal_name": "Counter 1"}');
CREATE TABLE neighbours (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, distance_m INTEGER
) STRICT;
CREATE TABLE orders (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL,
    acked_version INTEGER NOT NULL DEFAULT 0, hq_status TEXT,
    status TEXT NOT NULL, issue INTEGER NOT NULL, opens INTEGER NOT NULL, length INTEGER NOT NULL,
    placed_at INTEGER NOT NULL, preparing_at INTEGER, prepared_at INTEGER, completed_at INTEGER, cancelled_at INTEGER,
    customer TEXT NOT NULL, phone TEXT NOT NULL, phone_tail_hash TEXT NOT NULL, short_code_hash TEXT NOT NULL,
    note TEXT NOT NULL, shelf TEXT NOT NULL DEFAULT '', cancel_requested INTEGER NOT NULL, lines TEXT NOT NULL,
    checksum BLOB NOT NULL
, arrived_at INTEGER, collector TEXT NOT NULL DEFAULT '', collector_relation TEXT NOT NULL DEFAULT '', customer_key TEXT NOT NULL DEFAULT '', parcels INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "orders" VALUES(4821,'order-4821',1,0,'prepared','completed',0,29759220,360,1785470400000,NULL,1785553200000,1785556800000,NULL,'Zh**','138******00','296bc3b0c267b3d7e270b030e4c10c69','cfaf849bcd3cd2ce0a9453df60ef090c','','',0,'[[1001, 2, "Braised pork"], [1002, 1, "Croissant"]]',X'48F5395134CD74C6',NULL,'','','',0);
INSERT INTO "orders" VALUES(4822,'order-4822',1,0,'prepared','prepared',0,29759220,360,1785470400000,NULL,1785553200000,NULL,NULL,'Zh**','138******00','296bc3b0c267b3d7e270b030e4c10c69','9f36bc9030bc9e6e540f5cb53c4fab14','','',0,'[[1001, 2, "Braised pork"], [1002, 1, "Croissant"]]',X'B615492A1FF35FE9',NULL,'','','',0);
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY REFERENCES events (seq), event_id TEXT NOT NULL UNIQUE, order_number INTEGER,
    parked INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "outbox" VALUES(1,'00000000-0002-7002-8000-000000000002',4821,0,'');
CREATE TABLE outcomes (
    event_id TEXT PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE pairs (product_number INTEGER PRIMARY KEY, goes_with TEXT NOT NULL, sold_with TEXT NOT NULL) STRICT;
CREATE TABLE picks (
    opens_from INTEGER NOT NULL, opens_until INTEGER NOT NULL, product_number INTEGER NOT NULL,
    quantity INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
    PRIMARY KEY (opens_from, opens_until, product_number)
) STRICT, WITHOUT ROWID;
CREATE TABLE print_jobs (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, printer TEXT NOT NULL CHECK (printer IN ('receipt', 'label')),
    title TEXT NOT NULL, document TEXT NOT NULL, copies INTEGER NOT NULL CHECK (copies > 0),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'printed', 'dropped')), tries INTEGER NOT NULL DEFAULT 0,
    trouble TEXT NOT NULL DEFAULT '', done_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE products (
    number INTEGER PRIMARY KEY, sku TEXT NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL,
    lead_minutes INTEGER NOT NULL, price_fen INTEGER NOT NULL, active INTEGER NOT NULL
, barcode TEXT NOT NULL DEFAULT '', pack_minutes INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "products" VALUES(1001,'PORK','Braised pork','chilled',0,3800,1,'',0);
INSERT INTO "products" VALUES(1002,'CROI','Croissant','ambient',0,900,1,'',0);
CREATE TABLE redemptions (
    attempt_id TEXT PRIMARY KEY, order_number INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
    terminal TEXT NOT NULL, local INTEGER NOT NULL, revoked_at INTEGER, revoked_by TEXT, revoke_reason TEXT
, scan_ms INTEGER, short TEXT NOT NULL DEFAULT '', collector TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
INSERT INTO "redemptions" VALUES('attempt-1',4821,1785556800000,'Li Na','Counter 1',1,NULL,NULL,NULL,0,'[[1001, 1, "broken"]]','his wife');
CREATE TABLE refunds (
    id TEXT PRIMARY KEY, sale_id TEXT NOT NULL REFERENCES sales (id), at INTEGER NOT NULL, by TEXT NOT NULL,
    shift_id TEXT NOT NULL REFERENCES shifts (id), manager TEXT NOT NULL, reason TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0), lines TEXT NOT NULL, tenders TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE refusals (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, source TEXT NOT NULL, verdict TEXT NOT NULL,
    flaw TEXT NOT NULL, order_number INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE reminders_seen (order_number INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL) STRICT;
CREATE TABLE sales (
    id TEXT PRIMARY KEY, receipt INTEGER NOT NULL UNIQUE, at INTEGER NOT NULL, by TEXT NOT NULL,
    shift_id TEXT NOT NULL REFERENCES shifts (id), attempt_id TEXT NOT NULL, manager TEXT NOT NULL,
    total_fen INTEGER NOT NULL CHECK (total_fen >= 0), cash_given_fen INTEGER NOT NULL, lines TEXT NOT NULL,
    tenders TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE shifts (
    id TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL, float_fen INTEGER NOT NULL,
    closed_at INTEGER, closed_by TEXT NOT NULL DEFAULT '', counted_fen INTEGER, expected_fen INTEGER,
    accepted_by TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', report TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE signing_keys (
    key_id INTEGER NOT NULL, public_key BLOB NOT NULL, retired INTEGER NOT NULL,
    PRIMARY KEY (key_id, public_key)
) STRICT, WITHOUT ROWID;
INSERT INTO "signing_keys" VALUES(1,X'8320A51977D8C38CA8A4927C670DF5821E449761945E15E9EFB26A1509D230EA',0);
CREATE TABLE staff (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('clerk', 'manager')),
    pin_hash TEXT NOT NULL, active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE stock (
    product_number INTEGER PRIMARY KEY, on_hand INTEGER, reserved INTEGER NOT NULL, listed INTEGER NOT NULL
) STRICT;
CREATE TABLE stock_moves (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, product_number INTEGER NOT NULL, quantity INTEGER NOT NULL,
    cause TEXT NOT NULL, attempt_id TEXT NOT NULL
, event_seq INTEGER) STRICT, WITHOUT ROWID;
INSERT INTO "stock_moves" VALUES('00000000-0003-7003-8000-000000000003',1785556800000,1001,-1,'hand_over','attempt-1',1);
INSERT INTO "stock_moves" VALUES('00000000-0004-7004-8000-000000000004',1785556800000,1002,-1,'hand_over','attempt-1',1);
CREATE TABLE store (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, time_zone TEXT NOT NULL,
    early_minutes INTEGER NOT NULL, late_minutes INTEGER NOT NULL, revoke_minutes INTEGER NOT NULL,
    lead_terminal TEXT, lead_epoch INTEGER NOT NULL
, capacity INTEGER, pack_minutes INTEGER NOT NULL DEFAULT 0, share_url TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "store" VALUES(7,'Riverside','1 River Road','Asia/Shanghai',0,30,60,'terminal-1',1,NULL,0,'');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX orders_phone ON orders (phone_tail_hash) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_short ON orders (short_code_hash);
CREATE UNIQUE INDEX claims_standing ON claims (order_number) WHERE state IN ('granted', 'handed_over');
CREATE INDEX redemptions_standing ON redemptions (order_number, at) WHERE revoked_at IS NULL;
CREATE INDEX redemptions_at ON redemptions (at);
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER events_hold BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE INDEX outbox_order ON outbox (order_number);
CREATE INDEX orders_arrived ON orders (arrived_at)
    WHERE arrived_at IS NOT NULL AND status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_customer ON orders (customer_key)
    WHERE customer_key <> '' AND status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_opens ON orders (opens);
CREATE INDEX orders_name ON orders (customer, opens, number) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_noted ON orders (opens, number, note)
    WHERE note <> '' AND status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_open ON orders (opens, number, lines) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX stock_moves_event ON stock_moves (event_seq) WHERE event_seq IS NOT NULL;
CREATE UNIQUE INDEX shifts_open ON shifts ((1)) WHERE closed_at IS NULL;
CREATE INDEX sales_at ON sales (at);
CREATE INDEX sales_attempt ON sales (attempt_id) WHERE attempt_id <> '';
CREATE INDEX sales_shift ON sales (shift_id);
CREATE INDEX refunds_sale ON refunds (sale_id);
CREATE INDEX refunds_shift ON refunds (shift_id);
CREATE INDEX print_jobs_waiting ON print_jobs (at, id) WHERE state = 'waiting';
PRAGMA user_version = 3;
COMMIT;
