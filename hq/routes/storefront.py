"""The pages of a live session: products, stores, checkout."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.domain.geo import Place
from app.domain.window import Window
from hq import routing, spelling, stores
from hq.desk import AtDesk, Desk, desk
from hq.mall import buying, cart, customers, offers
from hq.mall.buying import Way
from hq.mall.cart import PricedCart
from hq.mall.checkout import Wish
from hq.mall.offers import Offers, StoreOffer
from hq.ordering import groups, holds
from hq.ordering.groups import Forming, Group
from hq.problems import Rejection, invalid
from hq.storefront import html, pages, visitor, words
from hq.storefront.front import AtFront, Front
from hq.storefront.front import front as found_front
from hq.storefront.html import HtmlRoute, fields
from hq.storefront.showcase import Showcase
from hq.storefront.visitor import Cart, Visiting, Visitor
from hq.storefront.words import Language
from hq.stores import StoreRow

router = APIRouter(route_class=HtmlRoute, include_in_schema=False)
MOST_WINDOWS_SHOWN = 3
# Days ahead a date says more than a countdown.
_FAR = timedelta(days=2)


@router.get("/static/shop.{kind}")
async def asset(kind: Literal["css", "js", "svg"], request: Request) -> Response:
    """Return one of the storefront's files; under its versioned address it never changes."""
    drawn, media_type = pages.asset(f"shop.{kind}"), pages.ASSETS[f"shop.{kind}"]
    current = request.query_params.get("v") == drawn.tag.strip('"')
    lasting = "public, max-age=31536000, immutable" if current else "no-cache"
    headers = {"cache-control": lasting, "etag": drawn.tag, "vary": "accept-encoding"}
    return drawn.answer(request, headers, media_type)


async def live(request: Request) -> Response:
    """Show what a live session sells."""
    at, front, slug = await desk(request), await found_front(request), request.path_params["slug"]
    language, secure = visitor.spoken(request), visitor.is_secure(request, at)
    full = dict(visitor.cart_of(request))
    shown = await front.showcases.get(slug)
    group = await _group(request, at, shown)

    async def draw() -> pages.Drawn:
        return pages.Drawn.of(_live(at, shown, language, full, group))

    # Without a cart or a group it is the same for everybody.
    drawn = await draw() if full or group else await front.lives.get((slug, language), draw)
    answer = pages.shared_page(request, drawn)
    if group and "group" in request.query_params:
        told = f"{group.store.number}.{group.group.id}"
        visitor.keep(answer, visitor.GROUP, told, path=f"/live/{slug}", secure=secure)
    return visitor.speak(answer, language, secure=secure) if visitor.chose_language(request) else answer


# Everybody who watches comes here in the same minute: a plain route spares each what the framework does for the others.
LIVE = Route("/live/{slug}", html.told(live), methods=["GET"])


@router.get("/live/{slug}/stores")
async def list_stores(
    slug: str, request: Request, at: AtDesk, front: AtFront, who: Visiting, district: str = "", search: str = ""
) -> Response:
    """Show the nearest stores that can serve the whole cart; a cart from the form is kept first."""
    told = _posted_cart(request)
    if told is not None:
        answer: Response = RedirectResponse(f"/live/{slug}/stores" if told else f"/live/{slug}", HTTPStatus.SEE_OTHER)
        visitor.keep(answer, visitor.CART, visitor.write_cart(told), path=f"/live/{slug}", secure=who.secure)
        return answer
    full = visitor.cart_of(request)
    if not full:
        return RedirectResponse(f"/live/{slug}", HTTPStatus.SEE_OTHER)
    shown, near = await front.showcases.get(slug), visitor.place_of(request)
    asked = _Asked(full, near, district[:100], search[:100])
    group = await _group(request, at, shown)

    async def draw() -> pages.Drawn:
        return pages.Drawn.of(await _stores(at, shown, who.language, asked, group))

    # Nothing on it is the visitor's own but what is in the key.
    drawn = await draw() if group else await front.offers.get((slug, who.language, asked), draw)
    return who.leave(pages.page(request, drawn.plain))


async def _stores(at: Desk, shown: Showcase, language: Language, asked: _Asked, group: _Joining | None) -> bytes:
    shelf, session, now = at.office.shelf, shown.session, at.office.now()

    def query(conn: Connection) -> tuple[Offers, list[str]]:
        found = offers.for_cart(
            conn, shelf, session, asked.cart, now=now, near=asked.near, district=asked.district, search=asked.search
        )
        taking_part = (row for row in shelf.street(conn).stores.values() if session.takes_part(row.id))
        return found, sorted({row.district for row in taking_part if row.district})

    found, districts = await at.read(query)
    names = {line.product_number: line.name for line in found.cart.lines}
    by_number = {offer.store.number: offer.store.name for offer in found.stores}
    return pages.draw(
        "stores.html",
        language,
        shown=shown,
        cart=found.cart,
        stores=[_store_shown(offer, names, by_number, language, now) for offer in found.stores],
        districts=districts,
        district=asked.district,
        search=asked.search,
        near=asked.near is not None,
        selling=session.sells_at(now),
        group=group,
    )


@router.get("/live/{slug}/checkout")
async def show_checkout(
    slug: str, request: Request, at: AtDesk, front: AtFront, who: Visiting, store: int = 0
) -> Response:
    """Show the form of an order."""
    full = visitor.cart_of(request)
    if not full:
        return RedirectResponse(f"/live/{slug}", HTTPStatus.SEE_OTHER)
    known = await at.read(lambda conn: customers.find(conn, who.customer_id))
    group = await _group(request, at, await front.showcases.get(slug))
    typed = {
        "store": str(store),
        "name": known.name if known else "",
        "phone": known.phone if known else "",
        "key": secrets.token_urlsafe(16),
        "cart": visitor.write_cart(full),
        "group": group.group.id if group and group.store.number == store else "",
    }
    return await _form(request, at, front, who, slug, typed)


@router.post("/live/{slug}/checkout")
async def check_out(slug: str, request: Request, at: AtDesk, front: AtFront, who: Visiting) -> Response:
    """Hold the cart and go to pay; what does not work is told above the form, which keeps what was typed."""
    typed = await fields(request)
    visitor.own_form(request, at, who, typed.get("form", ""))
    try:
        front.limits.checkouts_of_customer.take(who.customer_id)
        front.limits.checkouts_of_address.take(visitor.address(request))
        bought, _ = await buying.check_out(at, who.customer_id, _key(typed), _wish(slug, typed, who))
    except Rejection as refused:
        return await _form(request, at, front, who, slug, typed, refused)
    return await go_to_pay(request, at, bought)


async def go_to_pay(request: Request, at: Desk, bought: buying.Checkout) -> Response:
    """Send the browser to where a checkout is paid."""
    page = f"/pay/{bought.public_id}"
    if bought.hold.status == holds.Standing.OPEN and bought.payment and at.provider.name == "sandbox":
        way = Way(visitor.base(request, at), "h5", client_ip=visitor.address(request))
        begun = await buying.begin(at, bought, way)
        # Only an address of our own: the cashier's page.
        if begun and begun.data.get("url", "").startswith("/pay/sandbox/"):
            page = begun.data["url"]
    return RedirectResponse(page, HTTPStatus.SEE_OTHER)


@dataclass(frozen=True, slots=True)
class _Asked:
    """For which cart stores are looked for, and where."""

    cart: Cart
    near: Place | None
    district: str
    search: str


@dataclass(frozen=True, slots=True)
class _Joining:
    """A group that the visitor was invited to."""

    group: Group
    store: StoreRow


async def _group(request: Request, at: Desk, shown: Showcase) -> _Joining | None:
    if shown.group is None:
        return None
    asked = request.query_params.get("group", "")
    told = f"{request.query_params.get('store', '')}.{asked}" if asked else request.cookies.get(visitor.GROUP, "")
    number, _, group_id = told[:60].partition(".")
    if not (
        number.isascii() and number.isdigit() and len(number) < 10 and group_id.isascii() and group_id.isprintable()
    ):
        return None

    def query(conn: Connection) -> _Joining | None:
        store = stores.find(conn, int(number))
        group = groups.find(conn, store.id, group_id) if store else None
        if store is None or group is None or group.session_id != shown.session.id:
            return None
        return _Joining(group, store) if group.status == Forming.FORMING else None

    return await at.read(query)


def _live(at: Desk, shown: Showcase, language: Language, full: dict[int, int], group: _Joining | None) -> bytes:
    now, told = at.office.now(), shown.session
    phase = "open" if told.sells_at(now) else "before" if now < told.starts_at else "over"
    return pages.draw(
        "live.html",
        language,
        shown=shown,
        full=full,
        group=group,
        phase=phase,
        far=told.ends_at - now > _FAR,
        starts=int(told.starts_at.timestamp()),
        ends=int(told.ends_at.timestamp()),
        starts_words=spelling.moment(told.starts_at, language),
        ends_words=spelling.moment(told.ends_at, language),
        rule=words.rule(told.rules.window, language),
        saving=words.percent(told.discount_percent, language),
    )


def _posted_cart(request: Request) -> Cart | None:
    """Return the cart of a form that was sent without our script, or `None` when none was sent."""
    told = {
        int(name[1:]): int(value)
        for name, value in request.query_params.items()
        if name[:1] == "q" and name[1:].isdecimal() and value.isdecimal() and len(name) < 12 and len(value) < 4
    }
    sent = any(name[:1] == "q" and name[1:].isdecimal() for name in request.query_params)
    return tuple((number, quantity) for number, quantity in told.items() if quantity) if sent else None


def _store_shown(
    offer: StoreOffer, names: dict[int, str], by_number: dict[int, str], language: Language, now: datetime
) -> dict[str, Any]:
    zone = ZoneInfo(offer.store.time_zone)
    free = [each for each in offer.windows if each.why is None]
    return {
        "row": offer.store,
        "can": offer.can,
        "distance": words.distance(offer.distance_m),
        "hours": words.hours(offer.store, now, language),
        "open": words.is_open(offer.store, now),
        "left": words.left(offer, language),
        "why": "" if offer.can else words.why_grey(offer, names, language),
        "instead": offer.instead if offer.instead in by_number else None,
        "instead_name": by_number.get(offer.instead or -1, ""),
        "windows": [spelling.window(each.window, zone, language) for each in free[:MOST_WINDOWS_SHOWN]],
        "more": max(0, len(free) - MOST_WINDOWS_SHOWN),
    }


async def _form(
    request: Request,
    at: Desk,
    front: Front,
    who: Visitor,
    slug: str,
    typed: dict[str, str],
    refused: Rejection | None = None,
) -> Response:
    shown, now, shelf = await front.showcases.get(slug), at.office.now(), at.office.shelf
    full, number = visitor.read_cart(typed.get("cart", "")), _number(typed.get("store", ""))

    def query(conn: Connection) -> tuple[PricedCart, StoreOffer]:
        store = stores.get(conn, number)
        products = offers.products_of(conn, full)
        priced = cart.price(shown.session, full, products)
        needs = [routing.Need(line.product_number, line.quantity) for line in priced.lines]
        left, lacking = offers.left_in(conn, shelf, store.id, needs, products)
        windows = offers.windows_of(conn, shown.session, store, priced.lead_minutes, now)
        return priced, StoreOffer(store, None, windows, left, lacking)

    priced, offer = await at.read(query)
    zone = ZoneInfo(offer.store.time_zone)
    content = pages.draw(
        "checkout.html",
        who.language,
        shown=shown,
        store=offer.store,
        cart=priced,
        typed=typed,
        form=who.form,
        group=await _group(request, at, shown),
        selling=shown.session.sells_at(now),
        windows=[
            {
                "value": f"{each.window.opens_minute}-{each.window.length}",
                "words": spelling.window(each.window, zone, who.language),
                "why": words.why_not(each.why, who.language) if each.why else "",
            }
            for each in offer.windows
        ],
        left=words.left(offer, who.language),
        wrong=words.refusal(refused, who.language) if refused else "",
        wrong_field=refused.code if refused else "",
        alternatives=_alternatives(refused),
        alternative_windows=_alternative_windows(refused, zone, who),
    )
    status = refused.status if refused else HTTPStatus.OK
    return who.leave(pages.page(request, content, status))


def _alternatives(refused: Rejection | None) -> dict[str, Any]:
    nothing: dict[str, Any] = {"stores": [], "products": [], "windows": []}
    told = refused.more.get("alternatives", nothing) if refused else nothing
    stores_told = [{**each, "distance": words.distance(each["distance_m"])} for each in told["stores"]]
    return {**told, "stores": stores_told}


def _alternative_windows(refused: Rejection | None, zone: ZoneInfo, who: Visitor) -> list[str]:
    told = refused.more.get("alternatives", {}).get("windows", []) if refused else []
    return [spelling.window(Window.of_minutes(each["opens"], each["length"]), zone, who.language) for each in told]


def _wish(slug: str, typed: dict[str, str], who: Visitor) -> Wish:
    opens, _, length = typed.get("window", "").partition("-")
    if not (opens.isdecimal() and length.isdecimal() and len(opens) < 10 and len(length) < 6):
        raise invalid("window", "Choose a pickup time.")
    if not typed.get("name", "").strip():
        raise invalid("name", "Tell us your name.")
    other = "other" in typed
    return Wish(
        session=slug,
        store_number=_number(typed.get("store", "")),
        opens=int(opens),
        length=int(length),
        lines=visitor.read_cart(typed.get("cart", "")),
        name=typed.get("name", ""),
        phone=typed.get("phone", ""),
        note=typed.get("note", ""),
        collector_name=typed.get("collector_name", "") if other else "",
        collector_relation=typed.get("collector_relation", "") if other else "",
        language=who.language,
        consents={"mini": ["paid", "ready", "day_before"] if "mini" in typed else [], "sms": "sms" in typed},
        group_id=typed.get("group", "")[:36] or None,
    )


def _key(typed: dict[str, str]) -> str:
    key = typed.get("key", "")
    if not 8 <= len(key) <= 100 or not key.isascii() or not key.isprintable():
        raise invalid("idempotency_key", "This page is out of date: go back to the cart.")
    return key


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
