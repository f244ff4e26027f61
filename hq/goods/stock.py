"""Stock: promises against a guarded balance, facts from the store, and the ledger that explains both.

Whoever changes a store's stock holds the store's lock (`feed.lock`). A promise is decided by `on_hand - reserved`, in
the UPDATE itself; a fact (a count, a sale, a hand-over) is written whatever the balance says. Every change marks the
balance as not `told` to the store; `hq.goods.telling` tells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from app.domain.order import OPEN
from hq import bulk
from hq.goods import catalogue
from hq.goods.catalogue import Product
from hq.routing import Balance, Need
from hq.schema import order_lines, orders, stock, stock_moves
from hq.work import Work

# What nobody counts and the store offers is as if there were no row.
_SAYS_SOMETHING = or_(stock.c.counted, ~stock.c.listed)
_BALANCES = (
    "SELECT store_id, product_number, on_hand, reserved, listed, counted FROM wanted CROSS JOIN stock "
    "WHERE store_id = one AND product_number = other AND (counted OR NOT listed)"
)
_HELD = (stock.c.on_hand, stock.c.reserved, stock.c.listed, stock.c.counted, stock.c.changed_at)
_OF_STORE = (
    select(stock.c.product_number, *_HELD)
    .where(stock.c.store_id == bindparam("store_id"), _SAYS_SOMETHING)
    .order_by(stock.c.product_number)
)
_OF_PRODUCT = select(stock.c.store_id, *_HELD).where(stock.c.product_number == bindparam("number"), _SAYS_SOMETHING)
_UNCOUNTED = delete(stock).where(
    stock.c.store_id == bindparam("of_store"), stock.c.product_number == bindparam("of_product"), ~stock.c.counted
)
_ROWS = select(stock.c.product_number).where(
    stock.c.store_id == bindparam("store_id"), stock.c.product_number.in_(bindparam("numbers", expanding=True))
)
_PROMISED = (
    select(func.coalesce(func.sum(order_lines.c.quantity), 0))
    .select_from(order_lines.join(orders))
    .where(
        orders.c.store_id == bindparam("store_id"),
        order_lines.c.product_number == bindparam("product_number"),
        orders.c.status.in_([status.value for status in OPEN]),
    )
)
_MOVES = (
    select(stock_moves)
    .where(stock_moves.c.store_id == bindparam("store_id"), stock_moves.c.product_number == bindparam("number"))
    .order_by(stock_moves.c.at.desc(), stock_moves.c.cause)
    .limit(bindparam("at_most"))
)
_PROMISE = (
    "UPDATE stock SET reserved = reserved + ?, changed_at = ?, told = false "
    "WHERE store_id = ? AND product_number = ? AND on_hand - reserved >= ?"
)
# Clamped: an order that was placed before its product was counted has nothing reserved to give back.
_FACT = (
    "UPDATE stock SET on_hand = on_hand + ?, reserved = CASE WHEN reserved + ? < 0 THEN 0 ELSE reserved + ? END, "
    "changed_at = ?, told = false WHERE store_id = ? AND product_number = ?"
)


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one product's balance: how many more there are, how many more are promised."""

    product_number: int
    on_hand: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What a store has of a product."""

    product_number: int
    balance: Balance
    changed_at: datetime


class Allocation:
    """Promises of one transaction: tried in memory against the locked balances, then written with the guard."""

    def __init__(self, work: Work, wanted: Mapping[str, set[int]]) -> None:
        """Read the balances of these products in these stores, which the caller has locked."""
        self._work = work
        self._balances: dict[str, dict[int, Balance]] = {store_id: {} for store_id in wanted}
        self._taken: dict[tuple[str, int], int] = defaultdict(int)
        self._rows: list[tuple[Any, ...]] = []
        self._at = bulk.moment(work.conn, work.now)
        spots = [(store_id, number) for store_id, numbers in wanted.items() for number in numbers]
        for store_id, number, balance in _balances(work.conn, spots):
            self._balances[store_id][number] = balance

    def balances(self, store_id: str) -> Mapping[int, Balance]:
        """Return what is left in a store, earlier promises of this transaction counted."""
        return self._balances[store_id]

    def take(self, store_id: str, needs: Iterable[Need], cause: str, order_number: int | None) -> None:
        """Promise what `routing.decide` found to be there."""
        balances = self._balances[store_id]
        for need in needs:
            number, quantity = need.product_number, need.quantity
            balance = balances.get(number)
            if balance is None or not balance.counted:
                continue
            balances[number] = replace(balance, reserved=balance.reserved + quantity)
            self._taken[store_id, number] += quantity
            row = (store_id, number, cause, "promise", 0, quantity, order_number, self._at, "HQ")
            self._rows.append(row)

    def write(self) -> None:
        """Write the promises and their ledger; the guard of each UPDATE has the last word."""
        rows = [(count, self._at, store_id, number, count) for (store_id, number), count in self._taken.items()]
        if bulk.change(self._work.conn, _PROMISE, rows) != len(rows):
            raise AssertionError("a balance changed although its store is locked")
        bulk.add(self._work.conn, stock_moves, self._rows)


def balances(conn: Connection, store_id: str, numbers: Iterable[int]) -> dict[int, Balance]:
    """Return a store's balances of these products; what is not counted there has none, unless it is off the offer."""
    return {number: balance for _, number, balance in _balances(conn, [(store_id, number) for number in set(numbers)])}


def _counted(conn: Connection, store_id: str, numbers: Iterable[int]) -> dict[int, Balance]:
    return {number: balance for number, balance in balances(conn, store_id, numbers).items() if balance.counted}


def _balances(conn: Connection, spots: Collection[tuple[str, int]]) -> Iterator[tuple[str, int, Balance]]:
    for store_id, number, *balance in bulk.find_pairs(conn, _BALANCES, ("text", "bigint"), spots):
        on_hand, reserved, listed, counted = balance
        yield store_id, number, Balance(on_hand, reserved, bool(listed), bool(counted))


def deciding(
    known: Mapping[int, Balance], needs: Iterable[Need], products: Mapping[int, Product]
) -> dict[int, Balance]:
    """Return the balances that decide: a product that stores count, but not this one, is not there."""
    found: dict[int, Balance] = {}
    for number in (need.product_number for need in needs):
        if number in known:
            found[number] = known[number]
        elif number in products and products[number].counted:
            found[number] = Balance(0, 0)
    return found


def of_store(conn: Connection, store_id: str) -> list[Holding]:
    """Return everything that is counted in a store."""
    return [
        Holding(row.product_number, _balance(row), row.changed_at)
        for row in conn.execute(_OF_STORE, {"store_id": store_id})
    ]


def of_product(conn: Connection, number: int) -> dict[str, Holding]:
    """Return what each store that counts a product has of it, by the store's id."""
    found = conn.execute(_OF_PRODUCT, {"number": number})
    return {row.store_id: Holding(number, _balance(row), row.changed_at) for row in found}


def _balance(row: Any) -> Balance:
    return Balance(row.on_hand, row.reserved, row.listed, row.counted)


def moves(conn: Connection, store_id: str, product_number: int, limit: int = 100) -> list[dict[str, Any]]:
    """Return the ledger of a product in a store, newest first."""
    found = conn.execute(_MOVES, {"store_id": store_id, "number": product_number, "at_most": limit})
    return [dict(row) for row in found.mappings()]


def tell(
    work: Work,
    store_id: str,
    moves_: Sequence[Move],
    *,
    cause: str,
    kind: str,
    order_number: int | None = None,
    by: str = "HQ",
) -> bool:
    """Write facts, once for their cause; tell whether they were new. What is not counted is passed over."""
    counted = _counted(work.conn, store_id, [move.product_number for move in moves_])
    moves_ = [move for move in moves_ if move.product_number in counted and (move.on_hand or move.reserved)]
    at = bulk.moment(work.conn, work.now)
    ledger = [
        (store_id, move.product_number, cause, kind, move.on_hand, move.reserved, order_number, at, by)
        for move in moves_
    ]
    if not bulk.add(work.conn, stock_moves, ledger, once=True):
        return False
    facts = [(move.on_hand, move.reserved, move.reserved, at, store_id, move.product_number) for move in moves_]
    bulk.change(work.conn, _FACT, facts)
    return True


def tell_several(work: Work, store_id: str, told: Mapping[int, tuple[str, Sequence[Move]]], *, kind: str) -> None:
    """Write facts about several orders, by number with their causes, which are new."""
    counted = _counted(work.conn, store_id, {move.product_number for _, moves_ in told.values() for move in moves_})
    at = bulk.moment(work.conn, work.now)
    each = [
        (number, cause, move)
        for number, (cause, moves_) in told.items()
        for move in moves_
        if move.product_number in counted
    ]
    ledger = [
        (store_id, move.product_number, cause, kind, move.on_hand, move.reserved, number, at, "HQ")
        for number, cause, move in each
    ]
    bulk.add(work.conn, stock_moves, ledger)
    facts = [(move.on_hand, move.reserved, move.reserved, at, store_id, move.product_number) for *_, move in each]
    bulk.change(work.conn, _FACT, facts)


def count(work: Work, store_id: str, counted: Mapping[int, int], *, cause: str, by: str) -> None:
    """Set what is on hand, as somebody counted it; the first count of a product makes it one that is counted here."""
    before = balances(work.conn, store_id, counted)
    known = {number: balance for number, balance in before.items() if balance.counted}
    tell(
        work,
        store_id,
        [Move(number, on_hand - known[number].on_hand, 0) for number, on_hand in counted.items() if number in known],
        cause=cause,
        kind="count",
        by=by,
    )
    for number, on_hand in counted.items():
        work.shelf.forget_stock(number)
        if number not in known:
            # What was off the offer stays off it.
            _begin(work, store_id, number, on_hand, listed=number not in before, cause=cause, by=by)


def lose(work: Work, store_id: str, lacking: Mapping[int, int], *, cause: str, by: str = "HQ") -> None:
    """Write off what a store says is not there, as far as HQ thought it was."""
    known = _counted(work.conn, store_id, lacking)
    moves_ = [
        Move(number, -min(lack, max(0, known[number].on_hand)), 0)
        for number, lack in lacking.items()
        if number in known
    ]
    tell(work, store_id, moves_, cause=cause, kind="lost", by=by)


def offer(work: Work, store_id: str, numbers: Iterable[int], *, listed: bool) -> None:
    """Put products on or off the list of what the store offers, those that it does not count as well."""
    wanted = sorted(set(numbers))
    where = (stock.c.store_id == store_id, stock.c.product_number.in_(wanted))
    work.conn.execute(update(stock).where(*where).values(listed=listed, changed_at=work.now, told=False))
    for number in wanted:
        work.shelf.forget_stock(number)
    if listed:
        return
    known = set(work.conn.execute(_ROWS, {"store_id": store_id, "numbers": wanted}).scalars())
    new = [number for number in catalogue.find(work.conn, wanted) if number not in known]
    if new:
        nothing = {"on_hand": 0, "reserved": 0, "listed": False, "counted": False, "told": False}
        rows = [{"store_id": store_id, "product_number": number, "changed_at": work.now, **nothing} for number in new]
        work.conn.execute(insert(stock), rows)


def _begin(work: Work, store_id: str, number: int, on_hand: int, *, listed: bool, cause: str, by: str) -> None:
    work.conn.execute(_UNCOUNTED, {"of_store": store_id, "of_product": number})
    promised = work.conn.execute(_PROMISED, {"store_id": store_id, "product_number": number}).scalar_one()
    key = {"store_id": store_id, "product_number": number}
    work.conn.execute(
        insert(stock),
        {
            **key,
            "on_hand": on_hand,
            "reserved": promised,
            "listed": listed,
            "changed_at": work.now,
            "counted": True,
            "told": False,
        },
    )
    first = {"cause": cause, "kind": "count", "on_hand": on_hand, "reserved": promised, "order_number": None}
    work.conn.execute(insert(stock_moves), {**key, **first, "at": work.now, "by": by})
