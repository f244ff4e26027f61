"""HQ as it is, but its process ends itself by SIGKILL when it comes to a named point for the n-th time.

Usage: `python -m tests.e2e.doomed_hq ORDER hq --data … --port …`. Once the file ORDER appears, holding `POINT:N`, the
counting begins. A point is how a statement begins ("INSERT INTO orders"), `COMMIT` before one, or `ANSWER`: committed,
and nobody told yet.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

import main
from shop import leashed

POINTS = (
    "INSERT INTO orders",
    "INSERT INTO order_lines",
    "INSERT INTO feed",
    "INSERT INTO inbox",
    "INSERT INTO order_facts",
    "INSERT INTO redemptions",
    "UPDATE orders",
    "COMMIT",
    "ANSWER",
)


class Doom:
    """Counts how often the point of the order was come to."""

    def __init__(self, order: Path) -> None:
        self._order = order
        self._point = ""
        self._left = 0

    def come(self, here: str) -> None:
        """Pass a point, or die there."""
        if not self._point and self._order.exists():
            self._point, _, count = self._order.read_text("utf-8").rpartition(":")
            self._left = int(count)
        if self._point and here.startswith(self._point):
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def watch(doom: Doom) -> None:
    """Have every transaction that writes pass the points."""
    wrote: set[int] = set()

    @event.listens_for(Engine, "before_cursor_execute")
    def statement(conn: Connection, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.startswith(("INSERT", "UPDATE")):
            wrote.add(id(conn.connection.dbapi_connection))
            doom.come(sql)

    @event.listens_for(Engine, "commit")
    def commit(conn: Connection) -> None:
        if id(conn.connection.dbapi_connection) in wrote:
            doom.come("COMMIT")

    @event.listens_for(Pool, "checkin")
    def done(dbapi_connection: Any, _record: Any) -> None:
        if id(dbapi_connection) in wrote:
            wrote.discard(id(dbapi_connection))
            doom.come("ANSWER")


if __name__ == "__main__":
    leashed.hold()
    watch(Doom(Path(sys.argv[1])))
    sys.exit(main.main(sys.argv[2:]))
