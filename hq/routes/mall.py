"""What a mini-program calls to sell: customers, live sessions, offers of stores, checkouts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from starlette.responses import JSONResponse, Response

from hq.desk import AtDesk, Desk
from hq.mall import buying, customers, offers
from hq.mall.buying import Way
from hq.problems import Rejection
from hq.routes import mall_shapes as shapes
from hq.routes.mall_bodies import NewCheckout, OffersWish
from hq.storefront.front import AtFront
from hq.storefront.visitor import address, base
from sync.wire import Problem

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": sentence}
    for status, sentence in (
        (401, "No customer's token"),
        (404, "There is no such thing, or it is somebody else's"),
        (409, "Not at this moment; a `sold_out` problem carries `alternatives`"),
        (422, "What was sent breaks a rule"),
        (429, "Too often: wait `Retry-After` seconds"),
        (503, "HQ's database is away: send the same again"),
    )
}
router = APIRouter(prefix="/v1/mall", responses=PROBLEMS)
_LONGEST_KEY = 100


async def customer(request: Request, at: AtDesk) -> str:
    """Return the customer whose token the request bears."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = customers.id_of(at.office.vault, token.strip()) if scheme.lower() == "bearer" and len(token) < 100 else None
    if found is None:
        raise Rejection(HTTPStatus.UNAUTHORIZED, "customer", "This needs a customer's token: POST /v1/mall/customers.")
    return found


CallingCustomer = Annotated[str, Depends(customer)]


@router.post("/customers", status_code=HTTPStatus.CREATED)
async def new_customer(request: Request, at: AtDesk, front: AtFront) -> Response:
    """Give a new customer the token that their mini-program keeps."""
    front.limits.customers_of_address.take(address(request))
    token = customers.token(at.office.vault, at.office.new_id())
    return JSONResponse({"token": token}, HTTPStatus.CREATED)


@router.get("/sessions/{slug}")
async def show_session(slug: str, at: AtDesk, front: AtFront) -> Response:
    """Show a live session: its products with live and collect-in-store prices, and when they may be collected."""
    return JSONResponse(shapes.session(await front.showcases.get(slug), at.office.now()))


@router.post("/sessions/{slug}/offers")
async def show_offers(slug: str, wish: OffersWish, at: AtDesk, front: AtFront) -> Response:
    """Show the nearest stores that can serve a whole cart, and those nearer that cannot, with why."""
    session, now = (await front.showcases.get(slug)).session, at.office.now()
    near = wish.place.place if wish.place else None
    found = await at.read(
        lambda conn: offers.for_cart(
            conn,
            at.office.shelf,
            session,
            wish.cart,
            now=now,
            near=near,
            district=wish.district,
            search=wish.search,
        )
    )
    return JSONResponse(shapes.offers(found, now))


@router.post("/checkouts", status_code=HTTPStatus.CREATED)
async def new_checkout(
    body: NewCheckout,
    request: Request,
    at: AtDesk,
    front: AtFront,
    caller: CallingCustomer,
    idempotency_key: Annotated[str, Header()] = "",
) -> Response:
    """Hold a cart at a store for a quarter of an hour and begin its payment; the same key again changes nothing."""
    key = idempotency_key.strip()
    if not key or len(key) > _LONGEST_KEY:
        raise Rejection(
            HTTPStatus.BAD_REQUEST,
            "idempotency_key",
            f"Send an Idempotency-Key of 1 to {_LONGEST_KEY} characters, so that a retry orders once.",
        )
    front.limits.checkouts_of_customer.take(caller)
    front.limits.checkouts_of_address.take(address(request))
    bought, is_new = await buying.check_out(at, caller, key, body.wish, openid=body.openid)
    way = Way(base(request, at), body.channel, body.openid, address(request))
    # What ran out or was given up since is answered as it stands.
    begun = await buying.begin(at, bought, way) if bought.hold.status == "open" else None
    bought = await buying.find(at, caller, bought.public_id)
    status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
    return JSONResponse(shapes.checkout(bought, begun, base(request, at)), status)


@router.get("/checkouts/{checkout_id}")
async def show_checkout(checkout_id: str, request: Request, at: AtDesk, caller: CallingCustomer) -> Response:
    """Show one's own checkout; once it is paid it names the order."""
    return _checkout(request, at, await buying.find(at, caller, checkout_id))


@router.post("/checkouts/{checkout_id}/give-up")
async def give_up(checkout_id: str, request: Request, at: AtDesk, caller: CallingCustomer) -> Response:
    """Give a checkout up, so that others can have what it held."""
    bought = await buying.find(at, caller, checkout_id)
    return _checkout(request, at, await buying.give_up(at, bought))


def _checkout(request: Request, at: Desk, bought: buying.Checkout) -> Response:
    return JSONResponse(shapes.checkout(bought, None, base(request, at)))
