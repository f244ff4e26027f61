"""What HQ answers to a mini-program, as the API's description tells it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime

from app.domain.order import Status
from hq.routes.shapes import Shape


class CustomerTokenShape(Shape):
    """A customer's token."""

    token: str


class SoldShape(Shape):
    """A product as a session sells it."""

    number: int
    name: str
    description: str
    picture: str
    live_price_fen: int
    collect_price_fen: int
    catalogue_price_fen: int
    most: int
    sold_out: bool


class SessionShape(Shape):
    """A live session."""

    slug: str
    title: str
    host: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    open: bool
    next_start: AwareDatetime | None
    discount_percent: int
    rule: dict[str, Any]
    rule_zh: str
    rule_en: str
    group_size: int | None
    products: list[SoldShape]


class PlaceShape(Shape):
    """A place in degrees."""

    lat: float
    lon: float


class ShopShape(Shape):
    """A store as customers see it; its place as satellites and as maps of China say it."""

    number: int
    name: str
    address: str
    district: str
    phone: str
    wgs84: PlaceShape | None
    gcj02: PlaceShape | None
    hours_zh: str
    hours_en: str
    open: bool


class SpanShape(Shape):
    """A pickup time, and in words."""

    opens: AwareDatetime
    closes: AwareDatetime
    zh: str
    en: str


class PickupShape(SpanShape):
    """A pickup time that is offered, or why not; `left` is `null` without a capacity."""

    left: int | None
    why_not: Literal["full", "closed", "too_soon", "not_offered"] | None


class OfferShape(ShopShape):
    """What a store can do for a cart; one that cannot says why, and which is the nearest that can."""

    distance_m: int | None
    can: bool
    left: int | None
    left_zh: str
    left_en: str
    lacking: list[int]
    nearest_that_can: int | None
    why_zh: str
    why_en: str
    windows: list[PickupShape]


class PricedLineShape(Shape):
    """A line of a cart."""

    product_number: int
    quantity: int
    name: str
    live_price_fen: int
    collect_price_fen: int


class CartShape(Shape):
    """A cart with its sums."""

    total_fen: int
    discount_fen: int
    lines: list[PricedLineShape]


class OffersShape(Shape):
    """A priced cart and the stores for it."""

    cart: CartShape
    stores: list[OfferShape]


class HeldLineShape(Shape):
    """A line of a checkout."""

    product_number: int
    quantity: int
    name: str


class PayShape(Shape):
    """How to pay: open `url`, draw `code_url` as a QR code, or hand `data` to `wx.requestPayment`."""

    how: Literal["redirect", "jsapi", "qr"]
    data: dict[str, str]


class CheckoutShape(Shape):
    """A checkout; `order` is the token of the order once there is one."""

    id: str
    status: Literal["open", "ordered", "expired", "given_up"]
    store_number: int
    total_fen: int
    discount_fen: int
    window: SpanShape
    lines: list[HeldLineShape]
    expires_at: AwareDatetime
    payment: Literal["asked", "paid", "closed", "moved"] | None
    order: str | None
    order_url: str | None
    pay: PayShape | None


class OwnOrderShape(Shape):
    """One of a customer's orders."""

    token: str
    label: str
    status: Status
    payment: str
    store: str
    window: SpanShape
    total_fen: int


class OwnOrdersShape(Shape):
    """A customer's orders, the newest first."""

    orders: list[OwnOrderShape]


class BoughtLineShape(Shape):
    """A line of an order."""

    product_number: int
    name: str
    quantity: int
    price_fen: int


class MayShape(Shape):
    """What the customer may do now."""

    cancel: bool
    arrive: bool
    reschedule: list[PickupShape]
    reschedule_why_not: str


class RefundShape(Shape):
    """Money that goes back."""

    amount_fen: int
    status: Literal["wanted", "done", "failed"]
    reason: str


class LackingShape(Shape):
    """What is missing."""

    product_number: int
    wanted: int
    there: int


class OtherStoreShape(Shape):
    """Another store that has everything."""

    store_number: int
    name: str
    distance_m: int | None
    left: int | None


class InsteadShape(Shape):
    """Another product instead."""

    instead_of: int
    product_number: int
    name: str
    price_fen: int


class ShortageShape(Shape):
    """A shortage: what is missing, and what there is instead until when."""

    missing: list[LackingShape]
    answer: Literal["", "accepted", "refused", "silent"]
    until: AwareDatetime
    stores: list[OtherStoreShape]
    products: list[InsteadShape]
    windows: list[SpanShape]


class GroupShape(Shape):
    """A group buy."""

    id: str
    wanted: int
    joined: int
    status: Literal["forming", "complete", "failed"]
    until: AwareDatetime


class BoughtShape(Shape):
    """An order as its customer is told it; `replaced_by` is the token of the order in its place."""

    token: str
    label: str
    status: Status
    payment: str
    cancel_requested: bool
    store: ShopShape
    window: SpanShape
    lines: list[BoughtLineShape]
    total_fen: int
    discount_fen: int
    pickup_code: str
    short_code: str
    collector_name: str
    arrived_at: AwareDatetime | None
    replaced_by: str | None
    may: MayShape
    refunds: list[RefundShape]
    shortage: ShortageShape | None
    group: GroupShape | None


class PutSessionShape(Shape):
    """A live session as it was set."""

    slug: str
    url: str
    published: bool


class HeldStockShape(Shape):
    """What a store has of a product."""

    product_number: int
    on_hand: int
    reserved: int
    available: int


class StockShape(Shape):
    """Everything that is counted in a store."""

    stock: list[HeldStockShape]
