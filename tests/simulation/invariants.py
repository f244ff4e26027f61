"""What must be true when the day is over and the network has healed."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from app.usecases.outbox import parked, pending_events
from hq.counters import feed, incidents
from hq.schema import inbox, orders, quarantine, redemptions
from hq.schema import incidents as incident_table
from tests.simulation.headquarters import Headquarters
from tests.simulation.terminal import Terminal
from tests.simulation.world import Broken, Goods

_COLLISIONS = {"handed_over_twice", "handed_over_after_cancellation"}
_WITHDRAWN_BY = "HQ"


def check(hq: Headquarters, terminals: tuple[Terminal, ...], goods: Goods) -> None:
    """Raise `Broken` for the first promise that was not kept."""
    _drained_once(hq, terminals)
    _nothing_lost(hq, goods)
    _told_the_same(hq, terminals)
    _collisions_known(hq, goods)
    _incidents_shown(hq, terminals)


def _drained_once(hq: Headquarters, terminals: tuple[Terminal, ...]) -> None:
    """Every event of a terminal is at HQ exactly once, in an unbroken chain, and nothing waits."""
    arrived = hq.read(lambda conn: _rows(conn, select(inbox.c.event_id, inbox.c.hash)))
    made = [row for terminal in terminals for row in terminal.sql("SELECT id, hash FROM events")]
    _expect(Counter(arrived) == Counter(made), f"HQ has {len(arrived)} events, the terminals made {len(made)}")
    for terminal in terminals:
        _expect(not terminal.look(pending_events, 1), f"{terminal.name} still has something to send")
        _expect(not terminal.look(parked), f"{terminal.name} parked {terminal.look(parked)}")
    _expect(not hq.read(lambda conn: _rows(conn, select(quarantine.c.reason))), "HQ quarantined an event")


def _nothing_lost(hq: Headquarters, goods: Goods) -> None:
    """Compare what HQ knows as handed over with what really left the store, and what came back."""
    known = hq.read(lambda conn: _rows(conn, select(redemptions.c.attempt_id, redemptions.c.standing)))
    left = {attempt for attempt, _ in known}
    _expect(left == goods.gives.keys(), f"at HQ but not given, or given but not at HQ: {left ^ goods.gives.keys()}")
    revoked = {attempt for attempt, standing in known if standing == "revoked"}
    _expect(revoked == goods.returned, f"revoked and returned differ: {revoked ^ goods.returned}")


def _told_the_same(hq: Headquarters, terminals: tuple[Terminal, ...]) -> None:
    """Each order is the same at HQ and at every terminal."""
    columns = (orders.c.number, orders.c.version, orders.c.status, orders.c.issue, orders.c.opens, orders.c.length)
    told = hq.read(lambda conn: _rows(conn, select(*columns, orders.c.cancel_requested).order_by(orders.c.number)))
    for terminal in terminals:
        kept = terminal.sql(
            "SELECT number, version, status, issue, opens, length, cancel_requested FROM orders ORDER BY number"
        )
        differ = set(told) ^ set(kept)
        _expect(not differ, f"HQ and {terminal.name} differ: {sorted(differ)[:4]}")
    _redemptions_the_same(hq, terminals)


def _redemptions_the_same(hq: Headquarters, terminals: tuple[Terminal, ...]) -> None:
    standing = dict(hq.read(lambda conn: _rows(conn, select(redemptions.c.attempt_id, redemptions.c.standing))))
    for terminal in terminals:
        kept = dict(terminal.sql("SELECT attempt_id, revoked_at NOTNULL FROM redemptions WHERE local"))
        differ = [attempt for attempt, revoked in kept.items() if (standing[attempt] == "revoked") != bool(revoked)]
        _expect(not differ, f"HQ and {terminal.name} differ about {differ}")


def _collisions_known(hq: Headquarters, goods: Goods) -> None:
    """Every collision, and nothing else, is an incident."""
    found = hq.read(lambda conn: [each for store_id in feed.heads(conn) for each in incidents.of_store(conn, store_id)])
    known = {(each.incident.value, each.facts.get("attempt_id")) for each in found if each.closed_by != _WITHDRAWN_BY}
    standing = hq.read(lambda conn: _rows(conn, select(redemptions.c.attempt_id, redemptions.c.standing)))
    status = dict(hq.read(lambda conn: _rows(conn, select(orders.c.number, orders.c.status))))
    for number in {give.order_number for give in goods.gives.values()}:
        outside = {give.attempt_id for give in goods.outside(number)}
        about = {attempt for kind, attempt in known if kind in _COLLISIONS} & outside
        expected = len(outside) if status[number] == "cancelled" else len(outside) - 1
        _expect(len(about) >= expected, f"order {number}: {len(outside)} outside, incidents about {about}")
    for attempt, state in standing:
        if state == "twice":
            _expect(("handed_over_twice", attempt) in known, f"{attempt} collided and there is no incident")
    for give in goods.gives.values():
        wanted = ("unguarded_hand_over", give.attempt_id)
        _expect((wanted in known) == give.unguarded, f"unguarded or not: {give}")
    kinds = {kind for kind, _ in known}
    _expect(kinds <= _COLLISIONS | {"unguarded_hand_over"}, f"HQ found {kinds}")


def _incidents_shown(hq: Headquarters, terminals: tuple[Terminal, ...]) -> None:
    """Every terminal shows the incidents that are open at HQ."""
    query = select(incident_table.c.id).where(incident_table.c.closed_at.is_(None))
    wanted = set(hq.read(lambda conn: _rows(conn, query)))
    for terminal in terminals:
        shown = set(terminal.sql("SELECT id FROM incidents WHERE closed_at IS NULL"))
        _expect(shown == wanted, f"{terminal.name} shows other incidents than HQ: {shown ^ wanted}")


def state_of(hq: Headquarters, terminals: tuple[Terminal, ...]) -> str:
    """Return everything that matters about the end, to compare two runs by."""
    parts: list[Any] = hq.read(lambda conn: [_rows(conn, select(table)) for table in (orders, inbox, incident_table)])
    for terminal in terminals:
        parts += [terminal.sql(f"SELECT * FROM {name}") for name in ("orders", "events", "claims", "redemptions")]
    return json.dumps(parts, default=str)


def _rows(conn: Connection, query: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in conn.execute(query)]


def _expect(kept: bool, story: str) -> None:
    if not kept:
        raise Broken(story)
