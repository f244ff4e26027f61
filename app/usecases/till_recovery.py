"""Write back what the salvage lines know of the till and the restored file does not."""

from __future__ import annotations

from typing import Any

from app.domain.events import Event, EventKind, from_stamp
from app.domain.till import SaleLine, Tender, TenderKind, cash_of, total
from app.storage import stock_moves, till
from app.storage.work import Work, millis


def bring_back(work: Work, entry: dict[str, Any]) -> None:
    """Write a shift's opening or a move of cash, unless it is here."""
    if "shift" in entry:
        _ensure_shift(work, entry["shift"], at=entry["at"], by=entry["by"], float_fen=entry["float_fen"])
    elif not work.conn.execute("SELECT 1 FROM cash_moves WHERE id = ?", (entry["cash"],)).fetchone():
        till.insert_cash(
            work.conn,
            entry["cash"],
            entry["shift_id"],
            at=entry["at"],
            by=entry["by"],
            fen=entry["amount_fen"],
            reason=entry["reason"],
        )


def bring_back_event(work: Work, event: Event) -> None:
    """Write the sale, refund or closing that an event tells of."""
    effect = {
        EventKind.SOLD: _sold,
        EventKind.SALE_REFUNDED: _refunded,
        EventKind.SHIFT_CLOSED: _closed,
    }.get(event.kind)
    if effect:
        effect(work, event)


def _sold(work: Work, event: Event) -> None:
    body, lines, tenders = event.body, _lines(work, event), _tenders(event)
    _ensure_shift(work, body["shift_id"], at=millis(event.at), by=event.by, float_fen=0)
    work.conn.execute(
        f"INSERT INTO sales ({till.SALE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own constant
        (
            body["sale_id"],
            body["receipt"],
            millis(event.at),
            event.by,
            body["shift_id"],
            body["attempt_id"],
            body["manager"],
            total(lines),
            cash_of(tenders),
            till.pack_lines(lines),
            till.pack_tenders(tenders),
        ),
    )
    pieces = [(line.product_number, -line.quantity) for line in lines]
    stock_moves.move(work, pieces, cause="sale", of=body["sale_id"], event_seq=event.seq)


def _refunded(work: Work, event: Event) -> None:
    body, lines = event.body, _lines(work, event)
    _ensure_shift(work, body["shift_id"], at=millis(event.at), by=event.by, float_fen=0)
    work.conn.execute(
        "INSERT INTO refunds (id, sale_id, at, by, shift_id, manager, reason, amount_fen, lines, tenders)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            body["refund_id"],
            body["sale_id"],
            millis(event.at),
            event.by,
            body["shift_id"],
            body["manager"],
            body["reason"],
            body["amount_fen"],
            till.pack_lines(lines),
            till.pack_tenders(_tenders(event)),
        ),
    )
    pieces = [(line.product_number, line.quantity) for line in lines]
    stock_moves.move(work, pieces, cause="refund", of=body["refund_id"], event_seq=event.seq)


def _closed(work: Work, event: Event) -> None:
    body = event.body
    opened_at = millis(from_stamp(body["opened_at"]))
    _ensure_shift(work, body["shift_id"], at=opened_at, by=body["opened_by"], float_fen=body["float_fen"])
    till.close_shift(
        work.conn,
        body["shift_id"],
        at=millis(event.at),
        by=event.by,
        counted_fen=body["counted_fen"],
        expected_fen=body["expected_fen"],
        accepted=(body["accepted_by"], body["reason"]),
    )


def _ensure_shift(work: Work, shift_id: str, *, at: int, by: str, float_fen: int) -> None:
    if work.conn.execute("SELECT 1 FROM shifts WHERE id = ?", (shift_id,)).fetchone():
        return
    # The lines are in the order of what happened: a shift that the backup has open was closed before this one began.
    work.conn.execute("UPDATE shifts SET closed_at = ? WHERE closed_at IS NULL", (at,))
    till.insert_shift(work.conn, shift_id, at=at, by=by, float_fen=float_fen)


def _lines(work: Work, event: Event) -> list[SaleLine]:
    names = {number: product.name for number, product in work.known.products.items()}
    return [
        SaleLine(line["product_number"], line["quantity"], line["price_fen"], names.get(line["product_number"], ""))
        for line in event.body["lines"]
    ]


def _tenders(event: Event) -> list[Tender]:
    return [Tender(TenderKind(kind), fen, reference) for kind, fen, reference in event.body["tenders"]]
