"""Every message between a terminal and HQ, defined once; protocols 1 and 2 are frozen by `tests/wire/v1/` and `v2/`.

Times are ISO 8601 with a zone. Windows are whole minutes since the Unix epoch and a length, as in the pickup code.
Unknown fields are ignored, and so are (since protocol 2) things of an unknown kind in the feed: HQ may add either
without breaking a terminal of the release before.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from app.domain.events import Event, EventKind
from app.domain.order import Status

PROTOCOL = 2
OLDEST_PROTOCOL = 1
PROTOCOL_HEADER = "Ziti-Protocol"
MAX_BATCH = 100
FEED_PAGE = 500
MAX_WAIT_SECONDS = 25

OrderNumber = Annotated[int, Field(ge=0, lt=2**63)]
StoreNumber = Annotated[int, Field(ge=1, lt=2**32)]


class Message(BaseModel):
    """The root of every message: immutable, tolerant of fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Answer(Message):
    """The root of everything HQ answers to a terminal; `ziti` marks it as HQ's own words, not a portal's."""

    ziti: Literal["hq"] = "hq"
    protocol: int = PROTOCOL
    hq_time: AwareDatetime


class Problem(Message):
    """A refusal (RFC 9457): `code` for programs, `detail` a sentence for people."""

    ziti: Literal["hq"] = "hq"
    code: str
    title: str
    status: int
    detail: str = ""


# ── enrolment ──────────────────────────────────────────────────────────────────────────────────────────────


class EnrolRequest(Message):
    """A new terminal introduces itself with a one-time code and the public half of a key pair it just made."""

    code: Annotated[str, Field(min_length=1, max_length=64)]
    terminal_name: Annotated[str, Field(min_length=1, max_length=60)]
    public_key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class EnrolAnswer(Answer):
    """What the terminal keeps: `token` and `lookup_key` (hex) are secrets."""

    terminal_id: str
    terminal_name: str
    store_id: str
    store_number: StoreNumber
    token: str
    lookup_key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


# ── the feed: HQ → terminal ────────────────────────────────────────────────────────────────────────────────


class StoreItem(Message):
    """The store's profile and rules; `lead_terminal` holds the store's claims since `lead_epoch`.

    `capacity` is in orders per quarter of an hour; `pack_minutes` > 0: nothing is packed longer than that before its
    window opens.
    """

    kind: Literal["store"] = "store"
    number: StoreNumber
    name: str
    address: str = ""
    time_zone: str = "Asia/Shanghai"
    early_minutes: Annotated[int, Field(ge=0)] = 0
    late_minutes: Annotated[int, Field(ge=0)] = 0
    revoke_minutes: Annotated[int, Field(ge=0)] = 60
    lead_terminal: str | None = None
    lead_epoch: int = 0
    capacity: Annotated[int, Field(ge=1)] | None = None
    pack_minutes: Annotated[int, Field(ge=0)] = 0
    share_url: str = ""


class NeighbourItem(Message):
    """Another store, so that a customer at the wrong counter can be told where to go."""

    kind: Literal["neighbour"] = "neighbour"
    number: StoreNumber
    name: str
    address: str = ""
    distance_m: int | None = None


class StaffItem(Message):
    """Someone who works here; `pin_hash` is argon2id, empty for one who has no PIN yet."""

    kind: Literal["staff"] = "staff"
    id: str
    name: str
    role: Literal["clerk", "manager"]
    pin_hash: str = ""
    active: bool = True


class KeyItem(Message):
    """A public key that signs pickup codes: raw Ed25519, hex."""

    kind: Literal["key"] = "key"
    key_id: Annotated[int, Field(ge=0, lt=2**32)]
    public_key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    retired: bool = False


class ProductItem(Message):
    """A product; `number` is what pickup codes name it by. `lead_minutes` > 0: made to order that long before."""

    kind: Literal["product"] = "product"
    number: Annotated[int, Field(ge=1, lt=2**32)]
    sku: str
    name: str
    zone: Literal["ambient", "chilled", "frozen", "warm"] = "ambient"
    lead_minutes: Annotated[int, Field(ge=0)] = 0
    price_fen: Annotated[int, Field(ge=0)] = 0
    active: bool = True
    barcode: str = ""
    pack_minutes: Annotated[int, Field(ge=0)] = 0


class StockItem(Message):
    """The balance of a product in the store; `reserved` pieces of those on hand are promised to orders.

    `on_hand` is null for one that nobody counts there and that is only on the offer, or off it.
    """

    kind: Literal["stock"] = "stock"
    product_number: Annotated[int, Field(ge=1, lt=2**32)]
    on_hand: int | None
    reserved: Annotated[int, Field(ge=0)]
    listed: bool = True


class PairItem(Message):
    """What goes with a product, best first: as an operator set it, and as it sold together."""

    kind: Literal["pair"] = "pair"
    product_number: Annotated[int, Field(ge=1, lt=2**32)]
    goes_with: tuple[int, ...] = ()
    sold_with: tuple[int, ...] = ()


class OrderLine(Message):
    """One line of an order."""

    product_number: Annotated[int, Field(ge=1, lt=2**32)]
    quantity: Annotated[int, Field(ge=1, lt=10_000)]
    name: str


class RedemptionFact(Message):
    """Who handed the order over, when and where."""

    attempt_id: str
    at: AwareDatetime
    by: str
    terminal: str


class OrderItem(Message):
    """An order as HQ knows it after change `version` of it (counts from 1 per order).

    `arrived_at`: when the customer said "I am here"; `collector` (masked) comes in the customer's place.
    """

    kind: Literal["order"] = "order"
    number: OrderNumber
    id: str
    version: Annotated[int, Field(ge=1)]
    status: Status
    issue: Annotated[int, Field(ge=0)]
    opens: Annotated[int, Field(ge=0)]
    length: Annotated[int, Field(ge=1)]
    placed_at: AwareDatetime
    prepared_at: AwareDatetime | None = None
    lines: tuple[OrderLine, ...]
    customer: str = ""
    phone: str = ""
    phone_tail_hash: str = ""
    short_code_hash: str = ""
    note: str = ""
    cancel_requested: bool = False
    redemption: RedemptionFact | None = None
    arrived_at: AwareDatetime | None = None
    collector: str = ""
    collector_relation: str = ""
    customer_key: str = ""


class IncidentKind(StrEnum):
    """What HQ found that a person must look at."""

    HANDED_OVER_AFTER_CANCELLATION = "handed_over_after_cancellation"
    HANDED_OVER_TWICE = "handed_over_twice"
    EVENT_ALTERED = "event_altered"
    EVENTS_MISSING = "events_missing"
    UNKNOWN_ORDER = "unknown_order"
    UNGUARDED_HAND_OVER = "unguarded_hand_over"


class IncidentItem(Message):
    """Something that must be closed by a person with a reason; `facts` are the two stories as JSON scalars."""

    kind: Literal["incident"] = "incident"
    id: str
    incident: IncidentKind
    order_number: OrderNumber | None = None
    opened_at: AwareDatetime
    facts: dict[str, Any] = {}
    closed_at: AwareDatetime | None = None
    closed_by: str = ""
    reason: str = ""


Item = Annotated[
    StoreItem | NeighbourItem | StaffItem | KeyItem | ProductItem | StockItem | PairItem | OrderItem | IncidentItem,
    Field(discriminator="kind"),
]
# What a terminal of protocol 1 cannot read: one unknown kind costs it the whole page.
SINCE_PROTOCOL_2 = frozenset({"stock", "pair"})
_KINDS = frozenset({"store", "neighbour", "staff", "key", "product", "order", "incident"}) | SINCE_PROTOCOL_2


def _later(kind: str) -> str:
    if kind in _KINDS:
        raise ValueError(f"this is no {kind} of the form that it has")
    return kind


class LaterItem(Message):
    """A thing of a kind that only a later release knows: its row is passed over, and the cursor moves on."""

    kind: Annotated[str, AfterValidator(_later)]


class FeedRow(Message):
    """One change: `seq` is unique and rising within a store."""

    seq: Annotated[int, Field(ge=1)]
    item: Annotated[Item | LaterItem, Field(union_mode="left_to_right")]


class FeedPage(Answer):
    """Changes after the asked-for cursor, oldest first; the next cursor is `cursor`.

    `generation` names this history. When the terminal's differs, or its cursor lies beyond `head`, HQ answers with
    `must_refetch` and no rows: start again from cursor 0 with the new generation, and keep the outbox.
    """

    generation: str
    must_refetch: bool = False
    rows: tuple[FeedRow, ...] = ()
    cursor: Annotated[int, Field(ge=0)]
    head: Annotated[int, Field(ge=0)]


# ── the outbox: terminal → HQ ──────────────────────────────────────────────────────────────────────────────


class WireEvent(Message):
    """`app.domain.events.Event` on the wire; the hash covers `at` as `events.stamp` spells it."""

    id: str
    incarnation: str
    seq: Annotated[int, Field(ge=1)]
    kind: EventKind
    order_number: OrderNumber | None
    at: AwareDatetime
    by: str
    body: dict[str, Any]
    prev: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    @classmethod
    def of(cls, event: Event) -> WireEvent:
        """Wrap a domain event."""
        return cls(
            id=event.id,
            incarnation=event.incarnation,
            seq=event.seq,
            kind=event.kind,
            order_number=event.order_number,
            at=event.at,
            by=event.by,
            body=event.body,
            prev=event.prev,
            hash=event.hash,
        )

    def event(self) -> Event:
        """Unwrap to a domain event."""
        return Event(
            self.id,
            self.incarnation,
            self.seq,
            self.kind,
            self.order_number,
            self.at,
            self.by,
            self.body,
            self.prev,
            self.hash,
        )


class PushRequest(Message):
    """A batch of events in the order of their `seq`.

    The events stay raw here: HQ reads each on its own, so that one it cannot read never costs the others.
    """

    events: Annotated[tuple[dict[str, Any], ...], Field(max_length=MAX_BATCH)]


class Outcome(StrEnum):
    """What became of an event; each is final, and only these let the terminal stop sending it."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"


class EventResult(Message):
    """The fate of one event; `order_version` is the order's version with the effect in it."""

    event_id: str
    outcome: Outcome
    reason: str = ""
    order_version: int | None = None


class PushAnswer(Answer):
    """One result for each event, in any order."""

    results: tuple[EventResult, ...]


# ── another pickup window, asked for at the counter ────────────────────────────────────────────────────────


class WindowChoice(Message):
    """A pickup window in whole minutes since the Unix epoch and a length; `why_not` is a sentence for a full one."""

    opens: Annotated[int, Field(ge=0)]
    length: Annotated[int, Field(ge=1)]
    why_not: str = ""


class WindowsAnswer(Answer):
    """The windows that an order may be moved to; with `why_not`, a sentence, it may not be moved at all."""

    windows: tuple[WindowChoice, ...] = ()
    why_not: str = ""


class RescheduleRequest(Message):
    """The window that the customer chose, and who stood at the counter."""

    opens: Annotated[int, Field(ge=0, lt=2**31)]
    length: Annotated[int, Field(ge=1, lt=2**20)]
    by: Annotated[str, Field(max_length=200)] = ""


class TimeAnswer(Answer):
    """HQ is there; this is its time."""


class ReleaseAnswer(Answer):
    """The release that HQ's operators want on the terminals (`version` empty: none in particular)."""

    version: Annotated[str, Field(max_length=40)] = ""
    url: Annotated[str, Field(max_length=500)] = ""
    notes: Annotated[str, Field(max_length=2000)] = ""
