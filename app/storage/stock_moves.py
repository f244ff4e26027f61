"""The ledger of pieces that went out of the store and came back."""

from __future__ import annotations

from collections.abc import Iterable

from app.storage.work import Work, millis


def move(work: Work, pieces: Iterable[tuple[int, int]], *, cause: str, of: str, event_seq: int) -> None:
    """Write moves: (product number, pieces in or out), told to HQ by the event with this number.

    `of` names what they belong to: a hand-over's attempt, a sale, a refund, an event.
    """
    work.conn.executemany(
        "INSERT INTO stock_moves (id, at, product_number, quantity, cause, attempt_id, event_seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(work.new_id(), millis(work.now), product, many, cause, of, event_seq) for product, many in pieces],
    )
