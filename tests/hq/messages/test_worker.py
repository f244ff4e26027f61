"""The worker on a real database: order of channels, retries, crashes, quiet hours, consent, dead and revived."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from hq.messages import log, worker
from hq.messages.channels.local import Local
from hq.messages.channels.port import Channels, Outgoing, Refused, Retry, Sent
from hq.messages.kinds import GENTLE, Kind, Standing
from hq.messages.queue import LEASE
from hq.office import Office
from hq.problems import Rejection
from tests.conftest import ExpectLog
from tests.hq.messages.outbox import AGREES, Outbox, Told, raising
from tests.hq.town import Town

NIGHT = datetime(2026, 8, 1, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
MORNING = datetime(2026, 8, 2, 0, 0, tzinfo=UTC)


class PowerCut(BaseException):
    """The process ends here."""


def test_a_message_goes_through_the_first_channel(town: Town) -> None:
    mini, sms = Told("mini"), Told("sms")
    outbox = Outbox(town, mini, sms)
    outbox.post_one()
    assert outbox.run() == 1
    row = outbox.only()
    assert (row.status, row.channel, row.attempts, row.done_at) == ("sent", "mini", 1, town.clock.now())
    assert [(one.no, one.outcome, one.provider_ref, one.text) for one in outbox.tries()] == [
        (1, "sent", "ref-mini", "")
    ]
    assert (len(mini.given), len(sms.given), outbox.run()) == (1, 0, 0)


def test_the_local_channel_keeps_the_words_and_needs_no_consent(town: Town) -> None:
    outbox = Outbox(town, Local(), operators=[Local()])
    outbox.post(outbox.note(consents="", order_number=4711), outbox.note(Kind.INCIDENT_ALERT, audience="operators"))
    assert outbox.run() == 2
    rows = outbox.all()
    assert {row.status for row in rows} == {"sent"}
    said = [town.office.read(lambda conn, row=row: log.deliveries_of(conn, row.store_id, row.id)) for row in rows]  # type: ignore[misc]
    assert {each[0].title for each in said} == {"付款成功，等您来取", "异常：人民路店 #4821"}
    assert all(each[0].text for each in said)


def test_the_same_subject_is_one_message_also_within_a_batch(town: Town) -> None:
    outbox = Outbox(town, Told("sms"))
    outbox.post(outbox.note(dedup="4711:paid"), outbox.note(dedup="4711:paid"), outbox.note(dedup="4711:ready"))
    outbox.post(outbox.note(dedup="4711:paid"))
    assert sorted(row.dedup for row in outbox.all()) == ["4711:paid", "4711:ready"]
    outbox.post()
    assert outbox.run() == 2


def test_the_contact_is_the_orders_and_the_customers_of_the_moment(town: Town) -> None:
    sms = Told("sms")
    outbox = Outbox(town, sms)
    number = town.place().row.number
    outbox.post_one(order_number=number, customer_id=outbox.add_customer())
    outbox.post_one(customer_id="customer-1")
    outbox.run()
    first, second = sorted((given.contact for given in sms.given), key=lambda contact: contact.phone)
    assert (first.phone, first.openid, first.wecom_id) == ("13812345678", "openid-1", "wm-1")
    assert second.phone == "13900000000"
    assert not any(digits in row.facts for row in outbox.all() for digits in ("13812345678", "openid"))


def test_a_refusal_falls_over_at_once_and_the_log_says_why(town: Town) -> None:
    refuses = Told("mini", raising(Refused("43101 user refuse to accept the msg")))
    outbox = Outbox(town, refuses, Told("sms"))
    outbox.post_one()
    assert [outbox.run(), outbox.run(), outbox.run()] == [1, 1, 0]
    assert outbox.outcomes() == [("mini", "refused"), ("sms", "sent")]
    assert outbox.only().status == "sent"


def test_a_channel_in_trouble_is_tried_again_later_each_time_then_the_next(town: Town) -> None:
    outbox = Outbox(town, Told("mini", raising(Retry("HTTP 503"))), Told("sms"))
    outbox.post_one()
    waits = []
    while outbox.only().status == "queued":
        assert outbox.run() == 1
        waits.append(outbox.only().next_at - town.clock.now())
        town.clock.at = outbox.only().next_at
    assert outbox.outcomes() == [*[("mini", "retry")] * 4, ("sms", "sent")]
    assert timedelta(seconds=7) < waits[0] < waits[1] < waits[2] <= timedelta(seconds=60)


def test_a_provider_that_wants_a_long_pause_is_passed_over_while_another_is_left(town: Town) -> None:
    outbox = Outbox(town, Told("sms", raising(Retry("isv.BUSINESS_LIMIT_CONTROL", 3_600))), Told("wecom"))
    outbox.post_one()
    assert [outbox.run(), outbox.run()] == [1, 1]
    assert outbox.outcomes() == [("sms", "retry"), ("wecom", "sent")]


def test_the_last_channel_gets_the_pause_that_it_asks_for(town: Town) -> None:
    outbox = Outbox(town, Told("sms", raising(Retry("busy", 3_600))))
    outbox.post_one()
    outbox.run()
    assert outbox.only().next_at >= town.clock.now() + timedelta(hours=1)


def test_a_message_that_no_channel_takes_is_dead_with_the_reasons(town: Town) -> None:
    outbox = Outbox(town, Told("mini", raising(Refused("47003"))), Told("sms", raising(Retry("13812345678 busy"))))
    outbox.post_one()
    row = outbox.run_until_done()
    assert (row.status, row.error) == ("dead", "mini: 47003; sms: … busy")
    assert outbox.outcomes() == [("mini", "refused"), *[("sms", "retry")] * 18]


def test_a_dead_message_is_revived_with_all_its_channels(town: Town) -> None:
    mini = Told("mini", raising(Refused("47003")))
    outbox = Outbox(town, mini)
    outbox.post_one()
    row = outbox.run_until_done()
    mini.does = lambda outgoing: Sent("later")
    town.office.write(lambda work: log.revive(work, row.store_id, row.id))
    outbox.run()
    assert outbox.only().status == "sent"
    assert [(each.no, each.outcome) for each in outbox.tries()] == [(1, "refused"), (2, "sent")]


def test_only_what_is_dead_or_skipped_is_revived(town: Town) -> None:
    outbox = Outbox(town, Told("sms"))
    row = outbox.post_one()
    with pytest.raises(Rejection, match="given up or skipped"):
        town.office.write(lambda work: log.revive(work, row.store_id, row.id))
    with pytest.raises(Rejection, match="no such message"):
        town.office.write(lambda work: log.revive(work, "another store", row.id))


@pytest.mark.parametrize(
    ("kind", "consents", "now_agreed", "channel"),
    [
        (Kind.PAID, AGREES, "", "mini"),
        (Kind.CANCELLED, AGREES, "", "sms"),
        (Kind.PAID, '{"sms": true}', "", "sms"),
        (Kind.PAID, '{"mini": true, "wecom": true}', "", "wecom"),
        (Kind.PAID, AGREES, '{"sms": false}', "mini"),
        (Kind.CANCELLED, AGREES, '{"sms": false}', "wecom"),
        (Kind.PAID, '{"sms": "yes", "mini": {"paid": 1}}', "", ""),
        (Kind.PAID, "", "", ""),
        (Kind.PAID, "{broken", "", ""),
    ],
)
def test_a_message_goes_only_where_the_customer_agreed(
    town: Town, kind: Kind, consents: str, now_agreed: str, channel: str
) -> None:
    outbox = Outbox(town, Told("mini"), Told("sms"), Told("wecom"))
    outbox.post_one(kind, consents=consents, customer_id=outbox.add_customer(consents=now_agreed))
    outbox.run()
    row = outbox.only()
    assert (row.status, row.channel) == ("sent" if channel else "skipped", channel)


def test_a_message_without_consent_or_contact_is_skipped_with_the_reasons(town: Town) -> None:
    outbox = Outbox(town, Told("mini"), Told("sms", obstacle="no mobile number"))
    outbox.post_one(consents='{"sms": true}')
    outbox.run()
    row = outbox.only()
    assert (row.status, row.error, row.attempts) == ("skipped", "mini: no consent; sms: no mobile number", 0)
    assert outbox.tries() == []


@pytest.mark.parametrize("kind", sorted(set(Kind)))
def test_at_night_only_what_is_urgent_is_sent(town: Town, kind: Kind) -> None:
    town.clock.at = NIGHT
    outbox = Outbox(town, Told("sms"), operators=[Told("operators")])
    outbox.post_one(kind, audience="operators" if kind.endswith("_alert") else "customer")
    outbox.run()
    row = outbox.only()
    if kind in GENTLE:
        assert (row.status, row.next_at, row.attempts) == ("queued", MORNING, 0)
        town.clock.at = MORNING
        outbox.run()
    assert outbox.only().status == "sent"


def test_operators_get_theirs_through_their_own_channel(town: Town) -> None:
    sms, robot = Told("sms"), Told("operators")
    outbox = Outbox(town, sms, operators=[robot])
    outbox.post_one(Kind.PAYMENT_ALERT, audience="operators", consents="")
    outbox.run()
    assert (len(sms.given), len(robot.given), outbox.only().channel) == (0, 1, "operators")


def test_a_crash_while_sending_is_made_up_for_when_the_lease_is_over(town: Town) -> None:
    sms = Told("sms", raising(PowerCut()))
    outbox = Outbox(town, sms)
    outbox.post_one()
    with pytest.raises(PowerCut):
        outbox.run()
    assert (outbox.only().status, outbox.run()) == ("sending", 0)
    sms.does = lambda outgoing: Sent("second")
    town.clock.at += LEASE
    assert outbox.run() == 1
    assert [(each.no, each.provider_ref) for each in outbox.tries()] == [(2, "second")]


def test_a_worker_that_comes_back_late_changes_nothing_but_tells_of_its_try(town: Town) -> None:
    sms = Told("sms")
    outbox = Outbox(town, sms)

    def late(_outgoing: Outgoing) -> Sent:
        town.clock.at += LEASE
        sms.does = lambda outgoing: Sent("in time")
        assert outbox.run() == 1
        raise Refused("too late to matter")

    sms.does = late
    outbox.post_one()
    outbox.run()
    assert outbox.only().status == "sent"
    assert [(each.no, each.outcome) for each in outbox.tries()] == [(1, "refused"), (2, "sent")]


def test_a_message_that_ends_its_worker_each_time_is_given_up(town: Town) -> None:
    outbox = Outbox(town, Told("sms", raising(PowerCut())))
    outbox.post_one()
    for _ in range(100):
        with pytest.raises(PowerCut):
            outbox.run()
        town.clock.at += LEASE
    outbox.run()
    assert (outbox.only().status, outbox.only().error) == ("dead", "given up after 100 attempts")


def test_a_mistake_in_a_channel_is_logged_and_costs_the_others_nothing(town: Town, expect_log: ExpectLog) -> None:
    expect_log("the channel mini failed on message")
    outbox = Outbox(town, Told("mini", raising(ZeroDivisionError())), Told("sms"))
    outbox.post(outbox.note(), outbox.note(consents='{"sms": true}'))
    assert outbox.run() == 2
    assert sorted(row.status for row in outbox.all()) == ["queued", "sent"]


def test_a_kind_of_another_release_is_dead_and_visible(town: Town, expect_log: ExpectLog) -> None:
    expect_log("cannot be put into words")
    outbox = Outbox(town, Told("sms"))
    row = outbox.post_one()
    town.office.write(lambda work: work.conn.exec_driver_sql("UPDATE messages SET kind = 'birthday'"))
    outbox.run()
    assert outbox.only().status == "dead"
    assert "birthday" in outbox.only().error
    assert row.id == outbox.only().id


def test_a_channel_that_is_no_longer_configured_is_planned_around(town: Town) -> None:
    outbox = Outbox(town, Told("sms", raising(Retry("busy"))), Told("wecom"))
    outbox.post_one()
    outbox.run()
    outbox.channels = Channels((Told("wecom"),), ())
    town.clock.pass_time(hours=1)
    outbox.run()
    assert outbox.only().channel == "wecom"


def test_nothing_is_written_while_a_provider_is_waited_for(town: Town) -> None:
    outbox = Outbox(town, Told("sms"))

    def writes_meanwhile(_outgoing: Outgoing) -> Sent:
        # With a transaction open this would wait for ever: there is one writer.
        town.open_store(103)
        return Sent("ok")

    outbox.channels = Channels((Told("sms", writes_meanwhile),), ())
    outbox.post_one()
    assert outbox.run() == 1


def everyone_is_told_once(offices: list[Office], outbox: Outbox) -> None:
    """Let a worker per office loop over the same outbox at the same time; each message must go out once."""
    outbox.post(*(outbox.note() for _ in range(60)))
    sms = Told("sms")
    begin = threading.Barrier(len(offices))

    def work_off(office: Office) -> int:
        begin.wait()
        return sum(iter(lambda: worker.run_once(office, Channels((sms,), ()), most=4, threads=2), 0))

    with ThreadPoolExecutor(len(offices)) as pool:
        handled = list(pool.map(work_off, offices))
    assert sum(handled) == 60
    assert set(sms.times.values()) == {1}
    assert len(sms.times) == 60
    assert {row.status for row in outbox.all()} == {"sent"}


def test_workers_at_the_same_time_tell_everyone_once(town: Town) -> None:
    everyone_is_told_once([town.office] * 3, Outbox(town))


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (lambda store_id: log.Filter(), 3),
        (lambda store_id: log.Filter(store_id=store_id), 3),
        (lambda store_id: log.Filter(status=Standing.SENT), 3),
        (lambda store_id: log.Filter(status=Standing.DEAD), 0),
        (lambda store_id: log.Filter(kind=Kind.READY), 1),
        (lambda store_id: log.Filter(order_number=4711), 2),
        (lambda store_id: log.Filter(store_id="another"), 0),
    ],
)
def test_the_log_shows_what_is_asked_for(town: Town, only: Callable[[str], log.Filter], found: int) -> None:
    outbox = Outbox(town, Local(), operators=[Local()])
    outbox.post(outbox.note(order_number=4711), outbox.note(Kind.READY, order_number=4711), outbox.note(Kind.THANKS))
    outbox.run()
    assert len(town.office.read(lambda conn: log.page(conn, only(town.store.id)))) == found


def test_the_log_turns_its_pages_from_the_newest(town: Town) -> None:
    outbox = Outbox(town, Local())
    for _ in range(5):
        outbox.post_one()
        town.clock.pass_time(seconds=1)
    first = town.office.read(lambda conn: log.page(conn, log.Filter(), limit=3))
    rest = town.office.read(lambda conn: log.page(conn, log.Filter(), before=first[-1].id, limit=3))
    times = [row.created_at for row in (*first, *rest)]
    assert (len(first), len(rest)) == (3, 2)
    assert times == sorted(times, reverse=True)
    assert town.office.read(log.counts) == {**dict.fromkeys(Standing, 0), Standing.QUEUED: 5}


def test_the_words_of_what_was_sent_long_ago_are_forgotten(town: Town) -> None:
    outbox = Outbox(town, Local())
    outbox.post_one()
    outbox.run()
    for before, forgotten in ((town.clock.now(), 0), (town.clock.now() + timedelta(days=1), 1)):
        assert town.office.write(lambda work, before=before: log.forget(work, before)) == forgotten  # type: ignore[misc]
    row, (tried,) = outbox.only(), outbox.tries()
    assert (row.status, row.facts, tried.outcome, tried.text) == ("sent", "{}", "sent", "")


def test_what_was_not_sent_keeps_its_words(town: Town) -> None:
    outbox = Outbox(town, Told("sms", raising(Refused("no"))))
    outbox.post_one()
    row = outbox.run_until_done()
    assert town.office.write(lambda work: log.forget(work, town.clock.now() + timedelta(days=1))) == 0
    assert outbox.only().facts == row.facts


def test_a_plan_is_json_that_the_console_can_show(town: Town) -> None:
    outbox = Outbox(town, Told("mini", raising(Refused("43101"))), Told("sms"))
    outbox.post_one()
    outbox.run()
    told = json.loads(outbox.only().plan)
    assert (told["left"], told["failed"], told["tries"]) == (["sms"], ["mini: 43101"], 0)
