"""A terminal without a window: real file, use-cases and sync; it does what stdin says and tells on stdout.

Each line in is a JSON object `{"do": verb, …}`, each line out one `{"said": …}`. `work` may name the point at which the
process ends itself by SIGKILL: the n-th step of a scene. Steps are the two ends of every transaction (what lies between
them is on disk as a whole or not at all), half a salvage line, and the two ends of every request.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from app.clock import SystemClock, TrustedClock
from app.domain.events import Event, stamp
from app.domain.order import AT_STORE
from app.domain.till import SaleLine, Tender, TenderKind
from app.errors import ZitiError
from app.ids import id_maker
from app.keystore import Keystore
from app.storage.mirror import Mirror, _line
from app.storage.storage import Storage
from app.usecases.check import check_text
from app.usecases.enrol import enrolment
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over, release, unfinished
from app.usecases.health import health
from app.usecases.prepare import mark_prepared
from app.usecases.recover import open_or_recover
from app.usecases.sell import RefundRequest, Sale, SaleRequest, refund, sell
from app.usecases.shift import close_shift, current_shift, open_shift
from app.usecases.work import Work
from sync.client import HqClient
from sync.engine import Engine
from sync.enrolment import enrol
from sync.failures import Failure
from sync.wire import FeedPage, PushAnswer
from tests.e2e.process import say

T = TypeVar("T")
CLERK = "王芳"
SCENES = ("feed", "prepare", "grant", "hand_over", "sell", "refund", "close_shift", "push")


class Doom:
    """Counts the steps of each scene and ends the process at the one that was named."""

    def __init__(self) -> None:
        self.scene = ""
        self.counts: Counter[str] = Counter()
        self.die_at: tuple[str, int] | None = None

    def step(self) -> None:
        """Pass a point at which a power cord may be pulled."""
        if self.comes():
            os.kill(os.getpid(), signal.SIGKILL)

    def comes(self) -> bool:
        """Count a step and tell whether it is the last one."""
        self.counts[self.scene] += 1
        return self.die_at == (self.scene, self.counts[self.scene])


class DoomedMirror(Mirror):
    """A salvage file in whose middle the process may end."""

    doom: Doom

    def append(self, entries: Any) -> None:
        kept = list(entries)
        if self.doom.comes():
            whole = b"".join(_line(entry) for entry in kept)
            self._file.write(whole[: len(whole) // 2])
            self._file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        super().append(kept)


class DoomedLine:
    """The way to HQ: the process may end with a request on its way, or its answer unread."""

    def __init__(self, client: HqClient, doom: Doom) -> None:
        self._client, self._doom = client, doom

    def feed(self, cursor: int, generation: str, wait: int = 0) -> FeedPage:
        self._doom.step()
        page = self._client.feed(cursor, generation, wait)
        self._doom.step()
        return page

    def push(self, events: Sequence[Event]) -> PushAnswer:
        self._doom.step()
        answer = self._client.push(events)
        self._doom.step()
        return answer


class Clerk:
    """Does what it is told, on one thread."""

    def __init__(self, folder: Path) -> None:
        self.doom = DoomedMirror.doom = Doom()
        self.clock = TrustedClock(SystemClock())
        self.new_id = id_maker(self.clock)
        self.keystore = Keystore(folder)
        self.storage = open_or_recover(
            folder,
            lambda: Storage(folder, self.clock, self.new_id, ballast_bytes=0),
            told=lambda sentence: say("told", sentence=sentence),
        )
        self.storage._mirror = DoomedMirror(folder)
        self.storage._conn.set_trace_callback(self._executes)
        self._engine: Engine | None = None

    def __call__(self, usecase: Callable[[Work], T]) -> T:
        return self.storage.submit(usecase).result()

    @property
    def engine(self) -> Engine:
        """The sync engine of an enrolled terminal."""
        if self._engine is None:
            me, secrets = self(enrolment), self.keystore.load()
            assert me
            assert secrets
            self.storage.lookup_key = secrets.lookup_key
            line = DoomedLine(HqClient(me.hq_url, secrets.token), self.doom)
            self._engine = Engine(line, self.storage.submit, lambda at, trip: self.clock.learn(at, round_trip=trip))
        return self._engine

    def enrol(self, url: str, code: str) -> None:
        enrol(url, code, "前台一号", self.storage.submit, self.keystore)
        say("enrolled")

    def work(self, codes: list[str], pull: bool, die: list[Any] | None) -> None:
        """Serve customers, telling each answer as the clerk sees it, and talk with HQ between them."""
        self.engine  # noqa: B018 - opened before the doom is armed
        self.doom.counts.clear()
        self.doom.die_at = (die[0], die[1]) if die else None
        if pull:
            self._pull()
            self._scene("prepare")
            self(self._prepare)
        self._scene("")
        if self(current_shift) is None:
            self(partial(open_shift, float_fen=10_000, by=CLERK))
        for code in codes:
            self._serve(code)
            self._push()
        self._close_till()
        self._push()
        self._pull()
        self.doom.die_at = None
        say("worked", steps=self.doom.counts)

    def _serve(self, code: str) -> None:
        self._scene("grant")
        checked = self(partial(check_text, text=code, by=CLERK, source="camera"))
        number = checked.verdict.order_number
        if number is None or checked.verdict.hand_over_by is None:
            say("verdict", kind=checked.verdict.kind)
            return
        request = GrantRequest(self.new_id(), number, CLERK, checked.text)
        granted = self(partial(grant, request=request))
        say("granted", attempt=granted.attempt_id, order=number)
        self._scene("hand_over")
        done = self(partial(hand_over, attempt_id=granted.attempt_id, by=CLERK))
        say("handed_over", attempt=granted.attempt_id, order=number, at=stamp(done.redemption.at))
        self._sell(granted.attempt_id)

    def _sell(self, attempt: str) -> None:
        """Sell two pieces with a hand-over, and take one of them back."""
        self._scene("sell")
        product = self(lambda work: next(iter(work.known.products.values())))
        line = SaleLine(product.number, 2, product.price_fen, product.name)
        cash = (Tender(TenderKind.CASH, line.total_fen),)
        request = SaleRequest(self.new_id(), (line,), cash, CLERK, attempt_id=attempt)
        say("paying", sale=request.sale_id, attempt=attempt, product=product.number, fen=product.price_fen)
        sale = self._sold(request)
        self._scene("refund")
        one, back = SaleLine(product.number, 1, product.price_fen), (Tender(TenderKind.CASH, product.price_fen),)
        wish = RefundRequest(self.new_id(), sale.receipt, (one,), back, CLERK, "王店长", "不要了")
        self(partial(refund, request=wish))
        say("refunded", sale=sale.id, fen=product.price_fen)

    def _sold(self, request: SaleRequest) -> Sale:
        sale = self(partial(sell, request=request)).sale
        say("sold", sale=sale.id, fen=sale.total_fen, receipt=sale.receipt)
        return sale

    def pay(self, sale: str, attempt: str, product: int, fen: int) -> None:
        """Sell what was being sold when the power went, under the same id: it is the same sale."""
        self._scene("")
        line = SaleLine(product, 2, fen)
        self._sold(SaleRequest(sale, (line,), (Tender(TenderKind.CASH, line.total_fen),), CLERK, attempt_id=attempt))

    def _close_till(self) -> None:
        """Count and close; whatever is found in the drawer, a manager accepts it."""
        self._scene("close_shift")
        shift = self(current_shift)
        assert shift
        self(partial(close_shift, counted_fen=1, by=CLERK, language="zh_CN", manager="王店长", reason="清点"))
        say("closed", shift=shift.id)

    def _prepare(self, work: Work) -> Any:
        rows = work.conn.execute("SELECT number, status FROM orders").fetchall()
        return mark_prepared(work, [number for number, status in rows if status in AT_STORE], by=CLERK)

    def _pull(self) -> None:
        self._scene("feed")
        self._unless_hq_is_away(lambda: self._until_done(lambda: self.engine.pull_once().more))

    def _push(self) -> None:
        self._scene("push")
        self._unless_hq_is_away(lambda: self._until_done(lambda: self.engine.push_once().more))

    def _until_done(self, step: Callable[[], bool]) -> None:
        while step():
            pass

    def _unless_hq_is_away(self, talk: Callable[[], None]) -> None:
        try:
            talk()
        except Failure as failure:
            say("offline", reason=failure.reason)

    def settle(self) -> None:
        """Tell HQ everything and hear everything."""
        self._scene("")
        self._until_done(lambda: self.engine.push_once().more)
        self._until_done(lambda: self.engine.pull_once().more)
        say("settled", unsent=self(health).unsent)

    def unfinished(self) -> None:
        self._scene("")
        say("unfinished", attempts=[each.attempt_id for each in self(unfinished)])

    def answer(self, attempt: str, gone: bool) -> None:
        """Say what became of an unfinished hand-over."""
        self._scene("")
        if gone:
            self.again(attempt)
        else:
            self(partial(release, attempt_id=attempt, by=CLERK, reason="在货架上"))
            say("released", attempt=attempt)

    def again(self, attempt: str) -> None:
        """Confirm a hand-over once more."""
        self._scene("")
        done = self(partial(hand_over, attempt_id=attempt, by=CLERK))
        say("handed_over", attempt=attempt, order=done.order_number, at=stamp(done.redemption.at))

    def _executes(self, statement: str) -> None:
        if statement.startswith(("BEGIN", "COMMIT")):
            self.doom.step()

    def _scene(self, name: str) -> None:
        self.doom.scene = name


def main() -> None:
    """Open the data folder and obey until stdin ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    clerk = Clerk(parser.parse_args().data)
    say("open")
    for line in sys.stdin:
        order = json.loads(line)
        try:
            getattr(clerk, order.pop("do"))(**order)
        except ZitiError as error:
            say("refused", sentence=str(error), kind=type(error).__name__)
    clerk.storage.close()


if __name__ == "__main__":
    main()
