"""What HQ answers to operators and malls, as the API's description tells it."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from app.domain.order import Status
from hq.goods.catalogue import Zone
from sync.wire import IncidentKind


class Shape(BaseModel):
    """The root: nothing is answered that is not described."""

    model_config = ConfigDict(extra="forbid")


class StoreShape(Shape):
    """A store as its terminals know it, and where it is."""

    id: str
    number: int
    name: str
    address: str
    time_zone: str
    early_minutes: int
    late_minutes: int
    revoke_minutes: int
    lat: float | None
    lon: float | None
    lead_terminal: str | None
    lead_epoch: int
    capacity: int | None
    pack_minutes: int
    share_url: str


class StaffShape(Shape):
    """Someone who works in a store."""

    id: str
    name: str
    role: Literal["clerk", "manager"]
    active: bool
    has_pin: bool


class CodeShape(Shape):
    """A one-time code that enrols a terminal."""

    code: str
    expires_at: AwareDatetime


class TerminalShape(Shape):
    """A terminal."""

    id: str
    name: str
    leads: bool
    enrolled_at: AwareDatetime
    revoked_at: AwareDatetime | None


class TerminalsShape(Shape):
    """A store's terminals."""

    terminals: list[TerminalShape]


class IncidentShape(Shape):
    """Something that must be closed with a reason."""

    id: str
    incident: IncidentKind
    order_number: int | None
    opened_at: AwareDatetime
    facts: dict[str, object]
    closed_at: AwareDatetime | None
    closed_by: str
    reason: str


class IncidentsShape(Shape):
    """A store's incidents."""

    incidents: list[IncidentShape]


class SetAsideShape(Shape):
    """An event that HQ keeps but could not take."""

    store_id: str
    fingerprint: str
    terminal_id: str
    event_id: str
    raw: str
    reason: str
    received_at: AwareDatetime


class QuarantineShape(Shape):
    """A store's events that were set aside."""

    events: list[SetAsideShape]


class BriefOrderShape(Shape):
    """An order in a list."""

    number: int
    label: str
    status: Status
    version: int
    issue: int
    cancel_requested: bool
    opens: AwareDatetime
    closes: AwareDatetime
    customer: str
    redemption_attempt: str | None


class BriefOrdersShape(Shape):
    """A page of a store's orders, newest first."""

    orders: list[BriefOrderShape]


class ProductShape(Shape):
    """A product of the catalogue."""

    number: int
    sku: str
    name: str
    zone: Zone
    lead_minutes: int
    price_fen: int
    active: bool
    description: str
    picture: str
    barcode: str
    counted: bool
    pack_minutes: int


class KeyShape(Shape):
    """A key that signs pickup codes."""

    key_id: int
    public_key: str
    signs_from: AwareDatetime
    retired_at: AwareDatetime | None


class KeysShape(Shape):
    """Every key."""

    keys: list[KeyShape]


class CustomerShape(Shape):
    """Who ordered."""

    name: str
    phone: str


class LineShape(Shape):
    """One product of an order."""

    product_number: int
    quantity: int
    name: str


class RedemptionShape(Shape):
    """The hand-over that counts."""

    attempt_id: str
    at: AwareDatetime
    by: str
    terminal: str


class OrderShape(Shape):
    """An order with its codes; `page_url` is the customer's page."""

    number: int
    id: str
    label: str
    store_number: int
    version: int
    issue: int
    status: Status
    payment: str
    cancel_requested: bool
    opens: AwareDatetime
    closes: AwareDatetime
    short_code: str
    pickup_code: str
    page_url: str
    customer: CustomerShape
    lines: list[LineShape]
    total_fen: int
    note: str
    times: dict[str, AwareDatetime | None]
    redemption: RedemptionShape | None
