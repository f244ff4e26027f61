"""What HQ tells a store, as the terminal takes it in: one record per changed thing, already checked at the edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.order import Line, Redemption, Status


@dataclass(frozen=True, slots=True)
class StoreRecord:
    """The store's profile and rules; minutes of tolerance, and who holds the claims since which epoch.

    `capacity`: orders per quarter of an hour, if there is a limit; `pack_minutes`: nothing is packed longer than that
    before its window opens (0: at any time); `share_url`: what customers may pass on, if anything.
    """

    number: int
    name: str
    address: str
    time_zone: str
    early_minutes: int
    late_minutes: int
    revoke_minutes: int
    lead_terminal: str | None
    lead_epoch: int
    capacity: int | None = None
    pack_minutes: int = 0
    share_url: str = ""


@dataclass(frozen=True, slots=True)
class NeighbourRecord:
    """Another store; `distance_m` in metres when HQ knows both places."""

    number: int
    name: str
    address: str
    distance_m: int | None


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """Someone who works here; `pin_hash` is argon2id or empty."""

    id: str
    name: str
    role: str
    pin_hash: str
    active: bool


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A public key for pickup codes, raw Ed25519."""

    key_id: int
    public_key: bytes
    retired: bool


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """A product; `lead_minutes` > 0 means made to order that long before the pickup.

    `pack_minutes` > 0: not packed longer than that before the window opens, however the store does it otherwise.
    """

    number: int
    sku: str
    name: str
    zone: str
    lead_minutes: int
    price_fen: int
    active: bool
    barcode: str = ""
    pack_minutes: int = 0


@dataclass(frozen=True, slots=True)
class StockRecord:
    """HQ's balance of a product in this store: pieces on hand, those promised to orders, and whether it is offered.

    `on_hand` is None for one that nobody counts here.
    """

    product_number: int
    on_hand: int | None
    reserved: int
    listed: bool


@dataclass(frozen=True, slots=True)
class PairRecord:
    """What goes with a product, best first: as set at HQ, and as it sold together."""

    product_number: int
    goes_with: tuple[int, ...]
    sold_with: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """An order as HQ knows it after its change `version`; window in epoch minutes and length.

    `customer_key` is the same for all orders of one customer at this store, empty where HQ cannot tell.
    """

    number: int
    id: str
    version: int
    status: Status
    issue: int
    opens: int
    length: int
    placed_at: datetime
    prepared_at: datetime | None
    lines: tuple[Line, ...]
    customer: str
    phone: str
    phone_tail_hash: str
    short_code_hash: str
    note: str
    cancel_requested: bool
    redemption: Redemption | None
    arrived_at: datetime | None = None
    collector: str = ""
    collector_relation: str = ""
    customer_key: str = ""


@dataclass(frozen=True, slots=True)
class IncidentRecord:
    """Something that a person must close with a reason; `facts` is canonical JSON text."""

    id: str
    incident: str
    order_number: int | None
    opened_at: datetime
    facts: str
    closed_at: datetime | None
    closed_by: str
    reason: str


Record = (
    StoreRecord
    | NeighbourRecord
    | StaffRecord
    | KeyRecord
    | ProductRecord
    | StockRecord
    | PairRecord
    | OrderRecord
    | IncidentRecord
)


@dataclass(frozen=True, slots=True)
class FeedBatch:
    """A run of changes and the cursor that is true once they are applied."""

    generation: str
    cursor: int
    head: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """HQ's final word on one event: `applied`, `duplicate`, `conflict` or `quarantined`."""

    event_id: str
    outcome: str
    reason: str = ""
    order_version: int | None = None
