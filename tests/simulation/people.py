"""Who makes the day: the mall's customers, two clerks, a manager, and somebody who calls HQ to cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from app.domain.verdict import Kind, Role, Verdict
from app.errors import Refused
from app.usecases.board import tasks
from app.usecases.check import Checked, check_order, check_text
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over, release, unfinished
from app.usecases.incidents import close_incident, open_incidents
from app.usecases.prepare import advance, mark_prepared, start_preparing, undo_preparation
from app.usecases.revoke import revoke
from hq.counters import feed
from hq.ordering import orders, views
from hq.ordering.views import OrderView
from hq.ordering.wishes import NewOrder
from hq.work import Work
from sync.failures import Unreachable
from tests.simulation.headquarters import Headquarters
from tests.simulation.terminal import Process, Terminal
from tests.simulation.world import DAY, Give, World

T = TypeVar("T")
STORE = 7
PRODUCTS = (1001, 1002, 1003)
MANAGER = "Manager Li"
_MINUTE = 60.0
_HOUR = 3600.0


@dataclass(slots=True)
class Customer:
    """Somebody with an order; `view` is what the phone shows, `greedy` tries again after the goods were given."""

    name: str
    view: OrderView
    greedy: bool
    visits: int = 0

    @property
    def number(self) -> int:
        return self.view.row.number


class Day:
    """Puts a day's people into the world."""

    def __init__(self, world: World, hq: Headquarters, terminals: tuple[Terminal, Terminal]) -> None:
        self.world = world
        self.hq = hq
        self.terminals = terminals
        self.luck = world.luck
        self.customers: list[Customer] = []

    def begin(self, orders_placed: int) -> None:
        """Switch the store on and plan the day."""
        for terminal in self.terminals:
            terminal.at_start = partial(self._come_back, terminal)
            terminal.switch_on()
            for _ in range(8):
                self._at(self.luck.uniform(0, DAY), partial(self._prepare, terminal))
            for _ in range(self.world.mood.outages):
                self._at(self.luck.uniform(0, DAY), partial(self._pull_cable, terminal))
        for at in range(orders_placed):
            self._at(self.luck.uniform(0, DAY - 4 * _HOUR), partial(self._order, f"customer-{at}"))
        for _ in range(self.world.mood.hq_restarts):
            self._at(self.luck.uniform(0, DAY), partial(self.hq.stop, self.luck.uniform(5, 40 * _MINUTE)))
        if self.world.chance(0.25):
            self._at(self.luck.uniform(0, DAY), self._renew_feed)

    def _at(self, seconds: float, event: Callable[[], None]) -> None:
        self.world.after(seconds, event)

    def _renew_feed(self) -> None:
        """Have HQ come back from a backup: its feed begins a new history, and every terminal must fetch it all."""

        def renew(work: Work) -> None:
            for store_id in feed.heads(work.conn):
                feed.begin_anew(work, store_id)

        self._ask_hq("renew the feed", renew)

    def _pull_cable(self, terminal: Terminal) -> None:
        self.world.note(terminal.name, "offline")
        terminal.online = False

        def plug_in() -> None:
            self.world.note(terminal.name, "online")
            terminal.online = True

        self._at(self.luck.uniform(2 * _MINUTE, 2 * _HOUR), plug_in)
        # Somebody orders on the doorstep: the terminal has never heard of what it is shown.
        self._at(self.luck.uniform(1, _MINUTE), partial(self._order, f"impulse-{self.world.seconds}", at_once=True))

    # ── the mall ───────────────────────────────────────────────────────────────────────────────────────────

    def _order(self, key: str, *, at_once: bool = False) -> None:
        def place(work: Work) -> OrderView:
            return orders.place(work, key, wish)[0]

        begins = -5 if at_once else self.luck.randrange(-60, 120)
        opens = (self.world.now + timedelta(minutes=begins)).replace(second=0, microsecond=0)
        wish = NewOrder(
            store_number=STORE,
            opens=opens,
            closes=opens + timedelta(minutes=self.luck.randrange(60, 240)),
            customer_name=key,
            customer_phone=f"1380000{self.luck.randrange(5):04d}",
            lines=tuple((product, self.luck.randrange(1, 4)) for product in self.luck.sample(PRODUCTS, 2)),
        )
        self._insist(place, lambda view: self._placed(key, view))

    def _insist(self, usecase: Callable[[Work], OrderView], then: Callable[[OrderView], None]) -> None:
        """Ask HQ until it answers, sometimes once more after it did: the same key is the same order."""
        try:
            if self.world.chance(0.1):
                self.hq.write(usecase)
            view = self.hq.write(usecase)
        except Unreachable:
            self._at(60, lambda: self._insist(usecase, then))
        except Refused as refusal:
            self.world.note("mall", f"no order: {refusal}")  # HQ was down until the window was over
        else:
            then(view)

    def _placed(self, key: str, view: OrderView) -> None:
        self.world.note("mall", f"{key} ordered {view.row.number}")
        customer = Customer(key, view, self.world.chance(0.5))
        self.customers.append(customer)
        arrives = max(0.0, (customer.view.row.window.opens - self.world.now).total_seconds())
        # Some are at the counter before their order can be there.
        arrives += self.luck.choice([self.luck.uniform(-20, 100), self.luck.uniform(0, 5)]) * _MINUTE
        self._at(max(arrives, 1.0), lambda: self._arrive(customer))
        if self.world.chance(0.35):
            self._at(max(arrives + self.luck.gauss(0, 30) * _MINUTE, 1.0), lambda: self._cancel(customer))
        if self.world.chance(0.2):
            self._at(self.luck.uniform(1, max(arrives, 2.0)), lambda: self._reschedule(customer))

    def _cancel(self, customer: Customer) -> None:
        self._ask_hq(f"cancel {customer.number}", lambda work: orders.cancel(work, customer.number, "changed my mind"))

    def _reschedule(self, customer: Customer) -> None:
        window = customer.view.row.window
        shift = timedelta(minutes=self.luck.randrange(-60, 120))

        def move(work: Work) -> OrderView:
            moved = orders.reschedule(work, customer.number, window.opens + shift, window.closes + shift)
            return views.in_work(work, moved)

        view = self._ask_hq(f"reschedule {customer.number}", move)
        if view and self.world.chance(0.7):
            customer.view = view

    def _ask_hq(self, what: str, usecase: Callable[[Work], T]) -> T | None:
        try:
            answer = self.hq.write(usecase)
        except (Refused, Unreachable) as refusal:
            self.world.note("mall", f"{what} → {refusal}")
            return None
        self.world.note("mall", what)
        return answer

    # ── at the counter ─────────────────────────────────────────────────────────────────────────────────────

    def _arrive(self, customer: Customer) -> None:
        customer.visits += 1
        if customer.visits > 6:
            return
        terminal = self.luck.choice([each for each in self.terminals if each.on] or [None])
        if terminal is None:
            self._at(self.luck.uniform(5, 20) * _MINUTE, lambda: self._arrive(customer))
            return
        terminal.start(self._serve(terminal, customer))

    def _come_again(self, customer: Customer, least: float, most: float) -> None:
        self._at(self.luck.uniform(least, most), lambda: self._arrive(customer))

    def _serve(self, terminal: Terminal, customer: Customer) -> Process:
        clerk = f"clerk at {terminal.name}"
        # If the power fails while they are being served, they come again.
        life, given = terminal.life, len(self.world.goods.gives)
        self._at(20 * _MINUTE, lambda: self._notice(terminal, life, given, customer))
        yield self.luck.uniform(1, 20)
        verdict = self._check(terminal, customer, clerk).verdict
        self.world.note(terminal.name, f"{customer.name} → {verdict.kind}")
        manager = MANAGER if verdict.hand_over_by is Role.MANAGER and self.world.chance(0.4) else ""
        if verdict.hand_over_by is None or (verdict.hand_over_by is Role.MANAGER and not manager):
            if verdict.kind in (Kind.NEEDS_LEAD, Kind.TOO_EARLY, Kind.NOT_PREPARED):
                self._come_again(customer, 1 * _MINUTE, 30 * _MINUTE)
            return
        yield from self._hand_over(terminal, customer, clerk, verdict, manager)

    def _notice(self, terminal: Terminal, life: int, given: int, customer: Customer) -> None:
        if terminal.life != life and len(self.world.goods.gives) == given:
            self._arrive(customer)

    def _check(self, terminal: Terminal, customer: Customer, clerk: str) -> Checked:
        draw = self.luck.random()
        view = customer.view
        if draw < 0.75:
            return terminal.do(check_text, view.pickup_code, by=clerk, source="camera")
        if draw < 0.9:
            return terminal.do(check_text, view.short_code, by=clerk, source="typed")
        checked = terminal.do(check_text, view.row.customer_phone[-4:], by=clerk, source="typed")
        if any(candidate.order_number == customer.number for candidate in checked.verdict.candidates):
            return terminal.do(check_order, customer.number, by=clerk, source="typed")
        return checked

    def _hand_over(self, terminal: Terminal, customer: Customer, clerk: str, verdict: Verdict, manager: str) -> Process:
        yield self.luck.uniform(1, 20)
        request = GrantRequest(
            attempt_id=terminal.new_id(),
            order_number=customer.number,
            by=clerk,
            text="" if verdict.order else customer.view.pickup_code,
            manager=manager,
            reason="I looked at the other counter" if manager else "",
        )
        try:
            granted = terminal.do(grant, request)
        except Refused as refusal:
            self.world.note(terminal.name, f"no grant for {customer.name}: {refusal}")
            return
        self.world.note(terminal.name, f"granted {customer.name}")
        terminal.cut_power_soon(self.world.mood.power_cut * 6)
        fetching = self.luck.uniform(2, 120)
        if self.world.chance(0.5):  # the customer, waiting for the parcel, plays with the phone
            act = self.luck.choice([self._cancel, self._reschedule])
            self._at(fetching + self.luck.uniform(-2, 4), lambda: act(customer))
        yield fetching
        if verdict.kind is Kind.NOT_PREPARED and verdict.order and self.world.chance(0.7):
            self._pack(terminal, customer, clerk)
            yield self.luck.uniform(1, 20)
        if self.world.chance(0.05):
            terminal.do(release, request.attempt_id, by=clerk, reason="left without the goods")
            return
        unguarded = not granted.verdict.leads
        self.world.note(terminal.name, f"GAVE {customer.name} {'(unguarded)' if unguarded else ''}")
        self.world.goods.give(Give(customer.number, request.attempt_id, terminal.name, unguarded))
        if customer.greedy:
            self._come_again(customer, 1, 40 * _MINUTE)
        terminal.cut_power_soon(self.world.mood.power_cut * 4)
        yield self.luck.uniform(0.2, 40)
        terminal.do(hand_over, request.attempt_id, by=clerk)
        if self.world.chance(0.2):
            yield 0.2
            terminal.do(hand_over, request.attempt_id, by=clerk)
        if self.world.chance(0.12):
            yield self.luck.uniform(1, 50) * _MINUTE
            self._take_back(terminal, customer, request.attempt_id, clerk)

    def _pack(self, terminal: Terminal, customer: Customer, clerk: str) -> None:
        try:
            terminal.do(mark_prepared, [customer.number], by=clerk, shelf="in hand")
        except Refused as refusal:  # the cancellation came in between
            self.world.note(terminal.name, f"not packed for {customer.name}: {refusal}")

    def _take_back(self, terminal: Terminal, customer: Customer, attempt_id: str, clerk: str) -> None:
        # The goods lie on the counter before anybody presses a key, and go out again if it was in vain.
        self.world.goods.take_back(attempt_id)
        terminal.on_the_counter.add(attempt_id)
        try:
            terminal.do(revoke, customer.number, manager=MANAGER, reason="wrong parcel", by=clerk)
        except Refused as refusal:
            self.world.note(terminal.name, f"no revocation for {customer.name}: {refusal}")
        else:
            self.world.note(terminal.name, f"TOOK BACK from {customer.name}")
            self._come_again(customer, 1 * _MINUTE, 60 * _MINUTE)
        self._clear_counter(terminal)

    def _clear_counter(self, terminal: Terminal) -> None:
        for attempt_id in sorted(terminal.on_the_counter):
            if not terminal.sql("SELECT 1 FROM claims WHERE attempt_id = ? AND state = 'revoked'", attempt_id):
                self.world.goods.returned.discard(attempt_id)
        terminal.on_the_counter.clear()

    # ── behind the counter ─────────────────────────────────────────────────────────────────────────────────

    def _prepare(self, terminal: Terminal) -> None:
        terminal.start(self._work(terminal))

    def _work(self, terminal: Terminal) -> Process:
        """Prepare what is open, take some of it back, look at an incident."""
        clerk = f"clerk at {terminal.name}"
        for task in terminal.do(tasks):
            yield self.luck.uniform(5, 90)
            moves = (start_preparing, mark_prepared, mark_prepared, undo_preparation)
            try:
                if self.world.chance(0.4):
                    terminal.do(advance, task.number, by=clerk)
                else:
                    terminal.do(self.luck.choice(moves), [task.number], by=clerk)
            except Refused:
                continue
        for incident in terminal.do(open_incidents):
            if self.world.chance(0.3):
                yield self.luck.uniform(5, 60)
                self._close(terminal, incident.id)

    @staticmethod
    def _close(terminal: Terminal, incident_id: str) -> None:
        try:
            terminal.do(close_incident, incident_id, manager=MANAGER, reason="looked into it")
        except Refused:
            return

    def _come_back(self, terminal: Terminal) -> None:
        self._clear_counter(terminal)
        terminal.start(self._look_at_the_shelf(terminal))

    def _look_at_the_shelf(self, terminal: Terminal) -> Process:
        """After a start the screen asks for each unfinished hand-over, and only a look at the shelf answers."""
        clerk = f"clerk at {terminal.name}"
        for each in terminal.do(unfinished):
            yield self.luck.uniform(10, 600)
            gave = each.attempt_id in self.world.goods.gives
            self.world.note(terminal.name, f"{each.label} is {'gone' if gave else 'still here'}")
            if gave:
                terminal.do(hand_over, each.attempt_id, by=clerk)
            else:
                terminal.do(release, each.attempt_id, by=clerk, reason="the parcel is still here")
