"""One HTTP exchange with a provider: bounded in time and size, straight to the address that was configured."""

from __future__ import annotations

import asyncio
import functools
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from hq.messages.channels.port import Retry

_LARGEST_ANSWER = 1_000_000
_TIMEOUT = httpx.Timeout(5, connect=5)
_DEADLINE_SECONDS = 15
_LONGEST_PAUSE = 3_600
_COME_BACK = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider said; `pause` is how many seconds it wants to be left alone."""

    status: int
    body: bytes
    pause: int = 0

    def json(self) -> dict[str, Any]:
        """Return the body's JSON object; anything else is somebody in between, and worth another try."""
        try:
            told = json.loads(self.body)
        except ValueError as error:
            raise Retry(f"HTTP {self.status}: the answer is not JSON") from error
        if not isinstance(told, dict):
            raise Retry(f"HTTP {self.status}: the answer is not a JSON object")
        return told


def exchange(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    deadline: float = _DEADLINE_SECONDS,
) -> Answer:
    """Send one request and return the answer, whatever its status; raise `Retry` when there is none to be had.

    It runs an event loop of its own (call it from a thread that has none): only a task can be stopped in the middle of
    headers that trickle in.
    """
    request = httpx.Request(method, url, headers=headers, content=content)
    try:
        return asyncio.run(_bounded(request, deadline))
    except TimeoutError as error:
        raise Retry(f"no answer within {deadline:g} s") from error
    except httpx.HTTPError as error:
        raise Retry(f"no answer: {type(error).__name__}") from error


def check_status(answer: Answer) -> None:
    """Raise `Retry` for statuses that speak of the provider's state, not of the message."""
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in _COME_BACK:
        raise Retry(f"HTTP {answer.status}", answer.pause)


async def _bounded(request: httpx.Request, deadline: float) -> Answer:
    request.extensions = {"timeout": _TIMEOUT.as_dict()}
    async with (
        asyncio.timeout(deadline),
        # As docs/decisions/0011: what the environment says about proxies and passwords is not for customers' numbers.
        httpx.AsyncClient(verify=_trust(), trust_env=False, follow_redirects=False) as client,
    ):
        response = await client.send(request, stream=True)
        body = b""
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > _LARGEST_ANSWER:
                raise Retry("the answer is too large")
        return Answer(response.status_code, body, _pause(response.headers.get("retry-after", "")))


def _pause(text: str) -> int:
    return min(int(text), _LONGEST_PAUSE) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@functools.cache
def _trust() -> ssl.SSLContext:
    # Reading the authorities takes longer than a request.
    return httpx.create_ssl_context(trust_env=False)
