"""Stand-ins for providers: a server on loopback that keeps what it heard and answers as it is told, and a message."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from hq.messages import texts
from hq.messages.channels.port import Contact, Outgoing
from hq.messages.kinds import Kind

CONTACT = Contact("138 1234 5678", "openid-1", "wm-customer-1")


@dataclass(frozen=True)
class Heard:
    """One request, as it came over the wire."""

    method: str
    path: str
    raw_query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.raw_query, keep_blank_values=True))

    @property
    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told


@dataclass(frozen=True)
class Says:
    """An answer: a status, a body (JSON unless it is bytes), headers."""

    body: dict[str, Any] | bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Provider:
    """A running stand-in; `heard` are the requests in their order."""

    url: str
    heard: list[Heard]

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def last(self) -> Heard:
        return self.heard[-1]


@contextlib.contextmanager
def provider(answer: Callable[[Heard], Says]) -> Iterator[Provider]:
    """Serve answers until the block ends."""
    heard: list[Heard] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            url = urlsplit(self.path)
            names = {name.lower(): value for name, value in self.headers.items()}
            heard.append(Heard(self.command, url.path, url.query, names, self.rfile.read(size)))
            told = answer(heard[-1])
            body = told.body if isinstance(told.body, bytes) else json.dumps(told.body).encode()
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

        do_GET = do_POST  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="provider")
    thread.start()
    try:
        yield Provider(f"http://127.0.0.1:{server.server_address[1]}", heard)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def outgoing(kind: Kind = Kind.PAID, language: str = "zh", contact: Contact = CONTACT, **facts: str | int) -> Outgoing:
    """Return a message as the worker makes it from the sample facts."""
    told = {**texts.SAMPLES[language], **facts}
    words = texts.preview(kind, language, told, "https://shop.example")
    spelled = texts.spelled(told, "https://shop.example")
    return Outgoing("0190-message-1", kind, language, words.title, words.text, spelled, contact)
