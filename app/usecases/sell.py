"""Sell at the counter and take back: money, goods, receipt and event in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.changes import Changes
from app.domain import papers, receipt_code
from app.domain import till as rules
from app.domain.document import Document
from app.domain.events import EventKind
from app.domain.receipt_code import ReceiptCode
from app.domain.till import SaleLine, Tender
from app.errors import DiskFull, NeedsManager, NotFound, Refused
from app.storage import stock_moves, till
from app.storage.work import Work, from_millis, millis
from app.usecases.grant import LEAST_FREE_BYTES
from app.usecases.print_queue import queue_print
from app.usecases.shift import LONGEST_REASON, letterhead, the_shift


@dataclass(frozen=True, slots=True)
class SaleRequest:
    """A clerk's intent to sell; `sale_id` was born with it, so a repeat is the same sale.

    `cash_given_fen`: what the customer put down, 0 when it was exact. `attempt_id`: the hand-over that it is added to,
    if any. `manager`: who allowed prices that are not the catalogue's, and `reason` why.
    """

    sale_id: str
    lines: tuple[SaleLine, ...]
    tenders: tuple[Tender, ...]
    by: str
    language: str = "zh_CN"
    cash_given_fen: int = 0
    attempt_id: str = ""
    manager: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale as it was made; `left` is what of it can still go back, `returnable` what by phone or card."""

    id: str
    receipt: int
    at: datetime
    by: str
    lines: tuple[SaleLine, ...]
    tenders: tuple[Tender, ...]
    cash_given_fen: int
    left: tuple[SaleLine, ...]
    returnable: tuple[Tender, ...] = ()
    order: str = ""

    @property
    def total_fen(self) -> int:
        """What it cost."""
        return rules.total(self.lines)

    @property
    def change_fen(self) -> int:
        """What the customer got back of the cash."""
        return rules.change_fen(self.tenders, self.cash_given_fen)


@dataclass(frozen=True, slots=True)
class Sold:
    """The sale stands, durably."""

    sale: Sale
    changes: Changes


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """What goes back of a sale, and why; `refund_id` was born with the wish."""

    refund_id: str
    receipt: int
    lines: tuple[SaleLine, ...]
    tenders: tuple[Tender, ...]
    by: str
    manager: str
    reason: str
    language: str = "zh_CN"


def sell(work: Work, request: SaleRequest) -> Sold:
    """Sell; the same sale again answers the same.

    Raises `NoShift` without an open shift, `NeedsManager` for another price than the catalogue's, `Refused` with a
    sentence for what does not add up, `DiskFull` when it might not be recordable.
    """
    if known := _find(work, "id", request.sale_id):
        return Sold(known, Changes())
    shift = the_shift(work)
    if work.free_bytes < LEAST_FREE_BYTES:
        raise DiskFull("There is almost no disk space left: sell nothing until some is freed.")
    _allow(work, request)
    receipt = work.conn.execute("SELECT coalesce(max(receipt), 0) + 1 FROM sales").fetchone()[0]
    work.conn.execute(
        f"INSERT INTO sales ({till.SALE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own constant
        (
            request.sale_id,
            receipt,
            millis(work.now),
            request.by,
            shift.id,
            request.attempt_id,
            request.manager,
            rules.total(request.lines),
            request.cash_given_fen,
            till.pack_lines(request.lines),
            till.pack_tenders(request.tenders),
        ),
    )
    # HQ counts it as an add-on of the order that it goes with.
    order_number = _order_number(work, request.attempt_id)
    body = _sold_body(work, request, receipt, shift.id)
    event = work.record(EventKind.SOLD, order_number, by=request.by, body=body)
    _move(work, request.lines, sign=-1, cause="sale", of=request.sale_id, seq=event.seq)
    sale = _the_sale(work, "id", request.sale_id)
    changes = Changes(till=True, stock=True, outbox=True)
    return Sold(sale, changes | queue_print(work, _receipt(work, sale, request.language)))


def refund(work: Work, request: RefundRequest) -> Sold:
    """Take goods of a sale back and pay for them; never more than was sold, by a manager with a reason."""
    sale = find_sale(work, request.receipt)
    if work.conn.execute("SELECT 1 FROM refunds WHERE id = ?", (request.refund_id,)).fetchone():
        return Sold(sale, Changes())
    shift, reason = the_shift(work), request.reason.strip()[:LONGEST_REASON]
    if not request.manager or not reason:
        raise NeedsManager("Only a manager may take a sale back, and must say why.")
    if not rules.is_part(request.lines, sale.left):
        raise Refused("Only what was sold, and has not gone back already, can be taken back.")
    if flaw := rules.flaw_of_refund(request.lines, request.tenders, sale.returnable):
        raise Refused(flaw)
    amount = rules.total(request.lines)
    work.conn.execute(
        "INSERT INTO refunds (id, sale_id, at, by, shift_id, manager, reason, amount_fen, lines, tenders)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            request.refund_id,
            sale.id,
            millis(work.now),
            request.by,
            shift.id,
            request.manager,
            reason,
            amount,
            till.pack_lines(request.lines),
            till.pack_tenders(request.tenders),
        ),
    )
    body = {
        "sale_id": sale.id,
        "refund_id": request.refund_id,
        "shift_id": shift.id,
        "lines": _event_lines(request.lines),
        "amount_fen": amount,
        "tenders": till.tenders_json(request.tenders),
        "manager": request.manager,
        "reason": reason,
    }
    event = work.record(EventKind.SALE_REFUNDED, None, by=request.by, body=body)
    _move(work, request.lines, sign=1, cause="refund", of=request.refund_id, seq=event.seq)
    head = letterhead(work, by=request.by, language=request.language)
    paper = papers.refund_receipt(head, sale.receipt, request.lines, request.tenders, reason)
    changes = Changes(till=True, stock=True, outbox=True) | queue_print(work, paper)
    return Sold(find_sale(work, request.receipt), changes)


def find_sale(work: Work, receipt: int) -> Sale:
    """Return a sale by its receipt's number, or raise `NotFound`."""
    return _the_sale(work, "receipt", receipt)


def find_receipt(work: Work, code: ReceiptCode) -> Sale:
    """Return the sale of a scanned receipt, or raise `NotFound`: another till numbers its receipts too."""
    sale = find_sale(work, code.receipt)
    if receipt_code.of_sale(sale.id, sale.receipt) != code:
        raise NotFound("This receipt is another till's.")
    return sale


def recent_sales(work: Work, limit: int = 8) -> tuple[Sale, ...]:
    """List the last sales, newest first."""
    numbers = work.conn.execute("SELECT receipt FROM sales ORDER BY receipt DESC LIMIT ?", (limit,)).fetchall()
    return tuple(find_sale(work, row[0]) for row in numbers)


def reprint(work: Work, receipt: int, *, language: str) -> Changes:
    """Print a sale's receipt again; the drawer stays closed."""
    paper = _receipt(work, find_sale(work, receipt), language)
    return queue_print(work, Document(paper.title, paper.paper, paper.parts))


def _allow(work: Work, request: SaleRequest) -> None:
    if flaw := rules.flaw_of_sale(request.lines, request.tenders, request.cash_given_fen):
        raise Refused(flaw)
    products = work.known.products
    for line in request.lines:
        product = products.get(line.product_number)
        if product is None:
            raise Refused(f"Product {line.product_number} is not in the catalogue.")
        if line.price_fen != product.price_fen and not request.manager:
            raise NeedsManager("Only a manager may change a price.")
    if request.attempt_id and _order_number(work, request.attempt_id) is None:
        raise Refused("The hand-over that this is added to was never begun.")


def _receipt(work: Work, sale: Sale, language: str) -> Document:
    head = letterhead(work, by=sale.by, language=language, at=sale.at)
    code = receipt_code.of_sale(sale.id, sale.receipt)
    return papers.receipt(head, code, sale.lines, sale.tenders, sale.cash_given_fen, sale.order)


def _sold_body(work: Work, request: SaleRequest, receipt: int, shift_id: str) -> dict[str, object]:
    largest = max(request.tenders, key=lambda tender: tender.fen, default=None)
    return {
        "sale_id": request.sale_id,
        "receipt": receipt,
        "shift_id": shift_id,
        "terminal": work.me.terminal_name,
        "attempt_id": request.attempt_id,
        "manager": request.manager,
        "reason": request.reason.strip()[:LONGEST_REASON],
        "tender": largest.kind.value if largest else "",
        "tenders": till.tenders_json(request.tenders),
        "lines": _event_lines(request.lines),
    }


def _event_lines(lines: Sequence[SaleLine]) -> list[dict[str, int]]:
    return [
        {"product_number": line.product_number, "quantity": line.quantity, "price_fen": line.price_fen}
        for line in lines
    ]


def _move(work: Work, lines: Sequence[SaleLine], *, sign: int, cause: str, of: str, seq: int) -> None:
    pieces = [(line.product_number, sign * line.quantity) for line in lines]
    stock_moves.move(work, pieces, cause=cause, of=of, event_seq=seq)


def _the_sale(work: Work, key: str, value: str | int) -> Sale:
    sale = _find(work, key, value)
    if sale is None:
        raise NotFound("There is no such receipt here.")
    return sale


def _find(work: Work, key: str, value: str | int) -> Sale | None:
    row = work.conn.execute(f"SELECT {till.SALE_COLUMNS} FROM sales WHERE {key} = ?", (value,)).fetchone()  # noqa: S608 - our own names
    if row is None:
        return None
    id, receipt, at, by, _, attempt_id, _, _, given, lines, tenders = row
    sold, paid = till.unpack_lines(lines), till.unpack_tenders(tenders)
    back = work.conn.execute("SELECT lines, tenders FROM refunds WHERE sale_id = ?", (id,)).fetchall()
    refunded = [line for packed, _ in back for line in till.unpack_lines(packed)]
    paid_back = [tender for _, packed in back for tender in till.unpack_tenders(packed)]
    return Sale(
        id=id,
        receipt=receipt,
        at=from_millis(at),
        by=by,
        lines=sold,
        tenders=paid,
        cash_given_fen=given,
        left=rules.left_to_refund(sold, refunded),
        returnable=rules.returnable(paid, paid_back),
        order=_order_label(work, attempt_id) if attempt_id else "",
    )


def _order_number(work: Work, attempt_id: str) -> int | None:
    row = work.conn.execute("SELECT order_number FROM claims WHERE attempt_id = ?", (attempt_id,)).fetchone()
    return row[0] if row else None


def _order_label(work: Work, attempt_id: str) -> str:
    number = _order_number(work, attempt_id)
    return "" if number is None else f"#{number % 10_000:04d}"
