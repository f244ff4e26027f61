"""What only this machine knows, so that neither HQ nor the journal can tell it again after a restore."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.storage.work import EVENT_COLUMNS, event_fields, event_of

# The newer file's rows are the truth: in the first they are all there is, of the second the journal knows the outlines.
_ALL = ("picks", "reminders_seen", "failed_attempts", "print_jobs")
_KEPT = ("shifts", "cash_moves", "sales", "refunds", "photos")
# What the journal does not say of a row that it brought back; by the row's key.
_DETAILS = {
    "claims": ("granted_by", "verdict", "manager", "reason", "unguarded", "scanned_at"),
    "redemptions": ("scan_ms", "revoke_reason"),
    "orders": ("parcels",),
}


def unsent_ids(path: Path) -> set[str]:
    """Return the ids of the events in a file that HQ has not had the last word on."""
    with closing(_reader(path)) as old:
        return {row[0] for row in old.execute("SELECT event_id FROM outbox")}


def events_of(path: Path) -> list[dict[str, object]]:
    """Return the events of a file as the journal has them: the journal itself may have been rotated since."""
    with closing(_reader(path)) as old:
        rows = old.execute(f"SELECT {EVENT_COLUMNS} FROM events ORDER BY seq")  # noqa: S608 - our own constant
        return [event_fields(event_of(row)) for row in rows]


def take_over(conn: sqlite3.Connection, path: Path) -> None:
    """Copy it from the file that was in use until now, in the caller's transaction."""
    with closing(_reader(path)) as old:
        for table in _ALL:
            conn.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        # Only one shift may be open, and the newer file knows which.
        conn.execute("UPDATE shifts SET closed_at = opened_at WHERE closed_at IS NULL")
        for table in (*_ALL, *_KEPT):
            _copy(old, conn, table)
        for table, names in _DETAILS.items():
            _refresh(old, conn, table, names)


def _copy(old: sqlite3.Connection, conn: sqlite3.Connection, table: str) -> None:
    names, keys = _columns(old, table)
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    on_conflict = f"ON CONFLICT ({', '.join(keys)}) DO " + (f"UPDATE SET {changes}" if changes else "NOTHING")
    places = ", ".join("?" * len(names))
    into = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places}) {on_conflict}"  # noqa: S608 - our own names
    conn.executemany(into, old.execute(f"SELECT {', '.join(names)} FROM {table}"))  # noqa: S608 - our own names


def _refresh(old: sqlite3.Connection, conn: sqlite3.Connection, table: str, names: tuple[str, ...]) -> None:
    _, keys = _columns(old, table)
    changes = ", ".join(f"{name} = ?" for name in names)
    rows = old.execute(f"SELECT {', '.join((*names, *keys))} FROM {table}")  # noqa: S608 - our own names
    conn.executemany(f"UPDATE {table} SET {changes} WHERE {keys[0]} = ?", rows)  # noqa: S608 - our own names


def _columns(old: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    found = old.execute(f"PRAGMA table_info({table})").fetchall()
    return [row[1] for row in found], [row[1] for row in found if row[5]]


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
