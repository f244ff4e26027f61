"""The way between a terminal and HQ, which loses, repeats, delays and overtakes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from app.domain.events import Event
from sync.failures import Busy, CaptivePortal, Failure, RefusedByHq, ServerTrouble, TimedOut, Unreachable
from sync.wire import FeedPage, Problem, PushAnswer, PushRequest, WireEvent
from tests.simulation.headquarters import Headquarters, read_page, read_results
from tests.simulation.world import World

# What may go wrong before HQ has the request, and after.
_BEFORE = ("lost", "late", "portal", "500", "busy", "refused")
_AFTER = ("lost answer", "twice", "slow", "500 after", "half a body")
# A page that is under way while the counter goes on is what a feed must fear most.
_IN_THE_FEED = ("lost", "portal", "500", "busy", "refused", "half a body", *["slow"] * 8)
_PATIENCE = 10.0


class Owner(Protocol):
    """The machine that asks: it may be switched off, or its cable pulled, while the answer is under way."""

    name: str
    token: str
    online: bool

    def check_alive(self, life: int) -> None:
        """Raise `PowerCut` when the machine was switched off since."""
        ...


class Network:
    """A `sync.engine.Transport` for one life of one terminal."""

    def __init__(self, world: World, hq: Headquarters, owner: Owner, life: int) -> None:
        self._world = world
        self._hq = hq
        self._owner = owner
        self._life = life

    def push(self, events: Sequence[Event]) -> PushAnswer:
        """Carry a batch up and the outcomes down."""
        request = PushRequest(events=tuple(WireEvent.of(event).model_dump(mode="json") for event in events))
        seqs = ",".join(str(event.seq) for event in events)
        ask = partial(self._push, request.model_dump_json())
        return read_results(self._exchange(f"push {seqs}", ask, _BEFORE + _AFTER))

    def feed(self, cursor: int, generation: str, wait: int = 0) -> FeedPage:
        """Carry a question up and a page down."""
        ask = partial(self._hq.feed, self._owner.token, cursor, generation)
        return read_page(self._exchange(f"pull {cursor}", ask, _IN_THE_FEED))

    def _push(self, request: str) -> str:
        return self._hq.push(self._owner.token, request)

    def _exchange(self, what: str, ask: Callable[[], str], faults: Sequence[str]) -> str:
        faulty = self._world.chance(self._world.mood.message_fault)
        fault = self._world.luck.choice(faults) if faulty else ""
        try:
            answer = self._carry(fault, ask)
        except Failure as failure:
            self._world.note(self._owner.name, f"{what} → {type(failure).__name__} ({fault or 'no fault'})")
            raise
        self._world.note(self._owner.name, f"{what} → answered {fault}")
        return answer

    def _carry(self, fault: str, ask: Callable[[], str]) -> str:
        self._travel(0.02, 0.3)
        if not self._owner.online:
            raise Unreachable("no cable")
        if fault in _BEFORE:
            self._fail_before(fault, ask)
        answer = ask()
        if fault in _AFTER:
            self._fail_after(fault, ask)
        self._travel(0.02, 0.3)
        if not self._owner.online:
            raise TimedOut("the cable was pulled")
        return answer

    def _fail_before(self, fault: str, ask: Callable[[], str]) -> None:
        match fault:
            case "portal":
                raise CaptivePortal("sign in first")
            case "500":
                raise ServerTrouble("HTTP 500", status=500)
            case "busy":
                raise Busy("later", retry_after=self._world.luck.uniform(1, 20))
            case "refused":
                raise RefusedByHq(Problem(code="not_found", title="Not Found", status=404), status=404)
            case "late":
                self._deliver_later(ask, 15.0, 900.0)
            case _:
                pass  # lost
        self._travel(_PATIENCE, _PATIENCE)
        raise TimedOut("no answer")

    def _fail_after(self, fault: str, ask: Callable[[], str]) -> None:
        match fault:
            case "twice":
                self._deliver_later(ask, 0.01, 300.0)
            case "slow":
                self._travel(1.0, 4 * _PATIENCE)
            case "lost answer":
                self._travel(_PATIENCE, _PATIENCE)
                raise TimedOut("no answer")
            case "500 after":
                raise ServerTrouble("HTTP 500", status=500)
            case "half a body":
                raise ServerTrouble("broke off", status=200)
            case _:
                raise NotImplementedError(fault)

    def _deliver_later(self, ask: Callable[[], str], least: float, most: float) -> None:
        self._world.under_way += 1

        def arrive() -> None:
            self._world.under_way -= 1
            # Nobody waits for this answer any more; a request that finds HQ down is gone.
            with contextlib.suppress(Unreachable):
                ask()
                self._world.note("network", f"{self._owner.name}'s request arrived late")

        self._world.after(self._world.luck.uniform(least, most), arrive)

    def _travel(self, least: float, most: float) -> None:
        self._world.pass_time(self._world.luck.uniform(least, most))
        self._owner.check_alive(self._life)
