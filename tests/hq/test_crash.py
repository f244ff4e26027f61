"""HQ's machine stops at every step of what a chore does: done again, it ends where it would have ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.domain.events import EventKind
from hq.money import refunds
from hq.money.takings import Taking
from hq.ordering.book import OrderRow
from hq.ordering.dispatch import InStore
from tests.hq.market import Market
from tests.hq.server import Teller

MOST_STEPS = 400


class PowerCut(Exception):
    """The machine stopped."""


class Fuse:
    """Blows at a step of the writing connection: before a statement, before a commit, or after one."""

    def __init__(self, market: Market, at: int) -> None:
        self.left = at
        self.blown = False
        engine = market.office.database.writer
        for moment in ("before_cursor_execute", "commit"):
            event.listen(engine, moment, self._step)
        market.office.on_change = self._step

    def _step(self, *_: Any) -> None:
        self.left -= 1
        self.blown = self.blown or self.left == 0
        # A machine that stopped does nothing more, whoever asks.
        if self.blown:
            raise PowerCut


def scenario(market: Market) -> OrderRow:
    """Return an order that its store cannot serve and lets go; the customer has chosen another store."""
    market.open_store(102)
    market.count(102, {7: 9})
    order = market.buy(2)
    teller = Teller(now=market.clock.now)
    lines = [{"product_number": 7, "quantity": 2}]
    market.push(market.lead, teller.tell(EventKind.LINE_REJECTED, order.number, lines=lines, reason="broken"))
    market.choose(order, InStore(102))
    market.settle()
    market.push(market.lead, teller.tell(EventKind.CANCELLATION_ACCEPTED, order.number))
    return order


def state(market: Market, order: OrderRow) -> tuple[Any, ...]:
    old = market.order(order.number)
    new = market.order(old.replaced_by or 0)
    return (
        (old.status, new.status, new.replaces == old.number, new.total_fen),
        (market.balance(101), market.balance(102), market.ledger_sum(102)),
        [each.number for each in market.orders_of(102)] == [new.number],
        (market.payment_of(new).status, market.payment_of(old).status),
        (market.refunds(new), market.refunds(old), sorted(market.told())),
    )


def until_it_is_done(act: Callable[[], object], market: Market, at: int) -> bool:
    """Do it, with a power cut at a step, and again; tell whether the fuse blew."""
    fuse = Fuse(market, at)
    try:
        act()
    except PowerCut:
        fuse.blown = False
        market.office.database.writer.dispose()
        act()
        return True
    return False


@pytest.mark.timeout(300)
def test_an_order_moves_once_wherever_the_machine_stops(tmp_path: Path) -> None:
    with Market(tmp_path / "peace") as market:
        order = scenario(market)
        market.settle()
        wanted = state(market, order)
    assert wanted[3] == (Taking.PAID, Taking.MOVED)
    for at in range(1, MOST_STEPS):
        with Market(tmp_path / str(at)) as market:
            order = scenario(market)
            blew = until_it_is_done(market.settle, market, at)
            assert state(market, order) == wanted, f"power cut at step {at}"
        if not blew:
            assert at > 50
            return
    raise AssertionError("the chore never came to its end")


def test_money_goes_back_once_wherever_the_machine_stops(tmp_path: Path) -> None:
    for at in range(1, MOST_STEPS):
        with Market(tmp_path / str(at)) as market:
            held = market.hold()
            assert held.payment
            order = market.pay(held)
            assert order
            market.cancel_order(order)
            bank: Any = Bank(market)
            give = partial(refunds.give_due, market.office, bank)
            blew = until_it_is_done(give, market, at)
            give()
            assert bank.books == {refund.id: refund.amount_fen for refund in market.refunds(order)}
            assert market.payment_of(order).rest_fen == 0
        if not blew:
            return
    raise AssertionError("the chore never came to its end")


class Bank:
    """A provider that keeps books: the same refund id again is the same refund."""

    name = "sandbox"

    def __init__(self, market: Market) -> None:
        self.market = market
        self.books: dict[str, int] = {}

    def refund(self, wanted: Any) -> Any:
        from hq.payments.port import Refunded

        self.books[wanted.refund_id] = wanted.amount_fen
        told = {"refund_id": wanted.refund_id, "payment_id": wanted.payment_id, "provider_ref": "b"}
        return Refunded(**told, amount_fen=wanted.amount_fen, at=self.market.clock.now())
