"""A client as small as it can be, so that what is measured is the server: prepared bytes out, status and body in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for the request with this number: seconds from its first byte to the answer's last."""

    number: int
    status: int
    body: bytes
    seconds: float


def request(method: str, path: str, host: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return a request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


async def drive(host: str, port: int, requests: Sequence[bytes], clients: int) -> tuple[list[Answer], float]:
    """Send every request once, as fast as so many clients can; return the answers and the seconds it took."""
    numbered = iter(enumerate(requests))
    answers: list[Answer] = []
    started = time.perf_counter()
    await asyncio.gather(*(_client(host, port, numbered.__next__, answers.append) for _ in range(clients)))
    return answers, time.perf_counter() - started


async def _client(
    host: str, port: int, take: Callable[[], tuple[int, bytes]], give: Callable[[Answer], None]
) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        while True:
            try:
                number, message = take()
            except StopIteration:
                return
            began = time.perf_counter()
            writer.write(message)
            status, body = await _answer(reader)
            give(Answer(number, status, body, time.perf_counter() - began))
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    at = head.lower().index(b"content-length:") + len(b"content-length:")
    length = int(head[at : head.index(b"\r\n", at)])
    return int(head[9:12]), await reader.readexactly(length) if length else b""
