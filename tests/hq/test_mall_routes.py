"""What operators set for a mall: live sessions, counts and their ledger, pairs; and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.hq.server import Mall

NOW = datetime.now(UTC)


def plan(mall: Mall, **changed: Any) -> dict[str, Any]:
    told = {
        "title": "今晚",
        "starts_at": (NOW - timedelta(hours=1)).isoformat(),
        "ends_at": (NOW + timedelta(days=1)).isoformat(),
        "offers": [{"product_number": 7, "price_fen": 9_900}],
        "rules": {"window": {"kind": "lead", "lead_minutes": 30}},
        "store_numbers": [mall.store],
    }
    return {**told, **changed}


def put(mall: Mall, slug: str, body: dict[str, Any]) -> httpx.Response:
    return mall.client.put(f"/v1/live-sessions/{slug}", json=body)


def counts(**on_hand: int) -> dict[str, Any]:
    counted = [{"product_number": int(number.removeprefix("p")), "on_hand": many} for number, many in on_hand.items()]
    return {"counts": counted, "by": "王店长"}


def test_a_session_reads_back_as_it_was_put(mall: Mall) -> None:
    slug = f"s-{mall.store}"
    made = put(mall, slug, plan(mall)).raise_for_status().json()
    assert made == mall.client.get(f"/v1/live-sessions/{slug}").json()
    assert (made["store_numbers"], made["offers"][0]["most"], made["discount_percent"]) == ([mall.store], 99, 10)
    assert made["rules"]["window"] == {"kind": "lead", "lead_minutes": 30, "slot_minutes": 60, "slots": 6}


def test_a_second_put_changes_the_session(mall: Mall) -> None:
    slug = f"s-{mall.store}"
    put(mall, slug, plan(mall)).raise_for_status()
    put(mall, slug, plan(mall, title="明晚", published=False)).raise_for_status()
    listed = mall.client.get("/v1/live-sessions").json()["sessions"]
    assert [(each["title"], each["published"]) for each in listed if each["slug"] == slug] == [("明晚", False)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": ""}, "invalid"),
        ({"surprise": 1}, "invalid"),
        ({"discount_percent": 91}, "invalid"),
        ({"offers": []}, "invalid"),
        ({"offers": [{"product_number": 4_000_000_000, "price_fen": 1}]}, "product"),
        ({"offers": [{"product_number": 7, "price_fen": 1}] * 2}, "products"),
        ({"rules": {"window": {"kind": "moon"}}}, "rules"),
        ({"rules": {"window": []}}, "rules"),
        ({"rules": {"surprise": 1}}, "rules"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, "time"),
        ({"ends_at": "2020-01-01T00:00:00"}, "invalid"),
    ],
)
def test_a_session_that_makes_no_sense_is_refused(mall: Mall, changed: dict[str, Any], code: str) -> None:
    refused = put(mall, f"s-{mall.store}", plan(mall, **changed))
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert mall.client.get(f"/v1/live-sessions/s-{mall.store}").status_code == 404


def test_stores_and_names_that_are_not_there_are_refused(mall: Mall) -> None:
    assert put(mall, "Not A Slug", plan(mall)).json()["code"] == "slug"
    assert put(mall, f"s-{mall.store}", plan(mall, store_numbers=[4_000_000_000])).status_code == 404


def test_counts_are_kept_with_their_ledger(mall: Mall) -> None:
    path = f"/v1/stores/{mall.store}/stock"
    (held,) = mall.client.put(path, json=counts(p7=5)).raise_for_status().json()["stock"]
    assert (held["on_hand"], held["reserved"], held["available"], held["listed"]) == (5, 0, 5, True)
    mall.client.put(path, json=counts(p7=3)).raise_for_status()
    moves = mall.client.get(f"{path}/7/moves").json()["moves"]
    assert sorted(move["on_hand"] for move in moves) == [-2, 5]
    assert {(move["kind"], move["by"]) for move in moves} == {("count", "王店长")}
    assert len(mall.client.get(f"{path}/7/moves", params={"limit": 1}).json()["moves"]) == 1


def test_a_retried_count_counts_once(mall: Mall) -> None:
    path, key = f"/v1/stores/{mall.store}/stock", {"Idempotency-Key": "c-1"}
    for _ in range(2):
        mall.client.put(path, json=counts(p7=5), headers=key).raise_for_status()
    assert len(mall.client.get(f"{path}/7/moves").json()["moves"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        counts(p4000000000=1),
        counts(p7=-1),
        {"counts": []},
        {"counts": counts(p7=1)["counts"] * 2},
        {**counts(p7=1), "surprise": 1},
    ],
)
def test_a_count_that_makes_no_sense_is_refused_whole(mall: Mall, body: dict[str, Any]) -> None:
    path = f"/v1/stores/{mall.store}/stock"
    assert mall.client.put(path, json=body).status_code == 422
    assert mall.client.get(path).json() == {"stock": []}


def test_pairs_are_kept_in_their_order(mall: Mall) -> None:
    first = mall.store * 1000
    for number in range(first, first + 3):
        mall.add_product(number)
    others = [first + 2, first + 1]
    told = mall.client.put(f"/v1/products/{first}/pairs", json={"others": others}).raise_for_status().json()
    assert told == {"others": others}
    assert mall.client.put("/v1/products/4000000000/pairs", json={"others": []}).status_code == 404
    assert mall.client.put(f"/v1/products/{first}/pairs", json={"others": [4_000_000_000]}).status_code == 422


@pytest.mark.parametrize("hours", ["x", "[1]", '{"weekly":{"mon":["25:00-26:00"]}}', '{"surprise":1}'])
def test_opening_hours_that_cannot_be_read_are_refused(mall: Mall, hours: str) -> None:
    assert mall.client.put(f"/v1/stores/{mall.store}", json={"name": "x", "hours": hours}).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "live-sessions"),
        ("GET", "live-sessions/x"),
        ("PUT", "live-sessions/x"),
        ("GET", "stores/1/stock"),
        ("PUT", "stores/1/stock"),
        ("GET", "stores/1/stock/7/moves"),
        ("PUT", "products/7/pairs"),
    ],
)
def test_strangers_see_and_set_nothing(mall: Mall, method: str, path: str) -> None:
    with httpx.Client(base_url=mall.client.base_url) as stranger:
        assert stranger.request(method, f"/v1/{path}", json={}).status_code == 401
