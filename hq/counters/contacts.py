"""When each terminal was last heard: in memory by this process, and once a minute in the database for the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, update

from app.clock import Clock
from hq.counters.terminals import Terminal
from hq.schema import inbox, stores, terminals
from hq.work import Done, Work

LOG = logging.getLogger("ziti.hq.contacts")
SILENT_AFTER = timedelta(minutes=5)
_NOTE_EVERY = 60.0
_OF_STORE = (
    select(inbox.c.terminal_id, func.max(inbox.c.received_at))
    .where(inbox.c.store_id == bindparam("store_id"))
    .group_by(inbox.c.terminal_id)
)
_TERMINALS = select(terminals.c.id, terminals.c.seen_at).where(terminals.c.store_id == bindparam("store_id"))
_IN_USE = (
    select(terminals.c.id, terminals.c.store_id, terminals.c.seen_at)
    .join(stores, stores.c.id == terminals.c.store_id)
    .where(terminals.c.revoked_at.is_(None), stores.c.active)
)
_NAMES = select(stores.c.id, stores.c.number, stores.c.name).where(stores.c.id.in_(bindparam("ids", expanding=True)))
_SEE = (
    update(terminals)
    .where(
        terminals.c.store_id == bindparam("of_store"),
        terminals.c.id == bindparam("of_id"),
        or_(terminals.c.seen_at.is_(None), terminals.c.seen_at < bindparam("heard_at")),
    )
    .values(seen_at=bindparam("heard_at"))
)

Write = Callable[["Seen"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Silence:
    """A store that is not heard; `heard_at` is empty when no terminal of it ever was."""

    number: int
    name: str
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """The use-case that notes a terminal's call; those of many terminals cost one statement."""

    store_id: str
    terminal_id: str
    heard_at: datetime

    def __call__(self, work: Work) -> None:
        """Note it."""
        work.conn.execute(_SEE, self.row())

    def with_others(self, work: Work, same: Sequence[Any]) -> list[Done]:
        """Note several, always in the same order: two processes then never wait for each other."""
        rows = [each.row() for each in sorted(same, key=lambda each: (each.store_id, each.terminal_id))]
        work.conn.execute(_SEE, rows)
        return [Done()] * len(same)

    def row(self) -> dict[str, Any]:
        """Return what the statement needs."""
        return {"of_store": self.store_id, "of_id": self.terminal_id, "heard_at": self.heard_at}


class Contacts:
    """The last call of each terminal by its id; a poll every half minute does not wait for a write."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: dict[str, datetime] = {}
        self._noted: dict[str, float] = {}
        self._writing: set[asyncio.Task[None]] = set()
        self.since = clock.now()

    def hear(self, terminal_id: str) -> None:
        """Note in memory that a terminal calls."""
        self._heard[terminal_id] = self._clock.now()

    def note(self, terminal: Terminal, write: Write) -> None:
        """Note that a terminal calls, once a minute also in the database; nobody waits for that."""
        self.hear(terminal.id)
        now = self._clock.monotonic()
        if now - self._noted.get(terminal.id, float("-inf")) < _NOTE_EVERY:
            return
        self._noted[terminal.id] = now
        seen = Seen(terminal.store_id, terminal.id, self._heard[terminal.id])
        task = asyncio.get_running_loop().create_task(_written(write, seen))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def settle(self) -> None:
        """Wait for what is being written down."""
        await asyncio.gather(*self._writing)

    @property
    def heard(self) -> Mapping[str, datetime]:
        """The last call of each terminal since this process started."""
        return dict(self._heard)


async def _written(write: Write, seen: Seen) -> None:
    try:
        await write(seen)
    except Exception as error:  # noqa: BLE001 - nobody waits for it: the log is told, and the next minute tries again
        LOG.warning("when terminal %s called was not written down: %s", seen.terminal_id, error)


def of_store(conn: Connection, store_id: str, contacts: Contacts) -> dict[str, datetime]:
    """Return when each terminal of a store was last heard, from its calls and from what it sent in."""
    received: dict[str, datetime] = {row[0]: row[1] for row in conn.execute(_OF_STORE, {"store_id": store_id})}
    heard = contacts.heard
    known = {
        row.id: [at for at in (received.get(row.id), heard.get(row.id), row.seen_at) if at]
        for row in conn.execute(_TERMINALS, {"store_id": store_id})
    }
    return {each: max(times) for each, times in known.items() if times}


def silent_stores(conn: Connection, contacts: Contacts, now: datetime) -> list[Silence]:
    """Return the stores whose terminals have all been silent for longer than `SILENT_AFTER`, the longest first."""
    heard = contacts.heard
    last: dict[str, datetime | None] = {}
    for terminal_id, store_id, seen_at in conn.execute(_IN_USE):
        times = [at for at in (last.get(store_id), heard.get(terminal_id), seen_at) if at]
        last[store_id] = max(times) if times else None
    if now - contacts.since <= SILENT_AFTER:
        return []
    silent = {store_id: at for store_id, at in last.items() if at is None or now - at > SILENT_AFTER}
    rows = conn.execute(_NAMES, {"ids": sorted(silent)})
    found = [Silence(row.number, row.name, silent[row.id]) for row in rows]
    return sorted(found, key=lambda each: (each.heard_at or contacts.since, each.number))
