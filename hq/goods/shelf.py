"""The shelf: what stores have, as it was a moment ago, for offers and alternatives; promises are made elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection, and_, bindparam, or_, select

from app.clock import Clock
from hq.goods import catalogue
from hq.goods.catalogue import Product
from hq.routing import (
    MOST_PRODUCTS,
    Alternatives,
    Candidate,
    Missing,
    Need,
    ProductOption,
    StoreOption,
    WindowOption,
    stores_that_can,
)
from hq.schema import product_pairs, stock
from hq.schema import stores as store_table
from hq.stores import StoreRow, distance_m

K = TypeVar("K")
V = TypeVar("V")

_STORES = select(store_table).where(store_table.c.active).order_by(store_table.c.number)
_OF_PRODUCT = select(stock.c.store_id, (stock.c.on_hand - stock.c.reserved).label("left")).where(
    stock.c.product_number == bindparam("number"), stock.c.listed, stock.c.on_hand > stock.c.reserved
)
# Counted or not: a store that says so has nothing to promise.
_GONE_FROM = select(stock.c.store_id).where(
    stock.c.product_number == bindparam("number"),
    or_(~stock.c.listed, and_(stock.c.counted, stock.c.on_hand <= stock.c.reserved)),
)
_PAIRS = (
    select(product_pairs.c.other_number)
    .where(product_pairs.c.product_number == bindparam("number"))
    .order_by(product_pairs.c.weight.desc(), product_pairs.c.other_number)
)


# Values of one moment end at so many different ones, the first after half their time.
_SPREAD = 1_009


@dataclass(slots=True)
class _Kept(Generic[V]):
    value: V
    until: float


class Fresh(Generic[K, V]):
    """Values by key, each forgotten when it is about `seconds` old.

    About: what was made at one moment is not made anew at one moment, when all who ask would wait for all of it.
    """

    def __init__(self, clock: Clock, seconds: float, most: int = 5_000) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._kept: dict[K, _Kept[V]] = {}

    def get(self, key: K) -> V | None:
        """Return what is kept and fresh."""
        kept = self._kept.get(key)
        return kept.value if kept and kept.until > self._clock.monotonic() else None

    def put(self, key: K, value: V) -> V:
        """Keep a value and return it."""
        if len(self._kept) >= self._most and key not in self._kept:
            # The one that was kept first; dicts remember their order.
            del self._kept[next(iter(self._kept))]
        spread = (hash(key) % _SPREAD) / _SPREAD / 2
        self._kept[key] = _Kept(value, self._clock.monotonic() + self._seconds * (1 - spread))
        return value

    def forget(self, key: K) -> None:
        """Keep a value no longer."""
        self._kept.pop(key, None)


@dataclass(frozen=True, slots=True)
class Street:
    """The stores that are open for business, and the way between them."""

    stores: Mapping[str, StoreRow]
    _ways: dict[tuple[str, str], int | None]

    def distance(self, one: StoreRow, other: StoreRow) -> int | None:
        """Return the metres between two stores, worked out once."""
        key = (one.id, other.id)
        if key not in self._ways:
            self._ways[key] = distance_m(one, other)
        return self._ways[key]


class Shelf:
    """One per office; a second old at the most, so that thousands of questions cost a few queries."""

    STOCK_SECONDS = 1.0
    STORES_SECONDS = 5.0

    def __init__(self, clock: Clock) -> None:
        self._streets: Fresh[str, Street] = Fresh(clock, self.STORES_SECONDS)
        self._available: Fresh[int, Mapping[str, int]] = Fresh(clock, self.STOCK_SECONDS)
        self._gone: Fresh[int, frozenset[str]] = Fresh(clock, self.STOCK_SECONDS)
        self._pairs: Fresh[int, tuple[int, ...]] = Fresh(clock, self.STORES_SECONDS)

    def forget_stores(self) -> None:
        """Look at the stores anew: one has changed."""
        self._streets.forget("")

    def forget_stock(self, product_number: int) -> None:
        """Look at a product's stock anew: somebody counted."""
        self._available.forget(product_number)
        self._gone.forget(product_number)

    def street(self, conn: Connection) -> Street:
        """Return the active stores."""
        kept = self._streets.get("")
        if kept:
            return kept
        rows = [StoreRow(*row) for row in conn.execute(_STORES)]
        return self._streets.put("", Street({row.id: row for row in rows}, {}))

    def available(self, conn: Connection, product_number: int) -> Mapping[str, int]:
        """Return what each store that has any can still promise of a product."""
        kept = self._available.get(product_number)
        if kept is not None:
            return kept
        rows = conn.execute(_OF_PRODUCT, {"number": product_number})
        return self._available.put(product_number, {row.store_id: row.left for row in rows})

    def gone_from(self, conn: Connection, product_number: int) -> frozenset[str]:
        """Return the stores that have nothing left to promise of a product, or took it off their offer."""
        kept = self._gone.get(product_number)
        if kept is not None:
            return kept
        return self._gone.put(product_number, frozenset(conn.execute(_GONE_FROM, {"number": product_number}).scalars()))

    def left(self, conn: Connection, product: Product, store_id: str) -> int | None:
        """Return how many a store can still promise of a product, `None` where it need not count them."""
        if product.counted:
            return self.available(conn, product.number).get(store_id, 0)
        return 0 if store_id in self.gone_from(conn, product.number) else None

    def pairs(self, conn: Connection, product_number: int) -> tuple[int, ...]:
        """Return what stands in for a product, the best first."""
        kept = self._pairs.get(product_number)
        if kept is not None:
            return kept
        return self._pairs.put(product_number, tuple(conn.execute(_PAIRS, {"number": product_number}).scalars()))

    def alternatives(
        self,
        conn: Connection,
        here: StoreRow,
        needs: Sequence[Need],
        missing: Sequence[Missing],
        products: Mapping[int, Product],
        windows: Sequence[WindowOption] = (),
        among: Collection[str] | None = None,
    ) -> Alternatives:
        """Return what a customer whose order `here` cannot serve may take instead; `None`: any store may serve it."""
        return Alternatives(
            stores=self.other_stores(conn, here, needs, products, among),
            products=self._other_products(conn, here, missing, products),
            windows=tuple(windows),
        )

    def other_stores(
        self,
        conn: Connection,
        here: StoreRow,
        needs: Sequence[Need],
        products: Mapping[int, Product],
        among: Collection[str] | None = None,
    ) -> tuple[StoreOption, ...]:
        """Return the nearest stores that can serve the whole order."""
        street = self.street(conn)
        counted = {
            need.product_number: self.available(conn, need.product_number)
            for need in needs
            if need.product_number in products and products[need.product_number].counted
        }
        having = set(street.stores).intersection(*counted.values()) if counted else set(street.stores)
        for need in needs:
            if need.product_number not in counted:
                having -= self.gone_from(conn, need.product_number)
        if among is not None:
            having &= set(among)
        return stores_that_can(
            needs,
            (
                Candidate(
                    store.number,
                    store.name,
                    street.distance(here, store),
                    {
                        need.product_number: counted[need.product_number][store.id]
                        if need.product_number in counted
                        else None
                        for need in needs
                    },
                )
                for store in (street.stores[store_id] for store_id in having)
                if store.id != here.id
            ),
        )

    def _other_products(
        self, conn: Connection, here: StoreRow, missing: Sequence[Missing], products: Mapping[int, Product]
    ) -> tuple[ProductOption, ...]:
        found: list[ProductOption] = []
        for short in missing:
            ranked = self.pairs(conn, short.product_number)
            known = catalogue.find(conn, ranked) if ranked else {}
            dearest = products[short.product_number].price_fen if short.product_number in products else 0
            for number in ranked:
                product = known.get(number)
                # Paid already: what costs more cannot take its place without a second payment.
                if product is None or not product.active or product.price_fen > dearest:
                    continue
                left = self.left(conn, product, here.id)
                if left is None or left >= short.wanted:
                    found.append(ProductOption(short.product_number, number, product.name, product.price_fen, left))
        return tuple(found[:MOST_PRODUCTS])
