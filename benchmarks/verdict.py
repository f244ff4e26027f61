"""How long the counter waits for a verdict, beside a bare look-up and a bare signature check."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from app.domain.code import DOMAIN, parse
from app.domain.verdict import Kind
from app.storage.storage import Storage
from app.storage.thread import StorageThread
from app.usecases.check import Checked, check_text
from app.usecases.work import Work
from benchmarks.measure import Figure, Sizes, in_turns, median, millis, percentile
from benchmarks.shop import CLERK, Shop

_HOSTILE = ("", " ", "🍓" * 40, "\x00\x01\x02", "https://example.com/?q=1", "1" * 254, "9" * 200, "x" * 1_000_000)


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Measure on one file with that many orders: directly, and as the screen sees it through the thread.

    The floor of the second is the same bare work handed to a bare thread: both wait for two changes of thread.
    """
    shop = Shop(folder / "data")
    placed = shop.found(sizes.orders)
    step = max(1, len(placed) // sizes.verdicts)
    asked = placed[::step][: sizes.verdicts]
    codes = [shop.code(order) for order in asked]
    storage = shop.open()
    floor = _floor(shop, storage.path, codes, [order.number for order in asked])
    check = partial(_check, storage.run, codes)
    yield from _beside("verdict from text", sizes.orders, in_turns(floor, check, times=len(codes)))
    yield _hostile(storage)
    storage.close()

    thread = StorageThread(shop.open)
    thread.start()
    through = partial(_check, lambda usecase: thread.submit(usecase).result(), codes)
    with ThreadPoolExecutor(1) as pool:
        handed_on = in_turns(lambda number: pool.submit(floor, number).result(), through, times=len(codes))
    yield from _beside("verdict through the storage thread", sizes.orders, handed_on)
    thread.stop()


def ask(text: str) -> Callable[[Work], Checked]:
    """Return the counter's question as a use-case."""
    return lambda work: check_text(work, text, by=CLERK, source="scanner")


def _check(run_usecase: Callable[[Callable[[Work], Checked]], Checked], codes: list[str], number: int) -> None:
    kind = run_usecase(ask(codes[number])).verdict.kind
    assert kind is Kind.READY, kind


def _floor(shop: Shop, path: Path, codes: list[str], numbers: list[int]) -> Callable[[int], None]:
    """Return the bare work: one SELECT by primary key and one signature check, on material that is parsed already."""
    conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    key = shop.key.public_key()
    signed = [(code.signature, DOMAIN + code.payload) for code in map(parse, codes)]

    def bare(number: int) -> None:
        row = conn.execute("SELECT * FROM orders WHERE number = ?", (numbers[number],)).fetchone()
        assert row
        key.verify(*signed[number])

    return bare


def _beside(name: str, orders: int, samples: list[list[float]]) -> Iterator[Figure]:
    floor, value = samples
    note = f"{orders:,} orders, {len(value):,} pairs"
    for part in (50, 99):
        yield Figure(
            f"{name}, p{part}",
            millis(percentile(value, part)),
            "ms",
            floor=millis(percentile(floor, part)),
            factor=3 if part == 99 else None,
            note=note,
        )


def _hostile(storage: Storage) -> Figure:
    """Return the slowest answer to texts that are no codes; the median of each, for one run may be interrupted."""
    slowest = 0.0
    for text in _HOSTILE:
        samples = in_turns(lambda _, text=text: storage.run(ask(text)), times=15)[0]  # type: ignore[misc]
        storage.finish()
        slowest = max(slowest, median(samples))
    return Figure("verdict on the worst hostile text", millis(slowest), "ms", limit=5, note="empty, binary, 1 MB …")
