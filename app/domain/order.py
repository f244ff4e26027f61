"""The order's states, the one table of allowed moves, and the order as both sides see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.window import Window
from app.errors import MoveNotAllowed


class Status(StrEnum):
    """Fulfilment only; payment, after-sale and group state are columns of their own."""

    AWAITING_GROUP = "awaiting_group"
    PAID = "paid"
    ASSIGNED = "assigned"
    PREPARING = "preparing"
    PREPARED = "prepared"
    AWAITING_PICKUP = "awaiting_pickup"
    COMPLETED = "completed"
    SHORTAGE = "shortage"
    CANCELLED = "cancelled"
    PUT_BACK = "put_back"


_S = Status

# Backward moves are a clerk's undo. `completed` is reachable from every state in which the goods can be in
# the clerk's hand, because a physical hand-over is a fact that is recorded, not a wish that is granted.
MOVES: dict[Status, frozenset[Status]] = {
    _S.AWAITING_GROUP: frozenset({_S.PAID, _S.CANCELLED}),
    _S.PAID: frozenset({_S.ASSIGNED, _S.SHORTAGE, _S.CANCELLED}),
    _S.ASSIGNED: frozenset({_S.PREPARING, _S.PREPARED, _S.COMPLETED, _S.SHORTAGE, _S.CANCELLED}),
    _S.PREPARING: frozenset({_S.ASSIGNED, _S.PREPARED, _S.COMPLETED, _S.SHORTAGE, _S.CANCELLED}),
    _S.PREPARED: frozenset({_S.PREPARING, _S.AWAITING_PICKUP, _S.COMPLETED, _S.SHORTAGE, _S.CANCELLED, _S.PUT_BACK}),
    _S.AWAITING_PICKUP: frozenset({_S.PREPARING, _S.COMPLETED, _S.SHORTAGE, _S.CANCELLED, _S.PUT_BACK}),
    _S.COMPLETED: frozenset({_S.AWAITING_PICKUP}),
    _S.SHORTAGE: frozenset({_S.ASSIGNED, _S.COMPLETED, _S.CANCELLED}),
    _S.PUT_BACK: frozenset({_S.PREPARING, _S.PREPARED, _S.COMPLETED, _S.CANCELLED}),
    _S.CANCELLED: frozenset(),
}

OPEN = frozenset(_S) - {_S.COMPLETED, _S.CANCELLED}
AT_STORE = OPEN - {_S.AWAITING_GROUP, _S.PAID}
ON_SHELF = frozenset({_S.PREPARED, _S.AWAITING_PICKUP})
# Nobody waits longer: an "I am here" of the morning says nothing in the evening.
STAYS = timedelta(hours=3)


def may_move(old: Status, new: Status) -> bool:
    """Tell whether the table allows the move."""
    return new in MOVES[old]


def move(old: Status, new: Status) -> Status:
    """Return the new state, or raise `MoveNotAllowed`; nothing else in the project decides a transition."""
    if not may_move(old, new):
        raise MoveNotAllowed(f"an order that is {old} cannot become {new}")
    return new


def effective(status: Status, window: Window, now: datetime) -> Status:
    """Return the state that people see: `prepared` turns into `awaiting_pickup` when the window opens.

    It is computed, never written by a timer, so that a clock, an outage or a closed lid changes nothing.
    """
    if status is Status.PREPARED and now >= window.opens:
        return Status.AWAITING_PICKUP
    return status


@dataclass(frozen=True, slots=True)
class Line:
    """One product of an order; `name` is empty where only the pickup code is known."""

    product_number: int
    quantity: int
    name: str = ""
    zone: str = "ambient"


@dataclass(frozen=True, slots=True)
class Redemption:
    """The fact that the goods went out: aware UTC `at`, the clerk's name, the terminal's name."""

    attempt_id: str
    at: datetime
    by: str
    terminal: str


@dataclass(frozen=True, slots=True)
class Order:
    """A pickup order as a store's terminal knows it; `from_code`: only its scanned code is known so far.

    `collector` (masked) comes in the customer's place; `arrived_at`: since when somebody says to be here for it.
    `customer_key` is the same for all orders of one customer; `parcels`: how many labels were made for it.
    """

    number: int
    status: Status
    issue: int
    window: Window
    lines: tuple[Line, ...]
    customer: str = ""
    phone: str = ""
    note: str = ""
    shelf: str = ""
    prepared_at: datetime | None = None
    made_to_order: bool = False
    cancel_requested: bool = False
    from_code: bool = False
    granted_attempt: str | None = None
    redemption: Redemption | None = None
    arrived_at: datetime | None = None
    collector: str = ""
    collector_relation: str = ""
    customer_key: str = ""
    parcels: int = 0

    @property
    def label(self) -> str:
        """The short number for people: the last four digits."""
        return f"#{self.number % 10_000:04d}"

    def here_since(self, now: datetime) -> datetime | None:
        """Return since when somebody waits for it at the store; who came hours ago has left."""
        return self.arrived_at if self.arrived_at and now - self.arrived_at < STAYS else None
