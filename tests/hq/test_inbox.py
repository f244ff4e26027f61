"""The inbox: each event once, with its effect; a hand-over is never refused; nothing that arrives is lost."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.events import Event, EventKind
from hq.counters import inbox
from hq.ordering.book import OrderRow
from sync.wire import OrderItem, Outcome
from tests.hq.server import Mall, Teller, as_wire
from tests.hq.town import Town

K = EventKind
APPLIED, DUPLICATE, CONFLICT, QUARANTINED = Outcome.APPLIED, Outcome.DUPLICATE, Outcome.CONFLICT, Outcome.QUARANTINED


def in_feed(town: Town, number: int) -> OrderItem:
    items = [row.item for row in town.page().rows]
    return next(item for item in items if isinstance(item, OrderItem) and item.number == number)


def test_the_way_of_an_order_is_told_event_by_event(town: Town) -> None:
    terminal, teller, number = town.enrol(), Teller(), town.place().row.number
    town.push(terminal, teller.tell(K.PREPARATION_STARTED, number), teller.tell(K.PREPARED, number, shelf="A3"))
    assert (town.order(number).status, town.order(number).shelf) == ("prepared", "A3")
    town.push(terminal, teller.hand_over(number, "a"))
    assert (town.order(number).status, town.order(number).redemption_attempt) == ("completed", "a")
    assert town.standings(number) == {"a": "stands"}


def test_each_change_has_the_next_version_and_is_published_with_it(town: Town) -> None:
    terminal, teller, number = town.enrol(), Teller(), town.place().row.number
    result = town.push(terminal, teller.tell(K.PREPARED, number), teller.hand_over(number, "a"))
    assert [each.order_version for each in result] == [2, 3]
    item = in_feed(town, number)
    assert (item.version, item.status) == (3, "completed")
    assert item.redemption is not None
    assert (item.redemption.attempt_id, item.redemption.by) == ("a", "Li")


def test_the_same_event_again_is_a_duplicate(town: Town) -> None:
    terminal, number = town.enrol(), town.place().row.number
    event = Teller().hand_over(number)
    assert town.outcomes(terminal, event, event) == [APPLIED, DUPLICATE]
    assert town.push(terminal, event)[0].order_version == 2


def test_a_conflict_told_again_is_the_same_conflict(town: Town) -> None:
    terminal = town.enrol()
    event = Teller().hand_over(404)
    assert town.push(terminal, event) == town.push(terminal, event)


def test_a_second_hand_over_is_kept_beside_the_first_as_an_incident(town: Town) -> None:
    number = town.place().row.number
    one, other = town.enrol(), town.enrol(name="Counter 2")
    town.push(one, Teller("t1").hand_over(number, "a"))
    second = town.push(other, Teller("t2", "Wang").hand_over(number, "b", terminal="Counter 2"))[0]
    assert second.outcome is CONFLICT
    assert town.standings(number) == {"a": "stands", "b": "twice"}
    incident = town.incidents()[0]
    assert incident.incident == "handed_over_twice"
    assert (incident.facts["first_by"], incident.facts["by"]) == ("Li", "Wang")


def test_a_hand_over_after_the_cancellation_is_kept_as_an_incident(town: Town) -> None:
    number = town.place().row.number
    town.cancel(number)
    terminal = town.enrol()
    assert town.outcomes(terminal, Teller().hand_over(number, "a")) == [CONFLICT]
    assert town.order(number).status == "cancelled"
    assert town.standings(number) == {"a": "after_cancellation"}
    incident = town.incidents()[0]
    assert incident.incident == "handed_over_after_cancellation"
    assert incident.facts["cancel_reason"] == "changed my mind"


def test_a_hand_over_refuses_a_cancellation_that_was_only_asked_for(town: Town) -> None:
    terminal, number = town.enrol(), town.place().row.number
    town.cancel(number)
    assert town.outcomes(terminal, Teller().hand_over(number, "a")) == [APPLIED]
    order = town.order(number)
    assert (order.status, order.cancel_requested) == ("completed", False)
    assert town.open_incidents() == ["handed_over_after_cancellation"]


def test_the_lead_accepts_a_cancellation(town: Town) -> None:
    terminal, number = town.enrol(), town.place().row.number
    town.cancel(number)
    assert town.outcomes(terminal, Teller().tell(K.CANCELLATION_ACCEPTED, number)) == [APPLIED]
    order = town.order(number)
    assert (order.status, order.cancel_requested, order.cancelled_at is None) == ("cancelled", False, False)


def test_only_the_lead_accepts_a_cancellation(town: Town) -> None:
    number = town.place().row.number
    town.enrol()
    other = town.enrol(name="Counter 2")
    town.cancel(number)
    assert town.outcomes(other, Teller().tell(K.CANCELLATION_ACCEPTED, number)) == [CONFLICT]
    assert town.order(number).cancel_requested


def test_a_revoked_hand_over_brings_the_order_back(town: Town) -> None:
    terminal, teller, number = town.enrol(), Teller(), town.place().row.number
    revoke = (teller.hand_over(number, "a"), teller.tell(K.HAND_OVER_REVOKED, number, attempt_id="a"))
    assert town.outcomes(terminal, *revoke) == [APPLIED, APPLIED]
    order = town.order(number)
    assert (order.status, order.redemption_attempt, order.completed_at) == ("awaiting_pickup", None, None)
    assert town.standings(number) == {"a": "revoked"}


def test_revoking_another_attempt_is_a_conflict(town: Town) -> None:
    terminal, teller, number = town.enrol(), Teller(), town.place().row.number
    events = (teller.hand_over(number, "a"), teller.tell(K.HAND_OVER_REVOKED, number, attempt_id="b"))
    assert town.outcomes(terminal, *events) == [APPLIED, CONFLICT]
    assert town.order(number).redemption_attempt == "a"


def test_an_unguarded_hand_over_is_an_incident_of_its_own(town: Town) -> None:
    terminal, number = town.enrol(), town.place().row.number
    town.push(terminal, Teller().hand_over(number, "a", unguarded=True, manager="Zhou", reason="lead is down"))
    assert town.open_incidents() == ["unguarded_hand_over"]
    assert town.incidents()[0].facts["manager"] == "Zhou"


def test_a_hand_over_of_an_unknown_order_is_kept(town: Town) -> None:
    terminal = town.enrol()
    assert town.outcomes(terminal, Teller().hand_over(404, "a")) == [CONFLICT]
    assert town.open_incidents() == ["unknown_order"]


def test_an_incident_is_closed_by_the_store(town: Town) -> None:
    terminal, teller = town.enrol(), Teller()
    town.push(terminal, teller.hand_over(404, "a"))
    incident = town.incidents()[0]
    closing = teller.tell(K.INCIDENT_CLOSED, 404, incident_id=incident.id, reason="asked the customer")
    assert town.outcomes(terminal, closing) == [APPLIED]
    closed = town.incidents()[0]
    assert (closed.closed_by, closed.reason) == ("Li", "asked the customer")
    again = teller.tell(K.INCIDENT_CLOSED, 404, incident_id=incident.id, reason="again")
    assert town.outcomes(terminal, again) == [CONFLICT]


def test_refusals_are_kept_for_the_audit(town: Town) -> None:
    event = Teller().tell(K.REFUSED, None, verdict="forged", flaw="bad_signature", source="camera")
    assert town.outcomes(town.enrol(), event) == [APPLIED]


POISON: dict[str, dict[str, Any]] = {
    "nothing": {},
    "other kind": {"kind": "teleported"},
    "no hash": {"hash": "xyz"},
    "huge number": {"seq": 2**80},
    "half a character": {"by": "\ud800"},
    "long id": {"id": "x" * 65},
    "long name": {"by": "x" * 500},
    "not even text": {"id": {"a": [1]}},
    "a NUL": {"id": "a\0b", "kind": "?"},
}


@pytest.mark.parametrize("case", POISON)
def test_an_event_that_cannot_be_read_is_set_aside_alone(town: Town, case: str) -> None:
    terminal, teller, number = town.enrol(), Teller(), town.place().row.number
    good = teller.hand_over(number, "a")
    bad = {**as_wire(teller.tell(K.PREPARED, number)), **POISON[case]} if POISON[case] else {}
    assert town.outcomes(terminal, bad, good, bad) == [QUARANTINED, APPLIED, QUARANTINED]
    kept = town.office.read(lambda conn: inbox.quarantined(conn, town.store.id))
    assert len(kept) == 1


BAD_BODIES: dict[str, tuple[EventKind, dict[str, Any]]] = {
    "no attempt": (K.HANDED_OVER, {}),
    "huge attempt": (K.HANDED_OVER, {"attempt_id": "x" * 100}),
    "undone to nowhere": (K.PREPARATION_UNDONE, {"to": "completed"}),
    "no incident": (K.INCIDENT_CLOSED, {"reason": "x"}),
}


@pytest.mark.parametrize("case", BAD_BODIES)
def test_an_event_with_an_unreadable_body_is_kept_and_changes_nothing(town: Town, case: str) -> None:
    kind, body = BAD_BODIES[case]
    terminal, number = town.enrol(), town.place().row.number
    assert town.outcomes(terminal, Teller().tell(kind, number, **body)) == [QUARANTINED]
    assert town.order(number).version == 1


def test_an_event_that_names_no_order_is_kept(town: Town) -> None:
    result = town.push(town.enrol(), Teller().tell(K.PREPARED, None))[0]
    assert (result.outcome, result.reason) == (QUARANTINED, "The event does not say which order it is about.")


def test_an_event_whose_words_were_changed_is_an_incident(town: Town) -> None:
    terminal, number = town.enrol(), town.place().row.number
    event = Teller().hand_over(number, "a")
    assert town.outcomes(terminal, replace(event, by="someone else")) == [QUARANTINED]
    assert town.open_incidents() == ["event_altered"]
    assert town.order(number).status == "assigned"


def test_the_same_id_with_other_words_is_a_conflict_and_an_incident(town: Town) -> None:
    terminal, number = town.enrol(), town.place().row.number
    event, other = Teller().hand_over(number, "a"), Teller().hand_over(number, "b")
    assert town.outcomes(terminal, event, other) == [APPLIED, CONFLICT]
    assert town.open_incidents() == ["event_altered"]
    assert town.standings(number) == {"a": "stands"}


def test_a_gap_is_an_incident_until_the_missing_event_arrives(town: Town) -> None:
    terminal, teller, number = town.enrol(), Teller(), town.place().row.number
    first, lost, third = (teller.tell(K.REFUSED, number) for _ in range(3))
    assert town.outcomes(terminal, first, third) == [APPLIED, APPLIED]
    assert town.open_incidents() == ["events_missing"]
    town.push(terminal, lost)
    assert town.open_incidents() == []


def test_a_new_incarnation_goes_on_where_the_old_one_ended(town: Town) -> None:
    terminal, teller = town.enrol(), Teller("old")
    town.push(terminal, teller.tell(K.REFUSED, None))
    teller.incarnation = "new"
    assert town.outcomes(terminal, teller.tell(K.REFUSED, None)) == [APPLIED]
    assert town.open_incidents() == []


def test_two_machines_with_a_copy_of_one_folder_are_found(town: Town) -> None:
    terminal, number = town.enrol(), town.place().row.number
    one, copy = Teller("same"), Teller("same")
    town.push(terminal, one.tell(K.PREPARED, number))
    told = copy.tell(K.PREPARATION_STARTED, number)
    other = replace(told, id="another-id")
    assert town.outcomes(terminal, rehash(other)) == [APPLIED]
    assert town.open_incidents() == ["event_altered"]


def test_two_terminals_with_one_incarnation_are_found(town: Town) -> None:
    one, other, teller = town.enrol(), town.enrol(name="Counter 2"), Teller()
    town.push(one, teller.tell(K.REFUSED, None))
    assert town.outcomes(other, teller.tell(K.REFUSED, None), teller.tell(K.REFUSED, None)) == [APPLIED, APPLIED]
    assert town.open_incidents() == ["event_altered"]


def rehash(event: Event) -> Event:
    from app.domain.events import chain

    return chain(
        event.prev,
        id=event.id,
        incarnation=event.incarnation,
        seq=event.seq,
        kind=event.kind,
        order_number=event.order_number,
        at=event.at,
        by=event.by,
        body=event.body,
    )


MISSING: dict[str, Any] = {"lines": [{"product_number": 7, "quantity": 1}], "reason": "broken"}


def test_a_rejected_line_asks_the_customer_once(town: Town) -> None:
    terminal, teller, number = town.enrol(), Teller(), town.place().row.number
    rejected = teller.tell(K.LINE_REJECTED, number, **MISSING)
    again = teller.tell(K.LINE_REJECTED, number, **MISSING)
    assert town.outcomes(terminal, rejected, again) == [APPLIED, CONFLICT]
    shortage = town.shortage(number)
    assert shortage is not None
    assert (town.order(number).status, shortage.no, shortage.detail) == ("shortage", 1, "broken")
    assert [(each.product_number, each.wanted, each.there) for each in shortage.missing] == [(7, 2, 1)]


def test_a_rejection_that_a_late_event_makes_true_asks_the_customer(town: Town) -> None:
    terminal, teller, number = town.enrol(), Teller(), town.place().row.number
    given, back = teller.hand_over(number, "a"), teller.tell(K.HAND_OVER_REVOKED, number, attempt_id="a")
    rejected = teller.tell(K.LINE_REJECTED, number, **MISSING)
    assert town.outcomes(terminal, given, rejected, back) == [APPLIED, CONFLICT, APPLIED]
    assert town.order(number).status == "shortage"
    shortage = town.shortage(number)
    assert shortage is not None
    assert shortage.detail == "broken"


SCRIPTS = st.lists(
    st.tuples(
        st.sampled_from([kind for kind in EventKind if kind is not K.INCIDENT_CLOSED]),
        st.sampled_from("abc"),
        st.sampled_from(["assigned", "preparing"]),
    ),
    min_size=1,
    max_size=7,
)


def perform(teller: Teller, number: int, script: list[tuple[EventKind, str, str]]) -> list[Event]:
    return [
        teller.tell(
            kind,
            number,
            attempt_id=f"{attempt}",
            to=to,
            shelf=attempt,
            unguarded=attempt == "c",
            lines=[{"product_number": 7, "quantity": 1, "price_fen": 900}],
            counts=[{"product_number": 8, "on_hand": 5}],
            products=[8],
            listed=True,
            sale_id=f"{teller.incarnation}-{place}",
            amount_fen=900,
            short=[{"product_number": 7, "quantity": 1, "reason": "broken"}] if attempt == "b" else [],
            shift_id=f"{teller.incarnation}-{place}",
            opened_at="2026-08-01T00:00:00Z",
            counted_fen=0,
            expected_fen=0,
        )
        for place, (kind, attempt, to) in enumerate(script)
    ]


def outside(order: OrderRow) -> tuple[Any, ...]:
    return (order.status, order.shelf, order.cancel_requested, order.redemption_attempt, order.cancel_reason)


def stories_about(town: Town, number: int) -> list[tuple[str, Any, Any]]:
    found = [item for item in town.incidents() if item.order_number == number and item.closed_at is None]
    return sorted(
        (item.incident.value, item.facts.get("attempt_id"), item.facts.get("first_attempt_id")) for item in found
    )


@given(script=SCRIPTS, cancelled=st.booleans(), seed=st.integers(0, 2**32))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_lost_repeated_and_reordered_deliveries_end_in_the_same_state(
    town: Town, script: list[tuple[EventKind, str, str]], cancelled: bool, seed: int
) -> None:
    terminal = town.lead
    straight, tangled = town.place().row.number, town.place().row.number
    if cancelled:
        town.cancel(straight)
        town.cancel(tangled)
    town.push(terminal, *perform(Teller(f"s{straight}"), straight, script))
    deliver_badly(town, terminal, perform(Teller(f"t{tangled}"), tangled, script), random.Random(seed))
    assert outside(town.order(straight)) == outside(town.order(tangled))
    assert town.standings(straight) == town.standings(tangled)
    assert stories_about(town, straight) == stories_about(town, tangled)
    for number in (straight, tangled):
        assert town.order(number).status != "shortage" or town.shortage(number)
    assert "events_missing" not in town.open_incidents()


def deliver_badly(town: Town, terminal: Any, events: list[Event], dice: random.Random) -> None:
    sent = [*events, *dice.choices(events, k=3)]
    dice.shuffle(sent)
    while sent:
        batch, sent = sent[:3], sent[3:]
        town.push(terminal, *batch)


def test_two_terminals_at_once_leave_one_redemption_and_one_incident(mall: Mall) -> None:
    number = mall.place()["number"]
    counters = [mall.enrol(), mall.enrol("Counter 2")]
    for at, counter in enumerate(counters):
        counter.teller.incarnation = f"{mall.store}-{at}"
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda at: counters[at].hand_over(number, f"a-{at}"), range(2)))
    outcomes = sorted(answer.results[0].outcome.value for answer in answers)
    assert outcomes == ["applied", "conflict"]
    assert [incident["incident"] for incident in mall.incidents()] == ["handed_over_twice"]
    assert mall.order(number)["redemption"]["attempt_id"] in {"a-0", "a-1"}
