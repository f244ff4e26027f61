"""What operators' programs call to sell: live sessions, and what stores have."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from hq import apidoc, catalogue, stock, stores
from hq.desk import OPERATOR, AtDesk, parsed
from hq.mall import sessions
from hq.mall.sessions import Offer, Plan, Rules
from hq.problems import invalid
from hq.routes.mall_bodies import Moment, Number, Text
from hq.routes.mall_told import PutSessionShape, StockShape
from hq.storefront.front import AtFront
from hq.work import Work
from sync.wire import StoreNumber

router = APIRouter(prefix="/v1", dependencies=[OPERATOR])


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SoldProduct(_Body):
    """A product of a live session."""

    product_number: Number
    price_fen: Annotated[int, Field(ge=0, le=10**9)]
    most: Annotated[int, Field(ge=1, le=999)] = 99


class NewSession(_Body):
    """A live session; without stores every store takes part."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    starts_at: Moment
    ends_at: Moment
    products: Annotated[tuple[SoldProduct, ...], Field(min_length=1, max_length=200)]
    host: Text = ""
    rules: dict[str, Any] = {}
    discount_percent: Annotated[int, Field(ge=0, le=90)] = 10
    stores: Annotated[tuple[Number, ...], Field(max_length=10_000)] | None = None
    published: bool = True


class Counts(_Body):
    """What somebody counted: product numbers and how many."""

    on_hand: dict[Annotated[int, Field(ge=1, lt=2**32)], Annotated[int, Field(ge=0, lt=10**6)]]
    reason: Annotated[str, Field(min_length=1, max_length=60)] = "operator"


_A_SESSION = {
    "title": "周五夜场",
    "host": "小鱼",
    "starts_at": "2026-12-01T20:00:00+08:00",
    "ends_at": "2026-12-01T23:00:00+08:00",
    "products": [{"product_number": 7, "price_fen": 10_000, "most": 5}],
    "rules": {"window": {"kind": "clock", "opens": "14:00", "closes": "20:00", "days_after": 1}},
}
_NO_STORE = apidoc.missing("store", "There is no store 9.")
_OPERATOR = apidoc.OPERATOR_ONLY


@router.put(
    "/sessions/{slug}",
    **apidoc.call(
        who="operator",
        takes=NewSession,
        example=_A_SESSION,
        gives=PutSessionShape,
        refuses=[_OPERATOR, _NO_STORE],
    ),
)
async def put_session(slug: str, request: Request, at: AtDesk, front: AtFront) -> Response:
    """Add a live session or change the one with this link."""
    body = await parsed(request, NewSession)
    try:
        rules = Rules.from_json(body.rules)
    except ValueError as error:
        raise invalid("rules", str(error)) from error
    plan = Plan(
        slug=slug,
        title=body.title,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        offers=tuple(Offer(each.product_number, each.price_fen, each.most) for each in body.products),
        host=body.host,
        rules=rules,
        discount_percent=body.discount_percent,
        store_numbers=body.stores,
        published=body.published,
    )
    session = await at.write(lambda work: sessions.put(work, plan))
    front.forget(slug)
    return JSONResponse({"slug": session.slug, "url": f"/live/{session.slug}", "published": session.published})


@router.put(
    "/stores/{number}/stock",
    **apidoc.call(
        who="operator",
        takes=Counts,
        example={"on_hand": {"7": 24}, "reason": "盘点"},
        gives=StockShape,
        refuses=[_OPERATOR, _NO_STORE],
    ),
)
async def put_stock(number: StoreNumber, request: Request, at: AtDesk) -> Response:
    """Set what a store has on hand; the first count of a product makes it one that is counted there."""
    body = await parsed(request, Counts)

    def usecase(work: Work) -> list[dict[str, Any]]:
        store = stores.get(work.conn, number)
        unknown = sorted(set(body.on_hand) - set(catalogue.find(work.conn, body.on_hand)))
        if unknown:
            raise invalid("product", f"There is no product {unknown[0]}.")
        stock.count(work, store.id, body.on_hand, cause=f"count:{work.new_id()}", by=body.reason)
        return [
            {
                "product_number": held.product_number,
                "on_hand": held.balance.on_hand,
                "reserved": held.balance.reserved,
                "available": held.balance.available,
            }
            for held in stock.of_store(work.conn, store.id)
        ]

    return JSONResponse({"stock": await at.write(usecase)})
