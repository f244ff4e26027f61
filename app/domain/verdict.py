"""One question, one closed list of answers: may this be handed over now?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.code import Flaw, PickupCode
from app.domain.order import ON_SHELF, Line, Order, Redemption, Status
from app.domain.window import Phase, Window, WindowPolicy


class Kind(StrEnum):
    """Every answer that a check can give."""

    READY = "ready"
    NOT_PREPARED = "not_prepared"
    TOO_EARLY = "too_early"
    OVERDUE = "overdue"
    ALREADY_HANDED_OVER = "already_handed_over"
    WRONG_STORE = "wrong_store"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    UNKNOWN_ORDER_VERIFIED = "unknown_order_verified"
    FORGED = "forged"
    MALFORMED = "malformed"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    LOCKED_OUT = "locked_out"
    NEEDS_LEAD = "needs_lead"


class Tone(StrEnum):
    """What the clerk sees and hears first: yes, wait, no."""

    YES = "yes"
    WAIT = "wait"
    NO = "no"


class Role(StrEnum):
    """Who is asked."""

    CLERK = "clerk"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Rule:
    """A verdict's tone, and who may hand over in spite of it (`None`: nobody)."""

    tone: Tone
    hand_over_by: Role | None


RULES: dict[Kind, Rule] = {
    Kind.READY: Rule(Tone.YES, Role.CLERK),
    Kind.UNKNOWN_ORDER_VERIFIED: Rule(Tone.YES, Role.CLERK),
    Kind.NOT_PREPARED: Rule(Tone.WAIT, Role.CLERK),
    Kind.TOO_EARLY: Rule(Tone.WAIT, Role.MANAGER),
    Kind.OVERDUE: Rule(Tone.WAIT, Role.MANAGER),
    Kind.NEEDS_LEAD: Rule(Tone.WAIT, Role.MANAGER),
    Kind.AMBIGUOUS: Rule(Tone.WAIT, None),
    Kind.ALREADY_HANDED_OVER: Rule(Tone.NO, None),
    Kind.WRONG_STORE: Rule(Tone.NO, None),
    Kind.CANCELLED: Rule(Tone.NO, None),
    Kind.SUPERSEDED: Rule(Tone.NO, None),
    Kind.FORGED: Rule(Tone.NO, None),
    Kind.MALFORMED: Rule(Tone.NO, None),
    Kind.NOT_FOUND: Rule(Tone.NO, None),
    Kind.LOCKED_OUT: Rule(Tone.NO, None),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several orders that a phone's last four digits fit: only what the clerk may compare."""

    order_number: int
    label: str
    customer: str
    phone: str
    window: Window
    status: Status
    collector: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with what the clerk needs for the next step; fields that do not apply are empty.

    `order_number`, `window` and `lines` come from the local order, else from the code. `flaw` belongs to FORGED and
    MALFORMED, `handed_over` to ALREADY_HANDED_OVER, `store_*` to WRONG_STORE, `candidates` to AMBIGUOUS,
    `retry_at` to LOCKED_OUT. `lines_cut`: the code did not have room for all lines. `leads`: this terminal holds the
    store's claims.
    """

    kind: Kind
    order_number: int | None = None
    order: Order | None = None
    window: Window | None = None
    lines: tuple[Line, ...] = ()
    lines_cut: bool = False
    flaw: Flaw | None = None
    handed_over: Redemption | None = None
    store_number: int | None = None
    store_name: str = ""
    store_address: str = ""
    store_distance_m: int | None = None
    candidates: tuple[Candidate, ...] = ()
    retry_at: datetime | None = None
    leads: bool = True

    @property
    def tone(self) -> Tone:
        """Yes, wait or no."""
        return RULES[self.kind].tone

    @property
    def hand_over_by(self) -> Role | None:
        """Who may hand over now: the clerk, only a manager, or nobody; a terminal that does not lead needs one."""
        role = RULES[self.kind].hand_over_by
        return Role.MANAGER if role and not self.leads else role

    @property
    def unfinished_attempt(self) -> str | None:
        """The attempt that was granted and never confirmed: ask whether the parcel is still on the shelf."""
        return self.order.granted_attempt if self.order else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows when it is asked; `order` is `None` for one that has not been synced."""

    store_number: int
    policy: WindowPolicy
    leads: bool = True
    order: Order | None = None


def judge_code(code: PickupCode, facts: Facts, now: datetime) -> Verdict:
    """Judge a verified code: with the local order if there is one, else from the code alone."""
    if code.store_number != facts.store_number:
        return Verdict(Kind.WRONG_STORE, code.order_number, store_number=code.store_number)
    if facts.order is None:
        return _judge_unknown(code, facts, now)
    order = facts.order
    if code.issue < order.issue and order.status is not Status.CANCELLED:
        return _verdict(Kind.SUPERSEDED, order, facts)
    if code.issue > order.issue:
        # Rescheduled since the last sync: the newer signature knows the window better than our copy does.
        order = replace(order, issue=code.issue, window=code.window)
    return judge_order(order, facts, now)


def judge_order(order: Order, facts: Facts, now: datetime) -> Verdict:
    """Judge an order that was found locally, whichever way it was found."""
    if order.status is Status.CANCELLED:
        return _verdict(Kind.CANCELLED, order, facts)
    if order.status is Status.COMPLETED or order.redemption:
        return replace(_verdict(Kind.ALREADY_HANDED_OVER, order, facts), handed_over=order.redemption)
    if order.cancel_requested and order.granted_attempt is None:
        return _verdict(Kind.CANCELLED, order, facts)
    outside = _outside_window(order.window, facts, now)
    if outside:
        return _verdict(outside, order, facts)
    if order.status not in ON_SHELF and not order.from_code:
        return _verdict(Kind.NOT_PREPARED, order, facts)
    if not facts.leads:
        return _verdict(Kind.NEEDS_LEAD, order, facts)
    return _verdict(Kind.UNKNOWN_ORDER_VERIFIED if order.from_code else Kind.READY, order, facts)


def _judge_unknown(code: PickupCode, facts: Facts, now: datetime) -> Verdict:
    genuine = Kind.UNKNOWN_ORDER_VERIFIED if facts.leads else Kind.NEEDS_LEAD
    return Verdict(
        _outside_window(code.window, facts, now) or genuine,
        code.order_number,
        window=code.window,
        lines=tuple(Line(product, quantity) for product, quantity in code.lines),
        lines_cut=code.lines_cut,
        leads=facts.leads,
    )


def _outside_window(window: Window, facts: Facts, now: datetime) -> Kind | None:
    phase = facts.policy.phase(window, now)
    return {Phase.EARLY: Kind.TOO_EARLY, Phase.OVERDUE: Kind.OVERDUE}.get(phase)


def _verdict(kind: Kind, order: Order, facts: Facts) -> Verdict:
    return Verdict(kind, order.number, order, order.window, order.lines, leads=facts.leads)
