"""The overview counts what is today's, in the states that people see."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from app.domain.events import EventKind
from app.domain.order import Status
from hq import alerts
from hq.counters.contacts import Contacts
from hq.reports import overview
from hq.reports.overview import Overview
from tests.hq.server import Teller
from tests.hq.town import Town

SHANGHAI = ZoneInfo("Asia/Shanghai")


def look(town: Town) -> Overview:
    heard, now = Contacts(town.clock), town.clock.now()
    return town.office.read(lambda conn: overview.look(conn, heard, now, SHANGHAI))


def test_todays_orders_are_counted_by_the_state_that_people_see(town: Town) -> None:
    later = town.clock.now() + timedelta(hours=2)
    open_now, waits = town.place().row.number, town.place(opens=later, closes=later + timedelta(hours=1)).row.number
    town.cancel(town.place().row.number)
    town.place(opens=later + timedelta(days=1), closes=later + timedelta(days=1, hours=1))
    teller = Teller(now=town.clock.now)
    town.push(town.lead, *(teller.tell(EventKind.PREPARED, number, shelf="A") for number in (open_now, waits)))
    assert look(town).by_state == ((Status.PREPARED, 1), (Status.AWAITING_PICKUP, 1), (Status.CANCELLED, 1))


def test_what_waits_for_somebody_is_counted(town: Town) -> None:
    town.open_store(102, active=False)
    town.enrol()
    town.office.write(lambda work: alerts.record(work, town.store.id, "shortage", "4711", {}))
    found = look(town)
    assert (found.stores, found.terminals, found.open_alerts, found.open_incidents) == (1, 1, 1, 0)
