"""HQ knows which stores it does not hear any more."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.domain.events import EventKind
from app.errors import StorageFault
from hq import stores
from hq.app import create_app
from hq.counters import contacts, terminals
from hq.counters.contacts import Contacts, Seen
from hq.counters.terminals import Terminal
from hq.office import Office
from tests.hq.server import Counter, Mall, Running, Teller, in_thread, settings_in
from tests.hq.town import Town


def silent(town: Town, heard: Contacts) -> list[int]:
    return [
        each.number for each in town.office.read(lambda conn: contacts.silent_stores(conn, heard, town.clock.now()))
    ]


def test_a_store_is_silent_when_none_of_its_terminals_was_heard_for_five_minutes(town: Town) -> None:
    one, other = town.enrol(name="one"), town.enrol(name="other")
    heard = Contacts(town.clock)
    for _ in range(3):
        town.clock.pass_time(minutes=4)
        heard.hear(one.id)
        assert silent(town, heard) == []
    town.clock.pass_time(minutes=6)
    assert silent(town, heard) == [101]
    heard.hear(other.id)
    assert silent(town, heard) == []


def test_after_a_start_stores_are_given_time_to_call(town: Town) -> None:
    town.enrol()
    heard = Contacts(town.clock)
    assert silent(town, heard) == []
    town.clock.pass_time(minutes=6)
    assert silent(town, heard) == [101]


def test_a_store_without_a_terminal_is_not_missed(town: Town) -> None:
    heard = Contacts(town.clock)
    town.clock.pass_time(minutes=6)
    assert silent(town, heard) == []


def test_after_a_restart_a_terminals_age_is_known_from_what_it_sent(town: Town) -> None:
    order = town.place().row
    lead: Terminal = town.lead
    town.push(lead, Teller(now=town.clock.now).tell(EventKind.PREPARED, order.number))
    sent = town.clock.now()
    town.clock.pass_time(minutes=9)
    found = town.office.read(lambda conn: contacts.of_store(conn, town.store.id, Contacts(town.clock)))
    assert found == {lead.id: sent}


def test_other_processes_know_of_a_call_from_the_database(town: Town) -> None:
    one, called = town.enrol(), town.clock.now()
    town.office.write(Seen(one.store_id, one.id, called))
    town.clock.pass_time(minutes=3)
    elsewhere = Contacts(town.clock)
    assert town.office.read(lambda conn: contacts.of_store(conn, town.store.id, elsewhere)) == {one.id: called}
    town.office.write(Seen(one.store_id, one.id, called - timedelta(minutes=1)))
    assert town.office.read(lambda conn: contacts.of_store(conn, town.store.id, elsewhere)) == {one.id: called}


def test_calls_of_many_terminals_are_written_together(town: Town) -> None:
    them = [town.enrol(name=str(at)) for at in range(3)]
    now = town.clock.now()
    done = town.office.write_together([Seen(each.store_id, each.id, now) for each in them])
    assert [each.error for each in done] == [None] * 3
    found = town.office.read(lambda conn: contacts.of_store(conn, town.store.id, Contacts(town.clock)))
    assert set(found) == {each.id for each in them}


def test_a_call_is_written_down_once_a_minute_and_nobody_waits_for_it(town: Town) -> None:
    one, heard = town.enrol(), Contacts(town.clock)
    written: list[Seen] = []

    async def write(seen: Seen) -> None:
        written.append(seen)

    async def calls() -> None:
        for _ in range(3):
            heard.note(one, write)
            assert written == [] or len(written) == 1
        await heard.settle()
        town.clock.pass_time(minutes=1)
        heard.note(one, write)
        await heard.settle()

    asyncio.run(calls())
    assert [seen.terminal_id for seen in written] == [one.id] * 2


def test_a_call_that_cannot_be_written_down_is_logged(town: Town, expect_log: Any) -> None:
    expect_log("was not written down: no room")
    one, heard = town.enrol(), Contacts(town.clock)

    async def write(_seen: Seen) -> None:
        raise StorageFault("no room")

    async def call() -> None:
        heard.note(one, write)
        await heard.settle()

    asyncio.run(call())
    assert one.id in heard.heard


def test_each_call_of_a_terminal_is_heard(hq: Running, mall: Mall, counter: Counter) -> None:
    assert counter.pull().rows
    assert hq.operator.get(f"/v1/stores/{mall.store}/terminals").is_success


def test_a_poll_is_written_down(tmp_path: Path) -> None:
    with in_thread(create_app(settings_in(tmp_path))) as client:
        mall = Mall(client)
        mall.open_store()
        mall.enrol().pull()
        mall.close()
    office = Office.open(settings_in(tmp_path))
    (found,) = office.read(lambda conn: terminals.of_store(conn, stores.get(conn, mall.store).id))
    office.close()
    assert found.seen_at
