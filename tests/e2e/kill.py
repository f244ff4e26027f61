"""Kills the terminal and HQ at seeded points and holds both against what was seen: nothing lost, nothing twice.

`python -m tests.e2e.kill --points 5000 [--seed 1] [--postgresql]` is the long run.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import psycopg

from app.storage.database import FILE_NAME
from demo import ledgers, shop
from demo.headquarters import Headquarters, HqAway, HqRefused, Operator, Placed
from demo.relay import Relay
from tests.e2e.clerk import SCENES
from tests.e2e.doomed_hq import POINTS
from tests.e2e.process import Child, Line
from tests.hq.postgres import cluster

CUSTOMERS = 3  # orders in each round
# What must be in the drawer after each shift, from its single facts; all of it is cash here.
_DRAWER = """
SELECT s.id, s.float_fen + (SELECT coalesce(sum(total_fen), 0) FROM sales WHERE shift_id = s.id)
    - (SELECT coalesce(sum(amount_fen), 0) FROM refunds WHERE shift_id = s.id) FROM shifts s
"""
T = TypeVar("T")


@dataclass(slots=True)
class Seen:
    """What the world outside has seen: these answers must hold for ever."""

    placed: dict[str, Placed] = field(default_factory=dict)
    granted: dict[str, int] = field(default_factory=dict)
    handed_over: dict[str, tuple[int, str]] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    paying: dict[str, Line] = field(default_factory=dict)
    sold: dict[str, tuple[int, int]] = field(default_factory=dict)
    refunded: dict[str, int] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def note(self, line: Line) -> None:
        """Take in what the clerk's screen said."""
        attempt = line.get("attempt", "")
        if line["said"] == "granted":
            self.granted[attempt] = line["order"]
        elif line["said"] == "handed_over":
            again = self.handed_over.setdefault(attempt, (line["order"], line["at"]))
            assert again == (line["order"], line["at"]), f"attempt {attempt} answered otherwise the second time"
        elif line["said"] == "released":
            self.released.add(attempt)
        elif line["said"] == "paying":
            self.paying[line["sale"]] = {key: line[key] for key in ("sale", "attempt", "product", "fen")}
        elif line["said"] == "sold":
            once = self.sold.setdefault(line["sale"], (line["fen"], line["receipt"]))
            assert once == (line["fen"], line["receipt"]), f"sale {line['sale']} answered otherwise the second time"
            self.paying.pop(line["sale"], None)
        elif line["said"] == "refunded":
            self.refunded[line["sale"]] = line["fen"]
        elif line["said"] == "closed":
            self.closed.add(line["shift"])


class Siege:
    """One store with its HQ, and a random but repeatable enemy."""

    def __init__(self, folder: Path, seed: int, database_url: str = "") -> None:
        self.folder = folder
        self._database_url = database_url
        self.terminal = folder / "terminal"
        self.rng = random.Random(seed)
        self.seen = Seen()
        self.kills: Counter[str] = Counter()
        self._round = 0
        self._end = ExitStack()

    def __enter__(self) -> Self:
        self._order = self.folder / "doom"
        command = (sys.executable, "-m", "tests.e2e.doomed_hq", str(self._order), "hq")
        self.hq = Headquarters(self.folder / "hq", command, {"ZITI_HQ_DATABASE_URL": self._database_url})
        self._end.callback(self.hq.kill)
        self.hq.start()
        self.relay = Relay()
        self._end.callback(self.relay.close)
        self.relay.lead_to(self.hq.port)
        with closing(self.hq.operator()) as operator:
            shop.load(operator)
            code = operator.post(f"/v1/stores/{shop.STORE}/enrolment-codes")["code"]
        self.terminal.mkdir()
        self.clerk = self.new_clerk()
        self._end.callback(self._end_clerk)
        self.clerk.tell("enrol", url=self.relay.url, code=code)
        self.clerk.hear("enrolled")
        return self

    def plan(self) -> list[partial[None]]:
        """Return one kill for each step of the terminal and each point of HQ, in a random order.

        Each scene and point has its first turn before any has its second. A round in peace tells how many steps each
        scene has.
        """
        steps = self.serve([self.place(1)[0].code], pull=True)[-1]["steps"]
        kills = [partial(self.kill_terminal, scene, step) for scene in SCENES for step in range(1, steps[scene] + 1)]
        kills += [partial(self.kill_hq, point) for point in POINTS]
        self.rng.shuffle(kills)
        turns = Counter[str]()

        def turn(kill: partial[None]) -> int:
            turns[kill.args[0]] += 1
            return turns[kill.args[0]]

        return sorted(kills, key=turn)

    def __exit__(self, *_: object) -> None:
        self._end.close()

    # ── the terminal dies ──────────────────────────────────────────────────────────────────────────────────

    def kill_terminal(self, scene: str, step: int) -> None:
        """Let the clerk die at a step of a scene, start anew, and judge."""
        codes = [self.place(1)[0].code]
        # Half of the codes are scanned before the terminal has heard of the order.
        pull = scene in ("feed", "prepare") or self.rng.random() < 0.5
        self.clerk.tell("work", codes=codes, pull=pull, die=[scene, step])
        lines = self._hear_work()
        if lines[-1]["said"] != "worked":
            self.kills[f"terminal: {scene}"] += 1
            self.clerk.wait()
            self.clerk = self.new_clerk()
        self._settle_and_judge()

    def _hear_work(self) -> list[Line]:
        lines = []
        for line in self.clerk.upcoming():
            lines.append(line)
            self.seen.note(line)
            if line["said"] in ("worked", "refused"):
                break
        return lines or [{"said": "nothing"}]

    def serve(self, codes: list[str], *, pull: bool) -> list[Line]:
        """Have the clerk hand orders over, whether or not HQ is there."""
        self.clerk.tell("work", codes=codes, pull=pull, die=None)
        return self._hear_work()

    # ── HQ dies ────────────────────────────────────────────────────────────────────────────────────────────

    def kill_hq(self, point: str) -> None:
        """Have HQ die at a point while orders are placed and hand-overs told; start anew, and judge."""
        waiting = self.place(CUSTOMERS)
        self._order.write_text(f"{point}:{self.rng.randint(1, 2)}", "utf-8")
        self.clerk.tell("work", codes=[placed.code for placed in waiting], pull=True, die=None)
        keys = [self._new_key() for _ in range(CUSTOMERS)]
        for key in keys:
            self._try_to_place(key)
        self._hear_work()
        died = self.hq.wait(0)
        self.kills[f"HQ: {point}" if died else "HQ: from outside"] += 1
        self.restart_hq()
        for key in keys:
            # The mall asks again with the same keys: whoever was answered gets the same order.
            self._place_under(key)
        self._settle_and_judge()

    def restart_hq(self) -> None:
        """Kill HQ, if it lives, and start it anew on the same data."""
        self._order.unlink(missing_ok=True)
        self.hq.kill()
        self.hq.start()
        self.relay.lead_to(self.hq.port)

    def _try_to_place(self, key: str) -> None:
        try:
            self._place_under(key)
        except (HqAway, HqRefused):
            return  # HQ is dead: the mall does not know whether the order stands

    # ── orders ─────────────────────────────────────────────────────────────────────────────────────────────

    def _new_key(self) -> str:
        self._round += 1
        return f"order-{self._round}"

    def place(self, count: int) -> list[Placed]:
        """Have customers order."""
        return [self._place_under(self._new_key()) for _ in range(count)]

    def _place_under(self, key: str) -> Placed:
        with closing(self.hq.operator()) as operator:
            placed = operator.place(key, _order_of(key))
        before = self.seen.placed.setdefault(key, placed)
        assert before.number == placed.number, f"{key} became two orders"
        return placed

    # ── the judgement ──────────────────────────────────────────────────────────────────────────────────────

    def _settle_and_judge(self) -> None:
        self._answer_unfinished()
        self._pay_again()
        self.clerk.tell("settle")
        assert self.clerk.hear("settled")["unsent"] == 0
        for attempt in self.rng.sample(sorted(self.seen.handed_over), min(2, len(self.seen.handed_over))):
            self.clerk.tell("again", attempt=attempt)
            self.seen.note(self.clerk.hear("handed_over"))
        self.judge()

    def _answer_unfinished(self) -> None:
        self.clerk.tell("unfinished")
        asked = set(self.clerk.hear("unfinished")["attempts"])
        with closing(self._file()) as conn:
            recorded = {attempt for (attempt,) in conn.execute("SELECT attempt_id FROM redemptions")}
        open_ = self.seen.granted.keys() - self.seen.handed_over.keys() - self.seen.released
        assert open_ <= asked | recorded, f"granted and never asked for: {open_ - asked - recorded}"
        assert not asked & recorded, f"asked for although handed over: {asked & recorded}"
        for attempt in sorted(open_ & recorded):
            # It was durable and the clerk did not live to see the answer: asked again, she gets it.
            self.clerk.tell("again", attempt=attempt)
            self.seen.note(self.clerk.hear("handed_over"))
        for attempt in sorted(asked):
            gone = self.rng.random() < 0.5
            self.clerk.tell("answer", attempt=attempt, gone=gone)
            self.seen.note(self.clerk.hear("handed_over" if gone else "released"))

    def _pay_again(self) -> None:
        """Sell again, under the same id, what the clerk did not see sold: durable before or not, it is one sale."""
        for wish in list(self.seen.paying.values()):
            self.clerk.tell("pay", **wish)
            self.seen.note(self.clerk.hear("sold"))

    def differences(self) -> list[str]:
        """Hold both sides' files against each other."""
        with closing(self._file()) as conn:
            here = ledgers.of_terminal(conn)
        return ledgers.differences(here, self.ledger_of_hq())

    def ledger_of_hq(self) -> ledgers.Ledger:
        """Read what HQ has written down, without its help."""
        return self._read_hq(lambda ask: ledgers.of_store(ask, shop.STORE))

    def _read_hq(self, read: Callable[[ledgers.Ask], T]) -> T:
        if not self._database_url:
            with closing(sqlite3.connect(f"file:{self.hq.data / 'hq.sqlite3'}?mode=ro", uri=True)) as conn:
                return read(lambda sql, *which: conn.execute(sql, which).fetchall())
        with psycopg.connect(self._database_url) as server:
            return read(lambda sql, *which: server.execute(sql.replace("?", "%s"), which).fetchall())

    def judge(self) -> None:
        """Hold both sides' files against each other and against what was seen."""
        problems = self.differences()
        assert not problems, problems
        with closing(self._file()) as conn:
            redemptions = dict(conn.execute("SELECT attempt_id, order_number FROM redemptions").fetchall())
            moved = conn.execute(
                "SELECT attempt_id, product_number FROM stock_moves GROUP BY 1, 2 HAVING count(*) > 1"
            ).fetchall()
        assert not moved, f"stock moved twice: {moved}"
        numbers = Counter(redemptions.values())
        assert max(numbers.values(), default=1) == 1, f"handed over twice: {numbers.most_common(2)}"
        orders = self.ledger_of_hq().orders
        for attempt, (number, _) in self.seen.handed_over.items():
            assert redemptions.get(attempt) == number, f"the clerk saw {attempt} handed over; it is not in the file"
            assert orders[number] == ("completed", attempt), f"HQ does not know of {attempt}"
        for key, placed in self.seen.placed.items():
            assert placed.number in orders, f"{key} was answered and is lost"
        assert len(orders) == len({placed.number for placed in self.seen.placed.values()})
        self._judge_the_till()

    def _judge_the_till(self) -> None:
        """No sale, refund or shift is lost or counted twice, in the drawer or at HQ."""
        with closing(self._file()) as conn:
            sales = dict(conn.execute("SELECT id, total_fen FROM sales").fetchall())
            receipts = {
                id: (fen, number) for id, fen, number in conn.execute("SELECT id, total_fen, receipt FROM sales")
            }
            back = dict(conn.execute("SELECT sale_id, sum(amount_fen) FROM refunds GROUP BY 1").fetchall())
            numbers = [receipt for (receipt,) in conn.execute("SELECT receipt FROM sales ORDER BY receipt")]
            shifts = dict(conn.execute("SELECT id, iif(closed_at IS NULL, NULL, expected_fen) FROM shifts").fetchall())
            cash = dict(conn.execute(_DRAWER).fetchall())
        assert self.seen.sold.items() <= receipts.items(), "the clerk saw a sale that is not in the file"
        assert self.seen.refunded.items() <= back.items(), "the clerk saw a refund that is not in the file"
        assert numbers == list(range(1, len(numbers) + 1)), "a receipt's number is missing or was used twice"
        open_ = {shift for shift, expected in shifts.items() if expected is None}
        assert len(open_) <= 1, f"more than one shift is open: {open_}"
        assert not self.seen.closed & open_, "a shift that was closed is open"
        assert {shift: fen for shift, fen in cash.items() if shift not in open_} == {
            shift: fen for shift, fen in shifts.items() if shift not in open_
        }, "the drawer does not add up"
        told = self._read_hq(lambda ask: ask("SELECT id, total_fen, refunded_fen FROM sales"))
        assert {id: (fen, gone) for id, fen, gone in told} == {
            id: (fen, back.get(id, 0)) for id, fen in sales.items()
        }, "HQ knows of other sales"

    def _file(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.terminal / FILE_NAME}?mode=ro", uri=True)

    def _end_clerk(self) -> None:
        self.clerk.kill()

    def new_clerk(self) -> Child:
        """Start a terminal on the store's data."""
        clerk = Child("tests.e2e.clerk", "--data", str(self.terminal))
        clerk.hear("open")
        return clerk

    def incidents(self) -> list[Any]:
        """Return what HQ found: there must be nothing."""
        operator: Operator = self.hq.operator()
        with closing(operator):
            found: list[Any] = operator.get(f"/v1/stores/{shop.STORE}/incidents")["incidents"]
        return found


def _order_of(key: str) -> dict[str, Any]:
    number = int(key.rpartition("-")[2])
    products = sorted(shop.PRODUCTS)
    lines = {products[number % len(products)]: 1 + number % 3, products[(number + 3) % len(products)]: 1}
    made = shop.order(f"顾客{number}", f"138{number:08d}", lines)
    # The same key must mean the same order, also when the hour changes between two tries.
    return made | _WINDOW


# Open for as long as the longest siege takes.
_NOW = datetime.now(UTC).replace(second=0, microsecond=0)
_WINDOW = {"opens": (_NOW - timedelta(hours=1)).isoformat(), "closes": (_NOW + timedelta(days=6)).isoformat()}


def besiege(folder: Path, points: int, seed: int, database_url: str = "") -> Counter[str]:
    """Kill at least `points` times, the terminal and HQ in turn; return how often at which point."""
    with Siege(folder, seed, database_url) as siege:
        while siege.kills.total() < points:
            for kill in siege.plan():
                if siege.kills.total() < points:
                    kill()
        found = siege.incidents()
        assert not found, f"incidents: {found}"
        return siege.kills


def main() -> None:
    """Run as long as asked and print what was done."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.kill", description="kill -9, over and over")
    parser.add_argument("--points", type=int, default=5000, help="at least so many kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="HQ on a PostgreSQL of its own, not on a file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ziti-kill-") as folder, ExitStack() as end:
        url = end.enter_context(cluster(durable=True)).database() if options.postgresql else ""
        kills = besiege(Path(folder), options.points, options.seed, url)
    for place, count in sorted(kills.items()):
        sys.stdout.write(f"{count:6} × {place}\n")
    sys.stdout.write(f"{kills.total()} kills (seed {options.seed}): nothing lost, nothing twice\n")


if __name__ == "__main__":
    main()
