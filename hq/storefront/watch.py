"""Tells open order pages that something changed: one query for all pages of a store whenever its bell rings."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, bindparam, select

from app.domain.order import Status, effective
from app.domain.window import Window
from app.errors import StorageFault
from hq.desk import Desk
from hq.schema import groups, orders

# What no bell tells (a window that opens, another process's chore) is seen this soon.
RECHECK_SECONDS = 15.0
# Of several changes in a row one look tells.
GAP_SECONDS = 0.2
MOST = 5_000
_STATES = (
    select(
        orders.c.number,
        orders.c.version,
        orders.c.status,
        orders.c.payment,
        orders.c.opens,
        orders.c.length,
        groups.c.joined,
    )
    .select_from(
        orders.outerjoin(groups, and_(groups.c.store_id == orders.c.store_id, groups.c.id == orders.c.group_id))
    )
    .where(orders.c.store_id == bindparam("store_id"), orders.c.number.in_(bindparam("numbers", expanding=True)))
)


@dataclass(slots=True)
class _Store:
    """The open pages of one store's orders."""

    pages: Counter[int] = field(default_factory=Counter)
    states: Mapping[int, str] = field(default_factory=dict)
    round: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class Watch:
    """One per process; a page that waits holds neither a thread nor a connection."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stores: dict[str, _Store] = {}
        self._open = 0

    @property
    def full(self) -> bool:
        """Whether there are as many open pages as one process serves; the others ask now and then."""
        return self._open >= MOST

    async def look(self, store_id: str, numbers: Collection[int]) -> dict[int, str]:
        """Return what differs when the pages of these orders must be drawn again."""
        now = self._desk.office.now()

        def query(conn: Connection) -> dict[int, str]:
            rows = conn.execute(_STATES, {"store_id": store_id, "numbers": sorted(numbers)})
            return {
                row.number: state(
                    row.version,
                    effective(Status(row.status), Window.of_minutes(row.opens, row.length), now),
                    row.payment,
                    row.joined,
                )
                for row in rows
            }

        return await self._desk.read(query)

    async def states(self, store_id: str, number: int) -> AsyncIterator[str]:
        """Yield an order's state now and after each change, until HQ stops."""
        store = self._enter(store_id, number)
        try:
            shown = ""
            # Before each look, not after it: a round that ends meanwhile is not missed.
            over = store.round
            current = (await self.look(store_id, [number])).get(number, "")
            while True:
                if current != shown:
                    shown = current
                    yield shown
                if self._desk.bell.stopped:
                    return
                await over.wait()
                over, current = store.round, store.states.get(number, shown)
        finally:
            self._leave(store_id, store, number)

    def _enter(self, store_id: str, number: int) -> _Store:
        store = self._stores.setdefault(store_id, _Store())
        store.pages[number] += 1
        self._open += 1
        if store.task is None:
            store.task = asyncio.create_task(self._follow(store_id, store))
        return store

    def _leave(self, store_id: str, store: _Store, number: int) -> None:
        self._open -= 1
        store.pages[number] -= 1
        store.pages += Counter()
        if not store.pages and store.task:
            store.task.cancel()
            store.task = None
            self._stores.pop(store_id, None)

    async def _follow(self, store_id: str, store: _Store) -> None:
        bell = self._desk.bell
        ticket = bell.ticket(store_id)
        while not bell.stopped:
            await bell.wait(ticket, RECHECK_SECONDS)
            # The next ticket before this look: what changes while it is taken, or in the gap after it, rings.
            ticket = bell.ticket(store_id)
            try:
                store.states = await self.look(store_id, list(store.pages))
            except StorageFault:
                # Whoever asks HQ for something is told; this look is taken again soon.
                continue
            finally:
                over, store.round = store.round, asyncio.Event()
                over.set()
            if not bell.stopped:
                await asyncio.sleep(GAP_SECONDS)


def state(version: int, status: Status, payment: str, joined: int | None) -> str:
    """Return what tells two states of an order's page apart."""
    return f"{version}-{status}-{payment}-{joined or 0}"
