"""What each kind of event says beyond its order and time, checked where it enters HQ."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Name = Annotated[str, Field(max_length=200)]
ProductNumber = Annotated[int, Field(ge=1, lt=2**32)]
AttemptId = Annotated[str, Field(min_length=1, max_length=64)]
# What a till counts may lie below zero: more cash was taken out than came in.
Fen = Annotated[int, Field(gt=-(10**12), lt=10**12)]
Kind = Annotated[str, Field(max_length=16)]


class Body(BaseModel):
    """The root: immutable, tolerant of fields that a newer terminal adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Nothing(Body):
    """The kind says it all."""


class Prepared(Body):
    """Where the parcel stands."""

    shelf: Name = ""


class Undone(Body):
    """Which state the preparation went back to."""

    to: Literal["assigned", "preparing"]


class Short(Body):
    """A product, how many pieces of it did not go out with the rest, and why: `broken`, `missing` or whatever else."""

    product_number: ProductNumber
    quantity: Annotated[int, Field(ge=1, lt=10_000)]
    reason: Name = ""


class HandedOver(Body):
    """How a hand-over came about: how long it took since the scan, what did not go out, who came.

    `photo` is the SHA-256 of a picture of what stayed there, which follows by itself.
    """

    attempt_id: AttemptId
    terminal: Name = ""
    verdict: Name = ""
    manager: Name = ""
    reason: Annotated[str, Field(max_length=1000)] = ""
    unguarded: bool = False
    scan_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    short: Annotated[tuple[Short, ...], Field(max_length=50)] = ()
    collector: Name = ""
    photo: Annotated[str, Field(max_length=64)] = ""


class Revoked(Body):
    """Which hand-over was taken back."""

    attempt_id: AttemptId


class Lacking(Body):
    """A product and how many of it are missing."""

    product_number: ProductNumber
    quantity: Annotated[int, Field(ge=1, lt=10_000)]


class LineRejected(Body):
    """What of an order is not there after all, and why."""

    lines: Annotated[tuple[Lacking, ...], Field(min_length=1, max_length=50)]
    reason: Annotated[str, Field(max_length=1000)] = ""


class Counted(Body):
    """A product and how many there are."""

    product_number: ProductNumber
    on_hand: Annotated[int, Field(ge=0, lt=10**6)]


class StockCounted(Body):
    """What somebody counted on the shelf."""

    counts: Annotated[tuple[Counted, ...], Field(min_length=1, max_length=1000)]


class OfferChanged(Body):
    """Which products the store offers from now on, or no longer."""

    products: Annotated[tuple[ProductNumber, ...], Field(min_length=1, max_length=1000)]
    listed: bool


class SoldLine(Body):
    """A product, how many, and what one cost in fen."""

    product_number: ProductNumber
    quantity: Annotated[int, Field(ge=1, lt=10_000)]
    price_fen: Annotated[int, Field(ge=0, lt=10**9)]


class Sold(Body):
    """A sale at the counter; `attempt_id` is the hand-over that it was added to, if any.

    `tenders` is how it was paid: kind, fen, reference; `manager` allowed another price.
    """

    sale_id: AttemptId
    terminal: Name = ""
    attempt_id: Annotated[str, Field(max_length=64)] = ""
    tender: Annotated[str, Field(max_length=16)] = ""
    lines: Annotated[tuple[SoldLine, ...], Field(min_length=1, max_length=200)]
    receipt: Annotated[int, Field(ge=0, lt=2**31)] | None = None
    shift_id: Annotated[str, Field(max_length=64)] = ""
    manager: Name = ""
    tenders: Annotated[tuple[tuple[Kind, Fen, Name], ...], Field(max_length=20)] = ()


class SaleRefunded(Body):
    """Which sale was taken back, and what of it went back to the shelf."""

    sale_id: AttemptId
    lines: Annotated[tuple[SoldLine, ...], Field(max_length=200)] = ()
    amount_fen: Annotated[int, Field(ge=0, lt=10**12)]


class ShiftClosed(Body):
    """A till's shift as it was counted; `expected_fen` is the cash that should be there, the float counted in."""

    shift_id: AttemptId
    opened_at: AwareDatetime
    opened_by: Name = ""
    float_fen: Fen = 0
    counted_fen: Fen
    expected_fen: Fen
    accepted_by: Name = ""
    reason: Annotated[str, Field(max_length=1000)] = ""
    sales: Annotated[int, Field(ge=0, lt=2**31)] = 0
    sales_fen: Fen = 0
    refunds_fen: Fen = 0
    cash_moves_fen: Fen = 0
    tenders: Annotated[dict[Kind, Fen], Field(max_length=20)] = {}
    terminal: Name = ""


class IncidentClosed(Body):
    """Which incident, and why."""

    incident_id: Annotated[str, Field(max_length=64)]
    reason: Annotated[str, Field(max_length=1000)] = ""
