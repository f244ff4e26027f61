"""A bakery with a morning's orders, for pictures: every verdict has its order or its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.changes import Changes
from app.domain.code import PickupCode, sign
from app.domain.events import canonical, stamp
from app.domain.label import ParcelLabel
from app.domain.lookup import QueryKind, check_digit, keyed_hash
from app.domain.order import Line, Redemption, Status
from app.domain.records import (
    FeedBatch,
    IncidentRecord,
    KeyRecord,
    NeighbourRecord,
    OrderRecord,
    PairRecord,
    ProductRecord,
    Record,
    StaffRecord,
    StockRecord,
    StoreRecord,
)
from app.domain.window import Window
from app.usecases.enrol import Enrolment, save_enrolment
from app.usecases.feed import apply_feed, feed_position, reset_feed
from app.usecases.prepare import mark_prepared, start_preparing
from app.usecases.reject_line import reject_lines
from app.usecases.revoke import revoke
from app.usecases.work import Work

STORE, NEIGHBOUR = 7, 8
STORE_NAME = "麦香坊 河畔店"
FIRST = 208_896_000_004_811
CLERK = "李娜"
PRODUCTS = (
    ProductRecord(1001, "BRD-01", "海盐黄油可颂", "ambient", 0, 1200, True),
    ProductRecord(1002, "DLI-01", "外婆红烧肉 500g", "chilled", 0, 4800, True),
    ProductRecord(1003, "ICE-01", "香草冰淇淋 1L", "frozen", 0, 3900, True),
    ProductRecord(1004, "CAK-01", "草莓鲜奶油蛋糕 8 寸", "chilled", 240, 16800, True),
    ProductRecord(1005, "SOU-01", "现熬南瓜浓汤", "warm", 0, 2200, True, "", 30),
    ProductRecord(1006, "BRD-02", "法式长棍", "ambient", 0, 1500, True, "6901234000061"),
    ProductRecord(1007, "BRD-03", "全麦核桃欧包", "ambient", 0, 2600, True, "6901234000078"),
    ProductRecord(1008, "BRD-04", "日式红豆面包", "ambient", 0, 900, True, "6901234000085"),
    ProductRecord(1009, "DRK-01", "精酿小麦啤酒 500ml", "chilled", 0, 1800, True, "6901234000092"),
    ProductRecord(1010, "DRK-02", "冷萃咖啡 300ml", "chilled", 0, 1600, True, "6901234000108"),
    ProductRecord(1011, "DRK-03", "鲜榨橙汁", "chilled", 0, 1900, True, "6901234000115"),
    ProductRecord(1012, "ICE-02", "提拉米苏冰淇淋蛋糕 6 寸 生日款", "frozen", 0, 12800, True, "6901234000122"),
    ProductRecord(1013, "DLI-02", "凉拌木耳 200g", "chilled", 0, 1200, True, "6901234000139"),
    ProductRecord(1014, "CDL-01", "生日蜡烛", "ambient", 0, 500, True, "6901234000146"),
)
STOCK = (
    StockRecord(1001, 46, 12, True),
    StockRecord(1002, 9, 7, True),
    StockRecord(1003, 3, 3, True),
    StockRecord(1005, 20, 4, True),
    StockRecord(1006, 11, 0, True),
    StockRecord(1007, 2, 0, True),
    StockRecord(1008, 30, 0, True),
    StockRecord(1009, 24, 0, True),
    StockRecord(1011, 0, 0, False),
    StockRecord(1012, 1, 2, True),
)
BASKETS = (
    ((1002, 2), (1001, 1)),
    ((1004, 1),),
    ((1003, 1), (1001, 4)),
    ((1005, 2), (1001, 2), (1002, 1)),
)
CUSTOMERS = (("张*", "138******00"), ("欧阳**", "186******19"), ("李**", "139******27"), ("王*", "159******83"))
MINUTE = timedelta(minutes=1)
STAFF = (
    StaffRecord("staff-1", "陈店长", "manager", "x", True),
    StaffRecord("staff-2", "李娜", "clerk", "x", True),
    StaffRecord("staff-3", "王芳", "clerk", "x", True),
)
PAIRS = (PairRecord(1002, (1009,), (1011,)), PairRecord(1001, (1010,), ()))


@dataclass(frozen=True, slots=True)
class Plan:
    """An order to make: its name, its window in hours from now, and what became of it."""

    name: str
    opens: float
    hours: float = 3
    status: Status = Status.ASSIGNED
    shelf: str = ""
    issue: int = 0
    phone_tail: str = "0000"
    here_minutes: int = 0
    collector: str = ""
    customer_key: str = ""


PLANS = (
    Plan("ready", -2, shelf="A-12", phone_tail="5600", here_minutes=4, collector="李*", customer_key="zhang"),
    Plan("not_prepared", -1, phone_tail="5600"),
    Plan("too_early", 22, phone_tail="5600"),
    Plan("overdue", -20, shelf="B-03"),
    Plan("already_handed_over", -3, status=Status.COMPLETED),
    Plan("cancelled", -3, status=Status.CANCELLED),
    Plan("superseded", 3, issue=1),
    *(
        Plan(
            f"more-{index}",
            index * 0.75,
            hours=2,
            shelf="A-0" + str(index % 9) if index % 3 else "",
            here_minutes=2 if index == 1 else 0,
        )
        for index in range(14)
    ),
    *(Plan(f"rush-{index}", 2.25, hours=1) for index in range(4)),
    Plan("with_it", -2, shelf="A-13", customer_key="zhang"),
)


class SampleShop:
    """Feeds a new terminal through its use-cases, and signs codes as HQ would."""

    terminal_id = "terminal-1"

    def __init__(self, now: datetime) -> None:
        self._now = now.replace(second=0, microsecond=0)
        self._key, self._other_key = (Ed25519PrivateKey.from_private_bytes(bytes([byte]) * 32) for byte in (7, 8))
        self._cursor = 0
        self._orders = {plan.name: (FIRST + 7 * index, plan) for index, plan in enumerate(PLANS)}

    def open(self) -> Iterator[Callable[[Work], Any]]:
        """Yield what makes the terminal this shop's, in order."""
        enrolment = Enrolment(self.terminal_id, "1 号收银台", "store-7", STORE, "https://hq.example")
        yield partial(save_enrolment, enrolment=enrolment)
        yield partial(reset_feed, generation="sample")
        yield self.lead(self.terminal_id)
        key = KeyRecord(1, self._key.public_key().public_bytes_raw(), retired=False)
        neighbour = NeighbourRecord(NEIGHBOUR, "滨江店", "滨江路 88 号", 1200)
        yield self._feed(key, neighbour, *PRODUCTS, *STOCK, *PAIRS, *STAFF, self._incident())
        yield self._place_orders
        for number, plan in self._orders.values():
            if plan.shelf:
                yield partial(
                    mark_prepared, numbers=[number], by=CLERK, shelf=plan.shelf, manager="陈店长", reason="sample"
                )
        yield partial(start_preparing, numbers=[self._orders["more-3"][0], self._orders["more-6"][0]], by=CLERK)
        yield self._reject_a_line

    def lead(self, terminal_id: str) -> Callable[[Work], Changes]:
        """Return what names the store's main terminal."""
        store = StoreRecord(STORE, STORE_NAME, "河畔路 1 号", "Asia/Shanghai", 0, 30, 60, terminal_id, 1, 2)
        return self._feed(store)

    def codes(self) -> dict[str, str]:
        """Return for each verdict a text that gets it, by the verdict's name."""
        codes = {
            plan.name: self._code(number, plan)
            for number, plan in self._orders.values()
            if "-" not in plan.name and plan.name != "with_it"
        }
        genuine = codes["ready"]
        unknown = PickupCode(1, STORE, FIRST + 900_000, 0, self._window(PLANS[0]), ((1002, 1), (1005, 2)))
        codes |= {
            "unknown_order_verified": sign(unknown, self._key),
            "wrong_store": sign(replace(unknown, store_number=NEIGHBOUR), self._key),
            "forged": sign(unknown, self._other_key),
            "unknown_key": sign(replace(unknown, key_id=9), self._key),
            "malformed": "https://example.com/menu",
            "truncated": genuine[: len(genuine) // 2],
            "not_found": str(FIRST + 901_000),
            "ambiguous": "5600",
            "label": ParcelLabel(FIRST, 1, 2).text,
        }
        return codes

    def number(self, name: str) -> int:
        """Return the number of an order by its plan's name."""
        return self._orders[name][0]

    def short_order(self) -> str:
        """Return what finds the order of which a line was rejected, once its window is open."""
        return str(self.number("more-0"))

    def wrong_short_codes(self) -> list[str]:
        """Return short codes without an order, more than a clerk may try."""
        return [body + check_digit(body) for body in (f"{index:07d}" for index in range(9_000_001, 9_000_007))]

    def take_back(self) -> Callable[[Work], Changes]:
        """Return what undoes the hand-over of the ready order."""
        return partial(revoke, order_number=self._orders["ready"][0], manager="陈店长", reason="sample", by=CLERK)

    def _feed(self, *records: Record) -> Callable[[Work], Changes]:
        def take_in(work: Work) -> Changes:
            self._cursor += len(records)
            return apply_feed(work, FeedBatch(feed_position(work).generation, self._cursor, self._cursor, records))

        return take_in

    def _place_orders(self, work: Work) -> Changes:
        return self._feed(*(self._order(work, index) for index in range(len(PLANS))))(work)

    def _reject_a_line(self, work: Work) -> Changes:
        return reject_lines(work, self.number("more-0"), {1005: 1}, by=CLERK, reason="sample")

    def _order(self, work: Work, index: int) -> OrderRecord:
        plan, window = PLANS[index], self._window(PLANS[index])
        customer, phone = CUSTOMERS[index % len(CUSTOMERS)]
        names = {each.number: each for each in PRODUCTS}
        basket = BASKETS[index % len(BASKETS)]
        done = Redemption("sample", self._now - 50 * MINUTE, "王芳", "2 号收银台")
        number = FIRST + 7 * index
        return OrderRecord(
            number=number,
            id=f"order-{number}",
            version=1,
            status=plan.status,
            issue=plan.issue,
            opens=window.opens_minute,
            length=window.length,
            placed_at=self._now - timedelta(hours=20),
            prepared_at=None,
            lines=tuple(Line(each, quantity, names[each].name, names[each].zone) for each, quantity in basket),
            customer=customer,
            phone=phone,
            phone_tail_hash=keyed_hash(work.lookup_key, QueryKind.PHONE_TAIL, plan.phone_tail),
            short_code_hash=keyed_hash(work.lookup_key, QueryKind.SHORT_CODE, f"{index:08d}"),
            note="生日蜡烛 3 根" if basket == BASKETS[1] else "",
            cancel_requested=False,
            redemption=done if plan.status is Status.COMPLETED else None,
            arrived_at=self._now - plan.here_minutes * MINUTE if plan.here_minutes else None,
            collector=plan.collector,
            collector_relation="同事" if plan.collector else "",
            customer_key=plan.customer_key,
        )

    def _window(self, plan: Plan) -> Window:
        opens = (self._now + timedelta(hours=plan.opens)).replace(minute=0)
        return Window(opens, opens + timedelta(hours=plan.hours))

    def _code(self, number: int, plan: Plan) -> str:
        return sign(PickupCode(1, STORE, number, 0, self._window(plan), ()), self._key)

    def _incident(self) -> IncidentRecord:
        facts = {
            "cancelled_at": stamp(self._now - 50 * MINUTE),
            "cancel_reason": "顾客申请退款",
            "at": stamp(self._now - 20 * MINUTE),
            "by": CLERK,
            "terminal": "1 号收银台",
        }
        return IncidentRecord(
            "incident-1",
            "handed_over_after_cancellation",
            FIRST + 28,
            self._now - 20 * MINUTE,
            canonical(facts).decode(),
            None,
            "",
            "",
        )
