"""The counter's one question on a real file: by code, short code, phone and number; bad input; refusals kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.code import Flaw
from app.domain.order import Line, Status
from app.domain.records import OrderRecord, ProductRecord
from app.domain.verdict import Kind, Verdict
from app.storage import orders
from app.usecases.authorise import authorise
from app.usecases.check import check_order, check_text
from app.usecases.feed import note_contact
from app.usecases.outbox import pending_events
from tests.core.till import NOON, PIN, Till, order


def ask(till: Till, text: str) -> Verdict:
    return till(check_text, text, by="Li", source="scanner").verdict


def test_short_code_finds_the_order(till: Till, ready: OrderRecord) -> None:
    answer = ask(till, till.short_code(ready))
    assert (answer.kind, answer.order_number) == (Kind.READY, ready.number)


def test_slip_in_a_short_code_is_not_a_guess(till: Till, ready: OrderRecord) -> None:
    code = till.short_code(ready)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for _ in range(20):
        assert ask(till, wrong).kind is Kind.NOT_FOUND
    assert ask(till, code).kind is Kind.READY


def test_guessing_short_codes_is_locked_out_and_the_wait_grows(till: Till, ready: OrderRecord) -> None:
    guesses = [till.short_code(order(number)) for number in range(1000, 1007)]
    kinds = [ask(till, guess).kind for guess in guesses]
    assert kinds == [Kind.NOT_FOUND] * 5 + [Kind.LOCKED_OUT] * 2
    assert ask(till, till.short_code(ready)).kind is Kind.LOCKED_OUT
    till.clock.forward(timedelta(seconds=31))
    assert ask(till, guesses[5]).kind is Kind.NOT_FOUND
    retry_at = ask(till, guesses[6]).retry_at
    assert retry_at is not None
    assert retry_at - till.trusted.now() > timedelta(seconds=59)


def test_phone_tail_lists_masked_candidates_and_never_decides(till: Till, ready: OrderRecord) -> None:
    till.feed(order(90, status=Status.PREPARED), order(91, phone_tail_hash="other"))
    answer = ask(till, "5600")
    assert answer.kind is Kind.AMBIGUOUS
    assert {one.order_number for one in answer.candidates} == {90, ready.number}
    assert {one.customer for one in answer.candidates} == {"Zh**"}
    assert till(check_order, 90, by="Li", source="typed").verdict.kind is Kind.READY


def test_words_list_who_they_fit_and_never_decide(till: Till, ready: OrderRecord) -> None:
    till.feed(
        order(90, customer="王**", note="写：生日快乐"),
        order(91, customer="欧阳**", lines=(Line(1003, 2, "半熟芝士"),)),
        order(92, customer="王*", status=Status.CANCELLED),
        order(93, customer="陈*", note="50%_off"),
        ProductRecord(1003, "CHEESE", "Half-baked cheese 半熟芝士", "chilled", 0, 3800, active=True),
    )

    def fit(text: str) -> list[int]:
        answer = till(check_text, text, by="Li", source="typed").verdict
        assert answer.kind is (Kind.AMBIGUOUS if answer.candidates else Kind.NOT_FOUND)
        return [one.order_number for one in answer.candidates]

    assert fit("王") == fit("王小明") == fit("王小") == [90]
    assert fit("zhang san") == [ready.number]
    assert fit("欧阳修") == [91]
    assert fit("生日快乐") == fit("生日") == [90]
    assert fit("芝士") == fit("CHEESE") == [91]
    assert fit("%_o") == [93]
    assert fit("%o") == fit("刘") == fit("'; DROP TABLE orders --") == []
    # A scanned text is never searched for: a sticker on the parcel must not bring up a customer.
    assert till(check_text, "王小明", by="Li", source="scanner").verdict.kind is Kind.MALFORMED
    till.feed(*(order(200 + n, customer="李*") for n in range(30)))
    assert len(fit("李")) == 20


def test_order_number_finds_the_order(till: Till, ready: OrderRecord) -> None:
    assert ask(till, str(ready.number)).kind is Kind.READY


@pytest.mark.parametrize("text", ["9" * 19, "99999999999999999999", "000000000000"])
def test_number_of_no_order_is_not_found(till: Till, text: str) -> None:
    assert ask(till, text).kind is Kind.NOT_FOUND


def test_other_stores_order_names_the_store(till: Till) -> None:
    answer = ask(till, till.code(order(5), store_number=8))
    assert (answer.kind, answer.store_number, answer.store_name) == (Kind.WRONG_STORE, 8, "Hillside")


def test_forged_code_is_refused_and_recorded(till: Till, ready: OrderRecord) -> None:
    answer = ask(till, _forged(till, ready))
    assert (answer.kind, answer.flaw) == (Kind.FORGED, Flaw.BAD_SIGNATURE)
    assert till.sql("SELECT verdict, flaw, source FROM refusals") == [("forged", "bad_signature", "scanner")]
    assert till(pending_events, 10)[-1].body["verdict"] == "forged"


def _forged(till: Till, made: OrderRecord) -> str:
    real, till.key = till.key, Ed25519PrivateKey.generate()
    try:
        return till.code(made)
    finally:
        till.key = real


BAD = ["", "x" * 1_000_000, "\x00\x01\xff", "🥐" * 50, "ZT9:123", "1" * 200, "7" + "0" * 200, "1" + "0" * 219]


@pytest.mark.parametrize("text", BAD)
def test_bad_input_is_malformed_and_recorded(till: Till, text: str) -> None:
    assert ask(till, text).kind is Kind.MALFORMED
    assert len(till.sql("SELECT 1 FROM refusals WHERE verdict = 'malformed'")) == 1
    assert not till(pending_events, 10)


def test_older_issue_of_a_rescheduled_order_is_superseded(till: Till) -> None:
    made = order(status=Status.PREPARED, issue=1)
    till.feed(made)
    assert ask(till, till.code(made, issue=0)).kind is Kind.SUPERSEDED
    assert ask(till, till.code(made)).kind is Kind.READY


def test_yes_writes_nothing(till: Till, ready: OrderRecord) -> None:
    before = till.sql("PRAGMA data_version"), till.sql("SELECT count(*) FROM refusals")
    ask(till, till.code(ready))
    assert (till.sql("PRAGMA data_version"), till.sql("SELECT count(*) FROM refusals")) == before


def test_clock_of_a_dead_battery_cannot_reopen_a_closed_window(till: Till) -> None:
    made = order(status=Status.PREPARED)
    till.feed(made)
    till.clock.forward(timedelta(hours=10))
    till(note_contact, till.trusted.now())
    till.clock.wall = NOON - timedelta(days=9000)
    till.reopen()
    assert ask(till, till.code(made)).kind is Kind.OVERDUE


def test_clock_that_is_off_by_a_day_is_corrected_by_hq(till: Till, ready: OrderRecord) -> None:
    till.clock.wall = NOON + timedelta(days=1)
    till.trusted.learn(NOON)
    assert till.trusted.is_off()
    assert ask(till, till.code(ready)).kind is Kind.READY


def test_right_pin_names_the_manager_and_wrong_ones_are_bounded(till: Till) -> None:
    assert till(authorise, PIN).manager == "Wang"
    for _ in range(5):
        assert "not the PIN" in till(authorise, "000000").refusal
    assert "Too many" in till(authorise, PIN).refusal
    till.clock.forward(timedelta(seconds=31))
    assert till(authorise, PIN).manager == "Wang"


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (orders.BY_NUMBER, "INTEGER PRIMARY KEY"),
        (orders.BY_PHONE, "orders_phone"),
        (orders.BY_CUSTOMER, "orders_customer"),
        (orders.BY_SHORT_CODE, "orders_short"),
        (orders.OPEN_PAGE, "orders_open"),
        (orders.NAMED, "orders_name"),
        (orders.ARRIVED, "orders_arrived"),
        (orders.NOT_BEGUN, "orders_open"),
    ],
)
def test_no_question_of_the_counter_walks_through_a_whole_table(till: Till, query: str, index: str) -> None:
    plan = [row[3] for row in till.sql(f"EXPLAIN QUERY PLAN {query}", *["1"] * query.count("?"))]
    assert any(f"SEARCH o USING {'INDEX ' if index.startswith('orders') else ''}{index} " in step for step in plan), (
        plan
    )
    assert not [step for step in plan if step.startswith("SCAN")]
