"""What a mini-program calls for orders: one's own, one by its page's token, and what its customer may change."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from hq import apidoc
from hq.desk import AtDesk, Desk, parsed
from hq.mall import changes, mine, status
from hq.ordering import page_address
from hq.ordering.book import OrderRow
from hq.routes import mall_shapes as shapes
from hq.routes.mall import CUSTOMER_ONLY, TOO_OFTEN, CallingCustomer
from hq.routes.mall_bodies import Arrival, Collector, OtherPickup, ShortageAnswer, minutes
from hq.routes.mall_told import BoughtShape, OwnOrdersShape
from hq.storefront.front import AtFront
from hq.work import Usecase

router = APIRouter(prefix="/v1/mall/orders")
_NO_PAGE = apidoc.missing("page", "There is no such page.")
_A_WINDOW = {"opens": "2026-12-01T14:00:00+08:00", "closes": "2026-12-01T20:00:00+08:00"}
_NOT_NOW = apidoc.conflict("not_now", "The store expects you in your pickup time.")
_FAR = apidoc.conflict("far_away", "You are still 3.2 km away from 河畔店.")
_CLOSED = apidoc.conflict("closed", "Order #4821 is closed.")
_FIXED = apidoc.conflict("reschedule", "The pickup time of this order cannot be changed.")
_FULL = apidoc.conflict("window_full", "This pickup time is full: choose another one.")
_TOO_LATE = apidoc.conflict("too_late", "Your order is being prepared already: please call the store.")
_NO_SHORTAGE = apidoc.conflict("no_shortage", "Order #4821 is not short of anything.")
_SOLD_OUT = apidoc.conflict("sold_out", "草莓蛋糕 is sold out at 河畔店.")


@router.get("", **apidoc.call(who="customer", gives=OwnOrdersShape, refuses=[CUSTOMER_ONLY]))
async def list_orders(at: AtDesk, caller: CallingCustomer) -> Response:
    """List one's own orders, the newest first."""
    found = await at.read(lambda conn: mine.of_customer(conn, caller))
    now, secret = at.office.now(), at.office.vault.secret("page")

    def shape(row: OrderRow, store_name: str, zone: ZoneInfo) -> dict[str, Any]:
        return {
            "token": page_address.token(secret, row.number),
            "label": row.label,
            "status": row.status_at(now).value,
            "payment": row.payment,
            "store": store_name,
            "window": shapes.span(row.window, zone),
            "total_fen": row.total_fen,
        }

    return JSONResponse({"orders": [shape(row, store.name, ZoneInfo(store.time_zone)) for row, store in found]})


@router.get("/{token}", **apidoc.call(gives=BoughtShape, refuses=[_NO_PAGE]))
async def show(token: str, at: AtDesk) -> Response:
    """Show an order; whoever has its page's token may."""
    return await _shown(at, token)


@router.post(
    "/{token}/reschedule",
    **apidoc.call(
        takes=OtherPickup, example=_A_WINDOW, gives=BoughtShape, refuses=[_NO_PAGE, TOO_OFTEN, _FIXED, _FULL]
    ),
)
async def reschedule(token: str, request: Request, at: AtDesk, front: AtFront) -> Response:
    """Choose another pickup time; codes that were shown before are superseded."""
    body = await parsed(request, OtherPickup)
    number, (opens, length) = mine.number_of(at, token), minutes(body.opens, body.closes)
    return await _changed(at, front, token, lambda work: changes.reschedule(work, number, opens, length))


@router.post(
    "/{token}/cancel",
    **apidoc.call(gives=BoughtShape, refuses=[_NO_PAGE, TOO_OFTEN, _TOO_LATE]),
)
async def cancel(token: str, at: AtDesk, front: AtFront) -> Response:
    """Cancel while nothing has been made; the money goes back."""
    number = mine.number_of(at, token)
    return await _changed(at, front, token, lambda work: changes.cancel(work, number))


@router.post(
    "/{token}/collector",
    **apidoc.call(
        takes=Collector,
        example={"name": "李华", "relation": "同事"},
        gives=BoughtShape,
        refuses=[_NO_PAGE, TOO_OFTEN, _CLOSED],
    ),
)
async def name_collector(token: str, request: Request, at: AtDesk, front: AtFront) -> Response:
    """Name somebody else who collects."""
    number, body = mine.number_of(at, token), await parsed(request, Collector)
    return await _changed(at, front, token, lambda work: changes.name_collector(work, number, body.name, body.relation))


@router.post(
    "/{token}/arrive",
    **apidoc.call(
        takes=Arrival,
        example={"place": {"lat": 31.19, "lon": 121.44}},
        gives=BoughtShape,
        refuses=[_NO_PAGE, TOO_OFTEN, _NOT_NOW, _FAR],
    ),
)
async def arrive(token: str, request: Request, at: AtDesk, front: AtFront) -> Response:
    """Tell the store that one is here."""
    number, body = mine.number_of(at, token), await parsed(request, Arrival)
    place = body.place.place if body.place else None
    return await _changed(at, front, token, lambda work: changes.arrive(work, number, place))


@router.post(
    "/{token}/shortage",
    **apidoc.call(
        takes=ShortageAnswer,
        example={"choice": "store", "store_number": 102},
        gives=BoughtShape,
        refuses=[_NO_PAGE, TOO_OFTEN, _NO_SHORTAGE, _SOLD_OUT],
    ),
)
async def answer_shortage(token: str, request: Request, at: AtDesk, front: AtFront) -> Response:
    """Choose what shall be instead of what is missing."""
    number, body = mine.number_of(at, token), await parsed(request, ShortageAnswer)
    front.limits.changes_of_order.take(token)
    await mine.answer_shortage(at, number, body.chosen)
    return await _shown(at, token)


async def _changed(at: Desk, front: AtFront, token: str, usecase: Usecase[OrderRow]) -> Response:
    front.limits.changes_of_order.take(token)
    await at.write(usecase)
    return await _shown(at, token)


async def _shown(at: Desk, token: str) -> Response:
    return JSONResponse(shapes.order(await status.standing(at, token)))
