"""The routing engine, pure: whether a store can serve an order, and where or what else there is if it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MOST_STORES = 5
MOST_PRODUCTS = 3
MOST_WINDOWS = 3


class Outcome(StrEnum):
    """What a decision comes to."""

    ASSIGNED = "assigned"
    SHORTAGE = "shortage"


class Why(StrEnum):
    """The reasons that are recorded with a decision and told in words elsewhere."""

    NOT_COUNTED = "not_counted"
    IN_STOCK = "in_stock"
    HELD = "held"
    SOLD_OUT = "sold_out"
    TOO_FEW = "too_few"
    UNLISTED = "unlisted"
    GONE = "gone"
    STORE_CLOSED = "store_closed"
    WINDOW_FULL = "window_full"


@dataclass(frozen=True, slots=True)
class Balance:
    """What a store has of a product, what is promised of it, and whether it is offered.

    One that is not `counted` is known only because the store took it off its offer: there are no pieces to speak of.
    """

    on_hand: int
    reserved: int
    listed: bool = True
    counted: bool = True

    @property
    def available(self) -> int:
        """What may still be promised."""
        return self.on_hand - self.reserved if self.listed else 0


@dataclass(frozen=True, slots=True)
class Need:
    """One line: a product, how many, and whether they are reserved for this order already."""

    product_number: int
    quantity: int
    held: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A line that the store cannot serve, and what it could."""

    product_number: int
    wanted: int
    there: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line (or, without a product, the whole order) was decided as it was."""

    why: Why
    product_number: int | None = None
    wanted: int = 0
    there: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as it is recorded."""
        if self.product_number is None:
            return {"why": self.why.value}
        return {"why": self.why.value, "product": self.product_number, "wanted": self.wanted, "there": self.there}


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome with its reasons; `missing` is what the alternatives must make good."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...] = ()

    def reasons_as_json(self) -> list[dict[str, Any]]:
        """Return the reasons as they are recorded."""
        return [reason.as_json() for reason in self.reasons]


def decide(
    needs: Sequence[Need], balances: Mapping[int, Balance], *, active: bool = True, room: bool = True
) -> Decision:
    """Decide whether a store serves an order; a product without a balance is not counted there."""
    if not active:
        return _short([Reason(Why.STORE_CLOSED)], [Missing(need.product_number, need.quantity, 0) for need in needs])
    if not room:
        return _short([Reason(Why.WINDOW_FULL)], [])
    reasons = [_judge(need, balances.get(need.product_number)) for need in needs]
    missing = [
        Missing(reason.product_number, reason.wanted, max(0, reason.there))
        for reason in reasons
        if reason.why in _AGAINST and reason.product_number is not None
    ]
    return _short(reasons, missing) if missing else Decision(Outcome.ASSIGNED, tuple(reasons))


_AGAINST = {Why.SOLD_OUT, Why.TOO_FEW, Why.UNLISTED, Why.GONE}


def _short(reasons: Iterable[Reason], missing: Iterable[Missing]) -> Decision:
    return Decision(Outcome.SHORTAGE, tuple(reasons), tuple(missing))


def _judge(need: Need, balance: Balance | None) -> Reason:
    number, wanted = need.product_number, need.quantity
    if balance is None:
        return Reason(Why.NOT_COUNTED, number, wanted)
    if need.held:
        # Reserved once, but the counter may have sold it since: then the youngest promise is the one that breaks.
        short = balance.reserved - balance.on_hand
        return Reason(Why.GONE if short > 0 else Why.HELD, number, wanted, max(0, wanted - max(0, short)))
    there = balance.available
    if there >= wanted:
        return Reason(Why.IN_STOCK, number, wanted, there)
    if not balance.listed:
        return Reason(Why.UNLISTED, number, wanted)
    return Reason(Why.TOO_FEW if there > 0 else Why.SOLD_OUT, number, wanted, there)


# ── alternatives ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class StoreOption:
    """Another store that has everything; `left` is how many such orders it could still serve, if that is known."""

    store_number: int
    name: str
    distance_m: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class ProductOption:
    """Another product of the same store in place of a missing one."""

    instead_of: int
    product_number: int
    name: str
    price_fen: int
    left: int | None


@dataclass(frozen=True, slots=True)
class WindowOption:
    """Another pickup window of the same store: epoch minutes and length."""

    opens: int
    length: int


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What a customer is offered when the wish cannot be met."""

    stores: tuple[StoreOption, ...] = ()
    products: tuple[ProductOption, ...] = ()
    windows: tuple[WindowOption, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return them as JSON carries them."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Alternatives:
        """Read what `as_json` wrote."""
        return cls(
            tuple(StoreOption(**each) for each in told["stores"]),
            tuple(ProductOption(**each) for each in told["products"]),
            tuple(WindowOption(**each) for each in told["windows"]),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A store that might serve instead: what it has of each product that it sells, `None` for what is not counted."""

    store_number: int
    name: str
    distance_m: int | None
    available: Mapping[int, int | None]


def stores_that_can(needs: Sequence[Need], candidates: Iterable[Candidate]) -> tuple[StoreOption, ...]:
    """Return the nearest stores that can serve the whole order; those of unknown distance come last."""
    able = [(candidate, left) for candidate in candidates if (left := servings(needs, candidate.available)) != 0]
    able.sort(key=lambda pair: (pair[0].distance_m is None, pair[0].distance_m or 0, pair[0].store_number))
    return tuple(
        StoreOption(candidate.store_number, candidate.name, candidate.distance_m, left)
        for candidate, left in able[:MOST_STORES]
    )


def servings(needs: Sequence[Need], available: Mapping[int, int | None]) -> int | None:
    """Return how many orders like this one a store could serve; `None` when nothing of it is counted.

    A product that the mapping does not name is not sold there.
    """
    most: int | None = None
    for need in needs:
        if need.product_number not in available:
            return 0
        there = available[need.product_number]
        if there is not None:
            orders = max(0, there) // need.quantity
            most = orders if most is None else min(most, orders)
    return most
