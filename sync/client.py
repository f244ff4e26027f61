"""Speaks to HQ over HTTP: one request, one typed answer or one named failure, within a bounded time and size."""

from __future__ import annotations

import contextlib
import http.client
import ssl
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from app.clock import Clock, SystemClock
from app.domain.events import Event
from app.errors import Refused
from sync.envelope import open_envelope, refusal_in_head
from sync.failures import Failure, NotSecure, ServerTrouble, TimedOut, Unreachable
from sync.line import Line
from sync.wire import (
    PROTOCOL,
    PROTOCOL_HEADER,
    Answer,
    EnrolAnswer,
    EnrolRequest,
    FeedPage,
    Message,
    PushAnswer,
    PushRequest,
    ReleaseAnswer,
    RescheduleRequest,
    TimeAnswer,
    WindowsAnswer,
    WireEvent,
)

A = TypeVar("A", bound=Answer)

_CHUNK = 64 * 1024
# Reading a page is one long call that no other thread gets a word into, the window's neither: 500 rows are 10 ms.
_PAGE = 150


class BadAddress(Refused):
    """The text is not the address of an HQ."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, for each read, and for the whole answer (a long poll adds its wait); bytes when unpacked."""

    connect: float = 3.0
    read: float = 10.0
    total: float = 30.0
    size: int = 32 * 1024 * 1024


class HqClient:
    """A terminal's (or, without a token, a stranger's) conversation with HQ; every thread has a session of its own.

    The environment is not asked: a proxy from a shell variable would see the store's traffic, and a `.netrc` would
    replace the terminal's token without a word.
    """

    def __init__(
        self, base_url: str, token: str | None = None, *, clock: Clock | None = None, limits: Limits | None = None
    ) -> None:
        """Take HQ's address (`https://hq.example.com/base`), or raise `BadAddress`."""
        self._base = clean_address(base_url)
        self._token = token
        self._clock = clock or SystemClock()
        self._limits = limits or Limits()
        self._here = threading.local()
        self._lines: list[Line] = []
        self._lock = threading.Lock()
        self._closed = False

    def time(self) -> TimeAnswer:
        """Ask HQ for its time."""
        return self._ask("GET", "/v1/time", TimeAnswer)

    def release(self) -> ReleaseAnswer:
        """Ask which release HQ's operators want on the terminals."""
        return self._ask("GET", "/v1/terminal/release", ReleaseAnswer)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Introduce a new terminal."""
        return self._ask("POST", "/v1/enrol", EnrolAnswer, body=request)

    def feed(self, cursor: int, generation: str, wait: int = 0) -> FeedPage:
        """Ask for what changed after `cursor`; HQ may hold the answer back for `wait` seconds until there is news."""
        params = {"after": str(cursor), "generation": generation, "wait": str(wait), "limit": str(_PAGE)}
        return self._ask("GET", "/v1/terminal/feed", FeedPage, params=params, patience=wait)

    def push(self, events: Sequence[Event]) -> PushAnswer:
        """Tell HQ what happened, at most `MAX_BATCH` events."""
        body = PushRequest(events=tuple(WireEvent.of(event).model_dump(mode="json") for event in events))
        return self._ask("POST", "/v1/terminal/events", PushAnswer, body=body)

    def windows(self, number: int) -> WindowsAnswer:
        """Ask which pickup windows an order may be moved to."""
        return self._ask("GET", f"/v1/terminal/orders/{number}/windows", WindowsAnswer)

    def reschedule(self, number: int, opens: int, length: int, by: str) -> None:
        """Move an order to another window at the customer's wish; the feed brings it in its new one.

        What the rules do not allow raises `RefusedByHq`, whose text is HQ's own sentence.
        """
        body = RescheduleRequest(opens=opens, length=length, by=by)
        self._ask("POST", f"/v1/terminal/orders/{number}/window", Answer, body=body)

    def send_photo(self, number: int, attempt_id: str, jpeg: bytes) -> Answer:
        """Bring the photo of a hand-over; HQ takes the same one any number of times."""
        path = f"/v1/terminal/orders/{number}/photos/{quote(attempt_id, safe='')}"
        return self._ask("PUT", path, Answer, body=jpeg)

    def close(self) -> None:
        """Cut every request under way, in whichever thread, and refuse new ones."""
        with self._lock:
            self._closed = True
            lines = list(self._lines)
        for line in lines:
            line.close()

    def _ask(
        self,
        method: str,
        path: str,
        expected: type[A],
        *,
        params: dict[str, str] | None = None,
        body: Message | bytes | None = None,
        patience: float = 0.0,
    ) -> A:
        session, line = self._session()
        limits = self._limits
        kind = "image/jpeg" if isinstance(body, bytes) else "application/json"
        with _named_failures(line), line.deadline(limits.total + patience):
            response = session.request(
                method,
                self._base + path,
                params=params,
                data=body.model_dump_json().encode() if isinstance(body, Message) else body,
                headers={"Content-Type": kind} if body else None,
                timeout=(limits.connect, limits.read + patience),
                allow_redirects=False,
                stream=True,
            )
            with response:
                refusal = refusal_in_head(response.status_code, response.headers, self._clock.now())
                if refusal:
                    raise refusal
                content = self._read(response)
        return open_envelope(response.status_code, content, expected)

    def _read(self, response: requests.Response) -> bytes:
        content = bytearray()
        for chunk in response.iter_content(_CHUNK):
            content += chunk
            if len(content) > self._limits.size:
                raise ServerTrouble("HQ's answer is larger than any answer may be", status=response.status_code)
        return bytes(content)

    def _session(self) -> tuple[requests.Session, Line]:
        if not hasattr(self._here, "session"):
            self._here.session, self._here.line = self._new_session()
        return self._here.session, self._here.line

    def _new_session(self) -> tuple[requests.Session, Line]:
        line = Line()
        session = requests.Session()
        session.trust_env = False
        session.mount("http://", line.adapter())
        session.mount("https://", line.adapter())
        session.headers.update(self._headers())
        with self._lock:
            self._lines.append(line)
            if self._closed:
                line.close()
        return session, line

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", PROTOCOL_HEADER: str(PROTOCOL)}
        return {**headers, "Authorization": f"Bearer {self._token}"} if self._token else headers


def clean_address(text: str) -> str:
    """Return HQ's address without the things that do not belong there, or raise `BadAddress` in words."""
    text = text.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise BadAddress(f"“{text[:80]}” is not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise BadAddress(f"“{text[:80]}” is not an address like https://hq.example.com")
    if parts.username or parts.query or parts.fragment:
        raise BadAddress("the address of HQ is only a host and a path: no user, no “?”, no “#”")
    return text


@contextlib.contextmanager
def _named_failures(line: Line) -> Iterator[None]:
    """Raise a named failure for whatever goes wrong; a cut line explains whatever else was seen on it."""
    seen: Exception | None = None
    if not line.is_closed:
        try:
            yield
        except (Failure, requests.RequestException, HTTPError, OSError) as error:
            seen = error
    if line.is_closed:
        raise Unreachable("the link to HQ was closed") from seen
    if line.is_late:
        # A cut line also looks like the end of an answer that did not say how long it is.
        raise TimedOut("HQ did not answer in time") from seen
    if isinstance(seen, Failure):
        raise seen
    if seen:
        raise _name(seen) from seen


def _name(error: Exception) -> Failure:
    """Translate what `requests`, urllib3 or the socket raised."""
    causes = tuple(_causes(error))
    if any(isinstance(cause, (requests.Timeout, ReadTimeoutError, TimeoutError)) for cause in causes):
        return TimedOut("HQ did not answer in time")
    if any(isinstance(cause, (requests.exceptions.SSLError, ssl.SSLError)) for cause in causes):
        return NotSecure("no secure connection to HQ: its certificate or this machine's clock is wrong")
    if isinstance(error, (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)):
        return ServerTrouble("HQ's answer broke off or cannot be unpacked")
    if any(isinstance(cause, http.client.HTTPException) and not isinstance(cause, OSError) for cause in causes):
        return ServerTrouble("what answered does not speak HTTP")
    return Unreachable("there is no connection to HQ")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and all that it wraps: `requests` keeps the origin in `args`, urllib3 in `reason`."""
    todo, seen = [error], set[int]()
    while todo:
        each = todo.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inside = [*each.args, getattr(each, "reason", None), each.__cause__, each.__context__]
        todo += [one for one in inside if isinstance(one, BaseException)]
