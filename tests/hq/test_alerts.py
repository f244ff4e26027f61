"""Alerts are told once, closed once, and with a reason."""

from __future__ import annotations

import pytest

from app.errors import Refused
from hq import alerts
from hq.alerts import Alert
from tests.hq.town import Town


def tell(town: Town, subject: str = "4711") -> bool:
    return town.office.write(lambda work: alerts.record(work, town.store.id, "shortage", subject, {"left": 1}, 4711))


def close(town: Town, alert_id: str, reason: str = "re-routed") -> Alert:
    return town.office.write(lambda work: alerts.close(work, town.store.id, alert_id, by="li", reason=reason))


def the_open(town: Town) -> list[Alert]:
    return town.office.read(alerts.open_ones)


def test_a_subject_is_told_once(town: Town) -> None:
    assert (tell(town), tell(town), tell(town, "4712")) == (True, False, True)
    assert town.office.read(alerts.count_open) == 2


def test_an_alert_keeps_its_facts(town: Town) -> None:
    tell(town)
    alert = the_open(town)[0]
    assert (alert.facts, alert.order_number, alert.store_id) == ({"left": 1}, 4711, town.store.id)


def test_a_closed_alert_says_who_and_why_and_stays_closed(town: Town) -> None:
    tell(town)
    closed = close(town, the_open(town)[0].id)
    assert (closed.closed_by, closed.reason, closed.closed_at) == ("li", "re-routed", town.clock.now())
    assert (tell(town), the_open(town)) == (False, [])
    assert town.office.read(alerts.closed_ones) == [closed]


def test_the_second_who_closes_is_told_who_was_first(town: Town) -> None:
    tell(town)
    alert_id = the_open(town)[0].id
    close(town, alert_id)
    with pytest.raises(Refused, match="li closed this alert already"):
        close(town, alert_id)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_a_reason_is_needed(town: Town, reason: str) -> None:
    tell(town)
    with pytest.raises(Refused, match="1 to 1000 characters"):
        close(town, the_open(town)[0].id, reason)


def test_another_stores_alert_cannot_be_closed(town: Town) -> None:
    tell(town)
    alert_id = the_open(town)[0].id
    other = town.open_store(102)
    with pytest.raises(Refused, match="no such alert"):
        town.office.write(lambda work: alerts.close(work, other.id, alert_id, by="li", reason="x"))


def test_hq_closes_an_alert_whose_cause_is_gone(town: Town) -> None:
    tell(town)
    town.office.write(lambda work: alerts.settle(work, town.store.id, "shortage", "4711", "The goods arrived."))
    assert the_open(town) == []
    assert town.office.read(alerts.closed_ones)[0].closed_by == "HQ"
