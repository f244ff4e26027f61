"""What a mini-program calls for orders: one's own, one by its page's token, and what its customer may change."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from hq import page_address
from hq.book import OrderRow
from hq.desk import AtDesk, Desk
from hq.mall import changes, mine, status
from hq.routes import mall_shapes as shapes
from hq.routes.mall import PROBLEMS, CallingCustomer
from hq.routes.mall_bodies import Arrival, Collector, NewWindow, ShortageAnswer, minutes
from hq.storefront.front import AtFront
from hq.work import Usecase

router = APIRouter(prefix="/v1/mall/orders", responses=PROBLEMS)


@router.get("")
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


@router.get("/{token}")
async def show(token: str, at: AtDesk) -> Response:
    """Show an order; whoever has its page's token may."""
    return await _shown(at, token)


@router.post("/{token}/reschedule")
async def reschedule(token: str, body: NewWindow, at: AtDesk, front: AtFront) -> Response:
    """Choose another pickup time; codes that were shown before are superseded."""
    number, (opens, length) = mine.number_of(at, token), minutes(body.opens, body.closes)
    return await _changed(at, front, token, lambda work: changes.reschedule(work, number, opens, length))


@router.post("/{token}/cancel")
async def cancel(token: str, at: AtDesk, front: AtFront) -> Response:
    """Cancel while nothing has been made; the money goes back."""
    number = mine.number_of(at, token)
    return await _changed(at, front, token, lambda work: changes.cancel(work, number))


@router.post("/{token}/collector")
async def name_collector(token: str, body: Collector, at: AtDesk, front: AtFront) -> Response:
    """Name somebody else who collects."""
    number = mine.number_of(at, token)
    return await _changed(at, front, token, lambda work: changes.name_collector(work, number, body.name, body.relation))


@router.post("/{token}/arrive")
async def arrive(token: str, body: Arrival, at: AtDesk, front: AtFront) -> Response:
    """Tell the store that one is here."""
    number, place = mine.number_of(at, token), body.place.place if body.place else None
    return await _changed(at, front, token, lambda work: changes.arrive(work, number, place))


@router.post("/{token}/shortage")
async def answer_shortage(token: str, body: ShortageAnswer, at: AtDesk, front: AtFront) -> Response:
    """Choose what shall be instead of what is missing."""
    number = mine.number_of(at, token)
    front.limits.changes_of_order.take(token)
    await mine.answer_shortage(at, number, body.chosen)
    return await _shown(at, token)


async def _changed(at: Desk, front: AtFront, token: str, usecase: Usecase[OrderRow]) -> Response:
    front.limits.changes_of_order.take(token)
    await at.write(usecase)
    return await _shown(at, token)


async def _shown(at: Desk, token: str) -> Response:
    told = await status.standing(at, token)
    return JSONResponse(
        shapes.order(told.view, told.may, list(told.refunds), told.shortage, told.group, told.replaced_by, told.now)
    )
