"""What operators call to run a mall: live sessions, what stores have, what goes well with what."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from hq import apidoc, stores
from hq.desk import OPERATOR, AtDesk, parsed
from hq.goods import catalogue, pairing, stock
from hq.goods.sheet_cells import MOST_STOCK
from hq.goods.stock import Holding
from hq.mall import sessions
from hq.mall.sessions import Offer, Plan, Rules, Session
from hq.problems import invalid, missing
from hq.routes.operators import Order, Text
from hq.routes.sales import Moment
from hq.routes.sold_shapes import HoldingsShape, MovesShape, PairsShape, PlanShape, PlansShape
from hq.storefront.front import AtFront
from hq.work import Work
from sync.wire import StoreNumber

router = APIRouter(prefix="/v1", dependencies=[OPERATOR])

_LONGEST_KEY = 80
Number = Annotated[int, Field(ge=1, lt=2**32)]


class OfferBody(Order):
    """A product of a live session at its live price."""

    product_number: Number
    price_fen: Annotated[int, Field(ge=0, le=10**9)]
    most: Annotated[int, Field(ge=1, le=999)] = 99


class SessionPlan(Order):
    """A live session as an operator sets it; rules as `hq.mall.sessions.Rules` reads them, none: the usual ones."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    starts_at: Moment
    ends_at: Moment
    offers: Annotated[tuple[OfferBody, ...], Field(min_length=1, max_length=sessions.MOST_PRODUCTS)]
    host: Text = ""
    rules: dict[str, Any] = Field(default_factory=dict)
    discount_percent: Annotated[int, Field(ge=0, le=90)] = 10
    store_numbers: Annotated[tuple[StoreNumber, ...], Field(min_length=1, max_length=5_000)] | None = None
    published: bool = True

    def plan(self, slug: str) -> Plan:
        """Return it as the use-case takes it."""
        try:
            rules = Rules.from_json(self.rules)
        except ValueError as error:
            raise invalid("rules", str(error)) from error
        return Plan(
            slug=slug,
            title=self.title,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            offers=tuple(Offer(offer.product_number, offer.price_fen, offer.most) for offer in self.offers),
            host=self.host,
            rules=rules,
            discount_percent=self.discount_percent,
            store_numbers=self.store_numbers,
            published=self.published,
        )


class Count(Order):
    """How many of a product somebody counted."""

    product_number: Number
    on_hand: Annotated[int, Field(ge=0, le=MOST_STOCK)]


class Counts(Order):
    """What somebody counted in a store."""

    counts: Annotated[tuple[Count, ...], Field(min_length=1, max_length=1_000)]
    by: Annotated[str, Field(min_length=1, max_length=60)] = "HQ"


class Pairs(Order):
    """What goes well with a product or stands in for it, the best first."""

    others: Annotated[tuple[Number, ...], Field(max_length=50)]


_OPERATOR = apidoc.OPERATOR_ONLY
_NO_STORE = apidoc.missing("store", "There is no store 9.")
_NO_SESSION = apidoc.missing("session", "There is no such live session.")
_NO_PRODUCT = apidoc.missing("product", "There is no product 9.")
_A_SESSION = {
    "title": "周五夜场",
    "host": "小鱼",
    "starts_at": "2026-12-01T20:00:00+08:00",
    "ends_at": "2026-12-01T23:00:00+08:00",
    "offers": [{"product_number": 1001, "price_fen": 3_500, "most": 5}],
    "rules": {"window": {"kind": "clock", "opens": "14:00", "closes": "20:00", "days_after": 1}},
}


@router.get("/live-sessions", **apidoc.call(who="operator", gives=PlansShape, refuses=[_OPERATOR]))
async def list_sessions(at: AtDesk) -> Response:
    """List the live sessions, the newest first."""

    def query(conn: Connection) -> list[dict[str, Any]]:
        numbers = _numbers(conn)
        return [_session(session, numbers) for session in sessions.all_sessions(conn)]

    return JSONResponse({"sessions": await at.read(query)})


@router.get("/live-sessions/{slug}", **apidoc.call(who="operator", gives=PlanShape, refuses=[_OPERATOR, _NO_SESSION]))
async def show_session(slug: Text, at: AtDesk) -> Response:
    """Show a live session."""
    return JSONResponse(await at.read(lambda conn: _session(sessions.by_slug(conn, slug), _numbers(conn))))


@router.put(
    "/live-sessions/{slug}",
    **apidoc.call(
        who="operator", takes=SessionPlan, gives=PlanShape, example=_A_SESSION, refuses=[_OPERATOR, _NO_STORE]
    ),
)
async def put_session(slug: Text, request: Request, at: AtDesk, front: AtFront) -> Response:
    """Add a live session or change it."""
    plan = (await parsed(request, SessionPlan)).plan(slug)

    def usecase(work: Work) -> dict[str, Any]:
        return _session(sessions.put(work, plan), _numbers(work.conn))

    told = await at.write(usecase)
    front.forget(slug)
    return JSONResponse(told)


@router.get(
    "/stores/{number}/stock", **apidoc.call(who="operator", gives=HoldingsShape, refuses=[_OPERATOR, _NO_STORE])
)
async def show_stock(number: StoreNumber, at: AtDesk) -> Response:
    """Show what a store has and what of it is promised."""
    found = await at.read(lambda conn: stock.of_store(conn, stores.get(conn, number).id))
    return JSONResponse({"stock": [_holding(each) for each in found]})


@router.put(
    "/stores/{number}/stock",
    **apidoc.call(
        who="operator",
        takes=Counts,
        gives=HoldingsShape,
        example={"counts": [{"product_number": 1001, "on_hand": 24}], "by": "盘点"},
        refuses=[_OPERATOR, _NO_STORE],
    ),
)
async def put_stock(number: StoreNumber, request: Request, at: AtDesk) -> Response:
    """Set what a store has of some products, as counted; a retry with the same Idempotency-Key counts once."""
    told = await parsed(request, Counts)
    key = request.headers.get("idempotency-key", "").replace("\0", "")[:_LONGEST_KEY]
    counted = {count.product_number: count.on_hand for count in told.counts}
    if len(counted) < len(told.counts):
        raise invalid("product", "A count names each product once.")

    def usecase(work: Work) -> list[Holding]:
        store = stores.locked(work, number)
        if unknown := sorted(counted.keys() - catalogue.find(work.conn, counted).keys()):
            raise invalid("product", f"There is no product {unknown[0]}.")
        stock.count(work, store.id, counted, cause=f"count:{key or work.new_id()}", by=told.by)
        return [each for each in stock.of_store(work.conn, store.id) if each.product_number in counted]

    return JSONResponse({"stock": [_holding(each) for each in await at.write(usecase)]})


@router.get(
    "/stores/{number}/stock/{product}/moves",
    **apidoc.call(who="operator", gives=MovesShape, refuses=[_OPERATOR, _NO_STORE]),
)
async def list_moves(
    number: StoreNumber, product: Number, at: AtDesk, limit: Annotated[int, Query(ge=1, le=1_000)] = 100
) -> Response:
    """List what changed a store's stock of a product, newest first."""
    found = await at.read(lambda conn: stock.moves(conn, stores.get(conn, number).id, product, limit))
    hidden = {"store_id", "at"}
    told = [
        {**{name: value for name, value in move.items() if name not in hidden}, "at": move["at"].isoformat()}
        for move in found
    ]
    return JSONResponse({"moves": told})


@router.put(
    "/products/{number}/pairs",
    **apidoc.call(
        who="operator", takes=Pairs, gives=PairsShape, example={"others": [1002]}, refuses=[_OPERATOR, _NO_PRODUCT]
    ),
)
async def put_pairs(number: Number, request: Request, at: AtDesk) -> Response:
    """Say what goes well with a product, or stands in for it."""
    others = (await parsed(request, Pairs)).others

    def usecase(work: Work) -> list[int]:
        known = catalogue.find(work.conn, [number, *others])
        if number not in known:
            raise missing("product", f"There is no product {number}.")
        if unknown := sorted(set(others) - known.keys()):
            raise invalid("product", f"There is no product {unknown[0]}.")
        pairing.set_pairs(work, number, others)
        return [other for one, other, _ in pairing.pairs(work.conn) if one == number]

    return JSONResponse({"others": await at.write(usecase)})


def _numbers(conn: Connection) -> dict[str, int]:
    return {store.id: store.number for store in stores.all_stores(conn)}


def _session(session: Session, numbers: dict[str, int]) -> dict[str, Any]:
    chosen = None if session.store_ids is None else sorted(numbers[store_id] for store_id in session.store_ids)
    return {
        "slug": session.slug,
        "title": session.title,
        "host": session.host,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "rules": session.rules.as_json(),
        "discount_percent": session.discount_percent,
        "published": session.published,
        "created_at": session.created_at.isoformat(),
        "store_numbers": chosen,
        "offers": [
            {"product_number": offer.product_number, "price_fen": offer.price_fen, "most": offer.most}
            for offer in session.offers
        ],
    }


def _holding(holding: Holding) -> dict[str, Any]:
    balance = holding.balance
    return {
        "product_number": holding.product_number,
        "on_hand": balance.on_hand,
        "reserved": balance.reserved,
        "available": balance.available,
        "listed": balance.listed,
        "changed_at": holding.changed_at.isoformat(),
    }
