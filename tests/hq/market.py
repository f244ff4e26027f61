"""A town with a mall: sessions, stock, checkouts and a sandbox that takes the money."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from app.domain.order import Status
from hq import stores
from hq.chores import end_holds
from hq.goods import stock
from hq.mall import checkout, sessions
from hq.mall.checkout import Wish
from hq.mall.sessions import Offer, Plan, Rules, Session
from hq.messages.kinds import Kind
from hq.money import paying, refunds, takings
from hq.money.refunds import RefundRow
from hq.money.takings import Payment
from hq.ordering import book, holds, orders, replacing, shortages
from hq.ordering.book import OrderRow
from hq.ordering.dispatch import Choice, accept, hold_for, refuse
from hq.ordering.holds import Held
from hq.ordering.shortages import Shortage
from hq.payments.port import Paid
from hq.payments.sandbox import Sandbox
from hq.schema import messages
from sync.wire import OrderItem
from tests.hq.town import Town

CUSTOMER = "0198c000-0000-7000-8000-000000000001"


class Market(Town):
    """Store 101 sells product 7 (5 on the shelf, 20 yuan, 10 % off when collected) in session `tonight`."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        super().__init__(data, database_url=database_url)
        self.provider = Sandbox(data / "payments", b"sandbox", clock=self.clock)
        self._wishes = count(1)
        self.add_product(7, price_fen=2_500, counted=True)
        self.count(101, {7: 5})
        self.session = self.put_session()

    def put_session(self, **changed: Any) -> Session:
        now = self.clock.now()
        plan = {
            "slug": "tonight",
            "title": "今晚",
            "starts_at": now - timedelta(hours=1),
            "ends_at": now + timedelta(hours=5),
            "offers": (Offer(7, 2_000),),
        }
        told = Plan(**{**plan, **changed})
        return self.office.write(lambda work: sessions.put(work, told))

    def rules(self, rules: Rules) -> Session:
        return self.put_session(rules=rules)

    def count(self, store: int, counted: dict[int, int]) -> None:
        cause = f"count:{next(self._wishes)}"
        store_id = self.store_id(store)
        self.office.write(lambda work: stock.count(work, store_id, counted, cause=cause, by="test"))

    def store_id(self, number: int) -> str:
        return self.office.read(lambda conn: stores.get(conn, number)).id

    def balance(self, store: int = 101, product: int = 7) -> tuple[int, int]:
        """Return what is on hand and what is promised."""
        store_id = self.store_id(store)
        balance = self.office.read(lambda conn: stock.balances(conn, store_id, [product]))[product]
        return balance.on_hand, balance.reserved

    def ledger_sum(self, store: int = 101, product: int = 7) -> tuple[int, int]:
        """Return what the ledger's moves add up to, which must be the balance."""
        store_id = self.store_id(store)
        moves = self.office.read(lambda conn: stock.moves(conn, store_id, product, 10_000))
        return sum(move["on_hand"] for move in moves), sum(move["reserved"] for move in moves)

    def cart(self, quantity: int = 1, **changed: Any) -> Wish:
        opens = int((self.clock.now() + timedelta(days=1)).timestamp()) // 86_400 * 1_440 + 6 * 60
        told = {
            "session": "tonight",
            "store_number": 101,
            "opens": opens,
            "length": 360,
            "lines": ((7, quantity),),
            "name": "王小明",
            "phone": "13812345678",
        }
        return Wish(**{**told, **changed})

    def hold(self, wish: Wish | None = None, key: str = "", customer: str = CUSTOMER) -> Held:
        wanted, now = wish or self.cart(), self.clock.now()
        key = key or f"hold-{next(self._wishes)}"
        one = self.office.read(lambda conn: checkout.hold_for(conn, key, customer, wanted, now=now, provider="sandbox"))
        return self.office.write(one)

    def pay(self, held: Held, amount: int | None = None) -> OrderRow | None:
        assert held.payment
        fen = held.payment.amount_fen if amount is None else amount
        paid = Paid(payment_id=held.payment.id, provider_ref="ref", amount_fen=fen, at=self.clock.now())
        return self.office.write(lambda work: paying.receive(work, paid))

    def buy(self, quantity: int = 1, **changed: Any) -> OrderRow:
        order = self.pay(self.hold(self.cart(quantity, **changed)))
        assert order
        return order

    def status(self, order: OrderRow) -> Status:
        return Status(self.order(order.number).status)

    def payment(self, held: Held) -> Payment:
        assert held.payment
        payment_id = held.payment.id
        return self.office.read(lambda conn: takings.find(conn, payment_id))

    def payment_of(self, order: OrderRow) -> Payment:
        payment = self.office.read(lambda conn: takings.of_order(conn, order.store_id, order.number))
        assert payment
        return payment

    def refunds(self, order: OrderRow) -> list[RefundRow]:
        return self.office.read(lambda conn: refunds.of_order(conn, order.store_id, order.number))

    def short_of(self, order: OrderRow) -> Shortage:
        found = self.office.read(lambda conn: shortages.latest(conn, order.store_id, order.number))
        assert found
        return found

    def choose(self, order: OrderRow, choice: Choice) -> None:
        row = self.order(order.number)
        one = self.office.read(lambda conn: hold_for(conn, row, choice))
        held = self.office.write(one)
        self.office.write(lambda work: accept(work, row.number, held.hold.store_id, held.hold.id))

    def decline(self, order: OrderRow) -> None:
        self.office.write(lambda work: refuse(work, order.number))

    def settle(self) -> None:
        replacing.settle_due(self.office)

    def end_holds(self) -> None:
        end_holds(self.office, self.provider)

    def hold_of(self, held: Held) -> holds.HoldRow:
        return self.office.read(lambda conn: holds.get(conn, held.hold.store_id, held.hold.id))

    def told(self) -> list[Kind]:
        """Return what customers and operators were told, by kind."""
        return sorted(Kind(row.kind) for row in self.office.read(lambda conn: conn.execute(messages.select()).all()))

    def fed(self, store: int = 101) -> set[int]:
        """Return the orders that a store's feed tells of."""
        items = [row.item for row in self.page(store=store).rows]
        return {item.number for item in items if isinstance(item, OrderItem)}

    def orders_of(self, store: int = 101) -> list[OrderRow]:
        store_id = self.store_id(store)
        return self.office.read(lambda conn: book.of_store(conn, store_id, before=2**62, limit=1000))

    def cancel_order(self, order: OrderRow) -> OrderRow:
        return self.office.write(lambda work: orders.cancel(work, order.number, "test"))
