"""A terminal on a real file, an engine on it, and servers that misbehave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sync.engine import Engine
from tests.core.till import STORE, Till
from tests.sync.faults import FaultServer, Script, Serve
from tests.sync.hq_double import ScriptedHq


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that starts a server which answers by a script."""
    servers: list[FaultServer] = []

    def start(script: Script, **options: Any) -> FaultServer:
        servers.append(FaultServer(script, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Open a terminal that leads store 7 and has its feed up to the store's profile."""
    made = Till(tmp_path)
    made.enrol()
    made.feed(STORE)
    yield made
    made.storage.close()


@pytest.fixture
def hq() -> ScriptedHq:
    """Return an HQ that takes every event and has no news."""
    return ScriptedHq()


@pytest.fixture
def learnt() -> list[tuple[datetime, float]]:
    """Return the list of what was learnt of HQ's time."""
    return []


@pytest.fixture
def engine(till: Till, hq: ScriptedHq, learnt: list[tuple[datetime, float]]) -> Engine:
    """Join the two."""
    return Engine(hq, till.storage.submit, lambda at, trip: learnt.append((at, trip)), monotonic=till.clock.monotonic)
