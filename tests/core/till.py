"""A terminal of one store on a real SQLite file, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.changes import Changes
from app.clock import TrustedClock
from app.domain.code import PickupCode, sign
from app.domain.lookup import QueryKind, keyed_hash, short_code
from app.domain.order import Line, Status
from app.domain.records import (
    FeedBatch,
    OrderRecord,
    Record,
    StoreRecord,
)
from app.domain.window import Window
from app.ids import uuid7
from app.storage.storage import Storage
from app.usecases.enrol import Enrolment, save_enrolment
from app.usecases.feed import apply_feed, feed_position, reset_feed

T = TypeVar("T")
NOON = datetime(2026, 8, 1, 4, 0, tzinfo=UTC)
LOOKUP_KEY = bytes(range(32))
SECRET = b"hq's own"
STORE = StoreRecord(7, "Riverside", "1 River Road", "Asia/Shanghai", 0, 30, 60, "terminal-1", 1)
PIN = "246810"
PIN_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)


@dataclass
class TestClock:
    """A wall and a monotonic clock that move only when told."""

    __test__ = False
    wall: datetime = NOON
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds

    def forward(self, step: timedelta) -> None:
        self.wall += step
        self.seconds += step.total_seconds()


@dataclass
class Ids:
    """Ids that count, so that a failing test reads the same twice."""

    count: int = 0

    def __call__(self) -> str:
        self.count += 1
        return uuid7(self.count, lambda bits: self.count % 2**bits)


@dataclass
class Till:
    """A terminal with a file: runs use-cases, takes in orders, draws codes."""

    folder: Path
    clock: TestClock = field(default_factory=TestClock)
    ids: Ids = field(default_factory=Ids)
    key: Ed25519PrivateKey = field(default_factory=lambda: Ed25519PrivateKey.from_private_bytes(b"k" * 32))
    changes: list[Changes] = field(default_factory=list)
    cursor: int = 0

    def __post_init__(self) -> None:
        self.open()

    def open(self, **options: Any) -> None:
        self.trusted = TrustedClock(self.clock)
        self.storage = Storage(
            self.folder, self.trusted, self.ids, on_changes=self.changes.append, **{"ballast_bytes": 0, **options}
        )
        self.storage.lookup_key = LOOKUP_KEY

    def reopen(self) -> None:
        """Do what a crash and a new start do: no goodbye, the same file."""
        self.storage._conn.close()
        self.storage._mirror.close()
        self.open()

    def __call__(self, usecase: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        future: Future[T] = self.storage.submit(lambda work: usecase(work, *args, **kwargs))
        return future.result()

    def sql(self, query: str, *args: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.storage._conn.execute(query, args).fetchall()
        return rows

    def enrol(self, terminal_id: str = "terminal-1") -> None:
        self(save_enrolment, Enrolment(terminal_id, "Counter 1", "store-7", 7, "http://127.0.0.1:1"))
        self(reset_feed, "generation-1")

    def feed(self, *records: Record) -> Changes:
        self.cursor += len(records)
        generation = self(feed_position).generation
        return self(apply_feed, FeedBatch(generation, self.cursor, self.cursor, records))

    def status(self, number: int) -> str:
        return str(self.sql("SELECT status FROM orders WHERE number = ?", number)[0][0])

    def code(self, order: OrderRecord, **changes: Any) -> str:
        window = Window.of_minutes(order.opens, order.length)
        lines = tuple((line.product_number, line.quantity) for line in order.lines)
        code = PickupCode(1, 7, order.number, order.issue, window, lines)
        return sign(replace(code, **changes), self.key)

    def short_code(self, order: OrderRecord) -> str:
        return short_code(SECRET, order.number)


def order(number: int = 4_503_599_627_374_821, **changes: Any) -> OrderRecord:
    """Return an assigned order of store 7, its window open at `NOON`."""
    made = OrderRecord(
        number=number,
        id=f"order-{number}",
        version=1,
        status=Status.ASSIGNED,
        issue=0,
        opens=int(NOON.timestamp()) // 60 - 60,
        length=360,
        placed_at=NOON - timedelta(days=1),
        prepared_at=None,
        lines=(Line(1001, 2, "Braised pork"), Line(1002, 1, "Croissant")),
        customer="Zh**",
        phone="138******00",
        phone_tail_hash=keyed_hash(LOOKUP_KEY, QueryKind.PHONE_TAIL, "5600"),
        short_code_hash=keyed_hash(LOOKUP_KEY, QueryKind.SHORT_CODE, short_code(SECRET, number)),
        note="",
        cancel_requested=False,
        redemption=None,
    )
    return replace(made, **changes)
