"""The outermost layer: limits what comes in, turns every error into a `Problem`, and sets the security headers."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import StorageFault, ZitiError
from hq.problems import Rejection, problem, sentence

LOG = logging.getLogger("ziti.hq")
MAX_BODY = 1_000_000
# Sheets of products: the operator's token is asked for before the body is read.
_SHEETS = "/v1/imports/"
_LARGEST_SHEET = 5_000_000
# What operators upload comes in here, after the gate has seen their session.
_UPLOADS = "/console/_nicegui/"
_LARGEST_UPLOAD = 10_000_000


def _headers(policy: str, referrer: str) -> dict[bytes, bytes]:
    return {
        b"cache-control": b"no-store",
        b"content-security-policy": policy.encode(),
        b"referrer-policy": referrer.encode(),
        b"x-content-type-options": b"nosniff",
        b"x-frame-options": b"DENY",
        b"x-robots-tag": b"noindex",
    }


_SECURITY = _headers(
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "no-referrer",
)
# NiceGUI writes its page's scripts and styles inline and lets Vue compile templates in the browser, which is `eval`.
# A form's POST says where it comes from only under a policy that lets it (`same-origin`).
_CONSOLE = _headers(
    "default-src 'none'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "same-origin",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a request may be, and which headers its answer has."""

    body: int
    headers: Mapping[bytes, bytes]


_LIMITS = Limits(MAX_BODY, _SECURITY)
_SHEET_LIMITS = Limits(_LARGEST_SHEET, _SECURITY)
_CONSOLE_LIMITS = Limits(MAX_BODY, _CONSOLE)
_UPLOAD_LIMITS = Limits(_LARGEST_UPLOAD, _CONSOLE)


def is_console(path: str) -> bool:
    """Tell whether an address belongs to the operators' pages."""
    return path == "/console" or path.startswith("/console/")


def _limits(path: str) -> Limits:
    if not is_console(path):
        return _SHEET_LIMITS if path.startswith(_SHEETS) else _LIMITS
    return _UPLOAD_LIMITS if path.startswith(_UPLOADS) else _CONSOLE_LIMITS


def guard(app: FastAPI) -> None:
    """Put the layer around an app."""
    app.add_exception_handler(Rejection, _rejected)
    app.add_exception_handler(ZitiError, _storage)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DataError, _unfit)
    app.add_exception_handler(HTTPException, _http)
    app.add_middleware(Edge)


class Edge:
    """ASGI middleware; plain, because the framework's own wraps every request in tasks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(receive, send, _limits(scope["path"]))
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except Exception:
            # The process's edge: whatever it was, the caller gets a Problem without a trace, the log gets the trace.
            if exchange.too_large:
                return
            LOG.exception("a request failed: %s", scope["method"])
            if exchange.started:
                raise
            mistake = "HQ made a mistake; it is in its log."
            answer = _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", mistake)
            await answer(scope, receive, exchange.send)


class _Exchange:
    """One request and its answer; a body that grows too large is answered here, whatever the app makes of it."""

    def __init__(self, receive: Receive, send: Send, limits: Limits) -> None:
        self._receive = receive
        self._send = send
        self._limits = limits
        self._size = 0
        self.started = False
        self.too_large = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > self._limits.body and not self.too_large:
            self.too_large = True
            said = f"A request has at most {self._limits.body // 1_000_000} MB."
            answer = _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", said)
            answer.headers["connection"] = "close"
            await answer({"type": "http"}, self._receive, self._secured)
        if self.too_large:
            raise ConnectionAbortedError("the body is too large")
        return message

    async def send(self, message: Message) -> None:
        if not self.too_large:
            await self._secured(message)

    async def _secured(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            present = {name for name, _ in message["headers"]}
            added = ((name, value) for name, value in self._limits.headers.items() if name not in present)
            message["headers"] = [*message["headers"], *added]
        await self._send(message)


async def answer(request: Request, error: Exception) -> Response:
    """Return the problem that an error of ours is told as; raise what is none."""
    if isinstance(error, Rejection):
        return await _rejected(request, error)
    if isinstance(error, ZitiError):
        return await _storage(request, error)
    if isinstance(error, DataError):
        return await _unfit(request, error)
    raise error


async def _rejected(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Rejection):
        raise error
    return _problem(error.status, error.code, error.sentence, retry_after=error.retry_after, more=error.more)


async def _storage(_request: Request, error: Exception) -> Response:
    if isinstance(error, StorageFault):
        # A database that is away is met by every request: one line for each is enough.
        LOG.error("%s (%s)", error, _first_line(error.__cause__))
    else:
        LOG.error("%s", error, exc_info=error)
    return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "storage", str(error), retry_after=5)


def _first_line(cause: BaseException | None) -> str:
    return next(iter(str(getattr(cause, "orig", cause)).splitlines()), "")


async def _invalid(_request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", sentence(found))


async def _unfit(_request: Request, _error: Exception) -> Response:
    # PostgreSQL keeps no NUL in a text and no number beyond its column; where no rule refused it before, it did.
    unfit = "This holds a character or a number that HQ's database cannot keep."
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", unfit)


async def _http(_request: Request, error: Exception) -> Response:
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
    sentences = {
        HTTPStatus.BAD_REQUEST: ("invalid", "The body cannot be read as JSON."),
        HTTPStatus.NOT_FOUND: ("not_found", "There is nothing at this address."),
        HTTPStatus.METHOD_NOT_ALLOWED: ("method", "This address does not take this method."),
    }
    code, sentence = sentences.get(status, ("http", status.phrase + "."))
    answer = _problem(status, code, sentence)
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


def _problem(
    status: HTTPStatus,
    code: str,
    sentence: str,
    *,
    retry_after: int | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    body = json.dumps({**problem(status, code, sentence).model_dump(), **(more or {})}, ensure_ascii=False)
    headers = {"retry-after": str(retry_after)} if retry_after else None
    return Response(body, status, headers, media_type="application/problem+json")
