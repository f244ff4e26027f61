"""Whatever goes wrong, the caller gets a Problem with a sentence, and never a trace or SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hq.app import create_app
from sync.wire import PROTOCOL_HEADER, Problem, TimeAnswer
from tests.conftest import ExpectLog
from tests.hq.server import Counter, Mall, Running, in_thread, settings_in


def problem(answer: httpx.Response) -> Problem:
    told = Problem.model_validate_json(answer.content)
    assert told.status == answer.status_code
    assert told.detail
    assert answer.headers["content-type"] == "application/problem+json"
    return told


def test_hq_tells_its_time_to_anybody(hq: Running) -> None:
    assert TimeAnswer.model_validate_json(httpx.get(hq.url + "/v1/time").content).ziti == "hq"


def test_an_unknown_address_is_a_404(hq: Running) -> None:
    assert problem(httpx.get(hq.url + "/nothing/here")).code == "not_found"


def test_another_method_is_a_405(hq: Running) -> None:
    answer = httpx.delete(hq.url + "/v1/time")
    assert problem(answer).code == "method"
    assert answer.headers["allow"] == "GET"


NOT_JSON = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[]",
    b"null",
    b"1",
    b'"x"',
    b"[" * 100_000,
    b'{"events": [[]]}',
    b'{"events": {}}',
]


@pytest.mark.parametrize("body", NOT_JSON)
def test_a_body_of_another_form_is_a_422_with_a_sentence(counter: Counter, body: bytes) -> None:
    answer = counter.client.post("/v1/terminal/events", content=body)
    assert (answer.status_code, problem(answer).code) == (422, "invalid")


ODD_TEXTS = ["a\0b", "\u2028", "\ufeff", "👩‍👩‍👧‍👦" * 4, "\x7f\x1b[31m"]


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_a_text_is_kept_letter_by_letter_or_refused_with_a_sentence(mall: Mall, odd: str) -> None:
    answers = [
        mall.client.put("/v1/products/9", json={"name": odd, "sku": odd, "price_fen": 1}),
        mall.client.put(f"/v1/stores/{mall.store}/staff/li", json={"name": odd, "role": "clerk"}),
        mall.cancel_because(mall.place()["number"], odd),
    ]
    for answer in answers:
        assert answer.is_success or (answer.status_code, problem(answer).code) == (422, "invalid")
        if answer.is_success and "name" in answer.json():
            assert answer.json()["name"] == odd


def test_a_batch_that_is_too_long_is_a_422(counter: Counter) -> None:
    answer = counter.client.post("/v1/terminal/events", json={"events": [{}] * 101})
    assert answer.status_code == 422


BAD_QUERIES = ["after=-1", "after=x", "after=9" * 9, "wait=-1", "wait=nan", "limit=0", "limit=501"]


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_query_out_of_bounds_is_a_422_with_a_sentence(counter: Counter, query: str) -> None:
    answer = counter.client.get(f"/v1/terminal/feed?{query}")
    assert (answer.status_code, problem(answer).code) == (422, "invalid")


def test_what_was_sent_is_not_repeated(mall: Mall) -> None:
    answer = mall.client.put(f"/v1/stores/{mall.store}/staff/li", json={"name": "Li", "role": "boss", "pin": "135791"})
    assert answer.status_code == 422
    assert "135791" not in answer.text
    assert "boss" not in answer.text


@pytest.mark.parametrize("path", ["/v1/products/7", "/v1/stores/5"])
def test_a_body_of_more_than_a_megabyte_is_a_413(mall: Mall, path: str) -> None:
    answer = mall.client.put(path, content=b"x" * 1_000_001)
    assert (answer.status_code, problem(answer).code) == (413, "too_large")


def test_a_body_in_chunks_is_measured_too(counter: Counter) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 50_000

    answer = counter.client.post("/v1/terminal/events", content=chunks())
    assert (answer.status_code, problem(answer).code) == (413, "too_large")


def test_a_mistake_of_ours_is_logged_and_told_without_its_trace(tmp_path: Path, expect_log: ExpectLog) -> None:
    expect_log("ziti.hq ERROR: a request failed: GET")
    app = create_app(settings_in(tmp_path))

    async def broken() -> None:
        raise ZeroDivisionError("SELECT secret FROM places")

    app.add_api_route("/broken", broken)
    with in_thread(app) as client:
        answer = client.get("/broken")
    assert (answer.status_code, problem(answer).code) == (500, "internal")
    assert "secret" not in answer.text


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(tmp_path: Path, expect_log: ExpectLog) -> None:
    expect_log("ziti.hq ERROR: HQ's disk is full")
    app = create_app(settings_in(tmp_path))
    with in_thread(app) as client:
        client.put("/v1/stores/1", json={"name": "x"})
        client.put("/v1/products/7", json={"name": "x"})
        mall = Mall(client, 1)
        limit_pages(app.state.desk.office.database.writer)
        answers = [mall.try_to_place({**mall.wish(), "note": "x" * 200}) for _ in range(60)]
        full = next(answer for answer in answers if answer.status_code == 503)
        assert problem(full).code == "storage"
        assert full.headers["retry-after"] == "5"
        assert len(mall.orders()) == sum(answer.status_code == 201 for answer in answers)
        assert client.get("/v1/time").status_code == 200


def limit_pages(engine: object) -> None:
    connection: sqlite3.Connection = engine.raw_connection().driver_connection  # type: ignore[attr-defined]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")


def test_every_answer_to_a_terminal_is_marked_as_hqs_own(hq: Running, counter: Counter) -> None:
    answers = [
        counter.client.get("/v1/terminal/feed"),
        counter.try_to_push(),
        httpx.get(hq.url + "/v1/time"),
        httpx.get(hq.url + "/v1/terminal/feed", headers={PROTOCOL_HEADER: "1"}),
    ]
    assert [json.loads(answer.content)["ziti"] for answer in answers] == ["hq"] * 4
