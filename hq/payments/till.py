"""The sandbox's till: a small SQLite file that several processes share, and that charges a payment once at most."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.errors import NeedsAttention
from hq.payments.port import ProviderDown

_WAIT_SECONDS = 10
_TABLES = """
CREATE TABLE IF NOT EXISTS payment (
    payment_id TEXT PRIMARY KEY, amount_fen INTEGER NOT NULL, description TEXT NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE IF NOT EXISTS charge (
    payment_id TEXT PRIMARY KEY REFERENCES payment, amount_fen INTEGER NOT NULL, at_ms INTEGER NOT NULL,
    refused INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE IF NOT EXISTS refund (
    refund_id TEXT PRIMARY KEY, payment_id TEXT NOT NULL REFERENCES charge, amount_fen INTEGER NOT NULL,
    total_fen INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS refund_of ON refund (payment_id);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One movement of money in the till's ledger; `refused` counts the attempts to charge the same payment again."""

    kind: Literal["charge", "refund"]
    id: str
    payment_id: str
    amount_fen: int
    at_ms: int
    refused: int = 0


class Till:
    """One process's connection to the till, shared by its threads in turn."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._path = folder / "sandbox.sqlite3"
        self._connection = sqlite3.connect(
            self._path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            # WAL: a reader in another process never waits for a writer.
            self._connection.executescript("PRAGMA journal_mode=WAL;" + _TABLES)
            self._path.chmod(0o600)
        except sqlite3.Error as error:
            self._connection.close()
            raise NeedsAttention(f"The sandbox's till {self._path} cannot be used: {error}.") from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one look."""
        with self._lock, _translated():
            yield self._connection

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one transaction; one that need not last is not waited for on the disk."""
        with self._lock, _translated():
            self._connection.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def ledger(self) -> tuple[Entry, ...]:
        """Return every movement of money so far: the proof that nobody was charged twice."""
        with self.reading() as till:
            charges = till.execute(
                "SELECT payment_id, amount_fen, at_ms, refused FROM charge ORDER BY at_ms"
            ).fetchall()
            refunds = till.execute(
                "SELECT refund_id, payment_id, amount_fen, at_ms FROM refund ORDER BY at_ms"
            ).fetchall()
        return (
            *(
                Entry(kind="charge", id=i, payment_id=i, amount_fen=fen, at_ms=at, refused=n)
                for i, fen, at, n in charges
            ),
            *(Entry(kind="refund", id=i, payment_id=of, amount_fen=fen, at_ms=at) for i, of, fen, at in refunds),
        )

    def stop(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ProviderDown(f"The sandbox's till cannot be used now: {error}.") from error
