"""Sales, refunds and shifts as rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.till import SaleLine, Tender, TenderKind

SHIFT_COLUMNS = (
    "id, opened_at, opened_by, float_fen, closed_at, closed_by, counted_fen, expected_fen, accepted_by, reason, report"
)
SALE_COLUMNS = "id, receipt, at, by, shift_id, attempt_id, manager, total_fen, cash_given_fen, lines, tenders"


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift as it is kept: times in milliseconds; `report` is the printed document's JSON once it is closed.

    While it is open, `counted_fen` and `expected_fen` are those of the first count, if one was off.
    """

    id: str
    opened_at: int
    opened_by: str
    float_fen: int
    closed_at: int | None
    closed_by: str
    counted_fen: int | None
    expected_fen: int | None
    accepted_by: str
    reason: str
    report: str


def open_shift(conn: sqlite3.Connection) -> ShiftRow | None:
    """Return the shift that is open, if any: there is never more than one."""
    row = conn.execute(f"SELECT {SHIFT_COLUMNS} FROM shifts WHERE closed_at IS NULL").fetchone()  # noqa: S608 - our own constant
    return ShiftRow(*row) if row else None


def insert_shift(conn: sqlite3.Connection, id: str, *, at: int, by: str, float_fen: int) -> None:
    """Write a new open shift."""
    conn.execute(
        "INSERT INTO shifts (id, opened_at, opened_by, float_fen) VALUES (?, ?, ?, ?)", (id, at, by, float_fen)
    )


def note_first_count(conn: sqlite3.Connection, id: str, counted_fen: int, expected_fen: int) -> None:
    """Keep a count that was off, while its shift stays open."""
    conn.execute("UPDATE shifts SET counted_fen = ?, expected_fen = ? WHERE id = ?", (counted_fen, expected_fen, id))


def close_shift(
    conn: sqlite3.Connection,
    id: str,
    *,
    at: int,
    by: str,
    counted_fen: int,
    expected_fen: int,
    accepted: tuple[str, str],
    report: str = "",
) -> None:
    """Close a shift; `accepted` is the manager who accepted a difference, and why."""
    conn.execute(
        "UPDATE shifts SET closed_at = ?, closed_by = ?, counted_fen = ?, expected_fen = ?, accepted_by = ?,"
        " reason = ?, report = ? WHERE id = ?",
        (at, by, counted_fen, expected_fen, *accepted, report, id),
    )


def insert_cash(conn: sqlite3.Connection, id: str, shift_id: str, *, at: int, by: str, fen: int, reason: str) -> None:
    """Write cash that was put in (+) or taken out (-)."""
    conn.execute(
        "INSERT INTO cash_moves (id, shift_id, at, by, amount_fen, reason) VALUES (?, ?, ?, ?, ?, ?)",
        (id, shift_id, at, by, fen, reason),
    )


def pack_lines(lines: Iterable[SaleLine]) -> str:
    """Return lines as they are kept."""
    return json.dumps(
        [[line.product_number, line.quantity, line.price_fen, line.name] for line in lines], ensure_ascii=False
    )


def unpack_lines(text: str) -> tuple[SaleLine, ...]:
    """Read what `pack_lines` wrote."""
    return tuple(SaleLine(*row) for row in json.loads(text))


def pack_tenders(tenders: Iterable[Tender]) -> str:
    """Return a payment as it is kept."""
    return json.dumps([[tender.kind.value, tender.fen, tender.reference] for tender in tenders], ensure_ascii=False)


def unpack_tenders(text: str) -> tuple[Tender, ...]:
    """Read what `pack_tenders` wrote."""
    return tuple(Tender(TenderKind(kind), fen, reference) for kind, fen, reference in json.loads(text))


def payments(conn: sqlite3.Connection, table: str, shift_id: str) -> list[tuple[Tender, ...]]:
    """Return the payments of a shift's `sales` or `refunds`."""
    rows = conn.execute(f"SELECT tenders FROM {table} WHERE shift_id = ?", (shift_id,))  # noqa: S608 - our own names
    return [unpack_tenders(row[0]) for row in rows]


def tenders_json(tenders: Iterable[Tender]) -> list[list[Any]]:
    """Return a payment as an event tells it."""
    return [[tender.kind.value, tender.fen, tender.reference] for tender in tenders]
