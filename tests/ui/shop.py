"""A store's day for the pages' tests and pictures: real storage on a file, filled through the feed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.order import Line, Status
from app.domain.records import IncidentRecord, OrderRecord, ProductRecord, Record, StaffRecord
from app.settings import Settings
from tests.core.till import NOON, PIN_HASH, STORE, Till, order
from ui.parts import Parts
from ui.preferences import Preferences
from ui.sounds import Sounds
from ui.tasks import Tasks
from ui.words import Times
from ui.workers import ScanWorker, SyncWorker

MENU = (
    (1001, "红烧肉便当", "warm", 0),
    (1002, "黄油可颂", "ambient", 0),
    (1003, "草莓生日蛋糕 6 寸", "chilled", 120),
    (1004, "手打鱼丸 500 g", "frozen", 0),
    (1005, "精酿啤酒 330 ml", "chilled", 0),
    (1006, "老面馒头（10 个装）", "ambient", 0),
    (1007, "三文鱼刺身拼盘", "chilled", 45),
    (1008, "速冻荠菜馄饨", "frozen", 0),
    (1009, "蒜蓉粉丝蒸扇贝（大份，附姜醋汁）", "warm", 30),
    (1010, "有机鸡蛋 12 枚", "ambient", 0),
)
NAMES = ("张*", "李*", "王**", "欧阳**", "陈*", "刘**", "赵*", "Anna M.", "周**", "吴*")
NOTES = ("少冰", "蜡烛 6 根, 写“生日快乐”", "", "", "", "", "", "")
SHELVES = ("A-12", "A-3", "B-07", "冷柜 2", "")


@dataclass
class Shop:
    """A terminal behind its pages; `nudges` has an entry for each time that sync was asked to send now."""

    till: Till
    parts: Parts
    nudges: list[int] = field(default_factory=list)

    def feed(self, records: Sequence[Record]) -> None:
        for start in range(0, len(records), 200):
            self.till.feed(*records[start : start + 200])

    def forward(self, step: timedelta) -> None:
        self.till.clock.forward(step)


def open_shop(
    folder: Path, *, language: str = "en", theme: str = "light", enrol: Callable[..., object] | None = None
) -> Shop:
    """Open an enrolled terminal of store 7 at noon, with staff and products and no orders."""
    folder.mkdir(exist_ok=True)
    till = Till(folder)
    till.enrol()
    products = [ProductRecord(number, f"S{number}", name, zone, lead, 1000, True) for number, name, zone, lead in MENU]
    till.feed(STORE, StaffRecord("s1", "王店长", "manager", PIN_HASH, True), *products)
    nudges: list[int] = []
    shop = Shop(till, _parts(till, language, theme, nudges, enrol), nudges=nudges)
    till.storage._on_changes = shop.parts.tasks.hear
    return shop


def day(count: int, seed: int = 1) -> list[OrderRecord]:
    """Return orders in every state, over the windows of yesterday, today and tomorrow."""
    dice = random.Random(seed)
    now = int(NOON.timestamp()) // 60
    return [_order(number, dice, now) for number in range(count)]


def incident(kind: str, number: int | None = None, /, **facts: Any) -> IncidentRecord:
    import json

    return IncidentRecord(f"incident-{kind}", kind, number, NOON - timedelta(hours=2), json.dumps(facts), None, "", "")


def _order(number: int, dice: random.Random, now: int) -> OrderRecord:
    opens = now // 60 * 60 + dice.choice([-1440, -180, -60, 0, 60, 60, 120, 120, 240, 360, 1440])
    early = opens > now
    statuses = (
        [Status.ASSIGNED] * 4 + [Status.PREPARING] * (2 if early else 1) + [Status.PREPARED] * (3 if early else 5)
    )
    lines = tuple(Line(dice.choice(MENU)[0], dice.randint(1, 4)) for _ in range(dice.choice([1, 1, 2, 2, 3, 5])))
    named = tuple(Line(line.product_number, line.quantity, _name(line.product_number)) for line in lines)
    return order(
        4_503_599_627_370_000 + number * 7,
        status=dice.choice(statuses),
        opens=opens,
        length=dice.choice([120, 120, 240]),
        lines=named,
        customer=dice.choice(NAMES),
        note=dice.choice(NOTES),
    )


def _name(number: int) -> str:
    return next(name for known, name, _, _ in MENU if known == number)


def _parts(till: Till, language: str, theme: str, nudges: list[int], enrol: Callable[..., object] | None) -> Parts:
    class Loop:
        def start(self) -> None:
            """Begin nothing."""

        def nudge(self) -> None:
            nudges.append(1)

        def stop(self) -> None:
            """End nothing."""

    def refuse(*_: object) -> object:
        raise NotImplementedError

    return Parts(
        tasks=Tasks(till.storage.submit),
        times=Times(till.trusted, ZoneInfo("Asia/Shanghai")),
        preferences=Preferences(Settings(language=language, theme=theme, clerk="小林"), lambda _: None),
        scan=ScanWorker(refuse, lambda _: []),  # type: ignore[arg-type]
        sync=SyncWorker(lambda _: Loop(), enrol or refuse),
        sounds=Sounds(),
    )
