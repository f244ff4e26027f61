"""Routes whose errors are pages too: a refusal is told in the visitor's language, with a way on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response

from app.errors import StorageFault
from hq.problems import Rejection, invalid
from hq.storefront import pages, words
from hq.storefront.visitor import spoken

_TITLES = {
    HTTPStatus.NOT_FOUND: ("找不到这个页面", "There is no such page"),
    HTTPStatus.FORBIDDEN: ("页面已过期", "This page is out of date"),
    HTTPStatus.TOO_MANY_REQUESTS: ("请稍等一下", "Please wait a moment"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("系统繁忙", "We are busy"),
}
_USUAL = ("没有成功", "That did not work")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class HtmlRoute(APIRoute):
    """A route that answers people."""

    def get_route_handler(self) -> Handler:
        """Return the handler, with refusals drawn as pages."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await inner(request)
            except Rejection as refused:
                return error_page(request, refused)
            except StorageFault as fault:
                busy = Rejection(HTTPStatus.SERVICE_UNAVAILABLE, "storage", str(fault), retry_after=5)
                return error_page(request, busy)
            except RequestValidationError:
                return error_page(request, invalid("invalid", "Something in this address makes no sense."))

        return handler


def error_page(request: Request, refused: Rejection) -> Response:
    """Return a refusal as a page."""
    language = spoken(request)
    zh, en = _TITLES.get(refused.status, _USUAL)
    content = pages.draw(
        "error.html", language, title=en if language == "en" else zh, says=words.refusal(refused, language)
    )
    answer = pages.page(request, content, refused.status)
    if refused.retry_after:
        answer.headers["retry-after"] = str(refused.retry_after)
    return answer


async def fields(request: Request) -> dict[str, str]:
    """Return a form's fields."""
    form = await request.form(max_fields=100, max_files=0)
    return {name: value for name, value in form.items() if isinstance(value, str)}
