"""Each store's feed: the newest state of everything it must know, numbered in the order of its changes.

A change takes the next number from the store's head row inside its own transaction. The row lock is held until the
commit, so numbers become visible in their order and a reader's cursor never steps over one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, text, update

from app.domain.events import stamp
from hq.schema import feed, feed_heads, stores
from hq.work import Work
from sync.wire import (
    FEED_PAGE,
    PROTOCOL,
    FeedPage,
    IncidentItem,
    Item,
    KeyItem,
    NeighbourItem,
    OrderItem,
    ProductItem,
    StaffItem,
    StoreItem,
)

_TAKE_NUMBER = (
    update(feed_heads)
    .where(feed_heads.c.store_id == bindparam("of_store"))
    .values(seq=feed_heads.c.seq + 1)
    .returning(feed_heads.c.seq)
)
_PUT = text(
    "INSERT INTO feed (store_id, kind, key, seq, body) VALUES (:store_id, :kind, :key, :seq, :body) "
    "ON CONFLICT (store_id, kind, key) DO UPDATE SET seq = excluded.seq, body = excluded.body"
)
_BODY = select(feed.c.body).where(
    feed.c.store_id == bindparam("store_id"), feed.c.kind == bindparam("kind"), feed.c.key == bindparam("key")
)
_HEAD = select(feed_heads.c.generation, feed_heads.c.seq).where(feed_heads.c.store_id == bindparam("store_id"))
_LOCK = _HEAD.with_for_update()
_HEADS = select(feed_heads.c.store_id, feed_heads.c.seq)
_ROWS = (
    select(feed.c.seq, feed.c.body)
    .where(feed.c.store_id == bindparam("store_id"), feed.c.seq > bindparam("after"))
    .order_by(feed.c.seq)
    .limit(bindparam("at_most"))
)
_STORE_IDS = select(stores.c.id).order_by(stores.c.number)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a feed after a cursor: (number, the item's JSON). See `sync.wire.FeedPage`."""

    generation: str
    cursor: int
    head: int
    rows: tuple[tuple[int, str], ...] = ()
    must_refetch: bool = False

    def json(self, now: datetime) -> bytes:
        """Return the wire message; the items were validated when they were published, so their text is taken as is."""
        rows = ",".join(f'{{"seq":{seq},"item":{body}}}' for seq, body in self.rows)
        return (
            f'{{"ziti":"hq","protocol":{PROTOCOL},"hq_time":"{stamp(now)}","generation":"{self.generation}",'
            f'"must_refetch":{"true" if self.must_refetch else "false"},"rows":[{rows}],'
            f'"cursor":{self.cursor},"head":{self.head}}}'
        ).encode()

    def message(self, now: datetime) -> FeedPage:
        """Return the wire message as an object, for a caller without HTTP."""
        return FeedPage.model_validate_json(self.json(now))


def begin(work: Work, store_id: str) -> None:
    """Start the feed of a new store."""
    work.conn.execute(insert(feed_heads), {"store_id": store_id, "generation": work.new_id(), "seq": 0})


def begin_anew(work: Work, store_id: str) -> None:
    """Give the feed a new generation, so that every terminal fetches all of it again: HQ's data was restored."""
    work.conn.execute(update(feed_heads).where(feed_heads.c.store_id == store_id).values(generation=work.new_id()))
    work.touched.add(store_id)


def lock(work: Work, store_id: str) -> None:
    """Let no other transaction change this store until ours is over; on SQLite none can anyway."""
    work.conn.execute(_LOCK, {"store_id": store_id})


def publish(work: Work, store_id: str, item: Item) -> None:
    """Put an item's new state into the store's feed under the next number."""
    _put(work, store_id, item, item.model_dump_json())


def publish_changed(work: Work, store_id: str, item: Item) -> None:
    """Put an item into the store's feed unless it stands there already, word for word."""
    body = item.model_dump_json()
    where = {"store_id": store_id, "kind": item.kind, "key": key_of(item)}
    if work.conn.execute(_BODY, where).scalar() != body:
        _put(work, store_id, item, body)


def publish_everywhere(work: Work, item: Item) -> None:
    """Put an item that is the same for all stores into each feed."""
    for store_id in work.conn.execute(_STORE_IDS).scalars().all():
        publish_changed(work, store_id, item)


def key_of(item: Item) -> str:
    """Return what tells the item from the others of its kind."""
    match item:
        case StoreItem():
            return ""
        case NeighbourItem() | ProductItem() | OrderItem():
            return str(item.number)
        case KeyItem():
            return str(item.key_id)
        case StaffItem() | IncidentItem():
            return item.id


def page(conn: Connection, store_id: str, *, after: int, generation: str, limit: int = FEED_PAGE) -> Page:
    """Return the changes after a cursor; a first call passes `after=0` and an empty generation."""
    # The head is read before the rows: on a database where each statement sees its own moment, everything up to
    # this head is then visible to the second statement.
    ours, head = conn.execute(_HEAD, {"store_id": store_id}).one()
    if (generation and generation != ours) or (not generation and after) or after > head:
        return Page(ours, 0, head, must_refetch=True)
    found = conn.execute(_ROWS, {"store_id": store_id, "after": after, "at_most": limit}).all()
    rows = tuple((seq, body) for seq, body in found)
    last = rows[-1][0] if rows else after
    cursor = last if len(rows) == limit else max(last, head)
    return Page(ours, cursor, max(head, cursor), rows)


def heads(conn: Connection) -> dict[str, int]:
    """Return every store's latest number."""
    return {row.store_id: row.seq for row in conn.execute(_HEADS)}


def _put(work: Work, store_id: str, item: Item, body: str) -> None:
    seq = work.conn.execute(_TAKE_NUMBER, {"of_store": store_id}).scalar_one()
    row = {"store_id": store_id, "kind": item.kind, "key": key_of(item), "seq": seq, "body": body}
    work.conn.execute(_PUT, row)
    work.touched.add(store_id)
