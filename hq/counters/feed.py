"""Each store's feed: the newest state of everything it must know, numbered in the order of its changes.

A change takes the next number from the store's head row inside its own transaction. The row lock is held until the
commit, so numbers become visible in their order and a reader's cursor never steps over one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, text, update

from app.domain.events import stamp
from hq import bulk
from hq.schema import feed, feed_heads, stores
from hq.work import Work
from sync.wire import (
    FEED_PAGE,
    PROTOCOL,
    SINCE_PROTOCOL_2,
    FeedPage,
    IncidentItem,
    Item,
    KeyItem,
    NeighbourItem,
    OrderItem,
    PairItem,
    ProductItem,
    StaffItem,
    StockItem,
    StoreItem,
)

_TAKE_NUMBERS = (
    update(feed_heads)
    .where(feed_heads.c.store_id == bindparam("of_store"))
    .values(seq=feed_heads.c.seq + bindparam("count"))
    .returning(feed_heads.c.seq)
)
_TAKE_NUMBER_EACH = (
    update(feed_heads)
    .where(feed_heads.c.store_id.in_(bindparam("stores", expanding=True)))
    .values(seq=feed_heads.c.seq + 1)
    .returning(feed_heads.c.store_id, feed_heads.c.seq)
)
_SET_HEAD = "UPDATE feed_heads SET seq = ? WHERE store_id = ?"
# In one order always: two transactions that took the rows crosswise would wait for each other.
_LOCK_EACH = (
    select(feed_heads.c.store_id)
    .where(feed_heads.c.store_id.in_(bindparam("stores", expanding=True)))
    .order_by(feed_heads.c.store_id)
    .with_for_update()
)
_PUT = text(
    "INSERT INTO feed (store_id, kind, key, seq, body) VALUES (:store_id, :kind, :key, :seq, :body) "
    "ON CONFLICT (store_id, kind, key) DO UPDATE SET seq = excluded.seq, body = excluded.body"
)
_PUT_EACH = (
    "INSERT INTO feed (store_id, kind, key, seq, body) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (store_id, kind, key) DO UPDATE SET seq = excluded.seq, body = excluded.body"
)
_KEPT_OF_KIND = select(feed.c.key, feed.c.body).where(
    feed.c.store_id == bindparam("store_id"), feed.c.kind == bindparam("kind")
)
_KEPT_OF_KEY = select(feed.c.store_id, feed.c.body).where(
    feed.c.kind == bindparam("kind"), feed.c.key == bindparam("key")
)
_HEAD = select(feed_heads.c.generation, feed_heads.c.seq).where(feed_heads.c.store_id == bindparam("store_id"))
_LOCK = _HEAD.with_for_update()
_HEADS = select(feed_heads.c.store_id, feed_heads.c.seq)
_HEADS_OF = _HEADS.where(feed_heads.c.store_id.in_(bindparam("stores", expanding=True)))
# From here on, reading the whole table of heads is cheaper than naming the rows.
_MANY = 500
_ROWS = (
    select(feed.c.seq, feed.c.body)
    .where(feed.c.store_id == bindparam("store_id"), feed.c.seq > bindparam("after"))
    .order_by(feed.c.seq)
    .limit(bindparam("at_most"))
)
_ROWS_OF_PROTOCOL_1 = _ROWS.where(feed.c.kind.not_in(sorted(SINCE_PROTOCOL_2)))
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
    seq = work.conn.execute(_TAKE_NUMBERS, {"of_store": store_id, "count": 1}).scalar_one()
    work.conn.execute(_PUT, _row(store_id, item, seq, item.model_dump_json()))
    work.touched.add(store_id)


def publish_several(work: Work, store_id: str, items: Sequence[Item]) -> None:
    """Put the new states of several items into the store's feed."""
    count = len(items)
    first = work.conn.execute(_TAKE_NUMBERS, {"of_store": store_id, "count": count}).scalar_one() - count + 1
    rows = [(store_id, item.kind, key_of(item), first + at, item.model_dump_json()) for at, item in enumerate(items)]
    bulk.change(work.conn, _PUT_EACH, rows)
    work.touched.add(store_id)


def publish_new(work: Work, items: Sequence[tuple[str, Item]], heads: Mapping[str, int]) -> None:
    """Put things that no feed holds yet into the feeds of stores that are locked and stand at `heads`."""
    at = dict(heads)
    rows = []
    for store_id, item in items:
        at[store_id] += 1
        rows.append((store_id, item.kind, key_of(item), at[store_id], item.model_dump_json()))
    bulk.add(work.conn, feed, rows)
    moved = {store_id for store_id, _ in items}
    bulk.change(work.conn, _SET_HEAD, [(at[store_id], store_id) for store_id in sorted(moved)])
    work.touched.update(moved)


def publish_changed(work: Work, store_id: str, items: Iterable[Item]) -> None:
    """Put items of one kind into the store's feed, except those that stand there already, word for word."""
    bodies = {key_of(item): (item, item.model_dump_json()) for item in items}
    if not bodies:
        return
    kind = next(iter(bodies.values()))[0].kind
    kept = work.conn.execute(_KEPT_OF_KIND, {"store_id": store_id, "kind": kind})
    known = {key: body for key, body in kept if key in bodies}
    changed = [(item, body) for key, (item, body) in bodies.items() if known.get(key) != body]
    if changed:
        count = len(changed)
        last = work.conn.execute(_TAKE_NUMBERS, {"of_store": store_id, "count": count}).scalar_one()
        rows = [_row(store_id, item, last - count + at, body) for at, (item, body) in enumerate(changed, start=1)]
        work.conn.execute(_PUT, rows)
        work.touched.add(store_id)


def publish_across(work: Work, items: Mapping[str, Item]) -> None:
    """Put one thing into the feeds of several stores, as each is to see it, except where it stands already."""
    bodies = {store_id: item.model_dump_json() for store_id, item in items.items()}
    if not bodies:
        return
    one = next(iter(items.values()))
    kept = work.conn.execute(_KEPT_OF_KEY, {"kind": one.kind, "key": key_of(one)})
    known = {store_id: body for store_id, body in kept if store_id in bodies}
    changed = sorted(store_id for store_id, body in bodies.items() if known.get(store_id) != body)
    if changed:
        work.conn.execute(_LOCK_EACH, {"stores": changed})
        numbers = work.conn.execute(_TAKE_NUMBER_EACH, {"stores": changed}).all()
        rows = [_row(store_id, items[store_id], seq, bodies[store_id]) for store_id, seq in numbers]
        work.conn.execute(_PUT, rows)
        work.touched.update(changed)


def publish_everywhere(work: Work, item: Item) -> None:
    """Put an item that is the same for all stores into each feed."""
    publish_across(work, dict.fromkeys(work.conn.execute(_STORE_IDS).scalars().all(), item))


def publish_all_everywhere(work: Work, items: Sequence[Item]) -> None:
    """Put items of one kind that are the same for all stores into each feed."""
    store_ids = work.conn.execute(_STORE_IDS).scalars().all()
    work.conn.execute(_LOCK_EACH, {"stores": sorted(store_ids)})
    for store_id in sorted(store_ids):
        publish_changed(work, store_id, items)


def key_of(item: Item) -> str:
    """Return what tells the item from the others of its kind."""
    match item:
        case StoreItem():
            return ""
        case NeighbourItem() | ProductItem() | OrderItem():
            return str(item.number)
        case KeyItem():
            return str(item.key_id)
        case StockItem() | PairItem():
            return str(item.product_number)
        case StaffItem() | IncidentItem():
            return item.id


def page(
    conn: Connection, store_id: str, *, after: int, generation: str, limit: int = FEED_PAGE, protocol: int = PROTOCOL
) -> Page:
    """Return the changes after a cursor, as a protocol knows them; a first call passes `after=0`, `generation=""`."""
    # The head is read before the rows: on a database where each statement sees its own moment, everything up to
    # this head is then visible to the second statement.
    ours, head = conn.execute(_HEAD, {"store_id": store_id}).one()
    if (generation and generation != ours) or (not generation and after) or after > head:
        return Page(ours, 0, head, must_refetch=True)
    query = _ROWS if protocol > 1 else _ROWS_OF_PROTOCOL_1
    found = conn.execute(query, {"store_id": store_id, "after": after, "at_most": limit}).all()
    rows = tuple((seq, body) for seq, body in found)
    last = rows[-1][0] if rows else after
    cursor = last if len(rows) == limit else max(last, head)
    return Page(ours, cursor, max(head, cursor), rows)


def heads(conn: Connection) -> dict[str, int]:
    """Return every store's latest number."""
    return {row.store_id: row.seq for row in conn.execute(_HEADS)}


def heads_of(conn: Connection, store_ids: Collection[str]) -> dict[str, int]:
    """Return these stores' latest numbers."""
    if len(store_ids) > _MANY:
        return {store_id: seq for store_id, seq in heads(conn).items() if store_id in store_ids}
    return {row.store_id: row.seq for row in conn.execute(_HEADS_OF, {"stores": sorted(store_ids)})}


def _row(store_id: str, item: Item, seq: int, body: str) -> dict[str, str | int]:
    return {"store_id": store_id, "kind": item.kind, "key": key_of(item), "seq": seq, "body": body}
