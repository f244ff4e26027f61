"""The till: what is sold, taken back and counted adds up, whoever asks twice and whatever fails in between."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import receipt_code
from app.domain.barcode import is_barcode
from app.domain.document import Code, Document
from app.domain.money import format_fen
from app.domain.order import Line
from app.domain.records import OrderRecord, StockRecord
from app.domain.till import SaleLine, Tender, TenderKind, flaw_of_sale, left_to_refund, split_refund, takings, total
from app.errors import NeedsManager, NoShift, NotFound, Refused, ShiftIsOpen
from app.usecases.count_stock import count_stock
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over
from app.usecases.revoke import revoke
from app.usecases.sell import RefundRequest, SaleRequest, find_receipt, find_sale, refund, reprint, sell
from app.usecases.set_offer import set_offer
from app.usecases.shift import Shift, close_shift, current_shift, move_cash, open_shift, past_shifts, shift_report
from app.usecases.stock import StockRow, list_evening, stock
from tests.core.till import Till

CROISSANTS = SaleLine(1002, 2, 900, "Croissant")
PORK = SaleLine(1001, 1, 3800, "Braised pork")
LINES = (CROISSANTS, PORK)
CASH = (Tender(TenderKind.CASH, 5600),)
SALE = SaleRequest("sale-1", LINES, CASH, "Li Na", language="en", cash_given_fen=10000)


def rows(till: Till) -> dict[int, StockRow]:
    return {row.product.number: row for row in till(stock)}


def events(till: Till) -> list[str]:
    return [row[0] for row in till.sql("SELECT kind FROM events ORDER BY seq")]


def texts(document: Document) -> str:
    return "\n".join(
        f"{getattr(part, 'text', '')}{getattr(part, 'left', '')}\t{getattr(part, 'right', '')}"
        for part in document.parts
    )


def test_a_shift_from_its_float_to_its_report(till: Till) -> None:
    with pytest.raises(NoShift):
        till(sell, SALE)
    till(open_shift, 20000, by="Li Na")
    with pytest.raises(ShiftIsOpen):
        till(open_shift, 1, by="Li Na")
    sold = till(sell, SALE)
    assert (sold.sale.receipt, sold.sale.total_fen, sold.sale.change_fen) == (1, 5600, 4400)
    assert till(sell, SALE).sale == sold.sale
    till(
        sell,
        replace(
            SALE, sale_id="sale-2", tenders=(Tender(TenderKind.CASH, 600), Tender(TenderKind.WECHAT, 5000, "42000"))
        ),
    )
    till(move_cash, -10000, by="Li Na", reason="to the bank")
    till(
        refund,
        RefundRequest(
            "back-1", 1, (SaleLine(1002, 1, 900),), (Tender(TenderKind.CASH, 900),), "Li Na", "Wang", "stale"
        ),
    )
    expected = 20000 + 5600 + 600 - 10000 - 900
    open_now = till(current_shift)
    assert open_now
    assert (open_now.sales, open_now.difference_fen) == (2, None)
    count_and_close(till, expected, open_now)


def count_and_close(till: Till, expected: int, open_now: Shift) -> None:
    """Count blind: who was told how far it is off cannot count to fit, a manager accepts it with a reason."""
    off = till(close_shift, expected - 100, by="Li Na", language="en")
    assert (off.closed, off.difference_fen, till(current_shift)) == (False, -100, open_now)
    fits = till(close_shift, expected, by="Li Na", language="en")
    assert (fits.closed, fits.difference_fen, fits.first_off_fen) == (False, 0, -100)
    with pytest.raises(NeedsManager):
        till(close_shift, expected - 100, by="Li Na", language="en", manager="Wang", reason=" ")
    done = till(close_shift, expected - 100, by="Li Na", language="en", manager="Wang", reason="gave too much change")
    assert done.closed
    assert till(current_shift) is None
    shift = till(past_shifts)[0]
    assert (shift.counted_fen, shift.difference_fen, shift.closed_by) == (expected - 100, -100, "Li Na")
    said = texts(till(shift_report, shift.id))
    assert f"Expected in drawer\t{format_fen(expected)}" in said
    assert "Accepted by\tWang" in said
    assert "First count was off\t-¥1.00" in said
    # One that came back from the journal has no report of its own: it is made anew.
    till.storage._conn.execute("UPDATE shifts SET report = ''")
    assert f"Expected in drawer\t{format_fen(expected)}" in texts(till(shift_report, shift.id, language="en"))
    assert events(till) == ["sold", "sold", "sale_refunded", "shift_closed"]
    body = till.sql("SELECT body FROM events WHERE kind = 'shift_closed'")[0][0]
    assert f'"expected_fen":{expected}' in body
    assert '"first_off_fen":-100' in body
    assert [row[0] for row in till.sql("SELECT title FROM print_jobs ORDER BY id")] == [
        "Receipt 000001",
        "Receipt 000002",
        "退款小票 000001",
        f"{done.report.title if done.report else ''}",
    ]
    with pytest.raises(NoShift):
        till(move_cash, 100, by="Li Na", reason="late")


def test_only_what_was_sold_goes_back_and_only_once(till: Till) -> None:
    till(open_shift, 0, by="Li Na")
    till(sell, SALE)
    wish = RefundRequest("back-1", 1, LINES, CASH, "Li Na", "Wang", "wrong goods")
    for unsaid in (replace(wish, manager=""), replace(wish, reason="")):
        with pytest.raises(NeedsManager):
            till(refund, unsaid)
    with pytest.raises(NotFound):
        till(refund, replace(wish, receipt=7))
    too_many = (replace(CROISSANTS, quantity=3),)
    with pytest.raises(Refused):
        till(refund, replace(wish, lines=too_many, tenders=(Tender(TenderKind.CASH, 2700),)))
    assert till(refund, wish).sale.left == ()
    assert till(refund, wish).sale.left == ()
    with pytest.raises(Refused):
        till(refund, replace(wish, refund_id="back-2", lines=(PORK,), tenders=(Tender(TenderKind.CASH, 3800),)))
    assert events(till) == ["sold", "sale_refunded"]
    till(reprint, 1, language="en")
    printed = till.sql("SELECT document FROM print_jobs ORDER BY id")
    assert ['"opens_drawer": true' in row[0] for row in printed] == [True, True, False]


def test_no_more_goes_back_by_phone_than_was_paid_so(till: Till) -> None:
    till(open_shift, 0, by="Li Na")
    phone, cash = Tender(TenderKind.WECHAT, 1000, "42000"), Tender(TenderKind.CASH, 4600)
    sale = till(sell, replace(SALE, tenders=(phone, cash), cash_given_fen=0)).sale
    assert sale.returnable == (phone,)
    by_phone = (Tender(TenderKind.WECHAT, 1800, "42000"),)
    wish = RefundRequest("back-1", 1, (CROISSANTS,), by_phone, "Li Na", "Wang", "stale")
    with pytest.raises(Refused, match="by phone"):
        till(refund, wish)
    split = split_refund(1800, TenderKind.WECHAT, sale.returnable)
    assert split == (phone, Tender(TenderKind.CASH, 800))
    after = till(refund, replace(wish, tenders=split)).sale
    assert (after.returnable, split_refund(3800, TenderKind.WECHAT, after.returnable)) == (
        (),
        (Tender(TenderKind.CASH, 3800),),
    )


def test_a_receipts_code_finds_its_sale_and_no_other_tills(till: Till) -> None:
    till(open_shift, 0, by="Li Na")
    sale = till(sell, SALE).sale
    till.clock.forward(timedelta(hours=3))
    till(reprint, 1, language="en")
    first, again = (Document.from_json(json.loads(row[0])) for row in till.sql("SELECT document FROM print_jobs"))
    # Printed again, a receipt still says when it was.
    assert (texts(first), first.opens_drawer, again.opens_drawer) == (texts(again), True, False)
    code = receipt_code.read(next(part.text for part in again.parts if isinstance(part, Code)))
    assert code
    assert till(find_receipt, code) == sale
    with pytest.raises(NotFound):
        till(find_receipt, receipt_code.of_sale("another till's", 1))
    assert receipt_code.read(code.text[:-1] + "0123456789"[int(code.text[-1]) - 1]) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("6901234000092", True),
        ("６９０１２３４００００９２", True),
        ("96385074", True),
        ("036000291452", True),
        ("6901234000093", False),
        ("SKU-1", False),
        ("1" * 300, False),
    ],
)
def test_barcodes_are_told_from_other_scans(text: str, is_one: bool) -> None:
    assert is_barcode(text) is is_one


def test_a_price_needs_a_manager_and_an_add_on_its_hand_over(till: Till, ready: OrderRecord) -> None:
    till(open_shift, 0, by="Li Na")
    cheaper = (replace(PORK, price_fen=2000),)
    sale = SaleRequest("sale-1", cheaper, (Tender(TenderKind.CASH, 2000),), "Li Na")
    with pytest.raises(NeedsManager):
        till(sell, sale)
    with pytest.raises(Refused):
        till(sell, replace(sale, manager="Wang", attempt_id="never begun"))
    till(grant, GrantRequest("attempt-1", ready.number, "Li Na", till.code(ready)))
    sold = till(sell, replace(sale, manager="Wang", attempt_id="attempt-1"))
    assert sold.sale.order == f"#{ready.number % 10_000:04d}"
    assert till(find_sale, 1) == sold.sale


@pytest.mark.parametrize(
    ("lines", "tenders", "given"),
    [
        ((), CASH, 0),
        ((replace(PORK, quantity=0),), (Tender(TenderKind.CASH, 0),), 0),
        (LINES, (Tender(TenderKind.CASH, 5599),), 0),
        (LINES, CASH, 5000),
        (LINES, (Tender(TenderKind.ALIPAY, 5600),), 0),
        (LINES, (Tender(TenderKind.CARD, 5600, "x" * 65),), 0),
        (LINES, (Tender(TenderKind.CASH, 5601), Tender(TenderKind.CASH, -1)), 0),
    ],
)
def test_what_does_not_add_up_is_refused(
    till: Till, lines: tuple[SaleLine, ...], tenders: tuple[Tender, ...], given: int
) -> None:
    till(open_shift, 0, by="Li Na")
    with pytest.raises(Refused):
        till(sell, replace(SALE, lines=lines, tenders=tenders, cash_given_fen=given))
    assert (till.sql("SELECT * FROM sales"), events(till)) == ([], [])


def test_stock_is_hqs_word_and_what_happened_since(till: Till, ready: OrderRecord) -> None:
    till.feed(StockRecord(1001, 10, 4, True), StockRecord(1002, 5, 1, False))
    assert (rows(till)[1001].available, rows(till)[1002].listed, rows(till)[1003].available) == (6, False, None)
    till(grant, GrantRequest("attempt-1", ready.number, "Li Na", till.code(ready)))
    till(hand_over, "attempt-1", by="Li Na")
    till(open_shift, 0, by="Li Na")
    till(sell, SALE)
    pork, croissant = rows(till)[1001], rows(till)[1002]
    # The order's two pieces were promised: they leave both piles, the sale's one only what is on hand.
    assert (pork.on_hand, pork.reserved, pork.available, pork.unsent) == (7, 2, 5, True)
    assert (croissant.on_hand, croissant.reserved) == (2, 0)
    till(count_stock, {1001: 20}, by="Li Na")
    assert (rows(till)[1001].on_hand, rows(till)[1001].reserved) == (20, 2)
    till(revoke, ready.number, manager="Wang", reason="wrong bag", by="Li Na")
    assert (rows(till)[1001].on_hand, rows(till)[1001].reserved) == (22, 4)
    till(set_offer, [1002], offered=True, by="Li Na")
    assert rows(till)[1002].listed
    # HQ has it all: its own balance is the truth again.
    till.storage._conn.execute("DELETE FROM outbox")
    till.feed(StockRecord(1001, 21, 4, True))
    assert (rows(till)[1001].on_hand, rows(till)[1001].unsent) == (21, False)


def test_what_is_left_tonight_is_counted_and_offered_in_one(till: Till) -> None:
    till.feed(StockRecord(1001, 10, 0, False), StockRecord(1002, 5, 0, True))
    till(list_evening, {1001: 3, 1002: 0}, by="Li Na")
    found = rows(till)
    assert [(found[n].on_hand, found[n].listed) for n in (1001, 1002)] == [(3, True), (0, False)]
    assert events(till) == ["stock_counted", "offer_changed", "offer_changed"]


LINE = st.builds(SaleLine, st.integers(1, 3), st.integers(1, 5), st.integers(0, 3).map(lambda yuan: yuan * 100))


@given(st.lists(LINE, min_size=1, max_size=6), st.data())
def test_what_is_left_and_what_went_back_are_what_was_sold(sold: list[SaleLine], data: st.DataObject) -> None:
    back: list[SaleLine] = []
    left = left_to_refund(sold, back)
    for _ in range(data.draw(st.integers(0, 8))):
        if not left:
            break
        line = data.draw(st.sampled_from(left))
        back.append(replace(line, quantity=data.draw(st.integers(1, line.quantity))))
        left = left_to_refund(sold, back)
    assert total(left) + total(back) == total(sold)
    tenders = [(Tender(TenderKind.CASH, total(sold)),)] if total(sold) else []
    paid = [(Tender(TenderKind.CASH, total(back)),)] if total(back) else []
    assert takings(500, tenders, paid, [7]).expected_fen == 507 + total(left)
    assert flaw_of_sale(sold, tenders[0] if tenders else (), 0) == ""


def test_sales_since_the_backup_come_back_from_the_journal(till: Till, ready: OrderRecord) -> None:
    assert ready.lines[0] == Line(1001, 2, "Braised pork")
    till(open_shift, 1000, by="Li Na")
    till(sell, SALE)
    till(move_cash, 500, by="Li Na", reason="change")
    till(refund, RefundRequest("back-1", 1, (PORK,), (Tender(TenderKind.CASH, 3800),), "Li Na", "Wang", "cold"))
    before = {table: till.sql(f"SELECT * FROM {table}") for table in ("shifts", "cash_moves", "refunds")}
    sale = till(find_sale, 1)
    from app.storage.mirror import salvage
    from app.usecases import recover

    entries = list(salvage(till.folder))
    for table in ("refunds", "cash_moves", "sales", "shifts", "stock_moves", "outbox"):
        till.storage._conn.execute(f"DELETE FROM {table}")
    till.storage._conn.execute("DROP TRIGGER events_stay")
    till.storage._conn.execute("DELETE FROM events")
    till(lambda work: recover.replay(work, entries))
    assert {table: till.sql(f"SELECT * FROM {table}") for table in before} == before
    again = till(find_sale, 1)
    assert (again.lines, again.tenders, again.left) == (sale.lines, sale.tenders, sale.left)
    assert till.sql("SELECT sum(quantity) FROM stock_moves") == [(-2,)]
