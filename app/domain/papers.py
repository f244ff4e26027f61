"""What stands on a receipt, a refund's receipt and a shift's report, in the shop's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.document import Align, Code, Document, Pair, Paper, Part, Rule, Size, Space, Text
from app.domain.money import format_fen
from app.domain.receipt_code import ReceiptCode
from app.domain.till import SaleLine, Takings, Tender, TenderKind, cash_of, change_fen, total

_WORDS = {
    "receipt": ("销售小票", "Receipt"),
    "refund": ("退款小票", "Refund"),
    "report": ("交班报表", "Shift report"),
    "no": ("小票号", "No."),
    "of_receipt": ("原小票号", "For receipt"),
    "at": ("时间", "Time"),
    "by": ("收银员", "Clerk"),
    "with": ("随提货单", "With order"),
    "total": ("合计", "Total"),
    "given": ("实收现金", "Cash given"),
    "change": ("找零", "Change"),
    "back": ("已退", "Paid back"),
    "reason": ("原因", "Reason"),
    "thanks": ("谢谢惠顾", "Thank you"),
    "opened": ("开班", "Opened"),
    "closed": ("交班", "Closed"),
    "float": ("备用金", "Float"),
    "sales": ("销售", "Sales"),
    "refunds": ("退款", "Refunds"),
    "moves": ("现金存取", "Cash in and out"),
    "expected": ("应有现金", "Expected in drawer"),
    "counted": ("实点现金", "Counted"),
    "difference": ("差额", "Difference"),
    "first_off": ("首次清点差额", "First count was off"),
    "accepted": ("确认人", "Accepted by"),
    TenderKind.CASH: ("现金", "Cash"),
    TenderKind.WECHAT: ("微信", "WeChat"),
    TenderKind.ALIPAY: ("支付宝", "Alipay"),
    TenderKind.CARD: ("刷卡", "Card"),
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is, in which language; `at` is in the store's own zone."""

    store: str
    address: str
    language: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ShiftTimes:
    """When a shift began and ended, in the store's zone, and who did it."""

    opened_at: datetime
    opened_by: str
    float_fen: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found in the drawer, and who accepted a difference.

    `first_off_fen`: how far an earlier count of the same shift was off; None where there was none.
    """

    counted_fen: int
    accepted_by: str = ""
    reason: str = ""
    first_off_fen: int | None = None


def word(key: str, language: str) -> str:
    """Return a word of these papers."""
    return _WORDS[key][language == "en"]


def receipt(
    head: Letterhead,
    code: ReceiptCode,
    lines: Sequence[SaleLine],
    tenders: Sequence[Tender],
    cash_given_fen: int,
    order: str,
) -> Document:
    """Return a sale's receipt; `order` is the label of the order that it goes with, if any."""
    number = code.receipt
    language = head.language
    parts: list[Part] = [*_top(head, "receipt"), Pair(word("no", language), f"{number:06d}"), *_who(head)]
    if order:
        parts.append(Pair(word("with", language), order))
    parts += [Rule(), *_lines(lines), Rule(), Pair(word("total", language), format_fen(total(lines)), bold=True)]
    parts += _paid(tenders, language)
    if cash_given_fen and (back := change_fen(tenders, cash_given_fen)):
        parts += [
            Pair(word("given", language), format_fen(cash_given_fen)),
            Pair(word("change", language), format_fen(back), bold=True),
        ]
    parts += [Space(), Text(word("thanks", language), align=Align.CENTER), Code(code.text)]
    title = f"{word('receipt', language)} {number:06d}"
    return Document(title, Paper.RECEIPT, tuple(parts), opens_drawer=cash_of(tenders) > 0)


def refund_receipt(
    head: Letterhead, number: int, lines: Sequence[SaleLine], tenders: Sequence[Tender], reason: str
) -> Document:
    """Return the paper of what went back of receipt `number`."""
    language = head.language
    parts = (
        *_top(head, "refund"),
        Pair(word("of_receipt", language), f"{number:06d}"),
        *_who(head),
        Rule(),
        *_lines(lines),
        Rule(),
        Pair(word("back", language), format_fen(total(lines)), bold=True),
        *_paid(tenders, language),
        Text(f"{word('reason', language)}: {reason}"),
    )
    title = f"{word('refund', language)} {number:06d}"
    return Document(title, Paper.RECEIPT, parts, opens_drawer=cash_of(tenders) > 0)


def shift_report(head: Letterhead, shift: ShiftTimes, takings: Takings, counted: Counted) -> Document:
    """Return the Z report of a shift that `head` closes."""
    language = head.language

    def amount(key: str, fen: int, *, bold: bool = False) -> Pair:
        return Pair(word(key, language), format_fen(fen), bold=bold)

    difference = counted.counted_fen - takings.expected_fen
    parts: list[Part] = [
        *_top(head, "report"),
        Pair(word("opened", language), f"{shift.opened_at:%m-%d %H:%M} {shift.opened_by}"),
        Pair(word("closed", language), f"{head.at:%m-%d %H:%M} {head.by}"),
        Rule(),
        Pair(f"{word('sales', language)} × {takings.sales}", format_fen(takings.sales_fen)),
        Pair(f"{word('refunds', language)} × {takings.refunds}", format_fen(-takings.refunds_fen)),
        *(Pair(f"  {word(kind, language)}", format_fen(fen)) for kind, fen in takings.tenders.items()),
        Rule(),
        amount("float", shift.float_fen),
        amount("moves", takings.cash_moves_fen),
        amount("expected", takings.expected_fen),
        amount("counted", counted.counted_fen),
        amount("difference", difference, bold=True),
    ]
    if counted.first_off_fen is not None:
        parts.append(amount("first_off", counted.first_off_fen))
    if counted.accepted_by:
        parts += [
            Pair(word("accepted", language), counted.accepted_by),
            Text(f"{word('reason', language)}: {counted.reason}"),
        ]
    return Document(f"{word('report', language)} {head.at:%m-%d %H:%M}", Paper.RECEIPT, tuple(parts))


def _top(head: Letterhead, key: str) -> Iterable[Part]:
    yield Text(head.store, Size.LARGE, bold=True, align=Align.CENTER)
    if head.address:
        yield Text(head.address, align=Align.CENTER)
    yield Text(word(key, head.language), bold=True, align=Align.CENTER)
    yield Rule()


def _who(head: Letterhead) -> Iterable[Part]:
    yield Pair(word("at", head.language), f"{head.at:%Y-%m-%d %H:%M}")
    if head.by:
        yield Pair(word("by", head.language), head.by)


def _lines(lines: Iterable[SaleLine]) -> Iterable[Part]:
    for line in lines:
        yield Pair(f"{line.name} × {line.quantity}", format_fen(line.total_fen))
        if line.quantity > 1:
            yield Text(f"  {format_fen(line.price_fen)}")


def _paid(tenders: Iterable[Tender], language: str) -> Iterable[Part]:
    for tender in tenders:
        reference = f" {tender.reference}" if tender.reference else ""
        yield Pair(f"{word(tender.kind, language)}{reference}", format_fen(tender.fen))
