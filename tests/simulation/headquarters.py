"""HQ as it is, on its real file, in a machine that stops at the worst moments."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from unittest import mock

from sqlalchemy import Connection

from hq import db
from hq.counters import feed, inbox, terminals
from hq.counters.terminals import Terminal
from hq.office import Office
from hq.settings import Settings
from hq.work import Work
from sync.failures import Unreachable
from sync.wire import FEED_PAGE, FeedPage, PushAnswer
from tests.simulation.world import World, WorldClock

T = TypeVar("T")
# A new engine would compile HQ's statements anew, at each start and each day; a closed one opens its file again.
_connect_again = cache(db.connect)


class _Aborted(Exception):
    """HQ's machine stopped before it committed."""


class Headquarters:
    """Serves terminals and the mall while it is up."""

    def __init__(self, world: World, folder: Path, seed: int) -> None:
        self.world = world
        self.up = True
        self.listeners: list[Callable[[], None]] = []
        self._folder = folder
        self._callers: dict[str, Terminal] = {}
        self._bits = Random(f"hq/{seed}")
        self.office = self._open()

    def _open(self) -> Office:
        settings = Settings(self._folder, "operator", f"sqlite:///{self._folder / 'hq.sqlite3'}")
        with mock.patch.object(db, "connect", _connect_again):
            office = Office.open(settings, WorldClock(self.world), self._bits.getrandbits)
        office.on_change = self._changed
        return office

    def _changed(self, stores: frozenset[str]) -> None:
        if stores:
            for listener in self.listeners:
                listener()

    def stop(self, seconds: float) -> None:
        """Switch HQ off for a while."""
        if not self.up:
            return
        self.world.note("hq", f"down for {seconds:.0f} s")
        self.up = False
        self.office.close()
        self.world.after(seconds, self.start)

    def start(self) -> None:
        """Switch HQ on again."""
        if not self.up:
            self.world.note("hq", "up")
            self.office = self._open()
            self.up = True

    def put_away(self) -> None:
        """Close the file at the end of the simulation."""
        if self.up:
            self.up = False
            self.office.close()

    def read(self, query: Callable[[Connection], T]) -> T:
        """Ask HQ's file."""
        self._check()
        return self.office.read(query)

    def write(self, usecase: Callable[[Work], T]) -> T:
        """Run one of HQ's use-cases; the machine may stop just before or just after the commit."""
        self._check()
        if self.world.chance(self.world.mood.power_cut / 4):
            return self._cut_short(usecase)
        return self.office.write(usecase)

    def push(self, token: str, raw: str) -> str:
        """Answer `POST /v1/terminal/events`."""
        events: list[dict[str, Any]] = json.loads(raw)["events"]
        caller = self._caller(token)
        results = self.write(lambda work: inbox.receive(work, caller, events))
        return PushAnswer(hq_time=self.office.now(), results=results).model_dump_json()

    def feed(self, token: str, cursor: int, generation: str) -> str:
        """Answer `GET /v1/terminal/feed`."""
        store_id = self._caller(token).store_id
        page = self.read(lambda conn: feed.page(conn, store_id, after=cursor, generation=generation, limit=FEED_PAGE))
        return page.json(self.office.now()).decode()

    def _caller(self, token: str) -> Terminal:
        if token not in self._callers:
            found = self.read(lambda conn: terminals.find_by_token(conn, token))
            assert found is not None
            self._callers[token] = found
        return self._callers[token]

    def _check(self) -> None:
        if not self.up:
            raise Unreachable("HQ is down")

    def _cut_short(self, usecase: Callable[[Work], T]) -> T:
        seconds = self.world.luck.uniform(2, 300)
        if self.world.chance(0.5):
            self.world.note("hq", "stops after a commit")
            self.office.write(usecase)
        else:
            self.world.note("hq", "stops before a commit")
            _abort(self.office, usecase)
        self.stop(seconds)
        raise Unreachable("HQ stopped")


def _abort(office: Office, usecase: Callable[[Work], object]) -> None:
    def doomed(work: Work) -> None:
        usecase(work)
        raise _Aborted

    try:
        office.write(doomed)
    except _Aborted:
        return


def read_page(text: str) -> FeedPage:
    """Read HQ's answer as the client does."""
    return FeedPage.model_validate_json(text)


def read_results(text: str) -> PushAnswer:
    """Read HQ's answer as the client does."""
    return PushAnswer.model_validate_json(text)
