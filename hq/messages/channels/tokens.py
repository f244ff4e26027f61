"""Access tokens of WeChat and WeCom: kept until they run out, renewed when the provider refuses them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from app.clock import Clock
from hq.messages.channels.port import Retry
from hq.messages.exchange import Answer, check_status

T = TypeVar("T")
# The provider's clock and ours, and the time that a request is under way.
_MARGIN_SECONDS = 120
_STALE = {40001, 40014, 42001}
_BUSY = {-1, 45033, 43108}
_TOO_OFTEN = {45009, 45011, 45047}


class Stale(Exception):
    """The provider does not take this token any more."""


class Tokens:
    """One provider's token, shared by the threads that send; `fetch` is told which token was refused, if one was."""

    def __init__(self, fetch: Callable[[str], dict[str, Any]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0

    def using(self, call: Callable[[str], T]) -> T:
        """Call with a token; once more with a new one when it was refused."""
        token = self._get("")
        try:
            return call(token)
        except Stale:
            try:
                return call(self._get(token))
            except Stale as error:
                raise Retry("the provider refuses the access token", 60) from error

    def _get(self, refused: str) -> str:
        with self._lock:
            if not self._token or self._token == refused or self._clock.monotonic() >= self._until:
                told = self._fetch(refused)
                self._token = str(told["access_token"])
                self._until = self._clock.monotonic() + int(told.get("expires_in", 0)) - _MARGIN_SECONDS
            return self._token


def fetched(answer: Answer) -> dict[str, Any]:
    """Return what a token request was answered, or raise `Retry`: a wrong secret is put right by an operator."""
    check_status(answer)
    told = answer.json()
    if not told.get("access_token"):
        raise Retry(f"no access token: {reason(told)}", 300)
    return told


def checked(answer: Answer) -> dict[str, Any]:
    """Return an answer with `errcode` 0 or one that speaks of the message; raise for the token's and the provider's."""
    check_status(answer)
    told = answer.json()
    code = told.get("errcode", 0)
    if code in _STALE:
        raise Stale
    if code in _BUSY:
        raise Retry(reason(told))
    if code in _TOO_OFTEN:
        raise Retry(reason(told), 60 if code == 45011 else 600)
    return told


def reason(told: dict[str, Any]) -> str:
    """Return the provider's error in its own words."""
    return f"{told.get('errcode')} {told.get('errmsg', '')}".strip()
