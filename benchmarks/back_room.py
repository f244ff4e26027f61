"""What the back room asks of the file while the counter works: the pick list, a phone's tail, the day's figures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from app.domain.lookup import QueryKind, keyed_hash
from app.domain.verdict import Kind
from app.storage.storage import Storage
from app.usecases.check import check_text
from app.usecases.figures import figures
from app.usecases.pick_list import pick_list
from benchmarks.measure import Figure, Sizes, in_turns, median, percentile
from benchmarks.shop import CLERK, LOOKUP_KEY, Shop

_ROUNDS = 15
# The least that the sums cost: every line of every order is read once.
_LINES = "SELECT json_extract(l.value, '$[0]'), json_extract(l.value, '$[1]') FROM orders o, json_each(o.lines) l"
_TAIL = "SELECT number FROM orders WHERE phone_tail_hash = ? AND status NOT IN ('completed', 'cancelled')"

_SCAN = "SELECT number FROM orders WHERE note LIKE ? AND status NOT IN ('completed', 'cancelled') LIMIT 20"


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Measure on a file of that many orders for the tail, and of `feed_rows` for the lists."""
    yield from _lists(sizes, folder / "lists")
    yield from _searches(sizes, folder / "search")


def _lists(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    shop = Shop(folder)
    shop.found(sizes.feed_rows)
    storage = shop.open()
    # Nothing is packed: every order counts.
    storage.run(lambda work: work.conn.execute("UPDATE orders SET status = 'assigned'"))
    bare = _bare(storage)
    since, until = shop.now - timedelta(days=2), shop.now + timedelta(days=2)
    picks = partial(pick_list, opens_from=since, opens_until=until)
    day = partial(figures, since=since, until=until)
    lines, listed, summed = in_turns(
        lambda _: bare.execute(_LINES).fetchall(),
        lambda _: storage.run(picks),
        lambda _: storage.run(day),
        times=_ROUNDS,
    )
    floor, note = median(lines) * 1000, f"{sizes.feed_rows:,} orders; reading every line once beside it"
    yield Figure("pick list", median(listed) * 1000, "ms", floor, limit=100, note=note)
    yield Figure("figures of a period", median(summed) * 1000, "ms", note=f"{sizes.feed_rows:,} orders in it")
    bare.close()
    storage.close()


def _searches(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    shop = Shop(folder)
    shop.found(sizes.orders)
    storage = shop.open()
    bare = _bare(storage)
    yield _tail(sizes, storage, bare)
    yield _words(sizes, storage, bare)
    bare.close()
    storage.close()


def _tail(sizes: Sizes, storage: Storage, bare: sqlite3.Connection) -> Figure:
    tails = [f"{number * 37 % 9973:04d}" for number in range(sizes.counter_checks)]

    def look(number: int) -> None:
        checked = storage.run(partial(check_text, text=tails[number], by=CLERK, source="typed"))
        assert checked.verdict.kind in (Kind.AMBIGUOUS, Kind.NOT_FOUND)

    def floor(number: int) -> None:
        bare.execute(_TAIL, (keyed_hash(LOOKUP_KEY, QueryKind.PHONE_TAIL, tails[number]),)).fetchall()

    least, took = in_turns(floor, look, times=len(tails))
    note = f"{sizes.orders:,} orders; the bare index look-up beside it"
    return Figure(
        "search by a phone's tail, p99",
        percentile(took, 99) * 1000,
        "ms",
        percentile(least, 99) * 1000,
        limit=20,
        note=note,
    )


def _words(sizes: Sizes, storage: Storage, bare: sqlite3.Connection) -> Figure:
    """Measure names, notes and goods, some of which nobody has: those walk through every open order."""
    # A third of them is on nobody's order; what is noted or ordered by few is found late.
    storage.run(lambda work: work.conn.execute("UPDATE orders SET note = '写名字' || number WHERE number % 3 = 0"))
    sold = [name for (name,) in bare.execute("SELECT name FROM products ORDER BY number")]
    asked = ["张", "张小明", "刘", "写名字", "没有这句话", *sold, "nobody's goods"]

    def look(turn: int) -> None:
        text = asked[turn % len(asked)]
        checked = storage.run(partial(check_text, text=text, by=CLERK, source="typed"))
        assert checked.verdict.kind in (Kind.AMBIGUOUS, Kind.NOT_FOUND)

    def floor(turn: int) -> None:
        bare.execute(_SCAN, (f"%{asked[turn % len(asked)]}%",)).fetchall()

    least, took = in_turns(floor, look, times=max(len(asked), sizes.counter_checks // 5))
    note = f"{sizes.orders:,} orders; one LIKE over all their notes beside it"
    return Figure(
        "search by words, p99",
        percentile(took, 99) * 1000,
        "ms",
        percentile(least, 99) * 1000,
        limit=20,
        note=note,
    )


def _bare(storage: Storage) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{storage.path}?mode=ro", uri=True, isolation_level=None)
