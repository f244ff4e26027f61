"""An HTTP server on loopback that does what a script says, down to the bytes: everything but HQ."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading
from collections.abc import Callable

NOW = "2026-08-01T06:30:00Z"
ENVELOPE = {"ziti": "hq", "protocol": 1, "hq_time": NOW}

Script = Callable[["Caller"], None]


class Caller:
    """One request that came in: what it said, and the line to answer on."""

    def __init__(self, sock: socket.socket, head: str, body: bytes, closing: threading.Event) -> None:
        self.sock = sock
        self.head = head
        self.body = body
        self.closing = closing

    @property
    def path(self) -> str:
        return self.head.split(" ", 2)[1]

    def header(self, name: str) -> str:
        # A caller may speak TLS to this plain server: then there is anything between two line ends.
        lines = [line.partition(": ") for line in self.head.split("\r\n")[1:]]
        return next((value for key, _, value in lines if key.lower() == name.lower()), "")

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def answer(self, status: int, body: bytes, *headers: str, kind: str = "application/json") -> None:
        head = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
        self.send("\r\n".join(head).encode() + b"\r\n\r\n" + body)

    def answer_json(self, status: int, body: object, *headers: str) -> None:
        self.answer(status, json.dumps(body).encode(), *headers)

    def problem(self, status: int, code: str, *headers: str) -> None:
        self.answer_json(
            status, {"ziti": "hq", "code": code, "title": code, "status": status, "detail": f"about {code}"}, *headers
        )


class FaultServer:
    """Answers every request on loopback by `script`, which a test may replace at any time."""

    def __init__(self, script: Script, *, wrap: Callable[[socket.socket], socket.socket] = lambda sock: sock) -> None:
        self.script = script
        self.callers: list[Caller] = []
        self.called = threading.Event()
        self._wrap = wrap
        self._closing = threading.Event()
        self._socks: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._spawn(self._accept)

    def close(self) -> None:
        self._closing.set()
        for sock in [self._listener, *self._socks]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self._threads:
            thread.join(5)

    def _spawn(self, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._socks.append(sock)
            self._spawn(lambda sock=sock: self._serve(sock))  # type: ignore[misc]

    def _serve(self, raw: socket.socket) -> None:
        # The client hangs up in the middle of most of these scripts: that is what they are for.
        with contextlib.suppress(OSError):
            sock = self._wrap(raw)
            self._socks.append(sock)
            with sock, sock.makefile("rb") as reader:
                while head := self._head(reader):
                    size = Caller(sock, head, b"", self._closing).header("Content-Length")
                    caller = Caller(sock, head, reader.read(int(size or 0)), self._closing)
                    self.callers.append(caller)
                    self.called.set()
                    self.script(caller)

    @staticmethod
    def _head(reader: object) -> str:
        lines = []
        while (line := reader.readline()) not in (b"\r\n", b""):  # type: ignore[attr-defined]
            lines.append(line.decode("latin-1"))
        return "".join(lines)


Serve = Callable[..., FaultServer]


# ── the scripts ────────────────────────────────────────────────────────────────────────────────────────────


def sign_in_page(caller: Caller) -> None:
    caller.answer(200, b"<html><form>Welcome to Cafe Wi-Fi</form></html>", kind="text/html; charset=utf-8")


def not_found_page(caller: Caller) -> None:
    caller.answer(404, b"<html>404</html>", kind="text/html")


def redirect(caller: Caller) -> None:
    caller.answer(302, b"", "Location: http://127.0.0.1:9/login", kind="text/html")


def redirect_for_good(caller: Caller) -> None:
    caller.answer_json(308, ENVELOPE, f"Location: {caller.path}")


def proxy_wants_a_password(caller: Caller) -> None:
    caller.answer(407, b"", "Proxy-Authenticate: Basic")


def bare_500(caller: Caller) -> None:
    caller.answer(500, b"Internal Server Error", kind="text/plain")


def gateway_page(caller: Caller) -> None:
    caller.answer(502, b"<html>Bad Gateway</html>", kind="text/html")


def own_500(caller: Caller) -> None:
    caller.problem(500, "internal")


def half_a_body(caller: Caller) -> None:
    caller.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n" + b'{"ziti": "hq", '
    )
    caller.sock.shutdown(socket.SHUT_RDWR)


def half_a_chunk(caller: Caller) -> None:
    caller.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{")
    caller.sock.shutdown(socket.SHUT_RDWR)


def no_json(caller: Caller) -> None:
    caller.answer(200, b'{"ziti": "hq", "hq_time": ')


def other_json(caller: Caller) -> None:
    caller.answer_json(200, {"status": "ok", "data": [1, 2, 3]})


def no_object(caller: Caller) -> None:
    caller.answer(200, b"[" * 5000 + b"]" * 5000)


def unmarked(caller: Caller) -> None:
    caller.answer_json(200, {"hq_time": NOW, "results": [], "generation": "g", "cursor": 0, "head": 0})


def time_without_zone(caller: Caller) -> None:
    caller.answer_json(200, {**ENVELOPE, "hq_time": "2026-08-01T06:30:00"})


def plain_text(caller: Caller) -> None:
    caller.answer(200, json.dumps(ENVELOPE).encode(), kind="text/plain")


def no_content(caller: Caller) -> None:
    caller.send(b"HTTP/1.1 204 No Content\r\n\r\n")


def silence(caller: Caller) -> None:
    caller.closing.wait(30)


def silence_after_the_head(caller: Caller) -> None:
    caller.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")
    caller.closing.wait(30)


def dripping_body(caller: Caller) -> None:
    caller.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
    _drip(caller, b" ")


def dripping_head(caller: Caller) -> None:
    caller.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    _drip(caller, b"x")


def _drip(caller: Caller, drop: bytes) -> None:
    while not caller.closing.wait(0.02):
        caller.send(drop)


def bomb(caller: Caller) -> None:
    packed = gzip.compress(b'{"ziti": "hq", "x": "' + b"a" * (48 * 1024 * 1024), compresslevel=1)
    caller.answer(200, packed, "Content-Encoding: gzip")


def flood(caller: Caller) -> None:
    caller.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
    while not caller.closing.is_set():
        caller.send(b" " * 1024 * 1024)


def not_gzip(caller: Caller) -> None:
    caller.answer(200, json.dumps(ENVELOPE).encode(), "Content-Encoding: gzip")


def packed_twice(caller: Caller) -> None:
    body = gzip.compress(gzip.compress(json.dumps(ENVELOPE).encode()))
    caller.answer(200, body, "Content-Encoding: gzip, gzip")


def reset(caller: Caller) -> None:
    # Closing with unread data in flight, lingering for zero seconds, sends RST instead of FIN.
    caller.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    caller.sock.close()
    raise ConnectionResetError


def hang_up(caller: Caller) -> None:
    caller.sock.shutdown(socket.SHUT_RDWR)


def no_http(caller: Caller) -> None:
    caller.send(b"SSH-2.0-OpenSSH_9.2\r\n")
    caller.sock.shutdown(socket.SHUT_RDWR)


def tls_alert(caller: Caller) -> None:
    caller.send(b"\x15\x03\x01\x00\x02\x02\x46" * 10)
    caller.sock.shutdown(socket.SHUT_RDWR)


def thousand_headers(caller: Caller) -> None:
    caller.send(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 1000 + b"\r\n{}")


def busy(caller: Caller) -> None:
    caller.problem(429, "busy", "Retry-After: 7")


def closed_for_repairs(caller: Caller) -> None:
    caller.answer(503, b"<html>back soon</html>", "Retry-After: Sat, 01 Aug 2026 06:31:00 GMT", kind="text/html")


def revoked(caller: Caller) -> None:
    caller.problem(401, "terminal")


def foreign_401(caller: Caller) -> None:
    caller.answer_json(401, {"error": "unauthorized"})


def too_old(caller: Caller) -> None:
    caller.problem(426, "protocol")


def refused(caller: Caller) -> None:
    caller.problem(403, "enrolment_code")
