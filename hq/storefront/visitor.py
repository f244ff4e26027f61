"""Who looks at a page: their customer id, language, place and cart from cookies, and whether a form is theirs."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.responses import Response

from app.domain.geo import Place, is_place
from hq.desk import AtDesk, Desk
from hq.mall import customers
from hq.ordering.wishes import MAX_LINES
from hq.problems import Rejection
from hq.storefront.front import AtFront
from hq.storefront.words import Language

CUSTOMER, LANGUAGE, PLACE, CART, GROUP = "ziti_customer", "ziti_lang", "ziti_place", "ziti_cart", "ziti_group"
_YEAR = 365 * 24 * 3600
_WEEK = 7 * 24 * 3600
_LINE = re.compile(r"([1-9][0-9]{0,9})x([1-9][0-9]{0,2})", re.ASCII)

Cart = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visitor; `is_new`: the browser has no id of ours yet and must be given this one."""

    customer_id: str
    token: str
    is_new: bool
    language: Language
    chose_language: bool
    secure: bool
    form: str

    def leave(self, response: Response) -> Response:
        """Give the browser what it must keep, and return the response."""
        if self.is_new:
            response.set_cookie(CUSTOMER, self.token, max_age=_YEAR, httponly=True, samesite="lax", secure=self.secure)
        return speak(response, self.language, secure=self.secure) if self.chose_language else response


def speak(response: Response, language: Language, *, secure: bool) -> Response:
    """Have the browser keep the language that was just chosen, and return the response."""
    response.set_cookie(LANGUAGE, language, max_age=_YEAR, samesite="lax", secure=secure)
    return response


async def visitor(request: Request, at: AtDesk, front: AtFront) -> Visitor:
    """Return who looks; a browser without an id of ours is given one."""
    token = request.cookies.get(CUSTOMER, "")
    customer_id = customers.id_of(at.office.vault, token) if len(token) < 100 else None
    is_new = customer_id is None
    if customer_id is None:
        if request.method != "GET":
            raise _forged()
        front.limits.customers_of_address.check(address(request))
        customer_id = at.office.new_id()
        token = customers.token(at.office.vault, customer_id)
    return Visitor(
        customer_id=customer_id,
        token=token,
        is_new=is_new,
        language=spoken(request),
        chose_language=chose_language(request),
        secure=is_secure(request, at),
        form=_mac(at, token),
    )


Visiting = Annotated[Visitor, Depends(visitor)]


def chose_language(request: Request) -> bool:
    """Tell whether the address names a language."""
    return request.query_params.get("lang", "") in {"zh", "en"}


def is_secure(request: Request, at: Desk) -> bool:
    """Tell whether customers reach HQ by https."""
    return base(request, at).startswith("https:")


def spoken(request: Request) -> Language:
    """Return the language: asked for, chosen before, or the browser's; Chinese if it speaks neither."""
    for told in (request.query_params.get("lang", ""), request.cookies.get(LANGUAGE, "")):
        if told in {"zh", "en"}:
            return "en" if told == "en" else "zh"
    for part in request.headers.get("accept-language", "").lower().split(","):
        name = part.split(";")[0].strip()
        if name.startswith(("zh", "en")):
            return "en" if name.startswith("en") else "zh"
    return "zh"


def own_form(request: Request, at: Desk, who: Visitor, form: str) -> None:
    """Refuse a POST that another site had the browser send, or that was not made from our page for this visitor."""
    origin, site = request.headers.get("origin", ""), request.headers.get("sec-fetch-site", "same-origin")
    hosts = {request.headers.get("host", ""), urlsplit(base(request, at)).netloc} - {""}
    if site not in {"same-origin", "none"} or (origin and urlsplit(origin).netloc not in hosts):
        raise _forged()
    if not hmac.compare_digest(form.encode(), who.form.encode()):
        raise _forged()


def base(request: Request, at: Desk) -> str:
    """Return the address under which customers reach HQ."""
    return at.office.settings.public_url or str(request.base_url).rstrip("/")


def address(request: Request) -> str:
    """Return where a request comes from."""
    return request.client.host if request.client else ""


def cart_of(request: Request) -> Cart:
    """Return the cart that the browser keeps; what makes no sense in it is left out."""
    return read_cart(request.cookies.get(CART, ""))


def read_cart(text: str) -> Cart:
    """Read `7x2.8x1`."""
    found: dict[int, int] = {}
    for part in text[:2_000].split(".")[:MAX_LINES]:
        line = _LINE.fullmatch(part)
        if line and int(line[1]) < 2**32:
            found[int(line[1])] = int(line[2])
    return tuple(found.items())


def write_cart(cart: Cart) -> str:
    """Return what `read_cart` reads."""
    return ".".join(f"{number}x{quantity}" for number, quantity in cart)


def keep(response: Response, name: str, value: str, *, path: str, secure: bool) -> None:
    """Have the browser keep something of a session for a week; our script reads it too."""
    response.set_cookie(name, value, max_age=_WEEK, path=path, samesite="lax", secure=secure)


def place_of(request: Request) -> Place | None:
    """Return where the visitor is, if the browser told."""
    parts = request.cookies.get(PLACE, "")[:40].split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return None
    return Place(lat, lon) if is_place(lat, lon) else None


def _mac(at: Desk, token: str) -> str:
    return hmac.digest(at.office.vault.secret("form"), token.encode(), "sha256").hex()[:32]


def _forged() -> Rejection:
    sentence = "This page is out of date: reload it, then send the form again."
    return Rejection(HTTPStatus.FORBIDDEN, "forged", sentence)
