"""No store reads or touches another's things, and nobody does anything without a token of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.domain.events import PROGRESS, EventKind
from hq.routing import Balance
from sync.wire import PROTOCOL_HEADER, OrderItem, Problem
from tests.hq.server import Counter, Mall, Running, Teller, next_store
from tests.hq.town import Town


@pytest.fixture
def stranger(hq: Running) -> Iterator[Counter]:
    """Yield a terminal of another store."""
    theirs = Mall(hq.operator, next_store())
    theirs.open_store()
    yield theirs.enrol("Stranger")
    theirs.close()


def test_a_terminal_reads_only_its_own_store(mall: Mall, counter: Counter, stranger: Counter) -> None:
    number = mall.place()["number"]
    assert any(isinstance(row.item, OrderItem) for row in counter.pull().rows)
    assert not [row for row in stranger.pull().rows if isinstance(row.item, OrderItem)]
    assert str(number) not in stranger.client.get("/v1/terminal/feed").text


@pytest.mark.parametrize("kind", sorted(PROGRESS))
def test_a_terminal_cannot_touch_another_stores_order(mall: Mall, stranger: Counter, kind: EventKind) -> None:
    placed = mall.place()
    missing = [{"product_number": 7, "quantity": 1}]
    event = stranger.teller.tell(kind, placed["number"], attempt_id="x", to="assigned", lines=missing)
    assert stranger.push(event).results[0].outcome == "conflict"
    assert mall.order(placed["number"]) == placed
    assert mall.incidents() == []


OF_THE_STORE: dict[EventKind, dict[str, Any]] = {
    EventKind.STOCK_COUNTED: {"counts": [{"product_number": 7, "on_hand": 1}]},
    EventKind.OFFER_CHANGED: {"products": [7], "listed": False},
    EventKind.SOLD: {"sale_id": "sale-2", "lines": [{"product_number": 7, "quantity": 3, "price_fen": 100}]},
    EventKind.LINE_REJECTED: {"lines": [{"product_number": 7, "quantity": 3}], "reason": "x"},
}


@pytest.mark.parametrize("kind", OF_THE_STORE)
def test_stock_is_told_of_the_terminals_own_store_only(town: Town, kind: EventKind) -> None:
    other = town.open_store(102)
    ours, theirs = town.enrol(101), town.enrol(102)
    count = {"counts": [{"product_number": 7, "on_hand": 9}]}
    town.push(ours, Teller("ours").tell(EventKind.STOCK_COUNTED, None, **count))
    number, before = town.place().row.number, town.shelf()
    town.push(theirs, Teller("theirs").tell(kind, number, **OF_THE_STORE[kind]))
    assert town.shelf() == before
    told = {
        EventKind.STOCK_COUNTED: {7: Balance(1, 0, listed=True)},
        EventKind.OFFER_CHANGED: {7: Balance(0, 0, listed=False, counted=False)},
    }
    assert town.shelf(other.number) == told.get(kind, {})


def test_a_sale_of_another_store_is_not_refunded(town: Town) -> None:
    town.open_store(102)
    ours, theirs = town.enrol(101), town.enrol(102)
    lines = [{"product_number": 7, "quantity": 1, "price_fen": 100}]
    town.push(ours, Teller("ours").tell(EventKind.SOLD, None, sale_id="sale-1", lines=lines))
    back = Teller("theirs").tell(EventKind.SALE_REFUNDED, None, sale_id="sale-1", lines=lines, amount_fen=100)
    assert town.outcomes(theirs, back) == ["conflict"]
    assert town.refunded("sale-1") == 0


def test_a_terminal_cannot_close_another_stores_incident(mall: Mall, counter: Counter, stranger: Counter) -> None:
    counter.hand_over(404)
    incident = mall.incidents()[0]
    event = stranger.teller.tell(EventKind.INCIDENT_CLOSED, None, incident_id=incident["id"], reason="x")
    assert stranger.push(event).results[0].outcome == "conflict"
    assert mall.incidents()[0]["closed_at"] is None


def test_the_same_event_id_in_two_stores_is_two_events(mall: Mall, counter: Counter, stranger: Counter) -> None:
    number = mall.place()["number"]
    stranger.push(stranger.teller.hand_over(number))
    assert counter.hand_over(number).results[0].outcome == "applied"


def test_a_token_moved_to_another_store_opens_nothing(mall: Mall, counter: Counter, stranger: Counter) -> None:
    _, secret = counter.enrolled.token.split(".")
    forged = f"{stranger.enrolled.store_number}.{secret}"
    answer = mall.client.get("/v1/terminal/feed", headers={"Authorization": f"Bearer {forged}", PROTOCOL_HEADER: "1"})
    assert (answer.status_code, answer.json()["code"]) == (401, "terminal")


TOKENS = ["", "Bearer", "Bearer x", "Basic abc", "Bearer 1.2", "Bearer ²³.x", "Bearer " + "9" * 400]


@pytest.mark.parametrize("token", TOKENS)
def test_without_a_token_of_its_own_nobody_is_a_terminal(hq: Running, token: str) -> None:
    headers = {"Authorization": token.encode(), PROTOCOL_HEADER.encode(): b"1"}
    for method, path in (("GET", "/v1/terminal/feed"), ("POST", "/v1/terminal/events")):
        answer = httpx.request(method, hq.url + path, headers=headers)  # type: ignore[arg-type]
        assert Problem.model_validate_json(answer.content).code == "terminal"
        assert answer.status_code == 401


OPERATORS = [
    ("PUT", "/v1/stores/1"),
    ("PUT", "/v1/stores/1/staff/x"),
    ("PUT", "/v1/stores/1/lead"),
    ("POST", "/v1/stores/1/enrolment-codes"),
    ("GET", "/v1/stores/1/terminals"),
    ("POST", "/v1/stores/1/terminals/x/revoke"),
    ("POST", "/v1/stores/1/feed/renew"),
    ("GET", "/v1/stores/1/incidents"),
    ("GET", "/v1/stores/1/quarantine"),
    ("GET", "/v1/stores/1/orders"),
    ("PUT", "/v1/products/1"),
    ("GET", "/v1/keys"),
    ("POST", "/v1/keys"),
    ("POST", "/v1/keys/1/retire"),
    ("POST", "/v1/orders"),
    ("GET", "/v1/orders/1"),
    ("POST", "/v1/orders/1/cancel"),
    ("POST", "/v1/orders/1/reschedule"),
]


@pytest.mark.parametrize(("method", "path"), OPERATORS)
def test_a_terminal_is_no_operator(counter: Counter, method: str, path: str) -> None:
    answer = counter.client.request(method, path, json={})
    assert (answer.status_code, answer.json()["code"]) == (401, "operator")


def test_a_revoked_terminal_is_out(mall: Mall, counter: Counter) -> None:
    path = f"/v1/stores/{mall.store}/terminals/{counter.enrolled.terminal_id}/revoke"
    assert mall.client.post(path).status_code == 204
    for answer in (counter.client.get("/v1/terminal/feed"), counter.try_to_push()):
        assert (answer.status_code, answer.json()["code"]) == (401, "terminal")
    listed = mall.client.get(f"/v1/stores/{mall.store}/terminals").json()["terminals"]
    assert listed[0]["revoked_at"]


def test_an_operator_cannot_revoke_through_another_store(mall: Mall, counter: Counter, stranger: Counter) -> None:
    path = f"/v1/stores/{stranger.enrolled.store_number}/terminals/{counter.enrolled.terminal_id}/revoke"
    assert mall.client.post(path).status_code == 404
    assert counter.pull().rows
