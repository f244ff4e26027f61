"""Whatever answers in HQ's place costs no event and no order: the engine over real HTTP on a real file."""

from __future__ import annotations

import pytest

from app.clock import TrustedClock
from app.domain.events import EventKind
from app.storage.work import Work
from app.usecases.feed import feed_position
from app.usecases.outbox import parked, pending_events
from sync.client import HqClient, Limits
from sync.engine import Engine
from sync.failures import Failure, TimedOut
from tests.core.till import Till, order
from tests.sync import faults
from tests.sync.faults import Caller, Serve
from tests.sync.test_client import FAULTS


def engine_at(till: Till, url: str, limits: Limits) -> Engine:
    trusted: TrustedClock = till.trusted
    client = HqClient(url, "token", limits=limits)
    return Engine(client, till.storage.submit, lambda at, trip: trusted.learn(at, round_trip=trip))


def write_three(work: Work) -> None:
    for shelf in "ABC":
        work.record(EventKind.PREPARED, 7, by="Wang", body={"shelf": shelf})


@pytest.mark.parametrize("script", FAULTS, ids=lambda script: script.__name__)
def test_a_fault_costs_neither_events_nor_orders(serve: Serve, till: Till, script: faults.Script) -> None:
    till(write_three)
    till.feed(order())
    before = till(pending_events, 10), till(feed_position), till.status(order().number)
    limits = Limits(read=0.2, total=0.4) if FAULTS[script] is TimedOut else Limits(size=1024 * 1024)
    engine = engine_at(till, serve(script).url, limits)
    for step in (engine.push_once, engine.pull_once, engine.run_once):
        with pytest.raises(FAULTS[script]):
            step()
    assert (till(pending_events, 10), till(feed_position), till.status(order().number)) == before
    assert till(parked) == ()


def test_the_same_engine_goes_on_when_hq_is_back(serve: Serve, till: Till) -> None:
    till(write_three)
    server = serve(faults.sign_in_page)
    engine = engine_at(till, server.url, Limits())
    with pytest.raises(Failure):
        engine.push_once()

    def takes_all(caller: Caller) -> None:
        results = [{"event_id": event.id, "outcome": "applied"} for event in till(pending_events, 10)]
        caller.answer_json(200, {**faults.ENVELOPE, "results": results})

    server.script = takes_all
    assert engine.push_once().settled == 3
    assert till(pending_events, 10) == ()
