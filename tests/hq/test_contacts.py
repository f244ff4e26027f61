"""HQ knows which stores it does not hear any more."""

from __future__ import annotations

from app.domain.events import EventKind
from hq import contacts
from hq.contacts import Contacts
from hq.terminals import Terminal
from tests.hq.server import Counter, Mall, Running, Teller
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


def test_each_call_of_a_terminal_is_heard(hq: Running, mall: Mall, counter: Counter) -> None:
    assert counter.pull().rows
    assert hq.operator.get(f"/v1/stores/{mall.store}/terminals").is_success
