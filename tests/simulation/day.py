"""One simulated day from a seed: begin, live, heal, compare."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.simulation import invariants
from tests.simulation.headquarters import Headquarters
from tests.simulation.morning import HQ_FOLDER, LEAD, OTHER, morning, new_folder
from tests.simulation.people import Day
from tests.simulation.terminal import Terminal
from tests.simulation.world import CALM, DAY, Broken, World

ORDERS = 8
_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Report:
    """How a day went: its trace's and its end's hash, and the promise that was broken, if any."""

    seed: int
    digest: str
    lines: tuple[str, ...]
    broken: str = ""


def run(seed: int, orders: int = ORDERS) -> Report:
    """Live one day; every difference between two days comes from the seed."""
    folder = _place() / "day"
    shutil.copytree(morning(), folder)
    world = World(seed)
    hq = Headquarters(world, folder / HQ_FOLDER, seed)
    terminals = Terminal(world, hq, folder / LEAD, LEAD, seed), Terminal(world, hq, folder / OTHER, OTHER, seed)
    try:
        return _live(world, hq, terminals, seed, orders)
    finally:
        for terminal in terminals:
            terminal.put_away()
        hq.put_away()
        shutil.rmtree(folder)


@cache
def _place() -> Path:
    return new_folder()


def _live(world: World, hq: Headquarters, terminals: tuple[Terminal, Terminal], seed: int, orders: int) -> Report:
    broken, end = "", ""
    try:
        Day(world, hq, terminals).begin(orders)
        world.pass_time(DAY)
        _heal(world, hq, terminals)
        invariants.check(hq, terminals, world.goods)
        end = invariants.state_of(hq, terminals)
    except Broken as promise:
        broken = str(promise)
        world.note("BROKEN", broken)
    digest = hashlib.sha256((world.digest + end).encode()).hexdigest()
    return Report(seed, digest, tuple(world.lines), broken)


def _heal(world: World, hq: Headquarters, terminals: tuple[Terminal, ...]) -> None:
    """Let faults end and everything that is under way arrive."""
    world.note("world", "heals")
    world.mood = CALM
    hq.start()
    for terminal in terminals:
        terminal.online = True
        terminal.switch_on()
    for _ in range(_ROUNDS):
        world.pass_time(60)
        if not world.under_way and all(terminal.is_quiet for terminal in terminals):
            return
    raise Broken("the day never ends: " + ", ".join(f"{each.name} {each.is_quiet}" for each in terminals))
