"""The store's line to HQ as a small TCP relay, so that it can be cut and mended without HQ noticing."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading

_CHUNK = 64 * 1024
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 seconds: closing sends a reset, as a router does that lost its line


class Relay:
    """Passes bytes between its own port, which stays the same, and whatever port HQ has now."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._target: int | None = None
        self._is_cut = False
        self._closed = False
        self._thread = threading.Thread(target=self._accept, name="relay", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address that the terminal is given."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def lead_to(self, port: int) -> None:
        """Pass new connections on to this port."""
        self._target = port

    def cut(self) -> None:
        """Tear the line: every connection ends now, and new ones are thrown out."""
        self._is_cut = True
        self._reset_all()

    def mend(self) -> None:
        """Let connections through again."""
        self._is_cut = False

    def close(self) -> None:
        """End everything."""
        self._closed = True
        # A thread in accept() is not woken by close() everywhere; a last visitor wakes it.
        with contextlib.suppress(OSError), socket.create_connection(self._listener.getsockname(), 1):
            pass
        self._thread.join(2)
        self._listener.close()
        self._reset_all()

    def _accept(self) -> None:
        while not self._closed:
            near, _ = self._listener.accept()
            far = self._reach()
            if far is None:
                _reset(near)
                continue
            with self._lock:
                self._open |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), name="relay-pump", daemon=True).start()
            if self._is_cut or self._closed:
                self._reset_all()

    def _reach(self) -> socket.socket | None:
        if self._is_cut or self._closed or self._target is None:
            return None
        try:
            return socket.create_connection(("127.0.0.1", self._target), 3)
        except OSError:
            return None

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(_CHUNK):
                sink.sendall(chunk)
        with self._lock:
            ours = self._open & {source, sink}
            self._open -= ours
        for end in ours:
            _reset(end)

    def _reset_all(self) -> None:
        with self._lock:
            ours, self._open = self._open, set()
        for end in ours:
            _reset(end)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    # Shutting down wakes a thread that waits in recv(); close alone does not.
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
