"""The floor of the web tier: an order's body, validated by FastAPI and answered with its number, on HQ's server."""

from __future__ import annotations

import signal
import subprocess
import sys
from multiprocessing.connection import Connection
from socket import socket
from typing import Self

import uvicorn
from fastapi import FastAPI

from hq.routes.sales import WishedOrder
from hq.serve import listening
from hq.supervisor import Line, Post, Supervisor

app = FastAPI()


@app.post("/orders")
async def place(order: WishedOrder) -> dict[str, int]:
    """Take an order's body and do nothing with it."""
    return {"number": order.store_number}


class Plain:
    """The server, as a process or several."""

    def __init__(self, workers: int) -> None:
        command = [sys.executable, "-m", "benchmarks.load.plain", str(workers)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


def serve(listener: socket, connection: Connection) -> None:
    """Serve as one of several processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = Line(connection)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    line.when_broken(lambda: setattr(server, "should_exit", True))
    line.ready()
    server.run([listener])


def main() -> int:
    """Serve from as many processes as the argument says until a signal ends it."""
    with listening("127.0.0.1", 0) as listener:
        listener.listen()
        posts = [Post(f"plain {at}", serve, (listener,)) for at in range(int(sys.argv[1]))]
        return Supervisor(posts, lambda: print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)).run()


if __name__ == "__main__":
    sys.exit(main())
