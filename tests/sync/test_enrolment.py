"""A machine becomes a terminal of a store, or stays what it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.events import EventKind
from app.errors import Refused
from app.keystore import Keystore, Secrets
from app.usecases.enrol import Enrolment, enrolment, save_enrolment
from app.usecases.outbox import pending_events
from sync.client import BadAddress
from sync.enrolment import BadName, WrongCode, enrol
from sync.failures import CaptivePortal, Unreachable
from tests.core.till import Till
from tests.sync import faults
from tests.sync.faults import Caller, Serve

ANSWER = {
    **faults.ENVELOPE,
    "terminal_id": "t-9",
    "terminal_name": "Counter 1",
    "store_id": "s-7",
    "store_number": 7,
    "token": "7.secret",
    "lookup_key": "ab" * 32,
}


def welcome(caller: Caller) -> None:
    caller.answer_json(200, ANSWER)


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Till]:
    made = Till(tmp_path)
    yield made
    made.storage.close()


@pytest.fixture
def keystore(tmp_path: Path) -> Keystore:
    return Keystore(tmp_path)


def test_a_right_code_makes_a_terminal(serve: Serve, blank: Till, keystore: Keystore) -> None:
    server = serve(welcome)
    made = enrol(f"{server.url}/", " H7KQ ", " Counter 1 ", blank.storage.submit, keystore)
    assert made == Enrolment("t-9", "Counter 1", "s-7", 7, server.url)
    assert blank(enrolment) == made


def test_the_secrets_are_kept_and_the_private_key_never_leaves(serve: Serve, blank: Till, keystore: Keystore) -> None:
    server = serve(welcome)
    enrol(server.url, "H7KQ", "Counter 1", blank.storage.submit, keystore)
    kept = keystore.load()
    assert kept is not None
    assert (kept.token, kept.lookup_key) == ("7.secret", b"\xab" * 32)
    sent = json.loads(server.callers[0].body)
    own = Ed25519PrivateKey.from_private_bytes(kept.private_key).public_key().public_bytes_raw().hex()
    assert sent == {"code": "H7KQ", "terminal_name": "Counter 1", "public_key": own}


def test_a_wrong_code_is_said_in_hqs_words(serve: Serve, blank: Till, keystore: Keystore) -> None:
    with pytest.raises(WrongCode, match="about enrolment_code"):
        enrol(serve(faults.refused).url, "NOPE", "Counter 1", blank.storage.submit, keystore)
    assert (blank(enrolment), keystore.load()) == (None, None)


@pytest.mark.parametrize("code", ["", "   ", "x" * 65])
def test_what_cannot_be_a_code_is_not_sent(serve: Serve, blank: Till, keystore: Keystore, code: str) -> None:
    server = serve(welcome)
    with pytest.raises(WrongCode):
        enrol(server.url, code, "Counter 1", blank.storage.submit, keystore)
    assert server.callers == []


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_terminal_needs_a_name(serve: Serve, blank: Till, keystore: Keystore, name: str) -> None:
    with pytest.raises(BadName):
        enrol(serve(welcome).url, "H7KQ", name, blank.storage.submit, keystore)


def test_a_bad_address_is_said_in_words(blank: Till, keystore: Keystore) -> None:
    with pytest.raises(BadAddress, match="like https://"):
        enrol("the office", "H7KQ", "Counter 1", blank.storage.submit, keystore)


def test_a_missing_or_foreign_server_is_a_failure_of_the_link(serve: Serve, blank: Till, keystore: Keystore) -> None:
    server = serve(faults.sign_in_page)
    with pytest.raises(CaptivePortal):
        enrol(server.url, "H7KQ", "Counter 1", blank.storage.submit, keystore)
    server.close()
    with pytest.raises(Unreachable):
        enrol(server.url, "H7KQ", "Counter 1", blank.storage.submit, keystore)


def test_unsent_work_stays_for_the_terminal_that_it_becomes(serve: Serve, blank: Till, keystore: Keystore) -> None:
    keystore.save(Secrets("7.old", b"k" * 32, b"l" * 32))
    blank(save_enrolment, Enrolment("t-1", "Counter 1", "s-7", 7, "http://hq"))
    blank(lambda work: work.record(EventKind.PREPARED, 1, by="W", body={}))
    enrol(serve(welcome).url, "H7KQ", "Counter 1", blank.storage.submit, keystore)
    now = blank(enrolment)
    assert now is not None
    assert now.terminal_id != "t-1"
    assert [event.kind for event in blank(pending_events, 9)] == [EventKind.PREPARED]


def test_data_of_another_store_keeps_its_terminal_and_its_secrets(
    serve: Serve, blank: Till, keystore: Keystore
) -> None:
    old = Secrets("7.old", b"k" * 32, b"l" * 32)
    keystore.save(old)
    blank(save_enrolment, Enrolment("t-1", "Counter 1", "another-store", 9, "http://hq"))
    with pytest.raises(Refused, match="another store"):
        enrol(serve(welcome).url, "H7KQ", "Counter 1", blank.storage.submit, keystore)
    now = blank(enrolment)
    assert now is not None
    assert (now.terminal_id, keystore.load()) == ("t-1", old)


def test_lost_secrets_do_not_keep_a_terminal_from_being_enrolled_again(
    serve: Serve, blank: Till, keystore: Keystore, tmp_path: Path
) -> None:
    (tmp_path / "secrets.json").write_text("{")
    enrol(serve(welcome).url, "H7KQ", "Counter 1", blank.storage.submit, keystore)
    kept = keystore.load()
    assert kept is not None
    assert kept.token == "7.secret"
