"""How the terminal stands: what the Sync page and the badge show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.events import from_stamp
from app.storage import till
from app.storage.work import Work
from app.usecases.feed import CURSOR, HEAD, LAST_CONTACT

LAST_BACKUP = "last_backup"
LAST_CHECK = "last_integrity_check"


@dataclass(frozen=True, slots=True)
class Health:
    """Counts and times; `None` where nothing has happened yet."""

    store_name: str
    store_number: int | None
    time_zone: str
    terminal_name: str
    leads: bool
    lead_known: bool
    unsent: int
    parked: int
    oldest_unsent: datetime | None
    last_contact: datetime | None
    cursor: int
    head: int
    open_incidents: int
    last_backup: datetime | None
    last_check: datetime | None
    free_bytes: int
    shift_open: bool

    @property
    def is_clear(self) -> bool:
        """Whether nothing would wait if the program were closed or updated now."""
        return not (self.unsent or self.parked or self.shift_open)


def health(work: Work) -> Health:
    """Gather it in one read."""
    store = work.known.store
    unsent, parked, oldest = work.conn.execute(
        "SELECT count(*) FILTER (WHERE NOT x.parked), count(*) FILTER (WHERE x.parked), min(e.at)"
        " FROM outbox x JOIN events e ON e.seq = x.seq"
    ).fetchone()
    incidents = work.conn.execute("SELECT count(*) FROM incidents WHERE closed_at IS NULL").fetchone()[0]
    return Health(
        store_name=store.name if store else "",
        store_number=work.identity.store_number if work.identity else None,
        time_zone=store.time_zone if store else "",
        terminal_name=work.identity.terminal_name if work.identity else "",
        leads=work.leads,
        lead_known=bool(store and store.lead_terminal),
        unsent=unsent,
        parked=parked,
        oldest_unsent=from_stamp(oldest) if oldest else None,
        last_contact=_time(work, LAST_CONTACT),
        cursor=int(work.get_meta(CURSOR, "0")),
        head=int(work.get_meta(HEAD, "0")),
        open_incidents=incidents,
        last_backup=_time(work, LAST_BACKUP),
        last_check=_time(work, LAST_CHECK),
        free_bytes=work.free_bytes,
        shift_open=till.open_shift(work.conn) is not None,
    )


def _time(work: Work, key: str) -> datetime | None:
    text = work.get_meta(key)
    return from_stamp(text) if text else None
