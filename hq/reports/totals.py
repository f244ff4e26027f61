"""The figures of `app.domain.kpi` added up in the database: a month of a large chain is a million orders.

`hq.reports.figures` reads every order and is what these are tested against. One scan of the orders gives a row for each
store, session and day; hand-overs by the hour are counted by quarters, which every time zone's hours are made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Integer,
    Row,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from app.domain.kpi import Figures
from hq.problems import invalid
from hq.schema import live_sessions, orders, redemptions, sales, stores

K = TypeVar("K")
LONGEST = timedelta(days=93)


class Epoch(GenericFunction[float]):
    """Seconds since 1970 of a time column."""

    type = Float()
    inherit_cache = True


class Quarter(GenericFunction[int]):
    """Quarters of an hour since 1970 of a time column."""

    type = Integer()
    inherit_cache = True


@compiles(Epoch, "sqlite")
def _epoch_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"((julianday({compiler.process(element.clauses, **more)}) - 2440587.5) * 86400.0)"


@compiles(Epoch, "postgresql")
def _epoch_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(extract(epoch FROM {compiler.process(element.clauses, **more)}) AS double precision)"


@compiles(Quarter, "sqlite")
def _quarter_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"(CAST(strftime('%s', {compiler.process(element.clauses, **more)}) AS INTEGER) / 900)"


@compiles(Quarter, "postgresql")
def _quarter_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **more)}) / 900) AS integer)"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which orders: those whose window opens in the period, of a store or all, of a session or all."""

    since: datetime
    until: datetime
    store_id: str = ""
    session_id: str = ""

    def __post_init__(self) -> None:
        if not timedelta() < self.until - self.since <= LONGEST:
            raise invalid("period", f"A period has 1 to {LONGEST.days - 1} days.")


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures altogether, by store, session and day; only those of the whole have their hours."""

    whole: Figures
    by_store: Mapping[int, Figures]
    by_session: Mapping[str | None, Figures]
    by_day: Mapping[date, Figures]


@dataclass(slots=True)
class _Sum:
    orders: int = 0
    due: int = 0
    redeemed: int = 0
    done: int = 0
    waited: float = 0.0
    scans: int = 0
    scanned: float = 0.0
    addons: int = 0
    addon_fen: int = 0

    def add(self, row: Row[Any]) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + (getattr(row, name) or 0))

    def figures(self, by_hour: tuple[int, ...] = ()) -> Figures:
        return Figures(
            orders=self.orders,
            due=self.due,
            redeemed=self.redeemed,
            handed_over=self.done,
            redemption_rate=_ratio(self.redeemed, self.due),
            mean_redemption_seconds=_ratio(self.waited, self.done),
            mean_scan_seconds=_ratio(self.scanned, self.scans),
            addon_rate=_ratio(self.addons, self.done),
            addon_fen=int(self.addon_fen),
            mean_addon_fen=int((2 * self.addon_fen + self.addons) // (2 * self.addons)) if self.addons else None,
            by_hour=by_hour,
        )


def totals(conn: Connection, asked: Asked, *, now: datetime, zone: ZoneInfo) -> Totals:
    """Return the figures of a period; days and hours are told in `zone`."""
    told = _bound(asked, now, zone)
    facts = _facts(asked)
    rows = conn.execute(_sums(facts), told).all()
    whole = _Sum()
    for row in rows:
        whole.add(row)
    hours = [0] * 24
    for quarter, many in conn.execute(_hours(facts), told):
        hours[datetime.fromtimestamp(quarter * 900, zone).hour] += many
    return Totals(
        whole.figures(tuple(hours)),
        _grouped(rows, lambda row: int(row.store)),
        _grouped(rows, lambda row: row.session),
        _grouped(rows, lambda row: date.fromordinal(date(1970, 1, 1).toordinal() + row.day)),
    )


def _facts(asked: Asked) -> Subquery:
    addons = _addons()
    opens = orders.c.opens * 60
    ready = Epoch(orders.c.prepared_at)
    query = (
        select(
            stores.c.number.label("store"),
            live_sessions.c.title.label("session"),
            ((orders.c.opens + bindparam("offset", type_=Integer)) // 1440).label("day"),
            (opens + orders.c.length * 60).label("closes"),
            case((ready > opens, ready), else_=opens).label("could"),
            Epoch(orders.c.completed_at).label("completed"),
            Quarter(orders.c.completed_at).label("quarter"),
            Epoch(orders.c.cancelled_at).label("cancelled"),
            redemptions.c.scan_seconds.label("scan"),
            func.coalesce(addons.c.fen, 0).label("fen"),
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
            .outerjoin(addons, and_(addons.c.store_id == orders.c.store_id, addons.c.order_number == orders.c.number))
        )
        .where(*_which(asked))
    )
    return query.subquery("facts")


def _which(asked: Asked) -> Iterable[ColumnElement[bool]]:
    yield orders.c.opens >= bindparam("from_minute")
    yield orders.c.opens < bindparam("to_minute")
    # What moved to another store counts there, not twice.
    yield orders.c.replaced_by.is_(None)
    if asked.store_id:
        yield orders.c.store_id == bindparam("store_id")
    if asked.session_id:
        yield orders.c.session_id == bindparam("session_id")


def _addons() -> Subquery:
    """Return what each order's customer bought at the counter; sales belong to orders of the days around."""
    query = (
        select(sales.c.store_id, sales.c.order_number, func.sum(sales.c.total_fen - sales.c.refunded_fen).label("fen"))
        .where(sales.c.order_number.is_not(None))
        .group_by(sales.c.store_id, sales.c.order_number)
    )
    return query.subquery("addons")


def _sums(facts: Subquery) -> Select[Any]:
    fact = facts.c
    now = bindparam("now", type_=Float)
    done = and_(fact.completed.is_not(None), fact.completed <= now)
    called_off = and_(fact.cancelled.is_not(None), fact.cancelled < fact.closes)
    due = and_(fact.closes <= now, or_(~called_off, done))
    waited = case((and_(done, fact.completed > fact.could), fact.completed - fact.could), else_=0.0)
    added = and_(done, fact.fen > 0)
    scanned = and_(done, fact.scan.is_not(None))
    return select(
        fact.store,
        fact.session,
        fact.day,
        func.count().label("orders"),
        _count(due).label("due"),
        _count(and_(fact.closes <= now, done)).label("redeemed"),
        _count(done).label("done"),
        func.sum(waited).label("waited"),
        _count(scanned).label("scans"),
        func.sum(case((scanned, fact.scan), else_=0.0)).label("scanned"),
        _count(added).label("addons"),
        func.sum(case((added, fact.fen), else_=0)).label("addon_fen"),
    ).group_by(fact.store, fact.session, fact.day)


def _hours(facts: Subquery) -> Select[Any]:
    fact = facts.c
    done = and_(fact.completed.is_not(None), fact.completed <= bindparam("now", type_=Float))
    return select(fact.quarter, func.count()).where(done).group_by(fact.quarter)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, literal(1)), else_=literal(0)))


def _bound(asked: Asked, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    offset = asked.since.astimezone(zone).utcoffset() or timedelta()
    told: dict[str, Any] = {
        "from_minute": int(asked.since.timestamp()) // 60,
        "to_minute": int(asked.until.timestamp()) // 60,
        "offset": int(offset.total_seconds()) // 60,
        "now": now.astimezone(UTC).timestamp(),
    }
    told |= {"store_id": asked.store_id} if asked.store_id else {}
    return told | ({"session_id": asked.session_id} if asked.session_id else {})


def _grouped(rows: Iterable[Row[Any]], key: Callable[[Row[Any]], K]) -> dict[K, Figures]:
    sums: dict[K, _Sum] = defaultdict(_Sum)
    for row in rows:
        sums[key(row)].add(row)
    return {each: sums[each].figures() for each in sorted(sums, key=lambda key: (str(type(key)), key or ""))}


def _ratio(part: float, whole: int) -> float | None:
    return part / whole if whole else None
