"""A store of any size in a terminal's own file, made through the use-cases, and the codes of its orders."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.clock import SystemClock, TrustedClock
from app.domain.code import PickupCode, sign
from app.domain.lookup import QueryKind, keyed_hash, short_code
from app.domain.order import Line, Redemption, Status
from app.domain.records import FeedBatch, KeyRecord, OrderRecord, ProductRecord, Record, StoreRecord
from app.domain.window import Window
from app.ids import id_maker
from app.keystore import Keystore, Secrets
from app.storage.storage import BALLAST_BYTES, Storage
from app.usecases.enrol import Enrolment, save_enrolment
from app.usecases.feed import apply_feed, note_contact, reset_feed
from app.usecases.work import Work

T = TypeVar("T")

STORE, TERMINAL, GENERATION, CLERK = 7, "terminal-1", "benchmark", "Li Na"
BATCH = 200
_NOTE = "benchmark.json"
FIRST = 208_896_000_000_000
LOOKUP_KEY = bytes(range(32))
PRODUCTS = tuple(
    ProductRecord(1001 + index, f"SKU-{index:03d}", f"外婆红烧肉 {index} 号", zone, 0, 1200 + index, True)
    for index, zone in zip(range(40), itertools.cycle(("ambient", "chilled", "frozen", "warm")), strict=False)
)


def batches(records: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Cut into what the storage takes at once."""
    return (records[at : at + size] for at in range(0, len(records), size))


@dataclass
class Shop:
    """Store 7, its one terminal and HQ's signing key."""

    folder: Path
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def __post_init__(self) -> None:
        self.clock = TrustedClock(SystemClock())
        self.new_id = id_maker(self.clock)
        self.cursor = 0

    @classmethod
    def again(cls, folder: Path) -> Shop:
        """Return the shop that was founded in a folder, in another process."""
        kept = json.loads((folder / _NOTE).read_text("utf-8"))
        shop = cls(
            folder,
            datetime.fromisoformat(kept["now"]),
            Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept["key"])),
        )
        shop.cursor = kept["cursor"]
        return shop

    def open(self, *, ballast_bytes: int = 0) -> Storage:
        """Open the terminal's file."""
        storage = Storage(self.folder, self.clock, self.new_id, ballast_bytes=ballast_bytes)
        storage.lookup_key = LOOKUP_KEY
        return storage

    def found(self, orders: int, *, still_open: int | None = None) -> list[OrderRecord]:
        """Enrol the terminal, the store's lead, and give it that many orders; return them.

        They are prepared; all but the first `still_open` have been handed over.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        Keystore(self.folder).save(Secrets("token", bytes(32), LOOKUP_KEY))
        placed = self.orders(orders)
        if still_open is not None:
            placed[still_open:] = map(self._collected, placed[still_open:])
        self.meet("http://127.0.0.1:1")
        storage = self.open()
        storage.run(lambda work: reset_feed(work, GENERATION))
        for records in (self.base(), *batches(placed)):
            storage.run(self.feed(records))
        storage.run(lambda work: note_contact(work, self.now))
        storage.close()
        kept = {"now": self.now.isoformat(), "key": self.key.private_bytes_raw().hex(), "cursor": self.cursor}
        (self.folder / _NOTE).write_text(json.dumps(kept), "utf-8")
        return placed

    def meet(self, hq_url: str) -> None:
        """Make the file that of this store's terminal, and name it the HQ to speak with."""
        storage = self.open(ballast_bytes=BALLAST_BYTES)
        enrolment = Enrolment(TERMINAL, "Counter 1", "store-7", STORE, hq_url)
        storage.run(lambda work: save_enrolment(work, enrolment))
        storage.finish()
        storage.close()

    def base(self) -> list[Record]:
        """Return what HQ tells a terminal before the first order."""
        store = StoreRecord(STORE, "江畔店", "江畔路 1 号", "Asia/Shanghai", 0, 30, 60, TERMINAL, 1)
        return [store, KeyRecord(1, self.key.public_key().public_bytes_raw(), retired=False), *PRODUCTS]

    def feed(self, records: Iterable[Record]) -> Callable[[Work], object]:
        """Return the use-case that takes in the next batch of HQ's history."""
        batch = tuple(records)
        self.cursor += len(batch)
        return lambda work, at=self.cursor: apply_feed(work, FeedBatch(GENERATION, at, at, batch))  # type: ignore[misc]

    def orders(self, count: int, *, skip: int = 0, version: int = 1, note: str = "") -> list[OrderRecord]:
        """Return prepared orders; their windows are open for the next hours, two lines each."""
        opens = int(self.now.timestamp()) // 60 - 60
        return [
            self._order(FIRST + 7 * number, opens + number % 50, version, note) for number in range(skip, skip + count)
        ]

    def code(self, order: OrderRecord) -> str:
        """Return the text of an order's QR code, as HQ signs it."""
        window = Window.of_minutes(order.opens, order.length)
        lines = tuple((line.product_number, line.quantity) for line in order.lines)
        return sign(PickupCode(1, STORE, order.number, order.issue, window, lines), self.key)

    def _collected(self, order: OrderRecord) -> OrderRecord:
        gone = Redemption(order.id, self.now - timedelta(minutes=30), CLERK, TERMINAL)
        return replace(order, status=Status.COMPLETED, redemption=gone)

    def _order(self, number: int, opens: int, version: int, note: str) -> OrderRecord:
        first, second = PRODUCTS[number % 40], PRODUCTS[number % 37]
        return OrderRecord(
            number=number,
            id=f"0198f000-0000-7000-8000-{number:012d}"[:36],
            version=version,
            status=Status.PREPARED,
            issue=0,
            opens=opens,
            length=720,
            placed_at=self.now - timedelta(days=1),
            prepared_at=self.now - timedelta(hours=1),
            lines=(Line(first.number, 2, first.name), Line(second.number, 1, second.name)),
            customer="张*",
            phone="138******00",
            phone_tail_hash=keyed_hash(LOOKUP_KEY, QueryKind.PHONE_TAIL, f"{number % 9973:04d}"),
            short_code_hash=keyed_hash(LOOKUP_KEY, QueryKind.SHORT_CODE, short_code(b"secret", number)),
            note=note,
            cancel_requested=False,
            redemption=None,
        )
