"""What HQ's database says after the burst, held against what the clients were told."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from typing import Any

from sqlalchemy import func, select

from benchmarks.load.market import HOT, Market, Wish
from benchmarks.load.wire import Answer
from benchmarks.measure import Figure
from hq import db
from hq.schema import feed, feed_heads, order_lines, orders, stock, stock_moves, stores

_PLACED = (HTTPStatus.CREATED, HTTPStatus.OK)
_ORDERS = select(orders.c.client_key, orders.c.number, orders.c.store_id)
_TOLD = (
    select(feed.c.store_id, feed.c.key)
    .join(feed_heads, feed_heads.c.store_id == feed.c.store_id)
    .where(feed.c.kind == "order", feed.c.seq <= feed_heads.c.seq)
)
_STOCK = select(stock.c.store_id, stock.c.product_number, stock.c.on_hand, stock.c.reserved)
_ORDERED = select(order_lines.c.store_id, order_lines.c.product_number, func.sum(order_lines.c.quantity)).group_by(
    order_lines.c.store_id, order_lines.c.product_number
)
_MOVED = select(
    stock_moves.c.store_id,
    stock_moves.c.product_number,
    func.sum(stock_moves.c.on_hand),
    func.sum(stock_moves.c.reserved),
).group_by(stock_moves.c.store_id, stock_moves.c.product_number)
_STORES = select(stores.c.id, stores.c.number)


@dataclass(frozen=True)
class Kept:
    """The database after the burst."""

    orders: dict[str, list[tuple[int, str]]]
    told: set[tuple[str, str]]
    stock: dict[tuple[str, int], tuple[int, int]]
    ordered: dict[tuple[str, int], int]
    moved: dict[tuple[str, int], tuple[int, int]]
    stores: dict[str, int]

    @classmethod
    def read(cls, url: str) -> Kept:
        """Read what counts."""
        database = db.connect(url)
        placed: dict[str, list[tuple[int, str]]] = defaultdict(list)
        with database.reader.connect() as conn:
            for key, number, store in conn.execute(_ORDERS):
                placed[key].append((number, store))
            kept = cls(
                placed,
                {(store, key) for store, key in conn.execute(_TOLD)},
                {(store, number): (there, held) for store, number, there, held in conn.execute(_STOCK)},
                {(store, number): int(total) for store, number, total in conn.execute(_ORDERED)},
                {(store, number): (int(there), int(held)) for store, number, there, held in conn.execute(_MOVED)},
                {row.id: row.number for row in conn.execute(_STORES)},
            )
        database.close()
        return kept


def audit(market: Market, wishes: Sequence[Wish], answers: Sequence[Answer], kept: Kept) -> Iterator[Figure]:
    """Yield what must be nothing: oversold, lost, placed twice, refused without a way out, answered otherwise."""
    told = [(wishes[answer.number], answer) for answer in answers]
    placed: list[tuple[Wish, Any]] = [(wish, json.loads(each.body)) for wish, each in told if each.status in _PLACED]
    refused = [json.loads(each.body) for _, each in told if each.status == HTTPStatus.CONFLICT]
    hot = {
        spot for spot in kept.stock if kept.stores[spot[0]] == market.home(spot[1] - HOT) and spot[1] < HOT + market.hot
    }
    sold = sum(kept.ordered.get(spot, 0) for spot in hot)
    yield _told(
        "orders sent, retries among them", len(answers), f"{len({wish.key for wish in wishes}):,} different ones"
    )
    yield _told(
        "accepted", len({wish.key for wish, _ in placed}), f"{sold:,} of {market.hot * market.pieces:,} hot pieces"
    )
    yield _told("refused", len(refused))
    note = "more reserved than on hand, or stock, order lines and ledger not equal"
    yield _none("balances oversold or unexplained", _oversold(kept), f"{len(kept.stock):,} balances: {note}")
    note = "answered 201 or 200, and not under its key in the database and in its store's feed"
    yield _none("accepted orders lost", _lost(placed, kept), note)
    note = "a key with two orders, two numbers or two 201; an order that nobody was told of"
    yield _none("orders placed twice", _twice(told, placed, kept), note)
    yield _none(
        "refusals without alternatives",
        sum(not _has_a_way_out(problem) for problem in refused),
        "each was to name another store and another product; both existed for each",
    )
    others = Counter(each.status for _, each in told if each.status not in {*_PLACED, HTTPStatus.CONFLICT})
    yield _none("other answers", sum(others.values()), ", ".join(map(str, others)))


def _oversold(kept: Kept) -> int:
    wrong = 0
    for spot, (there, held) in kept.stock.items():
        wrong += held > there or held != kept.ordered.get(spot, 0) or kept.moved.get(spot) != (there, held)
    return wrong


def _lost(placed: Sequence[tuple[Wish, Any]], kept: Kept) -> int:
    lost = 0
    for wish, order in placed:
        known = [store for number, store in kept.orders.get(wish.key, []) if number == order["number"]]
        lost += not known or (known[0], str(order["number"])) not in kept.told
    return lost


def _twice(told: Sequence[tuple[Wish, Answer]], placed: Sequence[tuple[Wish, Any]], kept: Kept) -> int:
    numbers: dict[str, set[int]] = defaultdict(set)
    for wish, order in placed:
        numbers[wish.key].add(order["number"])
    created = Counter(wish.key for wish, answer in told if answer.status == HTTPStatus.CREATED)
    in_database = Counter({key: len(rows) for key, rows in kept.orders.items()})
    every = set(chain(numbers, in_database))
    return sum(len(numbers[key]) != 1 or in_database[key] != 1 or created[key] != 1 for key in every)


def _has_a_way_out(problem: dict[str, Any]) -> bool:
    offered = problem.get("alternatives", {})
    return problem["code"] == "sold_out" and bool(offered.get("stores")) and bool(offered.get("products"))


def _told(name: str, value: int, note: str = "") -> Figure:
    return Figure(name, value, "", note=note)


def _none(name: str, value: int, note: str) -> Figure:
    return Figure(name, value, "", limit=0, note=note)
