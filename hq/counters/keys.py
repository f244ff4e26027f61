"""The keys that sign pickup codes: which one signs now, how one is replaced, when an old one may go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from hq.counters import feed
from hq.problems import conflict, missing
from hq.schema import signing_keys
from hq.vault import Signer, Vault
from hq.work import Work
from sync.wire import KeyItem

# A terminal that was offline for a week must know a key before it meets the first code of it.
DISTRIBUTE_FOR = timedelta(days=7)
# Codes of the old key are still on customers' phones when the new one begins.
KEEP_FOR = timedelta(days=7)
MOST = 3

_ALL = select(signing_keys).order_by(signing_keys.c.key_id)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and its life: made, signing from, retired."""

    key_id: int
    public_key: bytes
    made_at: datetime
    signs_from: datetime
    retired_at: datetime | None = None

    @property
    def item(self) -> KeyItem:
        """What terminals are told."""
        return KeyItem(key_id=self.key_id, public_key=self.public_key.hex(), retired=self.retired_at is not None)


def signing(keys: Iterable[SigningKey], now: datetime) -> SigningKey:
    """Return the key that signs at `now`: the newest whose time has come."""
    return max(_ready(keys, now), key=lambda key: (key.signs_from, key.key_id))


def may_retire(keys: Iterable[SigningKey], key_id: int, now: datetime) -> bool:
    """Tell whether a key may go: another has signed for long enough that codes of this one have been collected."""
    successors = [key for key in _ready(keys, now) if key.key_id != key_id and now - key.signs_from >= KEEP_FOR]
    return bool(successors) and signing(keys, now).key_id != key_id


def all_keys(conn: Connection) -> list[SigningKey]:
    """Return every key, oldest first."""
    return [SigningKey(*row) for row in conn.execute(_ALL).all()]


def ensure_first(work: Work) -> None:
    """Make the first key of a new HQ, which signs at once: nobody has a code yet."""
    if not all_keys(work.conn):
        _make(work, signs_from=work.now)


def rotate(work: Work) -> SigningKey:
    """Make the next key and tell every terminal; it signs once all of them had a week to hear of it."""
    if sum(key.retired_at is None for key in all_keys(work.conn)) >= MOST:
        raise conflict("keys", f"There are {MOST} keys in use: retire the oldest first.")
    key = _make(work, signs_from=work.now + DISTRIBUTE_FOR)
    feed.publish_everywhere(work, key.item)
    return key


def retire(work: Work, key_id: int) -> SigningKey:
    """Take a key out of use and tell every terminal."""
    keys = all_keys(work.conn)
    if not any(key.key_id == key_id for key in keys):
        raise missing("key", f"There is no key {key_id}.")
    if not may_retire(keys, key_id, work.now):
        raise conflict("key", f"Key {key_id} still signs, or codes of it may still be on customers' phones.")
    where = (signing_keys.c.key_id == key_id, signing_keys.c.retired_at.is_(None))
    work.conn.execute(update(signing_keys).where(*where).values(retired_at=work.now))
    retired = next(key for key in all_keys(work.conn) if key.key_id == key_id)
    feed.publish_everywhere(work, retired.item)
    return retired


def signer(conn: Connection, vault: Vault, now: datetime) -> Signer:
    """Return what signs at `now`."""
    return vault.signer(signing(all_keys(conn), now).key_id)


def signer_of(work: Work) -> Signer:
    """Return what signs in this transaction, looked up once."""
    if work.signer is None:
        work.signer = signer(work.conn, work.vault, work.now)
    return work.signer


def _ready(keys: Iterable[SigningKey], now: datetime) -> list[SigningKey]:
    return [key for key in keys if key.retired_at is None and key.signs_from <= now]


def _make(work: Work, *, signs_from: datetime) -> SigningKey:
    above = max((key.key_id for key in all_keys(work.conn)), default=0)
    key_id, public = work.vault.new_key(above, work.random_bits)
    values = {"key_id": key_id, "public_key": public, "made_at": work.now, "signs_from": signs_from}
    work.conn.execute(insert(signing_keys), values)
    return SigningKey(key_id, public, work.now, signs_from)
