"""A terminal as it is: the real file, use-cases and engine, in a machine that loses its power between two steps."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from app.changes import Changes
from app.clock import TrustedClock
from app.ids import id_maker
from app.storage.storage import Storage
from app.storage.work import Work
from app.usecases.feed import feed_position
from app.usecases.hand_over import unfinished
from app.usecases.outbox import pending_events
from hq.counters import feed
from sync.backoff import Backoff
from sync.engine import Engine
from sync.failures import Busy, Failure
from tests.simulation.headquarters import Headquarters
from tests.simulation.network import Network
from tests.simulation.world import Broken, PowerCut, World, WorldClock

T = TypeVar("T")
Process = Generator[float, None, None]
_IDLE_PULL = 3600.0


class RoomyStorage(Storage):
    """The real thing on a disk that never fills: how full this one is would make two runs differ."""

    @property
    def _free_bytes(self) -> int:
        return 2**40


class Timer:
    """One thing to be done at the earliest of the times that were asked for."""

    def __init__(self, terminal: Terminal, action: Callable[[], None]) -> None:
        self._terminal = terminal
        self._action = action
        self._due: float | None = None

    def after(self, seconds: float) -> None:
        """Do it then, or earlier if that was asked for before."""
        world = self._terminal.world
        due = world.seconds + seconds
        if self._due is None or due < self._due:
            self._due = due
            world.after(seconds, partial(self._ring, due))

    def clear(self) -> None:
        """Forget what was asked for."""
        self._due = None

    def _ring(self, due: float) -> None:
        if self._due == due:
            self._due = None
            self._action()


class Terminal:
    """One machine of the store with everything that survives a power cut in its folder."""

    def __init__(self, world: World, hq: Headquarters, folder: Path, name: str, seed: int) -> None:
        self.world = world
        self.hq = hq
        self.name = name
        self.online = True
        self.on = False
        self.life = 0
        self.at_start: Callable[[], None] = lambda: None
        self.on_the_counter: set[str] = set()
        about = json.loads((folder / "about.json").read_text())
        self.token: str = about["token"]
        self._lookup_key = bytes.fromhex(about["lookup_key"])
        self._folder = folder
        self._bits = Random(f"{name}/{seed}")
        self._push_timer = Timer(self, self._push)
        self._pull_timer = Timer(self, self._pull)
        hq.listeners.append(self._news)

    # ── the machine ────────────────────────────────────────────────────────────────────────────────────────

    def switch_on(self) -> None:
        """Start the program on the file as the power cut left it."""
        if self.on:
            return
        self.on = True
        self.clock = TrustedClock(WorldClock(self.world, self.world.mood.wall_error))
        self.new_id = id_maker(self.clock, self._bits.getrandbits)
        self.storage = RoomyStorage(self._folder, self.clock, self.new_id, on_changes=self._heard, ballast_bytes=0)
        self.storage.lookup_key = self._lookup_key
        self.engine = Engine(
            self.network(),
            partial(self._submit, self.life),
            lambda at, trip: self.clock.learn(at, round_trip=trip),
            monotonic=self.clock.monotonic,
        )
        self._backoff = {"push": Backoff(self._bits), "pull": Backoff(self._bits)}
        self._busy: set[str] = set()
        self._push_timer.after(0.1)
        self._pull_timer.after(0.1)
        self.at_start()

    def network(self) -> Network:
        """Return this life's way to HQ."""
        return Network(self.world, self.hq, self, self.life)

    def put_away(self) -> None:
        """Close the file at the end of the simulation."""
        if self.on:
            self.on = False
            self.storage.close()

    def cut_power(self, life: int) -> None:
        """Stop, with whatever was not committed lost; somebody switches the machine on again."""
        if not self.on or self.life != life:
            return
        self.world.note(self.name, "power cut")
        self.on = False
        self.life += 1
        self._push_timer.clear()
        self._pull_timer.clear()
        self.storage._conn.close()
        self.storage._mirror.close()
        self.world.after(self.world.luck.uniform(20, 900), self.switch_on)

    def cut_power_soon(self, probability: float) -> None:
        """Perhaps lose the power within a minute: this is where it would hurt most."""
        if self.world.chance(probability):
            self.world.after(self.world.luck.uniform(0, 60), partial(self.cut_power, self.life))

    def check_alive(self, life: int) -> None:
        """Raise `PowerCut` in what belongs to a life that is over."""
        if self.life != life or not self.on:
            raise PowerCut

    def _submit(self, life: int, usecase: Callable[[Work], T]) -> Future[T]:
        """Run a use-case, unless the power fails just before its commit or just after."""
        self.check_alive(life)
        if not self.world.chance(self.world.mood.power_cut):
            return self.storage.submit(usecase)
        if self.world.chance(0.5):
            self.storage.run(usecase)  # committed, but nobody hears of it, and no follow-up runs
        self.cut_power(life)
        raise PowerCut

    def do(self, usecase: Callable[..., T], *args: Any, **options: Any) -> T:
        """Run one of the counter's use-cases."""
        return self._submit(self.life, lambda work: usecase(work, *args, **options)).result()

    def look(self, usecase: Callable[..., T], *args: Any) -> T:
        """Look into the file from outside of the story."""
        return self.storage.submit(lambda work: usecase(work, *args)).result()

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the file from outside of the story."""
        rows: list[tuple[Any, ...]] = self.storage._conn.execute(query, values).fetchall()
        return rows

    # ── people at it ───────────────────────────────────────────────────────────────────────────────────────

    def start(self, process: Process) -> None:
        """Let somebody work at this terminal: the process yields the seconds it takes until its next step."""
        self._step(self.life, process)

    def _step(self, life: int, process: Process) -> None:
        if self.life != life or not self.on:
            process.close()
            return
        try:
            seconds = next(process)
        except (StopIteration, PowerCut):
            return
        self.world.after(seconds, partial(self._step, life, process))

    # ── sync ───────────────────────────────────────────────────────────────────────────────────────────────

    def _heard(self, changes: Changes) -> None:
        if changes.outbox:
            self._push_timer.after(0.05)

    def _news(self) -> None:
        if self.on and self.online:
            self._pull_timer.after(self.world.luck.uniform(0.02, 1.0))

    def _push(self) -> None:
        def step() -> float | None:
            pushed = self.engine.push_once()
            if pushed.held:
                return self._backoff["push"].failed()
            return 0.05 if pushed.more else None

        self._converse("push", step, self._push_timer)

    def _pull(self) -> None:
        def step() -> float | None:
            pulled = self.engine.pull_once()
            self.check_promises()
            return 0.05 if pulled.more else _IDLE_PULL

        self._converse("pull", step, self._pull_timer)

    def _converse(self, direction: str, step: Callable[[], float | None], timer: Timer) -> None:
        if direction in self._busy:
            timer.after(0.5)  # the one under way may have looked before there was something to send
            return
        life = self.life
        self._busy.add(direction)
        try:
            seconds = step()
            self._backoff[direction].succeeded()
        except Failure as failure:
            seconds = self._backoff[direction].failed(failure.retry_after)
            if isinstance(failure, Busy):
                timer.clear()
        except PowerCut:
            return
        if self.life == life:
            self._busy.discard(direction)
            if seconds is not None:
                timer.after(seconds)

    # ── promises that hold at every moment ─────────────────────────────────────────────────────────────────

    def check_promises(self) -> None:
        """Raise `Broken` when something is offered again that was handed over here and not taken back."""
        offered = self.sql(
            "SELECT o.number, o.status FROM redemptions r JOIN orders o ON o.number = r.order_number"
            " WHERE r.local AND r.revoked_at IS NULL AND o.status NOT IN ('completed', 'cancelled')"
        )
        if offered:
            raise Broken(f"{self.name} handed over and offers again: {offered}")
        revoked = {row[0] for row in self.sql("SELECT attempt_id FROM redemptions WHERE local AND revoked_at NOTNULL")}
        if revoked - self.world.goods.returned:
            raise Broken(f"{self.name} takes for returned what is not: {revoked - self.world.goods.returned}")

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is left to send, to fetch or to ask."""
        if not self.on or self._busy or not self.hq.up or self.storage.identity is None:
            return False
        head = self.hq.read(feed.heads)[self.storage.identity.store_id]
        return (
            not self.look(pending_events, 1) and not self.look(unfinished) and self.look(feed_position).cursor == head
        )
