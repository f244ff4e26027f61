"""Stores: their rules reach their terminals, and each knows its neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import Refused
from hq.stores import distance_m
from sync.wire import NeighbourItem, StoreItem
from tests.hq.server import Mall
from tests.hq.town import Town

XUHUI = {"lat": 31.1945, "lon": 121.4365}
PUDONG = {"lat": 31.2304, "lon": 121.5050}


def neighbours(town: Town, store: int) -> dict[int, NeighbourItem]:
    items = [row.item for row in town.page(store=store).rows]
    return {item.number: item for item in items if isinstance(item, NeighbourItem)}


def test_stores_know_each_other_and_how_far_it_is(town: Town) -> None:
    town.open_store(101, **XUHUI)
    town.open_store(102, address="世纪大道 8 号", **PUDONG)
    there, back = neighbours(town, 101)[102], neighbours(town, 102)[101]
    assert there.address == "世纪大道 8 号"
    assert there.distance_m == back.distance_m
    assert 7_500 < (there.distance_m or 0) < 7_700


def test_without_a_place_there_is_no_distance(town: Town) -> None:
    assert distance_m(town.open_store(101, **XUHUI), town.open_store(102)) is None


def test_a_store_at_the_same_place_is_at_no_distance(town: Town) -> None:
    assert distance_m(town.open_store(101, **XUHUI), town.open_store(102, **XUHUI)) == 0


def test_changed_rules_reach_the_terminals(town: Town) -> None:
    before = town.page()
    town.open_store(101, early_minutes=15, revoke_minutes=30)
    rows = town.page(before.cursor, before.generation).rows
    assert [(row.item.early_minutes, row.item.revoke_minutes) for row in rows if isinstance(row.item, StoreItem)] == [
        (15, 30)
    ]


def test_a_renamed_store_keeps_its_identity_and_is_renamed_at_its_neighbours(town: Town) -> None:
    town.open_store(102)
    renamed = town.open_store(101, name="新店")
    assert (renamed.id, renamed.lookup_key) == (town.store.id, town.store.lookup_key)
    assert neighbours(town, 102)[101].name == "新店"


@pytest.mark.parametrize("profile", [{"time_zone": "Mars/Olympus"}, {"time_zone": "../etc"}, {"lat": 31.0}])
def test_a_profile_that_makes_no_sense_is_refused(town: Town, profile: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        town.open_store(101, **profile)


BAD_BODIES: list[dict[str, Any]] = [{}, {"name": ""}, {"name": "x", "early_minutes": -1}, {"name": "x", "lat": 91}]


@pytest.mark.parametrize("body", BAD_BODIES)
def test_a_profile_out_of_bounds_is_a_422_with_a_sentence(mall: Mall, body: dict[str, Any]) -> None:
    answer = mall.client.put(f"/v1/stores/{mall.store}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["detail"]


@pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "１２３４５６"])
def test_a_pin_has_six_digits(mall: Mall, pin: str) -> None:
    body = {"name": "Li", "role": "clerk", "pin": pin}
    assert mall.client.put(f"/v1/stores/{mall.store}/staff/li", json=body).status_code == 422


def test_a_changed_name_keeps_the_pin(mall: Mall) -> None:
    path = f"/v1/stores/{mall.store}/staff/li"
    mall.client.put(path, json={"name": "Li", "role": "clerk", "pin": "246810"})
    answer = mall.client.put(path, json={"name": "Li Na", "role": "manager"}).json()
    assert answer == {"id": "li", "name": "Li Na", "role": "manager", "active": True, "has_pin": True}


def test_nothing_can_be_set_up_in_an_unknown_store(mall: Mall) -> None:
    for method, path in (("POST", "enrolment-codes"), ("GET", "incidents"), ("GET", "orders"), ("GET", "terminals")):
        answer = mall.client.request(method, f"/v1/stores/777777/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "store")
