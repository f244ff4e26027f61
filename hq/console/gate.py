"""The gate before the console: no session, no page but the door's; nothing that another site asks for."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import StorageFault
from hq.desk import Desk
from hq.edge import is_console
from hq.people import sign_in
from hq.people.operators import Operator

COOKIE = "ziti_console"
OPERATOR = "ziti.operator"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_DOOR = ("/console/sign-in", "/console/first", "/console/sign-out")


class Gate:
    """ASGI middleware around HQ; what is not the console's passes untouched."""

    def __init__(self, app: ASGIApp, desk: Desk, files: str) -> None:
        self._app = app
        self._desk = desk
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request pass, or answer it."""
        if scope["type"] not in {"http", "websocket"} or not is_console(scope["path"]):
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        # NiceGUI repeats this header in its page's addresses.
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"x-forwarded-prefix"]
        if self._is_foreign(asked):
            await _refuse(PlainTextResponse("Another site sent this.", HTTPStatus.FORBIDDEN), scope, receive, send)
            return
        if not self._is_open(scope):
            try:
                operator = await self._operator(asked)
            except StorageFault as fault:
                await _refuse(PlainTextResponse(str(fault), HTTPStatus.SERVICE_UNAVAILABLE), scope, receive, send)
                return
            if operator is None:
                await _refuse(RedirectResponse("/console/sign-in", HTTPStatus.SEE_OTHER), scope, receive, send)
                return
            scope[OPERATOR] = operator
        await self._app(scope, receive, send)

    def _is_foreign(self, asked: HTTPConnection) -> bool:
        """Tell whether a request that can do something does not come from a page of ours."""
        if asked.scope["type"] == "http" and asked.scope["method"] in _SAFE:
            return False
        return not is_same_site(asked.headers.get("origin", ""), self._hosts(asked))

    def _hosts(self, asked: HTTPConnection) -> Iterable[str]:
        yield asked.headers.get("host", "").lower()
        if public := self._desk.office.settings.public_url:
            yield urlsplit(public).netloc.lower()

    def _is_open(self, scope: Scope) -> bool:
        if scope["type"] == "websocket":
            return False
        path = scope["path"]
        return path in _DOOR or (scope["method"] in _SAFE and path.startswith(self._files))

    async def _operator(self, asked: HTTPConnection) -> Operator | None:
        token, now = session_token(asked), self._desk.office.now()
        return await self._desk.read(lambda conn: sign_in.find(conn, token, now)) if token else None


def is_same_site(origin: str, hosts: Iterable[str]) -> bool:
    """Tell whether an Origin header names one of our hosts; none at all and `null` do not."""
    try:
        netloc = urlsplit(origin).netloc.lower() if "://" in origin else ""
    except ValueError:
        return False
    return bool(netloc) and netloc in set(hosts)


def session_token(asked: HTTPConnection) -> str:
    """Return what the session's cookie holds."""
    return asked.cookies.get(COOKIE, "")


async def _refuse(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await answer(scope, receive, send)
        return
    # Before it was accepted, a closed websocket is a 403.
    await receive()
    await send({"type": "websocket.close", "code": 1008})
