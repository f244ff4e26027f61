"""The market of the burst: hundreds of stores, a few hot products that run out, plenty of others; and who orders."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zlib import crc32

from sqlalchemy import select

from benchmarks.hq import TOKEN
from benchmarks.load.wire import request
from hq import bulk
from hq.counters import feed, keys
from hq.goods import catalogue, pairing, stock
from hq.goods.catalogue import Product
from hq.office import Office
from hq.schema import stores as store_table
from hq.settings import Settings
from hq.stores import StoreRow
from hq.work import Work

HOT, STAND_IN, PLENTIFUL, MADE_TO_ORDER = 1001, 2001, 3001, 4001
_FAMILIES = 20
_PLENTY = 1_000_000
_EDGE = 25  # stores on each side of the city's grid
_RETRIED_WITHIN = 40  # places in the queue
_HOUR = timedelta(hours=1)
_STORES = select(store_table.c.id, store_table.c.number)


@dataclass(frozen=True, slots=True)
class Wish:
    """One order as somebody sends it; `key` twice is a retry of the same."""

    key: str
    store: int
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Market:
    """Stores from number 1 on; hot product n is `pieces` in its own store, plentiful in the two next to that."""

    stores: int = 500
    hot: int = 20
    pieces: int = 100

    def home(self, at: int) -> int:
        """Return the store whose pieces of hot product `at` are fought for."""
        return 1 + at * self.stores // self.hot

    @cached_property
    def window(self) -> dict[str, str]:
        """A pickup window around now, as JSON says it."""
        opens = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        return {"opens": opens.isoformat(), "closes": (opens + 4 * _HOUR).isoformat()}

    def open(self, data: Path, database_url: str = "") -> None:
        """Put the stores, the products and what is on the shelves into HQ's database, before HQ serves."""
        data.mkdir(parents=True)
        url = database_url or f"sqlite:///{data / 'hq.sqlite3'}"
        office = Office.open(Settings(data=data, operator_token=TOKEN, database_url=url))
        office.write(self._open_stores)
        office.write(self._fill_the_catalogue)
        office.write(self._fill_the_shelves)
        office.close()

    def burst(self, count: int, seed: int = 7) -> list[Wish]:
        """Return who orders what: half of them what is hot, one in twenty sent a second time soon after."""
        chance = random.Random(seed)
        sent: list[tuple[int, Wish]] = []
        for number in range(count):
            wish = self._hot(chance, f"burst-{number}") if number % 2 else self._usual(chance, f"burst-{number}")
            sent.append((number, wish))
            if number % 20 == 0:
                sent.append((number + chance.randrange(1, _RETRIED_WITHIN), wish))
        return [wish for _, wish in sorted(sent, key=lambda each: each[0])]

    def calm(self, count: int, name: str) -> list[Wish]:
        """Return orders that every store can serve."""
        chance = random.Random(name)
        return [self._usual(chance, f"{name}-{number}") for number in range(count)]

    def as_request(self, wish: Wish) -> bytes:
        """Return a wish as the mall's server sends it."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", "Idempotency-Key": wish.key}
        return request("POST", "/v1/orders", headers, self.body(wish))

    def body(self, wish: Wish) -> bytes:
        """Return a wish as JSON."""
        customer = {"name": "王小明", "phone": f"138{crc32(wish.key.encode()) % 10**8:08d}"}
        lines = [{"product_number": number, "quantity": quantity} for number, quantity in wish.lines]
        told = {"store_number": wish.store, **self.window, "customer": customer, "lines": lines, "note": ""}
        return json.dumps(told).encode()

    def _hot(self, chance: random.Random, key: str) -> Wish:
        at = chance.randrange(self.hot)
        beside = ((MADE_TO_ORDER + chance.randrange(_FAMILIES), 1),) if chance.random() < 0.3 else ()
        return Wish(key, self.home(at), ((HOT + at, 1), *beside))

    def _usual(self, chance: random.Random, key: str) -> Wish:
        families = chance.sample(range(_FAMILIES), chance.choice((1, 1, 2, 3)))
        kinds = (PLENTIFUL, MADE_TO_ORDER)
        lines = tuple((chance.choice(kinds) + family, chance.choice((1, 1, 1, 2))) for family in families)
        return Wish(key, 1 + chance.randrange(self.stores), lines)

    def _open_stores(self, work: Work) -> None:
        rows = [self._store(work, number) for number in range(1, self.stores + 1)]
        bulk.add_rows(work.conn, store_table, rows)
        signing = [key.item for key in keys.all_keys(work.conn)]
        for row in rows:
            feed.begin(work, row.id)
            feed.publish_changed(work, row.id, [row.item])
            feed.publish_changed(work, row.id, signing)

    @staticmethod
    def _store(work: Work, number: int) -> StoreRow:
        north, east = divmod(number, _EDGE)
        return StoreRow(
            id=work.new_id(),
            number=number,
            name=f"{number} 号店",
            address="南京东路 1 号",
            time_zone="Asia/Shanghai",
            early_minutes=0,
            late_minutes=0,
            revoke_minutes=60,
            lat=31.0 + north / 100,
            lon=121.0 + east / 100,
            lookup_key=work.random_bits(256).to_bytes(32, "big"),
            lead_terminal=None,
            lead_epoch=0,
            created_at=work.now,
            phone="",
            district="",
            hours="",
            capacity=None,
            active=True,
        )

    def _fill_the_catalogue(self, work: Work) -> None:
        for at in range(_FAMILIES):
            for first, price, counted in ((HOT, 1200, True), (STAND_IN, 1000, False)):
                catalogue.put(work, _product(first + at, price, counted=counted))
            for first, price, counted in ((PLENTIFUL, 800, True), (MADE_TO_ORDER, 2500, False)):
                catalogue.put(work, _product(first + at, price, counted=counted))
            pairing.set_pairs(work, HOT + at, [STAND_IN + at])

    def _fill_the_shelves(self, work: Work) -> None:
        hot: dict[int, dict[int, int]] = defaultdict(dict)
        for at in range(self.hot):
            for beside, there in ((0, self.pieces), (1, _PLENTY), (2, _PLENTY)):
                hot[1 + (self.home(at) - 1 + beside) % self.stores][HOT + at] = there
        for store in work.conn.execute(_STORES).all():
            shelf = {PLENTIFUL + at: _PLENTY for at in range(_FAMILIES)} | hot[store.number]
            stock.count(work, store.id, shelf, cause="opening", by="HQ")


def _product(number: int, price_fen: int, *, counted: bool) -> Product:
    return Product(number, f"SKU-{number}", f"商品 {number}", price_fen=price_fen, counted=counted)
