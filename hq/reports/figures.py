"""The figures of stores and sessions, by the definitions of `app.domain.kpi`, and what routing decisions tell."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, bindparam, case, func, select

from app.domain.kpi import Figures, OrderFact, measure, measure_by_session, measure_by_store
from app.domain.window import Window
from hq.schema import live_sessions, orders, redemptions, routing_decisions, sales, shortages, stores, window_loads

# A window is what an order belongs to: a figure of July speaks of what was to be collected in July.
_FACTS = (
    select(
        stores.c.number.label("store"),
        live_sessions.c.title.label("session"),
        orders.c.store_id,
        orders.c.number,
        orders.c.opens,
        orders.c.length,
        orders.c.prepared_at,
        orders.c.completed_at,
        orders.c.cancelled_at,
        redemptions.c.scan_seconds,
    )
    .select_from(
        orders.join(stores, stores.c.id == orders.c.store_id)
        .outerjoin(live_sessions, live_sessions.c.id == orders.c.session_id)
        .outerjoin(
            redemptions,
            and_(
                redemptions.c.store_id == orders.c.store_id,
                redemptions.c.order_number == orders.c.number,
                redemptions.c.attempt_id == orders.c.redemption_attempt,
            ),
        )
    )
    .where(
        orders.c.opens >= bindparam("from_minute"),
        orders.c.opens < bindparam("to_minute"),
        # What moved to another store counts there, not twice.
        orders.c.replaced_by.is_(None),
    )
)
_ADDONS = (
    select(sales.c.store_id, sales.c.order_number, func.sum(sales.c.total_fen - sales.c.refunded_fen).label("fen"))
    .select_from(
        sales.join(orders, (orders.c.store_id == sales.c.store_id) & (orders.c.number == sales.c.order_number))
    )
    .where(orders.c.opens >= bindparam("from_minute"), orders.c.opens < bindparam("to_minute"))
    .group_by(sales.c.store_id, sales.c.order_number)
)
# Most decisions say yes: they are counted, and only the reasons of the others are read.
_DECIDED = (
    select(stores.c.number.label("store"), routing_decisions.c.outcome, func.count().label("many"))
    .select_from(routing_decisions.join(stores, stores.c.id == routing_decisions.c.store_id))
    .where(routing_decisions.c.at >= bindparam("since"), routing_decisions.c.at < bindparam("until"))
    .group_by(stores.c.number, routing_decisions.c.outcome)
)
_SHORT = (
    select(stores.c.number.label("store"), routing_decisions.c.reasons)
    .select_from(routing_decisions.join(stores, stores.c.id == routing_decisions.c.store_id))
    .where(
        routing_decisions.c.at >= bindparam("since"),
        routing_decisions.c.at < bindparam("until"),
        routing_decisions.c.outcome == "shortage",
    )
)
_ANSWERS = (
    select(stores.c.number.label("store"), shortages.c.cause, shortages.c.answer, func.count().label("many"))
    .select_from(shortages.join(stores, stores.c.id == shortages.c.store_id))
    .where(shortages.c.opened_at >= bindparam("since"), shortages.c.opened_at < bindparam("until"))
    .group_by(stores.c.number, shortages.c.cause, shortages.c.answer)
)
_LOADS = (
    select(window_loads.c.quarter, window_loads.c.booked)
    .where(
        window_loads.c.store_id == bindparam("store_id"),
        window_loads.c.quarter >= bindparam("first"),
        window_loads.c.quarter < bindparam("after"),
    )
    .order_by(window_loads.c.quarter)
)
# Who comes back, to which store: what a customer prefers.
_HABITS = (
    select(func.count().label("many"), func.count(orders.c.store_id.distinct()).label("stores"))
    .where(
        orders.c.customer_id.is_not(None),
        orders.c.opens >= bindparam("from_minute"),
        orders.c.opens < bindparam("to_minute"),
    )
    .group_by(orders.c.customer_id)
    .subquery("customers")
)
_RETURNING = _HABITS.c.many > 1
_COUNTED_HABITS = select(
    func.count(),
    func.coalesce(func.sum(case((_RETURNING, 1), else_=0)), 0),
    func.coalesce(func.sum(case((and_(_RETURNING, _HABITS.c.stores == 1), 1), else_=0)), 0),
)


@dataclass(frozen=True, slots=True)
class Period:
    """The figures of what was to be collected in a period, altogether, by store and by session."""

    whole: Figures
    by_store: dict[int, Figures]
    by_session: dict[str | None, Figures]


@dataclass(slots=True)
class Routing:
    """What decisions tell of a store: orders that it took, and those that it could not serve, why, and their end."""

    assigned: int = 0
    short: int = 0
    why: Counter[str] = field(default_factory=Counter)
    short_products: Counter[int] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Habits:
    """How faithful customers are to a store: those with several orders, and how many of them use one store only."""

    customers: int
    returning: int
    faithful: int


def period(conn: Connection, since: datetime, until: datetime, *, now: datetime, zone: ZoneInfo) -> Period:
    """Return the figures of a period; hours are told in `zone`, each store's in its own."""
    facts = order_facts(conn, since, until)
    zones = {row.number: ZoneInfo(row.time_zone) for row in conn.execute(select(stores.c.number, stores.c.time_zone))}
    return Period(
        whole=measure(facts, now=now, zone=zone),
        by_store=measure_by_store(facts, now=now, zones=zones),
        by_session=measure_by_session(facts, now=now, zone=zone),
    )


def order_facts(conn: Connection, since: datetime, until: datetime) -> list[OrderFact]:
    """Return what the figures need of every order whose window opens in a period."""
    asked = _minutes(since, until)
    addons = {(row.store_id, row.order_number): int(row.fen) for row in conn.execute(_ADDONS, asked)}
    return [
        OrderFact(
            store=row.store,
            session=row.session,
            window=Window.of_minutes(row.opens, row.length),
            prepared_at=row.prepared_at,
            completed_at=row.completed_at,
            cancelled_at=row.cancelled_at,
            scan_seconds=row.scan_seconds,
            addon_fen=addons.get((row.store_id, row.number), 0),
        )
        for row in conn.execute(_FACTS, asked)
    ]


def routing(conn: Connection, since: datetime, until: datetime) -> dict[int, Routing]:
    """Return what the decisions of a period tell, by store."""
    told: dict[int, Routing] = defaultdict(Routing)
    for row in conn.execute(_DECIDED, {"since": since, "until": until}):
        of_store = told[row.store]
        of_store.assigned += row.many * (row.outcome == "assigned")
        of_store.short += row.many * (row.outcome == "shortage")
    for row in conn.execute(_SHORT, {"since": since, "until": until}):
        _count_reasons(told[row.store], json.loads(row.reasons))
    for row in conn.execute(_ANSWERS, {"since": since, "until": until}):
        told[row.store].answers[row.answer or "open"] += row.many
        if row.cause == "store":
            told[row.store].why["rejected_by_store"] += row.many
    return dict(told)


def load_of(conn: Connection, store_id: str, since: datetime, until: datetime) -> list[tuple[datetime, int]]:
    """Return the booked orders of a store by quarter of an hour."""
    asked = {"store_id": store_id, "first": int(since.timestamp()) // 900, "after": int(until.timestamp()) // 900}
    return [(Window.of_minutes(row.quarter * 15, 15).opens, row.booked) for row in conn.execute(_LOADS, asked)]


def habits(conn: Connection, since: datetime, until: datetime) -> Habits:
    """Return whether customers keep to one store."""
    return Habits(*(int(many) for many in conn.execute(_COUNTED_HABITS, _minutes(since, until)).one()))


def _count_reasons(of_store: Routing, reasons: Iterable[dict[str, object]]) -> None:
    for reason in reasons:
        why, product = str(reason["why"]), reason.get("product")
        of_store.why[why] += 1
        if isinstance(product, int) and why not in {"in_stock", "held", "not_counted"}:
            of_store.short_products[product] += 1


def _minutes(since: datetime, until: datetime) -> dict[str, int]:
    return {"from_minute": int(since.timestamp()) // 60, "to_minute": int(until.timestamp()) // 60}
