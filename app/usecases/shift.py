"""The till's shift: open it with a float, put cash in and take it out, count blind and close."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.changes import Changes
from app.domain import papers
from app.domain.document import Document
from app.domain.events import EventKind, stamp
from app.domain.money import MOST_FEN
from app.domain.papers import Letterhead, ShiftTimes
from app.domain.till import Takings, takings
from app.errors import NeedsManager, NoShift, Refused, ShiftIsOpen
from app.storage import till
from app.storage.till import ShiftRow
from app.storage.work import Work, from_millis, millis
from app.usecases.print_queue import queue_print

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift for people: what it expects in the drawer is not told while it is open, so that counting stays blind."""

    id: str
    opened_at: datetime
    opened_by: str
    float_fen: int
    sales: int
    closed_at: datetime | None = None
    closed_by: str = ""
    counted_fen: int | None = None
    difference_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """What came of counting: closed, or a difference (counted less expected) that a manager has to accept.

    `first_off_fen`: how far an earlier count of this shift was off; None where there was none.
    """

    closed: bool
    difference_fen: int
    changes: Changes
    first_off_fen: int | None = None
    report: Document | None = None


def current_shift(work: Work) -> Shift | None:
    """Return the shift that is open."""
    row = till.open_shift(work.conn)
    return _shift(work, row) if row else None


def past_shifts(work: Work, limit: int = 20) -> tuple[Shift, ...]:
    """List the closed shifts, the last one first."""
    rows = work.conn.execute(
        f"SELECT {till.SHIFT_COLUMNS} FROM shifts WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT ?",  # noqa: S608 - our own constant
        (limit,),
    ).fetchall()
    return tuple(_shift(work, ShiftRow(*row)) for row in rows)


def open_shift(work: Work, float_fen: int, *, by: str) -> Changes:
    """Open the till with so much change in its drawer."""
    if till.open_shift(work.conn):
        raise ShiftIsOpen("The till is open already.")
    if not 0 <= float_fen <= MOST_FEN:
        raise Refused("The float is an amount from 0 up.")
    id, at = work.new_id(), millis(work.now)
    till.insert_shift(work.conn, id, at=at, by=by, float_fen=float_fen)
    work.mirrored.append({"shift": id, "at": at, "by": by, "float_fen": float_fen})
    return Changes(till=True)


def move_cash(work: Work, amount_fen: int, *, by: str, reason: str) -> Changes:
    """Put cash into the drawer (+) or take it out (-), for a reason."""
    shift, reason = the_shift(work), reason.strip()[:LONGEST_REASON]
    if not amount_fen or abs(amount_fen) > MOST_FEN:
        raise Refused("Say how much cash goes in or out.")
    if not reason:
        raise Refused("A reason is missing: what is the cash for?")
    id, at = work.new_id(), millis(work.now)
    till.insert_cash(work.conn, id, shift.id, at=at, by=by, fen=amount_fen, reason=reason)
    work.mirrored.append(
        {"cash": id, "shift_id": shift.id, "at": at, "by": by, "amount_fen": amount_fen, "reason": reason}
    )
    return Changes(till=True)


def close_shift(
    work: Work, counted_fen: int, *, by: str, language: str, manager: str = "", reason: str = ""
) -> Closing:
    """Close the shift with what was counted, before anybody was told what there must be.

    A difference stays open until a manager accepts it with a reason. Once a count was off, so does whatever is counted
    afterwards: who was told the difference could count to fit. What matches at once needs nobody.
    """
    shift = the_shift(work)
    if not 0 <= counted_fen <= MOST_FEN:
        raise Refused("What was counted is an amount from 0 up.")
    found, first_off = _takings(work, shift), _first_off(shift)
    difference = counted_fen - found.expected_fen
    disputed = bool(difference) or first_off is not None
    if disputed and not manager:
        if first_off is None:
            till.note_first_count(work.conn, shift.id, counted_fen, found.expected_fen)
        return Closing(False, difference, Changes(), first_off)
    if disputed and not reason.strip():
        raise NeedsManager("A manager accepts a difference with a reason.")
    accepted = (manager, reason.strip()[:LONGEST_REASON]) if disputed else ("", "")
    counted = papers.Counted(counted_fen, *accepted, first_off)
    report = _report(work, shift, found, counted, by=by, language=language)
    till.close_shift(
        work.conn,
        shift.id,
        at=millis(work.now),
        by=by,
        counted_fen=counted_fen,
        expected_fen=found.expected_fen,
        accepted=accepted,
        report=json.dumps(report.as_json, ensure_ascii=False),
    )
    work.record(EventKind.SHIFT_CLOSED, None, by=by, body=_body(work, shift, found, counted))
    changes = Changes(till=True, outbox=True) | queue_print(work, report)
    return Closing(True, difference, changes, first_off, report)


def shift_report(work: Work, shift_id: str, *, language: str = "zh_CN") -> Document:
    """Return a closed shift's report as it was printed; one that was brought back from the journal is made anew."""
    row = work.conn.execute(
        f"SELECT {till.SHIFT_COLUMNS} FROM shifts WHERE id = ? AND closed_at IS NOT NULL",  # noqa: S608 - our own constant
        (shift_id,),
    ).fetchone()
    if row is None:
        raise NoShift("This shift has no report yet.")
    shift = ShiftRow(*row)
    if shift.report:
        return Document.from_json(json.loads(shift.report))
    counted = papers.Counted(shift.counted_fen or 0, shift.accepted_by, shift.reason)
    return _report(work, shift, _takings(work, shift), counted, by=shift.closed_by, language=language)


def the_shift(work: Work) -> ShiftRow:
    """Return the open shift, or raise `NoShift`."""
    shift = till.open_shift(work.conn)
    if shift is None:
        raise NoShift("The till is closed: open a shift first.")
    return shift


def letterhead(work: Work, *, by: str, language: str, at: datetime | None = None) -> Letterhead:
    """Return the head of what happened now, or at another time."""
    store = work.known.store
    local = local_time(work)
    return Letterhead(store.name if store else "", store.address if store else "", language, local(at or work.now), by)


def local_time(work: Work) -> Callable[[datetime], datetime]:
    """Return what turns aware UTC into the store's time."""
    zone: tzinfo | None = None
    if work.known.store:
        try:
            zone = ZoneInfo(work.known.store.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            zone = None
    return lambda at: at.astimezone(zone)


def _takings(work: Work, shift: ShiftRow) -> Takings:
    moves = [row[0] for row in work.conn.execute("SELECT amount_fen FROM cash_moves WHERE shift_id = ?", (shift.id,))]
    sales, refunds = (till.payments(work.conn, table, shift.id) for table in ("sales", "refunds"))
    return takings(shift.float_fen, sales, refunds, moves)


def _report(
    work: Work, shift: ShiftRow, found: Takings, counted: papers.Counted, *, by: str, language: str
) -> Document:
    times = ShiftTimes(local_time(work)(from_millis(shift.opened_at)), shift.opened_by, shift.float_fen)
    closed_at = from_millis(shift.closed_at) if shift.closed_at is not None else None
    return papers.shift_report(letterhead(work, by=by, language=language, at=closed_at), times, found, counted)


def _first_off(shift: ShiftRow) -> int | None:
    """Return how far the first count of an open shift was off, if there was one."""
    if shift.counted_fen is None or shift.expected_fen is None:
        return None
    return shift.counted_fen - shift.expected_fen


def _body(work: Work, shift: ShiftRow, found: Takings, counted: papers.Counted) -> dict[str, object]:
    return {
        "shift_id": shift.id,
        "terminal": work.me.terminal_name,
        "opened_at": stamp(from_millis(shift.opened_at)),
        "opened_by": shift.opened_by,
        "float_fen": shift.float_fen,
        "counted_fen": counted.counted_fen,
        "expected_fen": found.expected_fen,
        "accepted_by": counted.accepted_by,
        "reason": counted.reason,
        "sales": found.sales,
        "sales_fen": found.sales_fen,
        "refunds_fen": found.refunds_fen,
        "cash_moves_fen": found.cash_moves_fen,
        "tenders": {kind.value: fen for kind, fen in found.tenders.items()},
        "first_off_fen": counted.first_off_fen,
    }


def _shift(work: Work, row: ShiftRow) -> Shift:
    sales = work.conn.execute("SELECT count(*) FROM sales WHERE shift_id = ?", (row.id,)).fetchone()[0]
    closed = row.closed_at is not None and row.counted_fen is not None and row.expected_fen is not None
    return Shift(
        id=row.id,
        opened_at=from_millis(row.opened_at),
        opened_by=row.opened_by,
        float_fen=row.float_fen,
        sales=sales,
        closed_at=from_millis(row.closed_at) if row.closed_at is not None else None,
        closed_by=row.closed_by,
        counted_fen=row.counted_fen if closed else None,
        difference_fen=(row.counted_fen or 0) - (row.expected_fen or 0) if closed else None,
    )
