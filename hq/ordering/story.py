"""An order's story: the state that follows from what HQ decided and what the store says happened.

Facts arrive late, twice or out of order; the story is told again from all of them each time, so what comes out
depends on which facts there are, and not on how the network delivered them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce

from app.domain.order import ON_SHELF, Status, may_move, move


class FactKind(StrEnum):
    """What can happen to an order: the store's events by their own names, and what HQ does.

    A story begins at an assigned order, which most are; one that waits for its group or cannot be served says so first.
    """

    PREPARATION_STARTED = "preparation_started"
    PREPARED = "prepared"
    PREPARATION_UNDONE = "preparation_undone"
    HANDED_OVER = "handed_over"
    HAND_OVER_REVOKED = "hand_over_revoked"
    CANCELLATION_ACCEPTED = "cancellation_accepted"
    LINE_REJECTED = "line_rejected"
    PUT_BACK = "put_back"
    CANCELLATION_REQUESTED = "cancellation_requested"
    CANCELLED = "cancelled"
    GROUP_JOINED = "group_joined"
    ROUTED = "routed"
    FELL_SHORT = "fell_short"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened to an order; `no` is its place in the order of arrival at HQ.

    `seq` counts within the terminal's `incarnation`; HQ's own facts have an empty one. `attempt_id` names a hand-over,
    `detail` is the shelf of a prepared order or the state that an undone one went back to.
    """

    no: int
    kind: FactKind
    at: datetime
    incarnation: str = ""
    seq: int = 0
    attempt_id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """An order's state; `live` are the hand-overs that stand, the first one HQ's, the others `twice`.

    `twice` and `after_cancellation` pair each colliding attempt with what it collided with: the attempt before it,
    or nothing.
    """

    status: Status = Status.ASSIGNED
    cancel_requested: bool = False
    shelf: str = ""
    preparing_at: datetime | None = None
    prepared_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    put_back_at: datetime | None = None
    live: tuple[str, ...] = ()
    revoked: frozenset[str] = frozenset()
    twice: tuple[tuple[str, str], ...] = ()
    after_cancellation: tuple[str, ...] = ()

    @property
    def redemption(self) -> str | None:
        """The attempt that counts."""
        return self.live[0] if self.live else None


def tell(facts: Iterable[Fact]) -> State:
    """Return the state that the facts amount to."""
    return reduce(lambda state, fact: _TELLERS[fact.kind](state, fact), in_order(facts), State())


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Sort by arrival, but each terminal's own facts as it numbered them.

    A fact that overtook an earlier one of the same incarnation pulls it forward to its own place.
    """
    places: dict[int, tuple[int, int]] = {}
    earliest: dict[str, int] = {}
    known = list(facts)
    for fact in sorted(known, key=lambda fact: (fact.seq, fact.no), reverse=True):
        if fact.incarnation:
            earliest[fact.incarnation] = min(earliest.get(fact.incarnation, fact.no), fact.no)
        places[fact.no] = (earliest.get(fact.incarnation, fact.no), fact.seq)
    return sorted(known, key=lambda fact: places[fact.no])


def _started(state: State, fact: Fact) -> State:
    if state.status not in {Status.ASSIGNED, Status.PUT_BACK}:
        return state
    return replace(state, status=move(state.status, Status.PREPARING), preparing_at=fact.at)


def _prepared(state: State, fact: Fact) -> State:
    if state.status in ON_SHELF:
        return replace(state, shelf=fact.detail)
    if state.status not in {Status.ASSIGNED, Status.PREPARING, Status.PUT_BACK}:
        return state
    return replace(state, status=move(state.status, Status.PREPARED), prepared_at=fact.at, shelf=fact.detail)


def _undone(state: State, fact: Fact) -> State:
    status = state.status
    if status in ON_SHELF:
        status = move(status, Status.PREPARING)
    if status is Status.PREPARING and fact.detail == Status.ASSIGNED:
        status = move(status, Status.ASSIGNED)
    if status is state.status:
        return state
    started = state.preparing_at if status is Status.PREPARING else None
    return replace(state, status=status, shelf="", prepared_at=None, preparing_at=started)


def _handed_over(state: State, fact: Fact) -> State:
    attempt = fact.attempt_id
    if attempt in state.live or attempt in state.revoked or attempt in state.after_cancellation:
        return state
    if state.status is Status.CANCELLED:
        return replace(state, after_cancellation=(*state.after_cancellation, attempt))
    if state.live:
        return replace(state, live=(*state.live, attempt), twice=(*state.twice, (attempt, state.live[0])))
    late = (attempt,) if state.cancel_requested else ()
    # Goods that went out are a fact, also where HQ had not sent the order to the store yet.
    status = state.status if may_move(state.status, Status.COMPLETED) else Status.ASSIGNED
    return replace(
        state,
        status=move(status, Status.COMPLETED),
        cancel_requested=False,
        completed_at=fact.at,
        live=(attempt,),
        after_cancellation=(*state.after_cancellation, *late),
    )


def _revoked(state: State, fact: Fact) -> State:
    live = tuple(attempt for attempt in state.live if attempt != fact.attempt_id)
    state = replace(state, live=live, revoked=state.revoked | {fact.attempt_id})
    if live or state.status is not Status.COMPLETED:
        return state
    return replace(state, status=move(state.status, Status.AWAITING_PICKUP), completed_at=None)


def _requested(state: State, _fact: Fact) -> State:
    return replace(state, cancel_requested=True) if may_move(state.status, Status.CANCELLED) else state


def _accepted(state: State, fact: Fact) -> State:
    return _cancelled(state, fact) if state.cancel_requested else state


def _group_joined(state: State, _fact: Fact) -> State:
    return replace(state, status=Status.AWAITING_GROUP) if state == State() else state


def _routed(state: State, _fact: Fact) -> State:
    status = move(state.status, Status.PAID) if state.status is Status.AWAITING_GROUP else state.status
    return replace(state, status=move(status, Status.ASSIGNED)) if may_move(status, Status.ASSIGNED) else state


def _fell_short(state: State, _fact: Fact) -> State:
    status = move(state.status, Status.PAID) if state.status is Status.AWAITING_GROUP else state.status
    if not may_move(status, Status.SHORTAGE):
        return state
    return replace(state, status=move(status, Status.SHORTAGE), shelf="", preparing_at=None, prepared_at=None)


def _put_back(state: State, fact: Fact) -> State:
    if not may_move(state.status, Status.PUT_BACK):
        return state
    return replace(state, status=move(state.status, Status.PUT_BACK), shelf="", prepared_at=None, put_back_at=fact.at)


def _cancelled(state: State, fact: Fact) -> State:
    if not may_move(state.status, Status.CANCELLED):
        return state
    return replace(state, status=Status.CANCELLED, cancel_requested=False, cancelled_at=fact.at)


_TELLERS: dict[FactKind, Callable[[State, Fact], State]] = {
    FactKind.PREPARATION_STARTED: _started,
    FactKind.PREPARED: _prepared,
    FactKind.PREPARATION_UNDONE: _undone,
    FactKind.HANDED_OVER: _handed_over,
    FactKind.HAND_OVER_REVOKED: _revoked,
    FactKind.CANCELLATION_ACCEPTED: _accepted,
    FactKind.CANCELLATION_REQUESTED: _requested,
    FactKind.CANCELLED: _cancelled,
    FactKind.GROUP_JOINED: _group_joined,
    FactKind.ROUTED: _routed,
    FactKind.FELL_SHORT: _fell_short,
    FactKind.LINE_REJECTED: _fell_short,
    FactKind.PUT_BACK: _put_back,
}
