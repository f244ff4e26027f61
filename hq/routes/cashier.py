"""The pages of a payment: waiting for it, paying it, over; and the sandbox's own cashier."""

from __future__ import annotations

import json
import math
from http import HTTPStatus

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from hq import qr, stores
from hq.desk import AtDesk, Desk
from hq.mall import buying, sessions
from hq.mall.buying import Checkout, Way
from hq.money import takings
from hq.ordering.holds import Standing
from hq.payments.port import Begun, Channel, NotGenuine, ProviderRefused
from hq.payments.sandbox import Sandbox, Ticket
from hq.problems import Rejection, missing
from hq.routes.storefront import go_to_pay
from hq.storefront import pages, visitor
from hq.storefront.html import HtmlRoute, fields
from hq.storefront.visitor import Visiting, Visitor

router = APIRouter(prefix="/pay", route_class=HtmlRoute, include_in_schema=False)


@router.get("/sandbox/{payment_id}")
async def show_cashier(
    payment_id: str, request: Request, at: AtDesk, who: Visiting, ticket: str = "", token: str = ""
) -> Response:
    """Show the sandbox's cashier."""
    told = _ticket(at, payment_id, ticket, token)
    content = pages.draw(
        "cashier.html", who.language, told=told, ticket=ticket, token=token, payment_id=payment_id, form=who.form
    )
    return who.leave(pages.page(request, content))


@router.post("/sandbox/{payment_id}")
async def pay_in_sandbox(payment_id: str, request: Request, at: AtDesk, who: Visiting) -> Response:
    """Charge the sandbox's customer and have its notice delivered, or do not; then go back to wait for it."""
    typed = await fields(request)
    visitor.own_form(request, at, who, typed.get("form", ""))
    told = _ticket(at, payment_id, typed.get("ticket", ""), typed.get("token", ""))
    payment = await at.read(lambda conn: takings.find(conn, payment_id))
    if typed.get("do") == "pay":
        try:
            await run_in_threadpool(_sandbox(at).pay, told)
        except ProviderRefused:
            # Paid already, closed or too late: the page that follows says which.
            pass
        else:
            headers, body = await run_in_threadpool(_sandbox(at).notice, payment_id)
            await buying.take_notice(at, "sandbox", headers, body)
    try:
        bought = await _of_payment(at, who, payment)
    except Rejection:
        # Paid from a mini-program's web view, which does not share its customer's token with this browser.
        return who.leave(pages.page(request, pages.draw("elsewhere.html", who.language)))
    return RedirectResponse(f"/pay/{bought.public_id}", HTTPStatus.SEE_OTHER)


@router.get("/{checkout_id}")
async def show(checkout_id: str, request: Request, at: AtDesk, who: Visiting) -> Response:
    """Wait for a payment; once it is there go to the order's page."""
    bought = await buying.look_after(at, await buying.find(at, who.customer_id, checkout_id))
    if bought.page:
        return await _to_order(at, bought)
    return _page(request, at, who, bought, None)


@router.post("/{checkout_id}")
async def pay(checkout_id: str, request: Request, at: AtDesk, who: Visiting) -> Response:
    """Begin the payment, go on with it, or give the checkout up."""
    typed = await fields(request)
    visitor.own_form(request, at, who, typed.get("form", ""))
    bought = await buying.find(at, who.customer_id, checkout_id)
    if typed.get("do") == "give_up":
        bought = await buying.give_up(at, bought)
        return RedirectResponse(f"/pay/{bought.public_id}", HTTPStatus.SEE_OTHER)
    if at.provider.name == "sandbox" or bought.page:
        return await go_to_pay(request, at, bought)
    way = Way(visitor.base(request, at), _channel(request), client_ip=visitor.address(request))
    begun = await buying.begin(at, bought, way)
    if begun is None:
        return RedirectResponse(f"/pay/{bought.public_id}", HTTPStatus.SEE_OTHER)
    return _page(request, at, who, bought, begun)


@router.get("/{checkout_id}/state")
async def state(checkout_id: str, at: AtDesk, who: Visiting) -> Response:
    """Tell what differs when the waiting page must be drawn again."""
    bought = await buying.find(at, who.customer_id, checkout_id)
    return JSONResponse({"state": _state(at, bought)})


def _page(request: Request, at: Desk, who: Visitor, bought: Checkout, begun: Begun | None) -> Response:
    left = math.ceil((bought.hold.expires_at - at.office.now()).total_seconds())
    content = pages.draw(
        "pay.html",
        who.language,
        bought=bought,
        state=_state(at, bought),
        form=who.form,
        begun=begun,
        # Ours: what a WeChat browser is to be asked, as its own bridge takes it.
        jsapi=json.dumps(begun.data) if begun and begun.how == "jsapi" else "",
        code=_picture(begun),
        minutes=max(0, math.ceil(left / 60)),
        until=int(bought.hold.expires_at.timestamp()),
        sandbox=at.provider.name == "sandbox",
    )
    return who.leave(pages.page(request, content))


def _picture(begun: Begun | None) -> str:
    return begun.data["code_url"] if begun and begun.how == "qr" else ""


@router.get("/{checkout_id}/qr.png")
async def picture(checkout_id: str, request: Request, at: AtDesk, who: Visiting) -> Response:
    """Draw what a phone scans to pay."""
    bought = await buying.find(at, who.customer_id, checkout_id)
    way = Way(visitor.base(request, at), "native", client_ip=visitor.address(request))
    # Begun again it is the same payment with the same code.
    begun = await buying.begin(at, bought, way)
    text = _picture(begun)
    if not text:
        raise missing("payment", "There is no such payment.")
    return Response(await run_in_threadpool(qr.text_png, text), media_type="image/png")


def _state(at: Desk, bought: Checkout) -> str:
    over = bought.hold.expires_at <= at.office.now()
    return f"{bought.hold.status}-{bought.page is not None}-{over}"


async def _to_order(at: Desk, bought: Checkout) -> Response:
    answer = RedirectResponse(f"/o/{bought.page}", HTTPStatus.SEE_OTHER)
    session_id = bought.hold.session_id
    if session_id and bought.hold.status == Standing.ORDERED:
        slug = (await at.read(lambda conn: sessions.by_id(conn, session_id))).slug
        for name in (visitor.CART, visitor.GROUP):
            answer.delete_cookie(name, path=f"/live/{slug}")
    return answer


async def _of_payment(at: Desk, who: Visitor, payment: takings.Payment) -> Checkout:
    number = (await at.read(lambda conn: stores.by_id(conn, payment.store_id))).number
    return await buying.find(at, who.customer_id, f"{number}-{payment.checkout_id}")


def _sandbox(at: Desk) -> Sandbox:
    if not isinstance(at.provider, Sandbox):
        raise missing("page", "There is no such page.")
    return at.provider


def _ticket(at: Desk, payment_id: str, ticket: str, token: str) -> Ticket:
    try:
        return _sandbox(at).read_ticket(payment_id, ticket, token)
    except (NotGenuine, ValidationError) as error:
        raise Rejection(HTTPStatus.NOT_FOUND, "page", "There is no such page.") from error


def _channel(request: Request) -> Channel:
    agent = request.headers.get("user-agent", "")
    # Inside WeChat a payment by its bridge needs the customer's openid, which only a mini-program tells us.
    return "h5" if "Mobile" in agent and "MicroMessenger" not in agent else "native"
