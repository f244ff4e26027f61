"""What a customer opens on a phone: an order's page with its QR code and its live news, and all of one's orders."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.domain.geo import Place, is_place
from app.domain.order import Status
from hq import qr, spelling
from hq.desk import AtDesk, Desk
from hq.mall import changes, mine, status
from hq.ordering import customer_page, page_address
from hq.ordering.dispatch import Choice, InStore, OtherProduct, OtherWindow
from hq.problems import Rejection, invalid
from hq.storefront import order_page, pages, visitor, words
from hq.storefront.front import AtFront, Front
from hq.storefront.html import HtmlRoute, fields
from hq.storefront.visitor import Visiting, Visitor

router = APIRouter(route_class=HtmlRoute, include_in_schema=False)
_PING_SECONDS = 20
Act = Callable[[Desk, int, dict[str, str]], Coroutine[Any, Any, None]]


@router.get("/o/{token}")
async def page(token: str, request: Request, at: AtDesk, front: AtFront, who: Visiting, done: str = "") -> Response:
    """Show the order's page."""
    number = mine.number_of(at, token)
    if done:
        content = order_page.draw(await status.standing(at, token), who.language, done=done if done in _ACTS else "")
    else:
        content = await _drawn(at, front, token, number, who)
    return who.leave(pages.page(request, order_page.own(content, who.form)))


@router.get("/o/{token}/qr.png")
async def picture(token: str, at: AtDesk) -> Response:
    """Draw the pickup code."""
    view = await mine.view(at, token)
    return Response(await run_in_threadpool(qr.png, view.pickup_code), media_type="image/png")


@router.get("/o/{token}/state")
async def state(token: str, at: AtDesk) -> Response:
    """Tell what differs when the page must be drawn again."""
    return JSONResponse({"state": order_page.state_of(await status.standing(at, token))})


@router.get("/o/{token}/events")
async def events(token: str, at: AtDesk, front: AtFront) -> Response:
    """Tell every change of the order as it happens; a page that waits holds no thread and no connection."""
    if front.watch.full:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    row = (await mine.view(at, token)).row

    async def told() -> AsyncIterator[dict[str, str]]:
        async for each in front.watch.states(row.store_id, row.number):
            yield {"data": each}

    return EventSourceResponse(told(), ping=_PING_SECONDS)


@router.post("/o/{token}/{action}")
async def act(token: str, action: str, request: Request, at: AtDesk, front: AtFront, who: Visiting) -> Response:
    """Do what the order's form asks for; what does not work is told on its page."""
    number, typed = mine.number_of(at, token), await fields(request)
    visitor.own_form(request, at, who, typed.get("form", ""))
    doing = _ACTS.get(action)
    if doing is None:
        raise Rejection(HTTPStatus.NOT_FOUND, "page", "There is no such page.")
    try:
        front.limits.changes_of_order.take(token)
        await doing(at, number, typed)
    except Rejection as refused:
        return await _refused(request, at, who, token, refused)
    return await _onwards(at, token, action)


@router.get("/me")
async def my_orders(request: Request, at: AtDesk, who: Visiting) -> Response:
    """Show the visitor's orders."""
    found = await at.read(lambda conn: mine.of_customer(conn, who.customer_id))
    now, secret = at.office.now(), at.office.vault.secret("page")
    shown = [
        {
            "page": page_address.token(secret, row.number),
            "label": row.label,
            "says": customer_page.short_words(row.status_at(now), who.language),
            "open": row.status not in {Status.COMPLETED, Status.CANCELLED},
            "store": store.name,
            "window": spelling.window(row.window, ZoneInfo(store.time_zone), who.language),
            "total_fen": row.total_fen,
        }
        for row, store in found
    ]
    return who.leave(pages.page(request, pages.draw("me.html", who.language, orders=shown)))


async def _drawn(at: Desk, front: Front, token: str, number: int, who: Visitor) -> bytes:
    async def draw() -> bytes:
        told = await status.standing(at, token)
        front.store_of.put(number, told.view.row.store_id)
        return order_page.draw(told, who.language)

    # The change is part of the key: whoever comes after it never gets a page from before.
    changed = front.changes.last(front.store_of.get(number))
    return await front.orders.get((number, who.language, changed), draw)


async def _onwards(at: Desk, token: str, action: str) -> Response:
    told = await status.standing(at, token)
    target = f"/o/{told.replaced_by}" if told.replaced_by else f"/o/{token}?done={action}"
    return RedirectResponse(target, HTTPStatus.SEE_OTHER)


async def _refused(request: Request, at: Desk, who: Visitor, token: str, refused: Rejection) -> Response:
    told = await status.standing(at, token)
    content = order_page.draw(told, who.language, wrong=words.refusal(refused, who.language))
    return who.leave(pages.page(request, order_page.own(content, who.form), refused.status))


async def _reschedule(at: Desk, number: int, typed: dict[str, str]) -> None:
    opens, length = _pair(typed.get("window", ""), "window")
    await at.write(lambda work: changes.reschedule(work, number, opens, length))


async def _cancel(at: Desk, number: int, _typed: dict[str, str]) -> None:
    await at.write(lambda work: changes.cancel(work, number))


async def _collector(at: Desk, number: int, typed: dict[str, str]) -> None:
    name, relation = typed.get("name", ""), typed.get("relation", "")
    await at.write(lambda work: changes.name_collector(work, number, name, relation))


async def _arrive(at: Desk, number: int, typed: dict[str, str]) -> None:
    place = _place(typed)
    await at.write(lambda work: changes.arrive(work, number, place))


async def _shortage(at: Desk, number: int, typed: dict[str, str]) -> None:
    await mine.answer_shortage(at, number, _choice(typed.get("choice", "")))


_ACTS: dict[str, Act] = {
    "reschedule": _reschedule,
    "cancel": _cancel,
    "collector": _collector,
    "arrive": _arrive,
    "shortage": _shortage,
}


def _choice(text: str) -> Choice | None:
    kind, _, rest = text.partition(":")
    match kind:
        case "refund":
            return None
        case "store":
            return InStore(_pair(f"{rest}-0", "choice")[0])
        case "product":
            return OtherProduct(*_pair(rest, "choice"))
        case "window":
            return OtherWindow(*_pair(rest, "choice"))
        case _:
            raise invalid("choice", "Choose one of what is offered.")


def _pair(text: str, code: str) -> tuple[int, int]:
    one, _, other = text.partition("-")
    if not (one.isdecimal() and other.isdecimal() and len(one) < 11 and len(other) < 11):
        raise invalid(code, "Choose one of what is offered.")
    return int(one), int(other)


def _place(typed: dict[str, str]) -> Place | None:
    try:
        lat, lon = float(typed.get("lat", "")), float(typed.get("lon", ""))
    except ValueError:
        return None
    return Place(lat, lon) if is_place(lat, lon) else None
