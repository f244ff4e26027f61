"""Stores: their profile, rules, neighbours, staff, and the terminal that leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, bindparam, insert, select, update

from app.domain import geo
from hq.counters import feed, keys
from hq.goods import catalogue, pairing
from hq.problems import Rejection, conflict, invalid, missing
from hq.schema import feed_heads, lead_changes, staff, stores, terminals
from hq.work import Work
from sync.wire import NeighbourItem, StaffItem, StoreItem

_BY_NUMBER = select(stores).where(stores.c.number == bindparam("number"))
_BY_ID = select(stores).where(stores.c.id == bindparam("id"))
_LOCKED = _BY_NUMBER.join(feed_heads, feed_heads.c.store_id == stores.c.id).with_for_update(of=feed_heads)
_SEVERAL = (
    select(stores, feed_heads.c.seq)
    .join(feed_heads, feed_heads.c.store_id == stores.c.id)
    .where(stores.c.number.in_(bindparam("numbers", expanding=True)))
    # Always in the same order, so that two transactions never wait for each other.
    .order_by(stores.c.id)
    .with_for_update(of=feed_heads)
)
_ALL = select(stores).order_by(stores.c.number)
_STAFF = select(staff).where(staff.c.store_id == bindparam("store_id")).order_by(staff.c.id)


@dataclass(frozen=True, slots=True)
class Profile:
    """What an operator sets: name, place, rules in minutes, opening hours (JSON) and orders per quarter of an hour.

    `pack_minutes` > 0: nothing is packed longer than that before its window opens.
    """

    name: str
    address: str = ""
    time_zone: str = "Asia/Shanghai"
    early_minutes: int = 0
    late_minutes: int = 0
    revoke_minutes: int = 60
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    district: str = ""
    hours: str = ""
    capacity: int | None = None
    active: bool = True
    pack_minutes: int = 0


@dataclass(frozen=True, slots=True)
class StoreRow:
    """A store as HQ keeps it; `lookup_key` is a secret that its terminals share.

    `share_url` is what its customers may pass on at the moment: `hq.mall.sharing` keeps it.
    """

    id: str
    number: int
    name: str
    address: str
    time_zone: str
    early_minutes: int
    late_minutes: int
    revoke_minutes: int
    lat: float | None
    lon: float | None
    lookup_key: bytes
    lead_terminal: str | None
    lead_epoch: int
    created_at: datetime
    phone: str
    district: str
    hours: str
    capacity: int | None
    active: bool
    pack_minutes: int = 0
    share_url: str = ""

    @property
    def item(self) -> StoreItem:
        """What its own terminals are told."""
        return StoreItem(
            number=self.number,
            name=self.name,
            address=self.address,
            time_zone=self.time_zone,
            early_minutes=self.early_minutes,
            late_minutes=self.late_minutes,
            revoke_minutes=self.revoke_minutes,
            lead_terminal=self.lead_terminal,
            lead_epoch=self.lead_epoch,
            capacity=self.capacity,
            pack_minutes=self.pack_minutes,
            share_url=self.share_url,
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works in a store; `pin_hash` is argon2id, `None` leaves the PIN as it is."""

    id: str
    name: str
    role: Literal["clerk", "manager"]
    active: bool = True
    pin_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Locked:
    """A store that no other transaction changes until ours is over, and the last number of its feed."""

    row: StoreRow
    seq: int


def find(conn: Connection, number: int) -> StoreRow | None:
    """Return the store with this number."""
    row = conn.execute(_BY_NUMBER, {"number": number}).first()
    return StoreRow(*row) if row else None


def get(conn: Connection, number: int) -> StoreRow:
    """Return the store with this number, or refuse."""
    store = find(conn, number)
    if store is None:
        raise none_such(number)
    return store


def all_stores(conn: Connection) -> list[StoreRow]:
    """Return every store, by number."""
    return [StoreRow(*row) for row in conn.execute(_ALL)]


def none_such(number: int) -> Rejection:
    """Return the answer for a store that HQ does not know."""
    return missing("store", f"There is no store {number}.")


def lock_several(work: Work, numbers: Iterable[int]) -> dict[int, Locked]:
    """Lock stores, those that exist, always in the same order."""
    rows = work.conn.execute(_SEVERAL, {"numbers": sorted(set(numbers))})
    return {row.number: Locked(StoreRow(*row[:-1]), row.seq) for row in rows}


def locked(work: Work, number: int) -> StoreRow:
    """Return a store and let no other transaction change its part until ours is over, or refuse."""
    row = work.conn.execute(_LOCKED, {"number": number}).first()
    return StoreRow(*row) if row else get(work.conn, number)


def by_id(conn: Connection, store_id: str) -> StoreRow:
    """Return a store that is known to exist."""
    return StoreRow(*conn.execute(_BY_ID, {"id": store_id}).one())


def staff_of(conn: Connection, store_id: str) -> list[Person]:
    """Return who works in a store."""
    found = conn.execute(_STAFF, {"store_id": store_id})
    return [Person(row.id, row.name, row.role, row.active, row.pin_hash) for row in found]


def put(work: Work, number: int, profile: Profile) -> StoreRow:
    """Open a store or change its profile, and tell it and the others."""
    _check(profile)
    store = find(work.conn, number)
    if store is None:
        store = _open(work, number, profile)
    else:
        work.conn.execute(update(stores).where(stores.c.id == store.id).values(**asdict(profile)))
        store = replace(store, **asdict(profile))
    feed.publish_changed(work, store.id, [store.item])
    _tell_neighbours(work, store)
    work.shelf.forget_stores()
    return store


def put_person(work: Work, number: int, person: Person) -> StaffItem:
    """Add someone to a store's staff or change them, and tell the store."""
    store = get(work.conn, number)
    where = (staff.c.store_id == store.id, staff.c.id == person.id)
    kept = work.conn.execute(select(staff.c.pin_hash).where(*where)).scalar()
    values: dict[str, Any] = {"name": person.name, "role": person.role, "active": person.active}
    values["pin_hash"] = (kept or "") if person.pin_hash is None else person.pin_hash
    if kept is None:
        work.conn.execute(insert(staff), {"store_id": store.id, "id": person.id, **values})
    else:
        work.conn.execute(update(staff).where(*where).values(**values))
    item = StaffItem(id=person.id, **values)
    feed.publish_changed(work, store.id, [item])
    return item


def lead_if_first(work: Work, store: StoreRow, terminal_id: str) -> None:
    """Give the claims to the first terminal of a store; never take them from one that has them."""
    if store.lead_terminal is None:
        _appoint(work, store, terminal_id, by="HQ")


def move_lead(work: Work, number: int, terminal_id: str, *, old_is_switched_off: bool, by: str) -> StoreRow:
    """Give the store's claims to another terminal, once a person says that the old one is switched off."""
    store = locked(work, number)
    if store.lead_terminal == terminal_id:
        return store
    found = select(terminals.c.id).where(
        terminals.c.store_id == store.id, terminals.c.id == terminal_id, terminals.c.revoked_at.is_(None)
    )
    if work.conn.execute(found).first() is None:
        raise missing("terminal", f"Store {number} has no such terminal in use.")
    if store.lead_terminal and not old_is_switched_off:
        raise conflict("lead", "Two leads would hand over twice: switch the old terminal off first, then say so.")
    return _appoint(work, store, terminal_id, by=by)


def distance_m(one: StoreRow, other: StoreRow) -> int | None:
    """Return the distance as the crow flies, when both places are known."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return geo.distance_m(geo.Place(one.lat, one.lon), geo.Place(other.lat, other.lon))


def _check(profile: Profile) -> None:
    if (profile.lat is None) != (profile.lon is None):
        raise invalid("place", "A place needs both lat and lon.")
    try:
        ZoneInfo(profile.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise invalid("time_zone", f"There is no time zone {profile.time_zone!r}.") from error


def _open(work: Work, number: int, profile: Profile) -> StoreRow:
    lookup_key = work.random_bits(256).to_bytes(32, "big")
    store = StoreRow(
        id=work.new_id(),
        number=number,
        lookup_key=lookup_key,
        lead_terminal=None,
        lead_epoch=0,
        created_at=work.now,
        **asdict(profile),
    )
    work.conn.execute(insert(stores), asdict(store))
    feed.begin(work, store.id)
    feed.publish_changed(work, store.id, [key.item for key in keys.all_keys(work.conn)])
    feed.publish_changed(work, store.id, [product.item for product in catalogue.all_products(work.conn)])
    feed.publish_changed(work, store.id, pairing.items(work.conn))
    return store


def _tell_neighbours(work: Work, store: StoreRow) -> None:
    others = [other for other in (StoreRow(*row) for row in work.conn.execute(_ALL).all()) if other.id != store.id]
    feed.publish_across(work, {other.id: _neighbour(store, seen_from=other) for other in others})
    feed.publish_changed(work, store.id, [_neighbour(other, seen_from=store) for other in others])


def _neighbour(store: StoreRow, *, seen_from: StoreRow) -> NeighbourItem:
    return NeighbourItem(
        number=store.number, name=store.name, address=store.address, distance_m=distance_m(store, seen_from)
    )


def _appoint(work: Work, store: StoreRow, terminal_id: str, *, by: str) -> StoreRow:
    led = replace(store, lead_terminal=terminal_id, lead_epoch=store.lead_epoch + 1)
    values = {"lead_terminal": terminal_id, "lead_epoch": led.lead_epoch}
    work.conn.execute(update(stores).where(stores.c.id == store.id).values(**values))
    change = {"store_id": store.id, "epoch": led.lead_epoch, "terminal_id": terminal_id, "at": work.now, "by": by}
    work.conn.execute(insert(lead_changes), change)
    feed.publish(work, store.id, led.item)
    return led
