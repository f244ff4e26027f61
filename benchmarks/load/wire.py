"""A client as small as it can be, so that what is measured is the server: prepared bytes out, status and body in."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Self, cast
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for the request with this number: when it was sent (on `perf_counter`), how long it took."""

    number: int
    status: int
    body: bytes
    sent: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Drive:
    """The answers to a set of requests, as they came, and the seconds from the first byte to the last."""

    answers: tuple[Answer, ...]
    seconds: float

    def count(self, *statuses: int) -> int:
        """Return how many answers have one of these statuses."""
        return sum(answer.status in statuses for answer in self.answers)


class Crowd:
    """Clients in a process of their own, each with one connection that it keeps."""

    def __init__(self) -> None:
        # Not fork: the parent has threads.
        self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))

    def send(self, url: str, requests: Sequence[bytes], clients: int) -> Drive:
        """Send every request once, as fast as so many clients can."""
        return self._pool.submit(_drive, url, requests, clients).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """Return a request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


_GREETING = request("GET", "/v1/time", {})


def _drive(url: str, requests: Sequence[bytes], clients: int) -> Drive:
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(_all(url, requests, clients))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        import uvloop
    except ImportError:
        # Not on every system; the client then costs more of what is measured.
        return asyncio.new_event_loop
    return uvloop.new_event_loop


async def _all(url: str, requests: Sequence[bytes], clients: int) -> Drive:
    loop, where = asyncio.get_running_loop(), urlsplit(url)
    assert where.hostname
    assert where.port
    callers = [_Caller() for _ in range(clients)]
    for caller in callers:
        await loop.create_connection(lambda caller=caller: caller, where.hostname, where.port)  # type: ignore[misc]
    # uvloop accepts one connection in each of its rounds: who is not served yet would wait for all who are.
    for caller in callers:
        await caller.send_all(iter([(0, _GREETING)]).__next__, lambda _: None)
    numbered = iter(enumerate(requests))
    answers: list[Answer] = []
    started = time.perf_counter()
    await asyncio.gather(*(caller.send_all(numbered.__next__, answers.append) for caller in callers))
    seconds = time.perf_counter() - started
    for caller in callers:
        caller.hang_up()
    return Drive(tuple(answers), seconds)


class _Caller(asyncio.Protocol):
    """One client: sends the next request when it has the answer to the one before."""

    def __init__(self) -> None:
        self._take: Callable[[], tuple[int, bytes]]
        self._give: Callable[[Answer], None]
        self._done: asyncio.Future[None] | None = None
        self._line: asyncio.WriteTransport
        self._number = 0
        self._sent = 0.0
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not descend from asyncio's.
        self._line = cast("asyncio.WriteTransport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._done and not self._done.done():
            self._done.set_exception(exc or ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head = self._heard.find(b"\r\n\r\n")
        if head < 0:
            return
        start = head + 4
        if len(self._heard) < start + _length(self._heard, head):
            return
        now = time.perf_counter()
        status, body = int(self._heard[9:12]), self._heard[start:]
        self._heard = b""
        self._give(Answer(self._number, status, body, self._sent, now - self._sent))
        self._call()

    def send_all(self, take: Callable[[], tuple[int, bytes]], give: Callable[[Answer], None]) -> asyncio.Future[None]:
        """Send requests one after the other for as long as there are any."""
        self._take, self._give = take, give
        self._done = asyncio.get_running_loop().create_future()
        self._call()
        return self._done

    def hang_up(self) -> None:
        """Close the connection."""
        self._line.close()

    def _call(self) -> None:
        try:
            self._number, message = self._take()
        except StopIteration:
            assert self._done
            self._done.set_result(None)
            return
        self._sent = time.perf_counter()
        self._line.write(message)


def _length(heard: bytes, head: int) -> int:
    # uvicorn writes its headers' names in lower case.
    at = heard.find(b"\r\ncontent-length:", 0, head)
    assert at >= 0, heard[:head]
    at += len(b"\r\ncontent-length:")
    return int(heard[at : heard.index(b"\r\n", at)])
