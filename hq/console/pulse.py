"""The pulse: one cheap query a second tells all open pages whether anything may have changed."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import Connection, func, select

from hq.desk import Desk
from hq.schema import alerts, audit, feed_heads, messages, photos

_EVERY_SECONDS = 1.0
_FEEDS = select(func.count(), func.coalesce(func.sum(feed_heads.c.seq), 0))
_AUDIT = select(func.max(audit.c.id))
_ALERTS = select(func.count(), func.count(alerts.c.closed_at))
# What waits to be sent, by the index of the workers.
_WAITING = select(func.count(), func.max(messages.c.next_at)).where(messages.c.status.in_(["queued", "sending"]))
# By the index of what is kept: what was let go makes no difference to anybody who looks.
_PHOTOS = select(func.max(photos.c.received_at)).where(photos.c.jpeg.is_not(None))


def _look(conn: Connection) -> tuple[Any, ...]:
    return tuple(value for query in (_FEEDS, _AUDIT, _ALERTS, _WAITING, _PHOTOS) for value in conn.execute(query).one())


class Pulse:
    """Shared by all pages of this process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = asyncio.Lock()
        self._taken = float("-inf")
        self._version: tuple[Any, ...] = ()

    async def version(self) -> tuple[Any, ...]:
        """Return what differs once something changed; at most a second old."""
        async with self._turn:
            now = self._desk.office.clock.monotonic()
            if now - self._taken >= _EVERY_SECONDS:
                self._version = await self._desk.read(_look)
                self._taken = now
        return self._version
