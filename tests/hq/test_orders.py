"""Orders over HTTP: placed once per key, refused with a sentence, cancelled, rescheduled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.code import KeyRing, parse
from app.domain.lookup import QueryKind, is_mistyped, keyed_hash, short_code
from hq.ordering import book, numbering
from sync.wire import OrderItem, Problem
from tests.hq.server import Counter, Mall, window, wish
from tests.hq.town import Town


def order_item(counter: Counter, number: int) -> OrderItem:
    rows = [row.item for row in counter.pull().rows]
    return next(item for item in rows if isinstance(item, OrderItem) and item.number == number)


def test_a_placed_order_is_paid_and_assigned_at_once(mall: Mall) -> None:
    placed = mall.place()
    assert placed["status"] == "assigned"
    assert placed["times"]["placed"] == placed["times"]["paid"] == placed["times"]["assigned"]
    assert placed["total_fen"] == 25_600


def test_the_pickup_code_verifies_and_names_the_order_and_its_lines(mall: Mall) -> None:
    placed = mall.place()
    keys = mall.client.get("/v1/keys").json()["keys"]
    ring = KeyRing({key["key_id"]: [bytes.fromhex(key["public_key"])] for key in keys})
    code = ring.verify(parse(placed["pickup_code"]))
    assert (code.order_number, code.store_number, code.issue) == (placed["number"], mall.store, 0)
    assert code.lines == ((7, 2),)


def test_the_same_key_orders_once(mall: Mall) -> None:
    body = mall.wish()
    first, again = mall.try_to_place(body, "k"), mall.try_to_place(body, "k")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_the_same_key_with_another_body_is_a_conflict(mall: Mall) -> None:
    mall.open_store(999_999)
    mall.try_to_place(mall.wish(), "k")
    other = mall.try_to_place(wish(999_999), "k")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key")


def test_many_clients_with_one_key_get_one_order(mall: Mall) -> None:
    body = mall.wish()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: mall.try_to_place(body, "same"), range(64)))
    assert sorted(answer.status_code for answer in answers) == [200] * 63 + [201]
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert len(mall.orders()) == 1


def test_a_replay_after_the_window_still_answers_with_the_order(town: Town) -> None:
    told = town.wish()
    first, _ = town.try_to_place(told, "k")
    town.clock.pass_time(days=30)
    again, created = town.try_to_place(told, "k")
    assert (again.row.number, created) == (first.row.number, False)


def _line(product: int = 7, quantity: int = 1) -> dict[str, int]:
    return {"product_number": product, "quantity": quantity}


REFUSALS: dict[str, tuple[dict[str, Any], int, str]] = {
    "unknown store": ({"store_number": 888_888}, 404, "store"),
    "unknown product": ({"lines": [_line(888)]}, 422, "product"),
    "inactive product": ({"lines": [_line(9)]}, 422, "product"),
    "no lines": ({"lines": []}, 422, "lines"),
    "too many lines": ({"lines": [_line(number) for number in range(1, 52)]}, 422, "lines"),
    "a product twice": ({"lines": [_line(), _line()]}, 422, "lines"),
    "no quantity": ({"lines": [_line(quantity=0)]}, 422, "quantity"),
    "too much": ({"lines": [_line(quantity=1000)]}, 422, "quantity"),
    "huge product number": ({"lines": [_line(2**62)]}, 422, "product"),
    "window over": (window(in_hours=-9, hours=2), 422, "window"),
    "window beyond a year": (window(in_hours=24 * 400), 422, "window"),
    "window too long": (window(hours=24 * 8), 422, "window"),
    "window backwards": (window(hours=-1), 422, "window"),
    "odd seconds": ({"opens": (datetime.now(UTC) + timedelta(hours=1)).replace(second=7).isoformat()}, 422, "window"),
    "the first day of the calendar": ({"opens": "0001-01-01T00:00:00+14:00"}, 422, "invalid"),
    "the last day of the calendar": ({"closes": "9999-12-31T23:59:00-14:00"}, 422, "invalid"),
    "no zone": ({"opens": "2026-08-01T12:00:00"}, 422, "invalid"),
    "no phone": ({"customer": {"name": "王", "phone": "call me"}}, 422, "phone"),
    "long name": ({"customer": {"name": "王" * 61, "phone": "13812345678"}}, 422, "name"),
    "control characters": ({"note": "a\u0000b"}, 422, "note"),
    "long note": ({"note": "x" * 201}, 422, "note"),
    "missing field": ({"customer": {"name": "王"}}, 422, "invalid"),
    "unknown field": ({"coupon": "x"}, 422, "invalid"),
    "number out of range": ({"store_number": 2**70}, 422, "invalid"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_wish_against_the_rules_is_refused_with_a_sentence(mall: Mall, case: str) -> None:
    changed, status, code = REFUSALS[case]
    mall.add_product(9, active=False)
    answer = mall.try_to_place({**mall.wish(), **changed})
    problem = Problem.model_validate_json(answer.content)
    assert (answer.status_code, problem.code) == (status, code)
    assert problem.detail
    assert mall.orders() == []


def test_an_order_needs_an_idempotency_key(mall: Mall) -> None:
    answer = mall.client.post("/v1/orders", json=mall.wish())
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key")


def test_a_note_may_hold_what_people_write(mall: Mall) -> None:
    assert mall.place(note=" 生日快乐 👨‍👩‍👧\n蜡烛 5 支 ")["note"] == "生日快乐 👨‍👩‍👧 蜡烛 5 支"


def test_terminals_see_the_customer_masked_and_the_codes_as_hashes(mall: Mall, counter: Counter) -> None:
    placed = mall.place()
    item = order_item(counter, placed["number"])
    lookup_key = bytes.fromhex(counter.enrolled.lookup_key)
    assert (item.customer, item.phone) == ("王**", "138******78")
    assert item.phone_tail_hash == keyed_hash(lookup_key, QueryKind.PHONE_TAIL, "5678")
    assert item.short_code_hash == keyed_hash(lookup_key, QueryKind.SHORT_CODE, placed["short_code"])
    assert not is_mistyped(placed["short_code"])


def test_open_orders_of_a_store_never_share_a_short_code(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (book, numbering):
        monkeypatch.setattr(room, "short_code", lambda secret, _number, attempt=0: short_code(secret, 1, attempt))
    codes = [town.place().short_code for _ in range(3)]
    assert len(set(codes)) == 3


def test_a_short_code_is_free_again_after_the_order_is_closed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (book, numbering):
        monkeypatch.setattr(room, "short_code", lambda secret, _number, attempt=0: short_code(secret, 1, attempt))
    first = town.place()
    town.cancel(first.row.number)
    assert town.place().short_code == first.short_code


def test_numbers_in_one_millisecond_differ(town: Town) -> None:
    town.office.random_bits = lambda bits: 5 if bits == 12 else 2 ** (bits - 1)
    numbers = [town.place().row.number for _ in range(3)]
    assert len(set(numbers)) == 3


def test_without_a_lead_a_cancellation_counts_at_once(mall: Mall) -> None:
    number = mall.place()["number"]
    assert mall.cancel(number).json()["status"] == "cancelled"


def test_with_a_lead_a_cancellation_is_a_request(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    cancelled = mall.cancel(number).json()
    assert (cancelled["status"], cancelled["cancel_requested"]) == ("assigned", True)
    assert order_item(counter, number).cancel_requested


def test_a_cancellation_twice_is_one(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    first = mall.cancel(number).json()
    assert mall.cancel(number).json() == first


def test_what_was_handed_over_cannot_be_cancelled(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    counter.hand_over(number)
    answer = mall.cancel(number)
    assert (answer.status_code, answer.json()["code"]) == (409, "completed")


def test_a_rescheduled_order_has_the_next_issue(mall: Mall, counter: Counter) -> None:
    placed = mall.place()
    moved = mall.client.post(f"/v1/orders/{placed['number']}/reschedule", json=window(in_hours=24)).json()
    assert (moved["issue"], moved["version"]) == (1, 2)
    assert parse(moved["pickup_code"]).code.issue == 1
    item = order_item(counter, placed["number"])
    assert (item.issue, item.opens) == (1, parse(moved["pickup_code"]).code.window.opens_minute)


def test_rescheduling_to_the_same_window_changes_nothing(mall: Mall) -> None:
    placed = mall.place()
    same = {"opens": placed["opens"], "closes": placed["closes"]}
    again = mall.client.post(f"/v1/orders/{placed['number']}/reschedule", json=same)
    assert again.json() == placed


@pytest.mark.parametrize("number", [1, 2**63, 2**80, -5])
def test_an_unknown_order_is_a_404(mall: Mall, number: int) -> None:
    assert mall.client.get(f"/v1/orders/{number}").json()["code"] == "order"


def test_a_closed_order_keeps_its_window(mall: Mall) -> None:
    number = mall.place()["number"]
    mall.cancel(number)
    answer = mall.client.post(f"/v1/orders/{number}/reschedule", json=window(in_hours=24))
    assert (answer.status_code, answer.json()["code"]) == (409, "closed")
