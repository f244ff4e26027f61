"""The connection of one thread to HQ, which another thread can cut: for the total deadline, and to stop a long poll.

`requests` bounds each read, not the whole answer: a server that sends a byte a second is never late. Shutting the
socket down from outside is the one thing that ends every wait, in the TLS handshake and in the headers too.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Line:
    """The open socket of one thread's session; `cut` ends whatever is being waited for on it.

    The line keeps a duplicate of the socket, its tap: TLS detaches the original while it shakes hands, and
    `http.client` lets go of it while a body is still being read.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tap: socket.socket | None = None
        self._in_use = False
        self._hung_up = False
        self._closed = False
        self._late = False

    @property
    def is_closed(self) -> bool:
        """Tell whether the line was cut for good."""
        return self._closed

    @property
    def is_late(self) -> bool:
        """Tell whether the deadline of the latest request passed."""
        return self._late

    @contextlib.contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Cut the line when the block is not done after `seconds`."""
        self._late, self._in_use = False, True
        timer = threading.Timer(seconds, self._run_out)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._in_use = False
            if self._hung_up:
                self.hang_up()

    def close(self) -> None:
        """Cut the line for good: a connection that is made later is cut at once."""
        self._closed = True
        self._cut()

    def connected(self, sock: socket.socket) -> None:
        """Take note of a new connection; the one before is gone."""
        tap = sock.dup()
        with self._lock:
            before, self._tap, self._hung_up = self._tap, tap, False
        if before:
            before.close()
        if self._closed or self._late:
            self._cut()

    def hang_up(self) -> None:
        """Let go of the connection; during a request only at its end, for the answer may still be coming in."""
        if self._in_use:
            self._hung_up = True
            return
        with self._lock:
            tap, self._tap, self._hung_up = self._tap, None, False
        if tap:
            tap.close()

    def adapter(self) -> HTTPAdapter:
        """Return a transport adapter whose connections belong to this line."""
        return _LineAdapter(self)

    def _run_out(self) -> None:
        self._late = True
        self._cut()

    def _cut(self) -> None:
        with self._lock:
            if self._tap:
                # The peer may have gone already; then there is nothing left to end.
                with contextlib.suppress(OSError):
                    self._tap.shutdown(socket.SHUT_RDWR)


class _LineAdapter(HTTPAdapter):
    """An adapter without retries of its own: the engine decides what is sent again."""

    def __init__(self, line: Line) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)
        self.poolmanager.pool_classes_by_scheme = {"http": _plain_pool(line), "https": _tls_pool(line)}


def _tapped(connection: type[Any], line: Line) -> type[Any]:
    class Tapped(connection):  # type: ignore[misc]
        def _new_conn(self) -> socket.socket:
            sock: socket.socket = super()._new_conn()
            line.connected(sock)
            return sock

        def close(self) -> None:
            super().close()
            line.hang_up()

    return Tapped


def _plain_pool(line: Line) -> type[HTTPConnectionPool]:
    return type("LinePool", (HTTPConnectionPool,), {"ConnectionCls": _tapped(HTTPConnection, line)})


def _tls_pool(line: Line) -> type[HTTPSConnectionPool]:
    return type("LinePool", (HTTPSConnectionPool,), {"ConnectionCls": _tapped(HTTPSConnection, line)})
