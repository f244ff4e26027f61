"""What HQ answers to operators about selling: live sessions, stock, pairs, sheets; as its API describes it."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime

from hq.routes.shapes import ProductShape, Shape


class OfferShape(Shape):
    """A product of a live session."""

    product_number: int
    price_fen: int
    most: int


class PlanShape(Shape):
    """A live session; without `store_numbers` every store takes part."""

    slug: str
    title: str
    host: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    rules: dict[str, Any]
    discount_percent: int
    published: bool
    created_at: AwareDatetime
    store_numbers: list[int] | None
    offers: list[OfferShape]


class PlansShape(Shape):
    """Every live session, the newest first."""

    sessions: list[PlanShape]


class HoldingShape(Shape):
    """What a store has of a product."""

    product_number: int
    on_hand: int
    reserved: int
    available: int
    listed: bool
    changed_at: AwareDatetime


class HoldingsShape(Shape):
    """What a store has."""

    stock: list[HoldingShape]


class MoveShape(Shape):
    """A row of the ledger."""

    cause: str
    product_number: int
    kind: str
    on_hand: int
    reserved: int
    order_number: int | None
    at: AwareDatetime
    by: str


class MovesShape(Shape):
    """What changed a store's stock of a product, newest first."""

    moves: list[MoveShape]


class PairsShape(Shape):
    """What goes well with a product."""

    others: list[int]


class FlawShape(Shape):
    """What is wrong with a cell of a sheet, in both languages."""

    row: int
    column: str
    zh: str
    en: str


class ProductRowShape(Shape):
    """A row of a sheet of products that can be taken."""

    row: int
    product: ProductShape
    stock: int | None
    is_new: bool


class ProductSheetShape(Shape):
    """A sheet of products, read or taken."""

    rows: list[ProductRowShape]
    errors: list[FlawShape]
    error_count: int
    taken: bool


class StockRowShape(Shape):
    """A row of a sheet of stock that can be taken."""

    row: int
    number: int
    name: str
    stock: int


class StockSheetShape(Shape):
    """A sheet of stock, read or taken."""

    rows: list[StockRowShape]
    errors: list[FlawShape]
    error_count: int
    taken: bool
