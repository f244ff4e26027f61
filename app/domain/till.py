"""The till's arithmetic: what a sale costs, what goes back, what must be in the drawer at the end of a shift.

All amounts are whole fen. A refund counts in the shift that pays it, whenever the sale was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_LINES = 200
MOST_PIECES = 9_999
MOST_TENDERS = 5
LONGEST_REFERENCE = 64


class TenderKind(StrEnum):
    """How something was paid."""

    CASH = "cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    CARD = "card"


# What another machine or the customer's phone books: its number tells the payment from all others.
NEEDS_REFERENCE = frozenset({TenderKind.WECHAT, TenderKind.ALIPAY})


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A product, how many, and what one cost."""

    product_number: int
    quantity: int
    price_fen: int
    name: str = ""

    @property
    def total_fen(self) -> int:
        """What the line costs."""
        return self.quantity * self.price_fen


@dataclass(frozen=True, slots=True)
class Tender:
    """A part of a payment; `reference` is the number by which its other side knows it."""

    kind: TenderKind
    fen: int
    reference: str = ""


def total(lines: Iterable[SaleLine]) -> int:
    """Return what the lines cost together."""
    return sum(line.total_fen for line in lines)


def cash_of(tenders: Iterable[Tender]) -> int:
    """Return how much of a payment is cash."""
    return sum(tender.fen for tender in tenders if tender.kind is TenderKind.CASH)


def change_fen(tenders: Sequence[Tender], cash_given_fen: int) -> int:
    """Return what the customer gets back; 0 given means that it was exact."""
    return max(0, cash_given_fen - cash_of(tenders)) if cash_given_fen else 0


def flaw_of_sale(lines: Sequence[SaleLine], tenders: Sequence[Tender], cash_given_fen: int) -> str:
    """Return why this cannot be sold so, as a sentence; empty when it can."""
    if not 1 <= len(lines) <= MOST_LINES:
        return f"A sale has from 1 to {MOST_LINES} lines."
    if any(not 1 <= line.quantity <= MOST_PIECES or line.price_fen < 0 for line in lines):
        return f"A line has from 1 to {MOST_PIECES} pieces and a price from 0 up."
    if len(tenders) > MOST_TENDERS or any(tender.fen <= 0 for tender in tenders):
        return f"A payment has at most {MOST_TENDERS} parts, each of more than nothing."
    if sum(tender.fen for tender in tenders) != total(lines):
        return "What is paid is not what the sale costs."
    if any(tender.kind in NEEDS_REFERENCE and not tender.reference.strip() for tender in tenders):
        return "A payment by phone needs the number of its receipt."
    if any(len(tender.reference) > LONGEST_REFERENCE for tender in tenders):
        return f"A payment's number has at most {LONGEST_REFERENCE} signs."
    if cash_given_fen and cash_given_fen < cash_of(tenders):
        return "The cash that was given does not reach."
    return ""


def left_to_refund(sold: Iterable[SaleLine], refunded: Iterable[SaleLine]) -> tuple[SaleLine, ...]:
    """Return what of a sale can still go back, in its order."""
    gone = Counter[tuple[int, int]]()
    for line in refunded:
        gone[line.product_number, line.price_fen] += line.quantity
    left = []
    for line in sold:
        key = (line.product_number, line.price_fen)
        back = min(gone[key], line.quantity)
        gone[key] -= back
        if line.quantity > back:
            left.append(SaleLine(line.product_number, line.quantity - back, line.price_fen, line.name))
    return tuple(left)


def is_part(wanted: Iterable[SaleLine], of: Iterable[SaleLine]) -> bool:
    """Tell whether all that is wanted is among the others, piece by piece and at the same price."""
    there, asked = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for line in of:
        there[line.product_number, line.price_fen] += line.quantity
    for line in wanted:
        asked[line.product_number, line.price_fen] += line.quantity
    return bool(asked) and all(0 < many <= there[key] for key, many in asked.items())


def returnable(paid: Iterable[Tender], back: Iterable[Tender]) -> tuple[Tender, ...]:
    """Return what of each payment by phone or card can still go back the way it came; cash always can."""
    gone = Counter[tuple[TenderKind, str]]()
    for tender in back:
        gone[tender.kind, tender.reference] += tender.fen
    left = []
    for tender in paid:
        if tender.kind is not TenderKind.CASH:
            key = (tender.kind, tender.reference)
            used = min(gone[key], tender.fen)
            gone[key] -= used
            if tender.fen > used:
                left.append(Tender(tender.kind, tender.fen - used, tender.reference))
    return tuple(left)


def split_refund(fen: int, kind: TenderKind, left: Iterable[Tender]) -> tuple[Tender, ...]:
    """Return how a sum goes back: by one kind as far as it was paid so, and the rest in cash."""
    parts = []
    for tender in left:
        if tender.kind is kind and fen:
            part = min(fen, tender.fen)
            parts.append(Tender(kind, part, tender.reference))
            fen -= part
    return (*parts, Tender(TenderKind.CASH, fen)) if fen else tuple(parts)


def flaw_of_refund(lines: Sequence[SaleLine], tenders: Sequence[Tender], left: Iterable[Tender]) -> str:
    """Return why this cannot be paid back so, as a sentence; `left` is what `returnable` says of the sale."""
    if flaw := flaw_of_sale(lines, tenders, 0):
        return flaw
    most = Counter[tuple[TenderKind, str]]()
    for tender in left:
        most[tender.kind, tender.reference] += tender.fen
    for tender in tenders:
        most[tender.kind, tender.reference] -= tender.fen
        if tender.kind is not TenderKind.CASH and most[tender.kind, tender.reference] < 0:
            return "More would go back by phone or card than was paid so."
    return ""


@dataclass(frozen=True, slots=True)
class Takings:
    """What a shift took: `tenders` is net of refunds, `expected_fen` is what must be in the drawer."""

    sales: int
    sales_fen: int
    refunds: int
    refunds_fen: int
    cash_moves_fen: int
    tenders: Mapping[TenderKind, int]
    expected_fen: int


def takings(
    float_fen: int,
    sales: Iterable[Sequence[Tender]],
    refunds: Iterable[Sequence[Tender]],
    cash_moves_fen: Iterable[int],
) -> Takings:
    """Add a shift up from each sale's and each refund's payment, and the cash that was put in (+) or taken out (-)."""
    paid, back, moved = list(sales), list(refunds), sum(cash_moves_fen)
    net = Counter[TenderKind]()
    for tenders, sign in ((paid, 1), (back, -1)):
        for tender in (each for payment in tenders for each in payment):
            net[tender.kind] += sign * tender.fen
    return Takings(
        sales=len(paid),
        sales_fen=_sum(paid),
        refunds=len(back),
        refunds_fen=_sum(back),
        cash_moves_fen=moved,
        tenders={kind: net[kind] for kind in TenderKind if net[kind]},
        expected_fen=float_fen + net[TenderKind.CASH] + moved,
    )


def _sum(payments: Iterable[Sequence[Tender]]) -> int:
    return sum(tender.fen for payment in payments for tender in payment)
