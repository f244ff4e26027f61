"""Live sessions: what is sold, at which price, in which stores, and under which rules."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.domain.hours import Span
from app.domain.policies import OverduePolicy, ReschedulePolicy
from app.domain.rules import ClockRule, Rule, rule_as_json, rule_from_json
from hq import stores
from hq.goods import catalogue
from hq.problems import Rejection, invalid, missing
from hq.schema import live_sessions, session_products, session_stores
from hq.work import Work

MOST_PRODUCTS = 200
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_BY_SLUG = select(live_sessions).where(live_sessions.c.slug == bindparam("slug"))
_BY_ID = select(live_sessions).where(live_sessions.c.id == bindparam("id"))
_ALL = select(live_sessions).order_by(live_sessions.c.starts_at.desc())
_OFFERS = (
    select(session_products)
    .where(session_products.c.session_id == bindparam("session_id"))
    .order_by(session_products.c.position, session_products.c.product_number)
)
_STORES = select(session_stores.c.store_id).where(session_stores.c.session_id == bindparam("session_id"))
_USUAL = ClockRule(Span.of("14:00", "20:00"))
_RESCHEDULE = ReschedulePolicy()
_OVERDUE = OverduePolicy()


@dataclass(frozen=True, slots=True)
class Rules:
    """When an order of the session may be collected, moved to another window, and what happens when it is not."""

    window: Rule = _USUAL
    reschedule: ReschedulePolicy = _RESCHEDULE
    overdue: OverduePolicy = _OVERDUE

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` reads."""
        return {
            "window": rule_as_json(self.window),
            "reschedule": self.reschedule.as_json,
            "overdue": self.overdue.as_json,
        }

    @classmethod
    def from_json(cls, told: Any) -> Rules:
        """Read rules; raise `ValueError` with a sentence."""
        if not isinstance(told, dict) or set(told) - {"window", "reschedule", "overdue"}:
            raise ValueError("Rules are an object with window, reschedule and overdue.")
        return cls(
            rule_from_json(told["window"]) if "window" in told else _USUAL,
            ReschedulePolicy.from_json(told["reschedule"]) if "reschedule" in told else _RESCHEDULE,
            OverduePolicy.from_json(told["overdue"]) if "overdue" in told else _OVERDUE,
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """A product of a session: its live price, its place on the page, and how many one customer may have."""

    product_number: int
    price_fen: int
    most: int = 99


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operator sets; without `store_numbers` every store takes part."""

    slug: str
    title: str
    starts_at: datetime
    ends_at: datetime
    offers: tuple[Offer, ...]
    host: str = ""
    rules: Rules = Rules()
    discount_percent: int = 10
    store_numbers: tuple[int, ...] | None = None
    published: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """A live session as HQ keeps it; `store_ids` is `None` where every store takes part."""

    id: str
    slug: str
    title: str
    host: str
    starts_at: datetime
    ends_at: datetime
    rules: Rules
    discount_percent: int
    published: bool
    created_at: datetime
    offers: tuple[Offer, ...] = ()
    store_ids: frozenset[str] | None = None

    def sells_at(self, now: datetime) -> bool:
        """Tell whether orders are taken now."""
        return self.published and self.starts_at <= now < self.ends_at

    def takes_part(self, store_id: str) -> bool:
        """Tell whether a store takes part."""
        return self.store_ids is None or store_id in self.store_ids


def put(work: Work, plan: Plan) -> Session:
    """Add a session or change the one with this slug."""
    _check(work.conn, plan)
    known = work.conn.execute(_BY_SLUG, {"slug": plan.slug}).first()
    values = {
        "title": plan.title,
        "host": plan.host,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "rules": json.dumps(plan.rules.as_json()),
        "discount_percent": plan.discount_percent,
        "every_store": plan.store_numbers is None,
        "published": plan.published,
    }
    if known:
        session_id = known.id
        work.conn.execute(update(live_sessions).where(live_sessions.c.id == session_id).values(**values))
    else:
        session_id = work.new_id()
        row = {"id": session_id, "slug": plan.slug, "created_at": work.now, **values}
        work.conn.execute(insert(live_sessions), row)
    _set_offers(work, session_id, plan.offers)
    _set_stores(work, session_id, plan.store_numbers or ())
    return by_id(work.conn, session_id)


def publish(work: Work, slug: str, *, published: bool) -> Session:
    """Open a session to customers or close it."""
    session = by_slug(work.conn, slug)
    work.conn.execute(update(live_sessions).where(live_sessions.c.id == session.id).values(published=published))
    return replace(session, published=published)


def by_slug(conn: Connection, slug: str) -> Session:
    """Return a session with its products and stores, or refuse."""
    row = conn.execute(_BY_SLUG, {"slug": slug}).first() if _SLUG.fullmatch(slug) else None
    if row is None:
        raise none_such()
    return _session(conn, row)


def none_such() -> Rejection:
    """Return the answer for a session that there is not, or not for customers."""
    return missing("session", "There is no such live session.")


def by_id(conn: Connection, session_id: str) -> Session:
    """Return a session that is known to exist."""
    return _session(conn, conn.execute(_BY_ID, {"id": session_id}).one())


def rules_of(conn: Connection, session_id: str | None) -> Rules:
    """Return the rules of an order's session; an order without one has the usual ones."""
    row = conn.execute(_BY_ID, {"id": session_id}).first() if session_id else None
    return Rules.from_json(json.loads(row.rules)) if row else Rules()


def stores_of(conn: Connection, session_id: str | None) -> frozenset[str] | None:
    """Return which stores take part in a session; `None` is every store."""
    row = conn.execute(_BY_ID, {"id": session_id}).first() if session_id else None
    if row is None or row.every_store:
        return None
    return frozenset(conn.execute(_STORES, {"session_id": session_id}).scalars())


def all_sessions(conn: Connection) -> list[Session]:
    """Return every session, the newest first."""
    return [_session(conn, row) for row in conn.execute(_ALL).all()]


def _session(conn: Connection, row: Any) -> Session:
    offers = conn.execute(_OFFERS, {"session_id": row.id})
    chosen = None if row.every_store else frozenset(conn.execute(_STORES, {"session_id": row.id}).scalars())
    return Session(
        id=row.id,
        slug=row.slug,
        title=row.title,
        host=row.host,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        rules=Rules.from_json(json.loads(row.rules)),
        discount_percent=row.discount_percent,
        published=row.published,
        created_at=row.created_at,
        offers=tuple(Offer(offer.product_number, offer.price_fen, offer.most) for offer in offers),
        store_ids=chosen,
    )


def _check(conn: Connection, plan: Plan) -> None:
    if not _SLUG.fullmatch(plan.slug):
        raise invalid("slug", "The link's name has 1 to 64 lower-case letters, digits and hyphens.")
    if plan.ends_at <= plan.starts_at:
        raise invalid("time", "A live session ends after it starts.")
    if not 0 <= plan.discount_percent <= 90:
        raise invalid("discount", "The discount for collecting in store is 0 to 90 percent.")
    if not 1 <= len(plan.offers) <= MOST_PRODUCTS:
        raise invalid("products", f"A live session has 1 to {MOST_PRODUCTS} products.")
    numbers = [offer.product_number for offer in plan.offers]
    if len(set(numbers)) < len(numbers):
        raise invalid("products", "A live session names each product once.")
    unknown = sorted(set(numbers) - set(catalogue.find(conn, numbers)))
    if unknown:
        raise invalid("product", f"There is no product {unknown[0]}.")
    if any(offer.price_fen < 0 or not 1 <= offer.most <= 999 for offer in plan.offers):
        raise invalid("products", "A price is not below zero, and a customer may have 1 to 999 of a product.")


def _set_offers(work: Work, session_id: str, offers: Sequence[Offer]) -> None:
    work.conn.execute(delete(session_products).where(session_products.c.session_id == session_id))
    work.conn.execute(
        insert(session_products),
        [{"session_id": session_id, "position": at, **asdict(offer)} for at, offer in enumerate(offers)],
    )


def _set_stores(work: Work, session_id: str, numbers: Sequence[int]) -> None:
    work.conn.execute(delete(session_stores).where(session_stores.c.session_id == session_id))
    rows = [{"session_id": session_id, "store_id": stores.get(work.conn, number).id} for number in sorted(set(numbers))]
    if rows:
        work.conn.execute(insert(session_stores), rows)
