"""Decides what an HTTP answer is: HQ's own words, HQ's refusal, or one of the named failures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from pydantic import ValidationError

from sync.failures import Busy, CaptivePortal, Failure, NotWelcome, ProtocolTooOld, RefusedByHq, ServerTrouble
from sync.wire import Answer, Message, Problem

A = TypeVar("A", bound=Answer)
M = TypeVar("M", bound=Message)

# Beside RFC 9457's own type; HQ's answers are plain JSON.
_JSON_TYPES = frozenset({"application/json", "application/problem+json"})
_ENCODINGS = frozenset({"", "identity", "gzip"})


def refusal_in_head(status: int, headers: Mapping[str, str], now: datetime) -> Failure | None:
    """Return the failure that the status line and headers alone show; `None`: read the body."""
    if status in (429, 503):
        return Busy(f"HQ is busy (HTTP {status})", retry_after=_retry_after(headers, now))
    if 300 <= status < 400 or status in (407, 511):
        return CaptivePortal(f"another server answered in HQ's place (HTTP {status})")
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if status < 500 and "html" in kind:
        return CaptivePortal("a web page came in HQ's place: this network may ask for a sign-in first")
    if kind not in _JSON_TYPES:
        return ServerTrouble(f"HQ answered HTTP {status} with {kind or 'nothing readable'}", status=status)
    if headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
        return ServerTrouble("HQ's answer is packed in a way that nobody asked for", status=status)
    return None


def open_envelope(status: int, body: bytes, expected: type[A]) -> A:
    """Return the answer in `body`, or raise the failure that it is."""
    if 200 <= status < 300:
        return _read(status, body, expected)
    problem = _read(status, body, Problem)
    if status >= 500:
        raise ServerTrouble(f"HQ has trouble of its own: {problem.detail or problem.title}", status=status)
    if status == 401:
        raise NotWelcome(problem.detail or problem.title)
    if status == 426:
        raise ProtocolTooOld(problem.detail or problem.title)
    raise RefusedByHq(problem, status=status)


def _read(status: int, body: bytes, expected: type[M]) -> M:
    try:
        message = expected.model_validate_json(body)
    except ValidationError as error:
        what = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
        raise ServerTrouble(f"HTTP {status} is not HQ's answer: {what}", status=status) from error
    # The mark has a default, for HQ to write answers with; an answer that does not carry it is not HQ's.
    if "ziti" not in message.model_fields_set:
        raise ServerTrouble(f"HTTP {status} does not carry HQ's mark", status=status)
    return message


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max((parsedate_to_datetime(text) - now).total_seconds(), 0.0)
    except (ValueError, TypeError):
        # Absent, not a date, or a date without a zone: the usual back-off is enough.
        return None
