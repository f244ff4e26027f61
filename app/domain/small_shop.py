"""What the owner of a small shop says when it is set up: one store, one person, one PC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Literal, Self

from app.domain.hours import DAYS, Hours, Span

STORE = 1
SLUG = "shop"
# What a live session can hold; the counter sells the others.
MOST_ON_STOREFRONT = 200

Products = Literal["", "sheet", "examples"]
Reach = Literal["public", "network", "here"]


@dataclass(frozen=True, slots=True)
class Draft:
    """The owner's answers; the PIN is not among them, because they are kept on the disk.

    `closed` are days as 0 (Monday) to 6. `page` is how far the owner has come.
    """

    name: str = ""
    address: str = ""
    phone: str = ""
    opens: str = "08:00"
    closes: str = "21:00"
    closed: tuple[int, ...] = ()
    products: Products = ""
    sheet_name: str = ""
    discount_percent: int = 0
    on_network: bool = True
    person: str = ""
    terminal: str = "Counter 1"
    time_zone: str = "Asia/Shanghai"
    page: int = 0

    @property
    def hours(self) -> Hours:
        """The week's opening hours; ValueError with a sentence when the times cannot be read."""
        span = Span.of(self.opens, self.closes)
        return Hours(tuple(() if day in self.closed else (span,) for day in range(len(DAYS))))

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Read what an earlier start kept; what has the wrong form is as if it had not been said."""
        usual = cls()
        kept: dict[str, Any] = {}
        for field in fields(cls):
            value = told.get(field.name)
            value = tuple(value) if isinstance(value, list) else value
            if type(value) is type(getattr(usual, field.name)):
                kept[field.name] = value
        return replace(usual, **kept)


class Step(StrEnum):
    """What the set-up does, in this order; each may be done again."""

    START = "start"
    STORE = "store"
    PRODUCTS = "products"
    STAFF = "staff"
    STOREFRONT = "storefront"
    TERMINAL = "terminal"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet that can be taken."""

    row: int
    name: str
    price_fen: int
    stock: int | None


@dataclass(frozen=True, slots=True)
class SheetFlaw:
    """What is wrong with a cell, in both languages; row 0 is the whole file."""

    row: int
    column: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet would become."""

    name: str
    rows: tuple[SheetRow, ...]
    flaws: tuple[SheetFlaw, ...] = ()
    flaw_count: int = 0


@dataclass(frozen=True, slots=True)
class Storefront:
    """Where customers find the shop.

    `reach`: everybody, those in the same network, or only this PC. `moved`: another program has the usual port, so
    that posters which were printed lead nowhere. `trial`: no money is taken.
    """

    link: str
    name: str
    reach: Reach
    moved: bool = False
    trial: bool = True
