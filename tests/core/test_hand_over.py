"""The two commits of a hand-over, and everything that must not follow from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.order import Status
from app.domain.records import OrderRecord
from app.domain.verdict import Kind
from app.errors import DiskFull, NeedsManager, Refused
from app.usecases.check import check_text
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over, release, unfinished
from app.usecases.outbox import pending_events
from app.usecases.prepare import advance
from app.usecases.revoke import recent_hand_overs, revoke
from tests.core.till import STORE, Till, order


def claim(till: Till, made: OrderRecord, attempt: str = "attempt-1", **more: Any) -> str:
    text = more.pop("text", till.code(made))
    till(grant, GrantRequest(attempt, made.number, "Li", text=text, **more))
    return attempt


def verdict(till: Till, text: str) -> Kind:
    return till(check_text, text, by="Li", source="scanner").verdict.kind


def test_ready_order_is_granted_then_handed_over(till: Till, ready: OrderRecord) -> None:
    attempt = claim(till, ready)
    assert till.status(ready.number) == "prepared"
    done = till(hand_over, attempt, by="Li")
    assert till.status(ready.number) == "completed"
    assert done.redemption.terminal == "Counter 1"


def test_second_press_answers_the_same_and_changes_nothing(till: Till, ready: OrderRecord) -> None:
    attempt = claim(till, ready)
    first = till(hand_over, attempt, by="Li")
    till.clock.forward(timedelta(seconds=3))
    second = till(hand_over, attempt, by="Li")
    assert second.redemption == first.redemption
    assert not second.changes
    assert len(till.sql("SELECT 1 FROM events WHERE kind = 'handed_over'")) == 1


def test_same_code_again_says_when_by_whom_and_where(till: Till, ready: OrderRecord) -> None:
    till(hand_over, claim(till, ready), by="Li")
    answer = till(check_text, till.code(ready), by="Li", source="camera").verdict
    assert answer.kind is Kind.ALREADY_HANDED_OVER
    assert answer.handed_over is not None
    assert (answer.handed_over.by, answer.handed_over.terminal) == ("Li", "Counter 1")


def test_second_attempt_on_a_handed_over_order_is_refused(till: Till, ready: OrderRecord) -> None:
    till(hand_over, claim(till, ready), by="Li")
    with pytest.raises(Refused, match="already been handed over"):
        claim(till, ready, "attempt-2")


def test_hand_over_writes_order_redemption_stock_and_event_together(till: Till, ready: OrderRecord) -> None:
    till(hand_over, claim(till, ready), by="Li")
    assert till.sql("SELECT order_number, by, local FROM redemptions") == [(ready.number, "Li", 1)]
    assert till.sql("SELECT product_number, quantity FROM stock_moves ORDER BY 1") == [(1001, -2), (1002, -1)]
    event = till(pending_events, 10)[-1]
    assert (event.kind, event.body["attempt_id"], event.body["lines"]) == (
        "handed_over",
        "attempt-1",
        [[1001, 2], [1002, 1]],
    )


def test_crash_between_the_commits_asks_and_resumes_nothing(till: Till, ready: OrderRecord) -> None:
    claim(till, ready)
    till.reopen()
    assert [(left.attempt_id, left.order_number) for left in till(unfinished)] == [("attempt-1", ready.number)]
    assert till.status(ready.number) == "prepared"
    with pytest.raises(Refused, match="still here"):
        claim(till, ready, "attempt-2")


def test_released_order_can_be_handed_over_by_a_new_attempt(till: Till, ready: OrderRecord) -> None:
    till(release, claim(till, ready), by="Li", reason="on the shelf")
    assert verdict(till, till.code(ready)) is Kind.READY
    till(hand_over, claim(till, ready, "attempt-2"), by="Li")
    assert till.status(ready.number) == "completed"


def test_released_attempt_cannot_be_confirmed(till: Till, ready: OrderRecord) -> None:
    till(release, claim(till, ready), by="Li", reason="")
    with pytest.raises(Refused, match="called off"):
        till(hand_over, "attempt-1", by="Li")


def test_genuine_order_that_was_never_synced_is_handed_over_from_its_code(till: Till) -> None:
    unseen = order(77)
    answer = till(check_text, till.code(unseen), by="Li", source="camera").verdict
    assert answer.kind is Kind.UNKNOWN_ORDER_VERIFIED
    assert [(line.name, line.quantity) for line in answer.lines] == [("Braised pork", 2), ("Croissant", 1)]
    till(hand_over, claim(till, unseen), by="Li")
    assert verdict(till, till.code(unseen)) is Kind.ALREADY_HANDED_OVER


def test_order_known_by_code_only_is_joined_with_hqs_record_later(till: Till) -> None:
    unseen = order(77)
    till(hand_over, claim(till, unseen), by="Li")
    till.feed(unseen)
    assert till.status(77) == "completed"
    assert till.sql("SELECT customer, version FROM orders WHERE number = 77") == [("Zh**", 1)]


def test_unprepared_order_may_be_handed_over_by_the_clerk(till: Till) -> None:
    made = order()
    till.feed(made)
    assert verdict(till, till.code(made)) is Kind.NOT_PREPARED
    till(hand_over, claim(till, made), by="Li")
    assert till.status(made.number) == "completed"


def test_early_order_needs_a_manager_with_a_reason(till: Till) -> None:
    made = order(opens=order().opens + 24 * 60)
    till.feed(made)
    with pytest.raises(NeedsManager):
        claim(till, made)
    with pytest.raises(NeedsManager):
        claim(till, made, manager="Wang")
    till(hand_over, claim(till, made, manager="Wang", reason="moves house"), by="Li")
    assert till(pending_events, 10)[-1].body["manager"] == "Wang"


def test_terminal_that_does_not_lead_needs_a_manager_and_says_unguarded(till: Till, ready: OrderRecord) -> None:
    till.feed(replace(STORE, lead_terminal="terminal-2"))
    assert verdict(till, till.code(ready)) is Kind.NEEDS_LEAD
    with pytest.raises(NeedsManager):
        claim(till, ready)
    till(hand_over, claim(till, ready, manager="Wang", reason="looked at the other counter"), by="Li")
    assert till(pending_events, 10)[-1].body["unguarded"] is True


def test_no_new_claim_without_disk_space_but_a_hand_over_is_recorded(till: Till, ready: OrderRecord) -> None:
    attempt = claim(till, ready)
    other = order(88, status=Status.PREPARED)
    till.feed(other)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(till.storage), "_free_bytes", 10)
        with pytest.raises(DiskFull):
            claim(till, other, "attempt-2")
        till(hand_over, attempt, by="Li")
    assert till.status(ready.number) == "completed"


def test_revoked_order_waits_on_the_shelf_again(till: Till, ready: OrderRecord) -> None:
    till(hand_over, claim(till, ready), by="Li")
    till(revoke, ready.number, manager="Wang", reason="wrong bag", by="Li")
    assert till.status(ready.number) == "awaiting_pickup"
    assert till.sql("SELECT sum(quantity) FROM stock_moves") == [(0,)]
    till(hand_over, claim(till, ready, "attempt-2"), by="Li")
    assert till.status(ready.number) == "completed"


def test_revoke_ends_with_the_deadline(till: Till, ready: OrderRecord) -> None:
    till(hand_over, claim(till, ready), by="Li")
    assert till(recent_hand_overs)[0].revocable
    till.clock.forward(timedelta(minutes=61))
    assert not till(recent_hand_overs)[0].revocable
    with pytest.raises(Refused, match="60 minutes"):
        till(revoke, ready.number, manager="Wang", reason="wrong bag", by="Li")


def test_cancellation_that_arrives_between_the_commits_waits_for_the_clerk(till: Till, ready: OrderRecord) -> None:
    attempt = claim(till, ready)
    till.feed(replace(ready, version=2, cancel_requested=True))
    assert till.status(ready.number) == "prepared"
    till(release, attempt, by="Li", reason="")
    assert till.status(ready.number) == "cancelled"
    assert till(pending_events, 10)[-1].kind == "cancellation_accepted"


def test_hand_over_that_happened_is_recorded_even_when_hq_closed_the_order(till: Till, ready: OrderRecord) -> None:
    attempt = claim(till, ready)
    till.feed(replace(ready, version=2, status=Status.CANCELLED))
    till(hand_over, attempt, by="Li")
    assert till(pending_events, 10)[-1].kind == "handed_over"


def test_tap_moves_a_task_along_and_stops_at_the_shelf(till: Till) -> None:
    made = order()
    till.feed(made)
    seen = []
    for _ in range(3):
        till(advance, made.number, by="Li")
        seen.append(till.status(made.number))
    assert seen == ["preparing", "prepared", "prepared"]
