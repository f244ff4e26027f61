"""The lane for what comes in thousands: past the framework, straight to its handler; all else goes the usual way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from fastapi import FastAPI
from sqlalchemy.exc import DataError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import ZitiError
from hq import edge

Handler = Callable[[Request], Awaitable[Response]]


class Lane:
    """ASGI around an application; `handlers` are by method and path, and answer as the application's routes would."""

    def __init__(self, app: FastAPI, handlers: Mapping[tuple[str, str], Handler]) -> None:
        self._app = app
        self._handlers = {key: edge.Edge(self._served_by(handler)) for key, handler in handlers.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        found = self._handlers.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        await (found or self._app)(scope, receive, send)

    def _served_by(self, handler: Handler) -> ASGIApp:
        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            scope["app"] = self._app
            request = Request(scope, receive)
            try:
                response = await handler(request)
            except (ZitiError, DataError) as error:
                response = await edge.answer(request, error)
            await response(scope, receive, send)

        return serve
