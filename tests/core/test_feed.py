"""What HQ tells and what the store knows are joined without a loser, in any order of arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.order import Line, Redemption, Status
from app.domain.records import FeedBatch, IncidentRecord, OrderRecord, Settled
from app.domain.verdict import Kind
from app.usecases.board import arrived, due_reminders, see_reminders, tasks
from app.usecases.check import check_text
from app.usecases.feed import apply_feed, feed_position, reset_feed
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over
from app.usecases.incidents import close_incident, open_incidents
from app.usecases.outbox import parked, pending_events, retry_parked, settle
from app.usecases.prepare import mark_prepared, start_preparing, undo_preparation
from tests.core.till import NOON, STORE, Till, order


def finish(till: Till, made: OrderRecord) -> None:
    till(grant, GrantRequest("attempt-1", made.number, "Li", text=till.code(made)))
    till(hand_over, "attempt-1", by="Li")


def ack_all(till: Till, version: int) -> None:
    events = till(pending_events, 100)
    till(settle, [Settled(event.id, "applied", "", version) for event in events])


def kind(till: Till, made: OrderRecord) -> Kind:
    return till(check_text, till.code(made), by="Li", source="camera").verdict.kind


def test_rows_and_cursor_are_one_transaction(till: Till) -> None:
    before = till(feed_position)
    till.feed(order(5), order(6))
    assert till(feed_position).cursor == before.cursor + 2
    assert till.sql("SELECT count(*) FROM orders") == [(2,)]


def test_batch_of_another_history_changes_nothing(till: Till) -> None:
    till(apply_feed, FeedBatch("another", 99, 99, (order(5),)))
    assert till.sql("SELECT count(*) FROM orders") == [(0,)]


def test_older_version_of_an_order_is_ignored(till: Till) -> None:
    till.feed(order(5, version=3, note="new"))
    till.feed(order(5, version=2, note="old"))
    assert till.sql("SELECT version, note FROM orders") == [(3, "new")]


def test_progress_that_hq_has_not_acknowledged_survives_the_feed(till: Till) -> None:
    till.feed(order(5))
    till(mark_prepared, [5], by="Li")
    till.feed(order(5, version=2, note="ring the bell"))
    assert till.sql("SELECT status, note FROM orders") == [("prepared", "ring the bell")]


def test_page_made_before_the_acknowledgement_is_not_taken_for_news(till: Till) -> None:
    till.feed(order(5))
    till(mark_prepared, [5], by="Li")
    ack_all(till, version=3)
    till.feed(order(5, version=2))
    assert till.status(5) == "prepared"
    till.feed(order(5, version=3, status=Status.PREPARED))
    assert till.sql("SELECT status, version FROM orders") == [("prepared", 3)]


def test_hqs_word_that_waited_for_an_event_counts_once_it_is_settled(till: Till, ready: OrderRecord) -> None:
    till(undo_preparation, [ready.number], by="Li")
    fact = Redemption("attempt-9", NOON, "Zhao", "Counter 2")
    till.feed(replace(ready, version=2, status=Status.COMPLETED, redemption=fact))
    assert till.status(ready.number) == "preparing"
    assert kind(till, ready) is Kind.ALREADY_HANDED_OVER
    event = till(pending_events, 9)[0]
    till(settle, [Settled(event.id, "conflict", "it is handed over", 2)])
    assert till.status(ready.number) == "completed"


def test_refusal_that_is_unsent_does_not_hold_hqs_news_up(till: Till) -> None:
    made = order(5, status=Status.PREPARED, issue=1)
    till.feed(made)
    assert till(check_text, till.code(made, issue=0), by="Li", source="camera").verdict.kind is Kind.SUPERSEDED
    till.feed(replace(made, version=2, status=Status.COMPLETED))
    assert till.status(5) == "completed"


def test_cancellation_reaches_an_order_under_preparation(till: Till) -> None:
    till.feed(order(5))
    till(start_preparing, [5], by="Li")
    till.feed(order(5, version=2, cancel_requested=True))
    assert [event.kind for event in till(pending_events, 9)] == ["preparation_started", "cancellation_accepted"]
    assert kind(till, order(5)) is Kind.CANCELLED


def test_terminal_that_does_not_lead_stops_without_answering_for_the_store(till: Till) -> None:
    till.feed(replace(STORE, lead_terminal="terminal-2"), order(5, status=Status.PREPARED))
    till.feed(order(5, version=2, status=Status.PREPARED, cancel_requested=True))
    assert kind(till, order(5)) is Kind.CANCELLED
    assert "cancellation_accepted" not in [event.kind for event in till(pending_events, 9)]


def test_hand_over_wins_over_a_cancellation_that_came_later(till: Till, ready: OrderRecord) -> None:
    finish(till, ready)
    till.feed(replace(ready, version=2, cancel_requested=True))
    assert kind(till, ready) is Kind.ALREADY_HANDED_OVER


def test_other_terminals_hand_over_is_known_here_with_its_story(till: Till, ready: OrderRecord) -> None:
    fact = Redemption("attempt-9", NOON, "Zhao", "Counter 2")
    till.feed(replace(ready, version=2, status=Status.COMPLETED, redemption=fact))
    answer = till(check_text, till.code(ready), by="Li", source="camera").verdict
    assert (answer.kind, answer.handed_over) == (Kind.ALREADY_HANDED_OVER, fact)


def test_hand_over_revoked_elsewhere_frees_the_order_here(till: Till, ready: OrderRecord) -> None:
    finish(till, ready)
    ack_all(till, version=2)
    till.feed(replace(ready, version=3, status=Status.AWAITING_PICKUP))
    assert kind(till, ready) is Kind.READY
    till(grant, GrantRequest("attempt-2", ready.number, "Li", text=till.code(ready)))


def test_new_history_replaces_the_old_one_and_keeps_the_outbox(till: Till) -> None:
    till.feed(order(5, version=7))
    till(mark_prepared, [5], by="Li")
    till(reset_feed, "generation-2")
    till.cursor = 0
    till.feed(order(5, version=1, note="restored"))
    assert till.sql("SELECT version, note, status FROM orders") == [(1, "restored", "prepared")]
    assert len(till(pending_events, 9)) == 1


def test_reschedule_moves_the_window_and_ends_the_old_code(till: Till, ready: OrderRecord) -> None:
    till.feed(replace(ready, version=2, issue=1, opens=ready.opens + 24 * 60))
    assert till(check_text, till.code(ready, issue=0), by="Li", source="camera").verdict.kind is Kind.SUPERSEDED


def test_quarantined_event_waits_for_a_person_and_can_be_sent_again(till: Till) -> None:
    till.feed(order(5))
    till(mark_prepared, [5], by="Li")
    event = till(pending_events, 9)[0]
    till(settle, [Settled(event.id, "quarantined", "HQ could not read it")])
    assert not till(pending_events, 9)
    assert [(one.event_id, one.reason) for one in till(parked)] == [(event.id, "HQ could not read it")]
    till(retry_parked, event.id)
    assert till(pending_events, 9)[0].id == event.id


def test_incident_is_closed_by_a_manager_with_a_reason(till: Till) -> None:
    till.feed(IncidentRecord("i-1", "handed_over_twice", 5, NOON, '{"a": 1}', None, "", ""))
    assert till(open_incidents)[0].facts == {"a": 1}
    till(close_incident, "i-1", manager="Wang", reason="asked both customers")
    assert not till(open_incidents)
    assert till(pending_events, 9)[-1].body == {"incident_id": "i-1", "reason": "asked both customers"}


def test_made_to_order_is_due_its_lead_time_before_the_window(till: Till) -> None:
    soon = order(5, opens=int((NOON + timedelta(minutes=200)).timestamp()) // 60, lines=(Line(1003, 1, "Cake"),))
    till.feed(soon)
    assert not till(due_reminders)
    till.clock.forward(timedelta(minutes=21))
    assert [task.number for task in till(due_reminders)] == [5]
    till(see_reminders, [5], by="Li Na")
    assert not till(due_reminders)
    till(start_preparing, [5], by="Li")
    assert not till(due_reminders)


versions = st.permutations([1, 2, 3, 4, 5])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(versions, st.lists(st.integers(0, 4), max_size=5))
def test_any_order_and_repetition_of_versions_ends_with_the_newest(
    till: Till, arrival: list[int], again: list[int]
) -> None:
    number = 1000 + till.cursor
    for version in [*arrival, *(arrival[index] for index in again)]:
        till.feed(order(number, version=version, note=f"v{version}"))
    assert till.sql("SELECT version, note FROM orders WHERE number = ?", number) == [(5, "v5")]


def test_who_is_here_is_listed_with_the_longest_waiting_first(till: Till) -> None:
    minute = timedelta(minutes=1)
    till.feed(order(5), order(6, arrived_at=NOON - minute), order(7, arrived_at=NOON - 9 * minute))
    assert [(task.number, task.here_since) for task in till(arrived)] == [(7, NOON - 9 * minute), (6, NOON - minute)]
    assert [task.here_since for task in till(tasks)] == [None, NOON - minute, NOON - 9 * minute]


def test_who_got_the_parcel_or_gave_up_is_no_longer_here(till: Till) -> None:
    came = order(status=Status.PREPARED, arrived_at=NOON)
    till.feed(came, order(6, status=Status.CANCELLED, arrived_at=NOON))
    assert [task.number for task in till(arrived)] == [came.number]
    finish(till, came)
    assert till(arrived) == ()


def test_who_came_hours_ago_has_left(till: Till) -> None:
    till.feed(order(5, arrived_at=NOON))
    till.clock.forward(timedelta(hours=3))
    assert till(arrived) == ()
    assert [task.here_since for task in till(tasks)] == [None]


def test_who_collects_is_told_with_the_verdict(till: Till) -> None:
    made = order(status=Status.PREPARED, collector="李*", collector_relation="同事")
    till.feed(made)
    told = till(check_text, till.code(made), by="Li", source="camera").verdict.order
    assert told is not None
    assert (told.collector, told.collector_relation) == ("李*", "同事")
