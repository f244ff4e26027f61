"""Runs HQ as a process: one instance, a ready line when the port listens, a quick and clean stop."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from app.errors import NeedsAttention, ZitiError
from hq import settings
from hq.app import create_app
from hq.desk import Desk
from hq.lock import only_one

# What may still be under way after the polls were told: a push, an order.
_GRACE_SECONDS = 2


class Server(uvicorn.Server):
    """uvicorn, which tells when it is ready and wakes the long polls before it waits for them."""

    def __init__(self, config: uvicorn.Config, desk: Desk, address: str) -> None:
        super().__init__(config)
        self._desk = desk
        self.address = address
        self.on_ready: Callable[[], None] = lambda: None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        """Stop at the first signal, at once at the second; a stop that was asked for is no failure."""
        self.force_exit = self.should_exit
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, then say so."""
        await super().startup(sockets)
        if self.started:
            self.on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the long polls answer, then stop."""
        self._desk.bell.stop()
        await super().shutdown(sockets)


def run(data: Path, host: str = "127.0.0.1", port: int = 8000) -> int:
    """Serve until a signal says stop; return the exit code, 1 when HQ cannot run, with the reason on stderr."""
    try:
        configuration = settings.load(data)
        with only_one(data), listening(host, port) as listener:
            serving = server(configuration, listener)
            serving.on_ready = lambda: _say(f"HQ ready on {serving.address}")
            serving.run([listener])
    except (ZitiError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def listening(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol by name: asyncio sends without delay only on such sockets, else each answer waits 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise NeedsAttention(f"HQ cannot listen on {host} port {port}: {error.strerror}.") from error
    return listener


def server(configuration: settings.Settings, listener: socket.socket) -> Server:
    """Return the server for a bound socket."""
    host, port = listener.getsockname()[:2]
    app = create_app(configuration, console=True)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return Server(config, app.state.desk, f"http://{f'[{host}]' if ':' in host else host}:{port}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
