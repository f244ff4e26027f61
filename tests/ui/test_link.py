"""The badge: one at a time, calm offline, loud only when a person must act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from sync.failures import Reason
from tests.core.till import NOON, TestClock
from ui.link import Link, badge, reason
from ui.words import Times, span


@pytest.fixture
def times(qapp: QApplication) -> Times:
    times = Times(TestClock())
    times.use_zone("Asia/Shanghai")
    return times


def test_offline_is_calm_and_says_since_when_and_how_old(times: Times) -> None:
    shown = badge(Link("offline", "unreachable", NOON - timedelta(minutes=5), NOON - timedelta(hours=3)), times)
    assert (shown.tone, shown.text) == ("calm", "Offline since 11:55 · data 3 h old")


def test_before_the_first_contact_there_is_no_age(times: Times) -> None:
    assert badge(Link("offline", "unreachable", NOON), times).text == "Offline since 12:00"


def test_only_what_a_person_must_mend_is_loud(times: Times) -> None:
    tones = {kind: badge(Link(kind, since=NOON), times).tone for kind in ("online", "offline", "attention")}
    assert tones == {"online": "yes", "offline": "calm", "attention": "wait"}


@pytest.mark.parametrize("why", Reason)
def test_every_reason_has_its_own_sentence(qapp: QApplication, why: Reason) -> None:
    assert reason(Link(reason=why.value))


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=-5), "under a minute"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(minutes=120), "2 h"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_unit(qapp: QApplication, length: timedelta, said: str) -> None:
    assert span(length) == said


def test_days_are_the_stores_days(times: Times) -> None:
    assert times.moment(NOON) == "12:00"
    assert times.moment(NOON + timedelta(hours=12)) == "tomorrow 00:00"
    assert times.moment(NOON + timedelta(days=30)) == "31 Aug 12:00"


def test_a_zone_that_this_machine_does_not_know_is_no_error(times: Times) -> None:
    times.use_zone("Mars/Olympus")
    assert times.hour(NOON)
