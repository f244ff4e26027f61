"""When each terminal was last heard: kept in memory by this process, after a restart known from what came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from app.clock import Clock
from hq.schema import inbox, stores, terminals

SILENT_AFTER = timedelta(minutes=5)
_OF_STORE = (
    select(inbox.c.terminal_id, func.max(inbox.c.received_at))
    .where(inbox.c.store_id == bindparam("store_id"))
    .group_by(inbox.c.terminal_id)
)
_TERMINALS = select(terminals.c.id).where(terminals.c.store_id == bindparam("store_id"))
_IN_USE = (
    select(terminals.c.id, terminals.c.store_id)
    .join(stores, stores.c.id == terminals.c.store_id)
    .where(terminals.c.revoked_at.is_(None), stores.c.active)
)
_NAMES = select(stores.c.id, stores.c.number, stores.c.name).where(stores.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Silence:
    """A store that is not heard; `heard_at` is empty when it was not heard since HQ started."""

    number: int
    name: str
    heard_at: datetime | None


class Contacts:
    """The last call of each terminal by its id. Not written down: a poll every half minute must not cost a write."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: dict[str, datetime] = {}
        self.since = clock.now()

    def hear(self, terminal_id: str) -> None:
        """Note that a terminal calls."""
        self._heard[terminal_id] = self._clock.now()

    @property
    def heard(self) -> Mapping[str, datetime]:
        """The last call of each terminal since HQ started."""
        return dict(self._heard)


def of_store(conn: Connection, store_id: str, contacts: Contacts) -> dict[str, datetime]:
    """Return when each terminal of a store was last heard, from its calls and from what it sent in."""
    received: dict[str, datetime] = {row[0]: row[1] for row in conn.execute(_OF_STORE, {"store_id": store_id})}
    heard = contacts.heard
    ids = conn.execute(_TERMINALS, {"store_id": store_id}).scalars()
    known = {each: [at for at in (received.get(each), heard.get(each)) if at] for each in ids}
    return {each: max(times) for each, times in known.items() if times}


def silent_stores(conn: Connection, contacts: Contacts, now: datetime) -> list[Silence]:
    """Return the stores whose terminals have all been silent for longer than `SILENT_AFTER`, the longest first."""
    heard = contacts.heard
    last: dict[str, datetime | None] = {}
    for terminal_id, store_id in conn.execute(_IN_USE):
        times = [at for at in (last.get(store_id), heard.get(terminal_id)) if at]
        last[store_id] = max(times) if times else None
    if now - contacts.since <= SILENT_AFTER:
        return []
    silent = {store_id: at for store_id, at in last.items() if at is None or now - at > SILENT_AFTER}
    rows = conn.execute(_NAMES, {"ids": sorted(silent)})
    found = [Silence(row.number, row.name, silent[row.id]) for row in rows]
    return sorted(found, key=lambda each: (each.heard_at or contacts.since, each.number))
