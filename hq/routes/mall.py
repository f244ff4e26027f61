"""What a mini-program calls to sell: customers, live sessions, offers of stores, checkouts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from starlette.responses import JSONResponse, Response

from hq import apidoc
from hq.desk import AtDesk, Desk, parsed
from hq.mall import buying, customers, offers
from hq.mall.buying import Way
from hq.problems import Rejection, no_key
from hq.routes import mall_shapes as shapes
from hq.routes.mall_bodies import NewCheckout, OffersWish
from hq.routes.mall_told import CheckoutShape, CustomerTokenShape, OffersShape, SessionShape
from hq.storefront.front import AtFront
from hq.storefront.visitor import address, base

router = APIRouter(prefix="/v1/mall")
_LONGEST_KEY = 100
CUSTOMER_ONLY = (HTTPStatus.UNAUTHORIZED, "customer", "This needs a customer's token: POST /v1/mall/customers.")
TOO_OFTEN = (HTTPStatus.TOO_MANY_REQUESTS, "attempts", "Too many checkouts: wait 42 seconds.")
_NO_SESSION = apidoc.missing("session", "There is no such live session.")
_NO_STORE = apidoc.missing("store", "There is no store 9.")
_NO_CHECKOUT = apidoc.missing("checkout", "There is no such checkout.")
_NO_KEY = (HTTPStatus.BAD_REQUEST, "idempotency_key", "Send an Idempotency-Key, so that a retry orders once.")
_CONFLICTS = (
    apidoc.conflict("sold_out", "河畔店 has only 1 of 草莓蛋糕 left."),
    apidoc.conflict("window_closed", "The store is closed at this time: choose another one."),
    apidoc.conflict("session_closed", "This live session takes no orders at the moment."),
    apidoc.conflict("idempotency_key", "This Idempotency-Key was used for another checkout: take a new one."),
    apidoc.conflict("payment_away", "The payment service cannot be reached: please try again in a moment."),
)
_LINES = [{"product_number": 7, "quantity": 2}]
_A_CART = {"lines": _LINES, "place": {"lat": 31.1934, "lon": 121.4402, "system": "gcj02"}}
_A_CHECKOUT = {
    "session": "friday-night",
    "store_number": 101,
    "opens": "2026-12-01T14:00:00+08:00",
    "closes": "2026-12-01T20:00:00+08:00",
    "lines": _LINES,
    "name": "王小明",
    "phone": "13812345678",
    "consents": {"mini": ["paid", "ready"], "sms": True},
}


async def customer(request: Request, at: AtDesk) -> str:
    """Return the customer whose token the request bears."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = customers.id_of(at.office.vault, token.strip()) if scheme.lower() == "bearer" and len(token) < 100 else None
    if found is None:
        raise Rejection(*CUSTOMER_ONLY)
    return found


CallingCustomer = Annotated[str, Depends(customer)]


@router.post("/customers", **apidoc.call(gives=CustomerTokenShape, status=HTTPStatus.CREATED, refuses=[TOO_OFTEN]))
async def new_customer(request: Request, at: AtDesk, front: AtFront) -> Response:
    """Give a new customer the token that their mini-program keeps."""
    front.limits.customers_of_address.take(address(request))
    token = customers.token(at.office.vault, at.office.new_id())
    return JSONResponse({"token": token}, HTTPStatus.CREATED)


@router.get("/sessions/{slug}", **apidoc.call(gives=SessionShape, refuses=[_NO_SESSION]))
async def show_session(slug: str, at: AtDesk, front: AtFront) -> Response:
    """Show a live session: its products with live and collect-in-store prices, and when they may be collected."""
    return JSONResponse(shapes.session(await front.showcases.get(slug), at.office.now()))


@router.post(
    "/sessions/{slug}/offers",
    **apidoc.call(takes=OffersWish, example=_A_CART, gives=OffersShape, refuses=[_NO_SESSION]),
)
async def show_offers(slug: str, request: Request, at: AtDesk, front: AtFront) -> Response:
    """Show the nearest stores that can serve a whole cart, and those nearer that cannot, with why."""
    wish = await parsed(request, OffersWish)
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


@router.post(
    "/checkouts",
    **apidoc.call(
        who="customer",
        takes=NewCheckout,
        example=_A_CHECKOUT,
        gives=CheckoutShape,
        status=HTTPStatus.CREATED,
        refuses=[CUSTOMER_ONLY, _NO_KEY, _NO_SESSION, _NO_STORE, TOO_OFTEN, *_CONFLICTS],
    ),
)
async def new_checkout(
    request: Request,
    at: AtDesk,
    front: AtFront,
    caller: CallingCustomer,
    idempotency_key: Annotated[str, Header()] = "",
) -> Response:
    """Hold a cart at a store for a quarter of an hour and begin its payment; the same key again changes nothing."""
    key, body = idempotency_key.strip(), await parsed(request, NewCheckout)
    if not key or len(key) > _LONGEST_KEY:
        raise no_key(_LONGEST_KEY)
    front.limits.checkouts_of_customer.take(caller)
    front.limits.checkouts_of_address.take(address(request))
    bought, is_new = await buying.check_out(at, caller, key, body.wish, openid=body.openid)
    way = Way(base(request, at), body.channel, body.openid, address(request))
    # What ran out or was given up since is answered as it stands.
    begun = await buying.begin(at, bought, way) if bought.hold.status == "open" else None
    bought = await buying.find(at, caller, bought.public_id)
    status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
    return JSONResponse(shapes.checkout(bought, begun, base(request, at)), status)


@router.get(
    "/checkouts/{checkout_id}",
    **apidoc.call(who="customer", gives=CheckoutShape, refuses=[CUSTOMER_ONLY, _NO_CHECKOUT]),
)
async def show_checkout(checkout_id: str, request: Request, at: AtDesk, caller: CallingCustomer) -> Response:
    """Show one's own checkout; once it is paid it names the order."""
    return _checkout(request, at, await buying.find(at, caller, checkout_id))


@router.post(
    "/checkouts/{checkout_id}/give-up",
    **apidoc.call(who="customer", gives=CheckoutShape, refuses=[CUSTOMER_ONLY, _NO_CHECKOUT]),
)
async def give_up(checkout_id: str, request: Request, at: AtDesk, caller: CallingCustomer) -> Response:
    """Give a checkout up, so that others can have what it held."""
    bought = await buying.find(at, caller, checkout_id)
    return _checkout(request, at, await buying.give_up(at, bought))


def _checkout(request: Request, at: Desk, bought: buying.Checkout) -> Response:
    return JSONResponse(shapes.checkout(bought, None, base(request, at)))
