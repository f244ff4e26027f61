"""Draws pages: templates compiled once, assets with a version in their address, compressed answers, strict headers."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from app.domain.lookup import mask_name, mask_phone
from app.domain.money import format_fen
from hq.storefront.words import Language

_ROOM = Path(__file__).parent.parent
# A form's POST says where it comes from only under a policy that lets it: `same-origin`.
HEADERS = {
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",
    "vary": "accept-encoding, accept-language, cookie",
}
_SMALL = 1_000
ASSETS = {
    "shop.css": "text/css; charset=utf-8",
    "shop.js": "text/javascript; charset=utf-8",
    "shop.svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page, or an asset, ready to send."""

    plain: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, content: bytes) -> Drawn:
        """Compress it and give it a tag."""
        packed = gzip.compress(content, 6, mtime=0) if len(content) > _SMALL else b""
        return cls(content, packed, f'"{hashlib.sha256(content).hexdigest()[:16]}"')

    def answer(self, request: Request, headers: dict[str, str], media_type: str, status: int = 200) -> Response:
        """Return it as the browser can take it; nothing at all when it has the same already."""
        if "etag" in headers and request.headers.get("if-none-match", "").removeprefix("W/") == self.tag:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        if self.packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.packed, status, {**headers, "content-encoding": "gzip"}, media_type)
        return Response(self.plain, status, headers, media_type)


@lru_cache(maxsize=8)
def asset(name: str) -> Drawn:
    """Return one of the storefront's files."""
    return Drawn.of((_ROOM / "static" / name).read_bytes())


@lru_cache(maxsize=8)
def address(name: str) -> str:
    """Return an asset's address, which changes with its content."""
    return f"/static/{name}?v={asset(name).tag.strip(chr(34))}"


def draw(template: str, language: Language, **shown: Any) -> bytes:
    """Return a page's bytes; `t(chinese, english)` in a template picks the language's words."""

    def t(zh: str, en: str) -> str:
        return en if language == "en" else zh

    return _TEMPLATES.get_template(template).render(t=t, language=language, **shown).encode()


def page(request: Request, content: bytes, status: int = HTTPStatus.OK) -> Response:
    """Return a page that is for this visitor alone."""
    return Drawn.of(content).answer(request, {**HEADERS, "cache-control": "no-store"}, "text/html", status)


def shared_page(request: Request, drawn: Drawn) -> Response:
    """Return a page that is the same for everybody, which a browser may keep and ask about."""
    return drawn.answer(request, {**HEADERS, "cache-control": "private, no-cache", "etag": drawn.tag}, "text/html")


def _hue(number: int) -> int:
    return number * 47 % 360


_TEMPLATES = Environment(
    loader=FileSystemLoader(_ROOM / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
_TEMPLATES.filters |= {"mask_name": mask_name, "mask_phone": mask_phone, "money": format_fen, "hue": _hue}
_TEMPLATES.globals["asset"] = address
