"""Order numbers and short codes: unique, unguessable, given out for many orders at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, select

from app.domain.lookup import QueryKind, keyed_hash, short_code
from app.domain.order import OPEN
from hq import bulk
from hq.schema import orders
from hq.stores import StoreRow
from hq.work import Work

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_PER_MILLI = 1 << 12

_TAKEN = select(orders.c.number).where(orders.c.number.in_(bindparam("numbers", expanding=True)))
_OPEN = ", ".join(f"'{status.value}'" for status in sorted(OPEN))
_CODES = (
    "SELECT store_id, short_code_hash, number FROM wanted CROSS JOIN orders "  # noqa: S608 - only our own words
    f"WHERE store_id = one AND short_code_hash = other AND status IN ({_OPEN})"
)


@dataclass(frozen=True, slots=True)
class Name:
    """What a new order is known by: its number, and which attempt gave a short code that is free in its store."""

    number: int
    short_code_attempt: int
    short_code_hash: str


def names(work: Work, stores: Sequence[StoreRow]) -> list[Name]:
    """Return a name for one new order in each of these stores (a store may be there several times)."""
    if not stores:
        return []
    numbers = _numbers(work, len(stores))
    secret = work.vault.secret("short-code")
    attempts = [0] * len(stores)
    hashes = [_hash(store, secret, number, 0) for store, number in zip(stores, numbers, strict=True)]
    taken = _taken_codes(work, stores, hashes)
    for at, store in enumerate(stores):
        while (store.id, hashes[at]) in taken:
            attempts[at] += 1
            hashes[at] = _hash(store, secret, numbers[at], attempts[at])
            taken |= _taken_codes(work, [store], [hashes[at]])
        taken.add((store.id, hashes[at]))
    return [Name(*each) for each in zip(numbers, attempts, hashes, strict=True)]


def free_short_code(work: Work, store: StoreRow, number: int, first: int) -> tuple[int, str]:
    """Return the first attempt, and its keyed hash, whose digits no other open order of the store has."""
    secret = work.vault.secret("short-code")
    attempt = first
    while True:
        hashed = _hash(store, secret, number, attempt)
        if not _taken_codes(work, [store], [hashed], but=number):
            return attempt, hashed
        attempt += 1


def _numbers(work: Work, count: int) -> list[int]:
    """Return numbers that no order has; several processes never try the same one."""
    slot, slots = work.slot
    found: list[int] = []
    millis = (work.now - EPOCH) // timedelta(milliseconds=1)
    while len(found) < count:
        wanted = count - len(found)
        tries = {
            millis * _PER_MILLI + (work.random_bits(12) // slots * slots + slot) % _PER_MILLI for _ in range(wanted)
        }
        known = set(work.conn.execute(_TAKEN, {"numbers": sorted(tries)}).scalars())
        found += sorted(tries - known - set(found))
        # A millisecond holds 4,096 numbers; a burst that collides borrows from the next one.
        millis += 1
    return found


def _hash(store: StoreRow, secret: bytes, number: int, attempt: int) -> str:
    return keyed_hash(store.lookup_key, QueryKind.SHORT_CODE, short_code(secret, number, attempt))


def _taken_codes(
    work: Work, stores: Sequence[StoreRow], hashes: Sequence[str], *, but: int = -1
) -> set[tuple[str, str]]:
    codes = {(store.id, hashed) for store, hashed in zip(stores, hashes, strict=True)}
    found = bulk.find_pairs(work.conn, _CODES, ("text", "text"), codes)
    return {(store_id, hashed) for store_id, hashed, number in found if number != but}
