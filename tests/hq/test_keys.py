"""Signing keys: told a week before they sign, retired when their codes are gone."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path
from random import getrandbits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.code import KeyRing, parse
from app.errors import NeedsAttention, Refused
from hq.counters import keys
from hq.counters.keys import SigningKey, may_retire, signing
from hq.office import Office
from hq.vault import Vault
from sync.wire import KeyItem
from tests.hq.town import START, Town

DAY = timedelta(days=1)


def key(key_id: int, *, signs_in: float, retired: bool = False) -> SigningKey:
    at = START + timedelta(days=signs_in)
    return SigningKey(key_id, bytes(32), at, at, START if retired else None)


def test_the_newest_key_whose_time_has_come_signs() -> None:
    assert signing([key(1, signs_in=-9), key(2, signs_in=-1), key(3, signs_in=1)], START).key_id == 2


def test_a_retired_key_does_not_sign() -> None:
    assert signing([key(1, signs_in=-9), key(2, signs_in=-1, retired=True)], START).key_id == 1


def test_a_key_may_go_when_another_has_signed_for_a_week() -> None:
    assert may_retire([key(1, signs_in=-20), key(2, signs_in=-7)], 1, START)
    assert not may_retire([key(1, signs_in=-20), key(2, signs_in=-6)], 1, START)
    assert not may_retire([key(1, signs_in=-20), key(2, signs_in=-7)], 2, START)
    assert not may_retire([key(1, signs_in=-20)], 1, START)


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=6), st.floats(0, 60))
def test_whoever_may_retire_there_is_always_a_key_that_signs(starts: list[float], days: float) -> None:
    known = [key(0, signs_in=-40), *(key(at, signs_in=start) for at, start in enumerate(starts, start=1))]
    now = START + timedelta(days=days)
    left = [each for each in known if not may_retire(known, each.key_id, now)]
    assert signing(left, now) == signing(known, now)


def test_the_first_key_of_a_new_hq_signs_at_once(town: Town) -> None:
    assert parse(town.place().pickup_code).code.key_id == 1


def test_a_new_key_reaches_every_store_a_week_before_it_signs(town: Town) -> None:
    new = town.office.write(keys.rotate)
    told = [row.item.key_id for row in town.page().rows if isinstance(row.item, KeyItem)]
    assert told == [1, new.key_id]
    town.clock.at += keys.DISTRIBUTE_FOR - timedelta(seconds=1)
    assert parse(town.place().pickup_code).code.key_id == 1
    town.clock.pass_time(seconds=1)
    assert parse(town.place().pickup_code).code.key_id == new.key_id


def test_codes_of_both_keys_verify_while_one_is_replaced(town: Town) -> None:
    old = town.place().pickup_code
    town.office.write(keys.rotate)
    town.clock.pass_time(days=8)
    new = town.place().pickup_code
    items = [row.item for row in town.page().rows if isinstance(row.item, KeyItem)]
    ring = KeyRing({item.key_id: [bytes.fromhex(item.public_key)] for item in items})
    assert ring.verify(parse(old)).key_id != ring.verify(parse(new)).key_id


def test_a_retired_key_is_told_as_retired(town: Town) -> None:
    town.office.write(keys.rotate)
    town.clock.pass_time(days=14)
    assert town.office.write(lambda work: keys.retire(work, 1)).retired_at
    assert [row.item.retired for row in town.page().rows if isinstance(row.item, KeyItem)] == [False, True]


@pytest.mark.parametrize(("key_id", "sentence"), [(1, "still signs"), (9, "no key 9")])
def test_a_key_that_is_needed_or_unknown_is_not_retired(town: Town, key_id: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        town.office.write(lambda work: keys.retire(work, key_id))


def test_no_more_than_three_keys_are_in_use(town: Town) -> None:
    town.office.write(keys.rotate)
    town.office.write(keys.rotate)
    with pytest.raises(Refused, match="retire the oldest"):
        town.office.write(keys.rotate)


def test_private_keys_are_only_in_a_file_that_only_the_owner_reads(town: Town) -> None:
    data = town.office.settings.data
    path = data / "secrets.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    private = town.office.vault.signer(1).private.private_bytes_raw()
    assert private.hex() in path.read_text()
    assert all(private not in each.read_bytes() for each in data.glob("hq.sqlite3*"))


def test_a_key_that_another_process_made_is_found(tmp_path: Path) -> None:
    one = Vault.open(tmp_path / "secrets.json")
    other = Vault.open(tmp_path / "secrets.json")
    first, _ = one.new_key(0, getrandbits)
    second, public = other.new_key(0, getrandbits)
    assert (first, second) == (1, 2)
    assert one.signer(2).private.public_key().public_bytes_raw() == public
    assert other.signer(1).private == other.signer(1).private
    assert one.secret("x") == other.secret("x")


def test_the_same_code_after_a_restart(town: Town) -> None:
    before = town.place()
    town.office.close()
    town.office = Office.open(town.office.settings, town.clock)
    assert town.office.vault.signer(1).private == town.office.vault.signer(1).private
    again, _ = town.try_to_place(town.wish(), "key-1")
    assert (again.pickup_code, again.short_code, again.page_token) == (
        before.pickup_code,
        before.short_code,
        before.page_token,
    )


def test_a_lost_private_key_is_said_in_words(town: Town) -> None:
    data = town.office.settings.data
    with pytest.raises(NeedsAttention, match="lacks signing key 5"):
        Vault.open(data / "secrets.json").signer(5)
    (data / "secrets.json").write_text("{}")
    with pytest.raises(NeedsAttention, match=r"secrets\.json is damaged"):
        Vault.open(data / "secrets.json")
