"""Enrolment: a one-time code, ten minutes, bounded attempts; the first terminal leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Refused
from hq import stores
from hq.counters import enrolment, terminals
from hq.counters.terminals import Terminal
from hq.problems import Rejection
from hq.settings import load
from hq.throttle import Throttle
from sync.wire import PROTOCOL_HEADER, StoreItem
from tests.hq.server import Counter, Mall, Running
from tests.hq.town import HandClock, Town


def enrol(town: Town, code: str) -> Terminal:
    return town.office.write(lambda work: enrolment.enrol(work, code, "Counter", "ab" * 32)).terminal


def code_of(town: Town) -> str:
    return town.office.write(lambda work: enrolment.issue_code(work, 101))[0]


def test_a_code_has_eighty_bits_and_can_be_read_aloud(town: Town) -> None:
    code = code_of(town)
    assert len(code.replace("-", "")) == 16
    assert not set(code) & set("ILOU")


def test_a_code_is_taken_as_people_write_it(town: Town) -> None:
    code = code_of(town)
    assert enrol(town, code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))


def test_a_code_works_once(town: Town) -> None:
    code = code_of(town)
    enrol(town, code)
    with pytest.raises(Refused, match="wrong, used or expired"):
        enrol(town, code)


def test_a_code_ends_after_ten_minutes(town: Town) -> None:
    code = code_of(town)
    town.clock.pass_time(minutes=10)
    with pytest.raises(Refused, match="expired"):
        enrol(town, code)


def test_hq_keeps_neither_code_nor_token_in_the_clear(town: Town) -> None:
    code = code_of(town)
    enrolled = town.office.write(lambda work: enrolment.enrol(work, code, "Counter", "ab" * 32))
    for path in town.office.settings.data.glob("hq.sqlite3*"):
        kept = path.read_bytes()
        assert code.replace("-", "").encode() not in kept
        assert enrolled.token.partition(".")[2].encode() not in kept


def test_the_first_terminal_leads_and_the_second_does_not(town: Town) -> None:
    first = town.enrol()
    town.enrol(name="Counter 2")
    store = next(row.item for row in town.page().rows if isinstance(row.item, StoreItem))
    assert (store.lead_terminal, store.lead_epoch) == (first.id, 1)


def test_the_lead_moves_only_when_the_old_one_is_switched_off(town: Town) -> None:
    town.enrol()
    second = town.enrol(name="Counter 2")

    def move(*, off: bool) -> stores.StoreRow:
        return town.office.write(
            lambda work: stores.move_lead(work, 101, second.id, old_is_switched_off=off, by="Zhou")
        )

    with pytest.raises(Refused, match="switch the old terminal off"):
        move(off=False)
    assert (move(off=True).lead_terminal, move(off=True).lead_epoch) == (second.id, 2)


def test_a_revoked_or_foreign_terminal_cannot_lead(town: Town) -> None:
    town.enrol()
    second = town.enrol(name="Counter 2")
    town.office.write(lambda work: terminals.revoke(work, 101, second.id))
    with pytest.raises(Refused, match="no such terminal"):
        town.office.write(lambda work: stores.move_lead(work, 101, second.id, old_is_switched_off=True, by="Zhou"))


def test_a_wrong_code_is_forbidden_over_http(mall: Mall) -> None:
    answer = mall.try_to_enrol("AAAA-BBBB-CCCC-DDDD")
    assert (answer.status_code, answer.json()["code"]) == (403, "enrolment_code")


def test_an_enrolled_terminal_learns_who_it_is(mall: Mall, counter: Counter) -> None:
    told = counter.enrolled
    assert (told.store_number, told.terminal_name) == (mall.store, "Counter 1")
    assert len(bytes.fromhex(told.lookup_key)) == 32


def test_a_nameless_terminal_or_a_bad_key_is_refused(mall: Mall) -> None:
    body = {"code": mall.enrolment_code(), "terminal_name": "", "public_key": "zz"}
    answer = mall.client.post("/v1/enrol", json=body, headers={PROTOCOL_HEADER: "1"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_a_name_of_spaces_is_no_name_and_costs_no_code(mall: Mall) -> None:
    code = mall.enrolment_code()
    assert mall.try_to_enrol(code, name="   ").json()["code"] == "terminal_name"
    assert mall.try_to_enrol(code).status_code == 200


def test_after_too_many_wrong_codes_an_address_waits() -> None:
    clock = HandClock()
    throttle = Throttle(clock, most=3, seconds=60)
    for _ in range(3):
        throttle.check("a")
        throttle.fail("a")
    with pytest.raises(Rejection) as refused:
        throttle.check("a")
    assert (refused.value.status, refused.value.retry_after) == (429, 61)
    throttle.check("b")
    clock.pass_time(seconds=61)
    throttle.check("a")


@pytest.mark.parametrize("spoken", ["", "0", "3", "99", "one", "1.0"])
def test_a_terminal_of_another_protocol_is_told_to_update(hq: Running, counter: Counter, spoken: str) -> None:
    answer = counter.client.get("/v1/terminal/feed", headers={PROTOCOL_HEADER: spoken})
    assert (answer.status_code, answer.json()["code"]) == (426, "protocol")


@pytest.mark.parametrize("spoken", ["", "0", "1", "2"])
def test_work_is_taken_from_any_older_protocol(counter: Counter, spoken: str) -> None:
    answer = counter.client.post("/v1/terminal/events", json={"events": []}, headers={PROTOCOL_HEADER: spoken})
    assert answer.status_code == 200


def test_a_terminal_of_any_protocol_is_told_which_release_it_should_have(
    hq: Running, counter: Counter, tmp_path: Path
) -> None:
    answer = counter.client.get("/v1/terminal/release", headers={PROTOCOL_HEADER: "0"})
    assert (answer.status_code, answer.json()["version"]) == (200, "")
    assert hq.operator.get("/v1/terminal/release").status_code == 401
    told = "0.2.0 https://hq.example/ziti.deb Faster board"
    settings = load(tmp_path, {"ZITI_HQ_TERMINAL_RELEASE": told})
    assert settings.terminal_release == ("0.2.0", "https://hq.example/ziti.deb", "Faster board")
