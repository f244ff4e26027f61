"""What a store's customers may pass on: the live session of the moment, as its terminals show it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, bindparam, select, update

from hq import stores
from hq.counters import feed
from hq.office import Office
from hq.schema import live_sessions, session_stores
from hq.schema import stores as store_table
from hq.stores import StoreRow
from hq.work import Work

_LIVE = (
    select(live_sessions.c.id, live_sessions.c.slug, live_sessions.c.every_store)
    .where(
        live_sessions.c.published,
        live_sessions.c.starts_at <= bindparam("now"),
        live_sessions.c.ends_at > bindparam("now"),
    )
    # The one that began last is what people speak of.
    .order_by(live_sessions.c.starts_at.desc(), live_sessions.c.id.desc())
)
_PARTS = select(session_stores.c.session_id, session_stores.c.store_id).where(
    session_stores.c.session_id.in_(bindparam("sessions", expanding=True))
)


def renew(office: Office) -> int:
    """Tell stores whose session began or ended; return how many. Nothing is shared by an HQ without a public URL."""
    base, now = office.settings.public_url, office.now()

    def query(conn: Connection) -> list[StoreRow]:
        live = conn.execute(_LIVE, {"now": now}).all() if base else []
        parts = {tuple(row) for row in conn.execute(_PARTS, {"sessions": [row.id for row in live]})} if live else set()
        changed = []
        for store in stores.all_stores(conn):
            slug = next((row.slug for row in live if row.every_store or (row.id, store.id) in parts), None)
            told = replace(store, share_url=f"{base}/live/{slug}" if slug else "")
            changed += [told] if told != store else []
        return changed

    changed = office.read(query)
    for store in changed:
        _tell(office, store)
    return len(changed)


def _tell(office: Office, store: StoreRow) -> None:
    def usecase(work: Work) -> None:
        feed.lock(work, store.id)
        work.conn.execute(update(store_table).where(store_table.c.id == store.id).values(share_url=store.share_url))
        feed.publish_changed(work, store.id, [stores.by_id(work.conn, store.id).item])

    office.write(usecase)
