"""Runs HQ as one process or several: one instance, a ready line when the ports listen, a quick and clean stop."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

import uvicorn

from app.errors import NeedsAttention, ZitiError
from hq import db, settings
from hq.app import create_app
from hq.desk import Desk
from hq.lane import Lane
from hq.lock import only_one
from hq.office import Office
from hq.roles import Role
from hq.routes import sales
from hq.settings import Settings
from hq.supervisor import Line, Post, Supervisor

# What may still be under way after the polls were told: a push, an order.
_GRACE_SECONDS = 2
_OBJECTS_BETWEEN_LOOKS = 50_000
_ONE_WRITER = "Several workers need PostgreSQL (ZITI_HQ_DATABASE_URL): only one process may write to an SQLite file."


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

    def stop(self) -> None:
        """Stop as after a signal; any thread may call."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, then say so."""
        await super().startup(sockets)
        _spare_what_stays()
        if self.started:
            self.on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the long polls answer, then stop."""
        self._desk.bell.stop()
        await super().shutdown(sockets)


def run(
    data: Path, host: str = "127.0.0.1", port: int = 8000, *, workers: int = 1, console_port: int | None = None
) -> int:
    """Serve until a signal says stop; return the exit code, 1 when HQ cannot run, with the reason on stderr.

    Several workers have a back office beside them, on the console's port: the next one, unless it is told.
    """
    try:
        configuration = settings.load(data)
        if workers > 1 and not db.serves_several(configuration.database_url):
            raise NeedsAttention(_ONE_WRITER)
        with only_one(data), listening(host, port) as listener:
            if workers == 1:
                return _serve_alone(configuration, listener)
            next_port = port + 1 if port else 0
            with listening(host, next_port if console_port is None else console_port) as console:
                return _serve_together(configuration, listener, console, workers)
    except (ZitiError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _serve_alone(configuration: Settings, listener: socket.socket) -> int:
    serving = server(configuration, listener, Role.ALL)
    serving.on_ready = lambda: _say(f"HQ ready on {serving.address}")
    serving.run([listener])
    return 0


def _serve_together(configuration: Settings, listener: socket.socket, console: socket.socket, workers: int) -> int:
    # Once, before anybody serves: the schema, the first key.
    Office.open(configuration).close()
    several = [replace(configuration, slot=(at, workers + 1)) for at in range(workers + 1)]
    posts = [Post(f"desk {at}", serve_at_post, (each, Role.DESK, listener)) for at, each in enumerate(several[:-1], 1)]
    posts.append(Post("back office", serve_at_post, (several[-1], Role.BACK, console)))
    ready = f"HQ ready on {_address(listener)} with {workers} workers, its back office on {_address(console)}"
    return Supervisor(posts, lambda: _say(ready)).run()


def serve_at_post(configuration: Settings, roles: Role, listener: socket.socket, connection: Connection) -> None:
    """Serve as one of HQ's processes until its supervisor hangs up."""
    # Ctrl-C reaches every process of a terminal: the supervisor hears it and hangs up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = Line(connection)
    try:
        serving = server(configuration, listener, roles)
    except (ZitiError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    serving.on_ready = line.ready
    line.when_broken(serving.stop)
    serving.run([listener])


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


def server(configuration: Settings, listener: socket.socket, roles: Role) -> Server:
    """Return the server for a bound socket."""
    app = create_app(configuration, roles, console=True)
    lane = Lane(app, sales.LANE if Role.DESK in roles else {})
    config = uvicorn.Config(
        lane,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        # How many there are is the supervisor's business; that there are several matters to Windows' event loop.
        workers=1 if roles == Role.ALL else 2,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return Server(config, app.state.desk, _address(listener))


def _spare_what_stays() -> None:
    """Let the garbage collector pass over what was loaded, and look less often: a batch of orders is no garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, 20, 50)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
