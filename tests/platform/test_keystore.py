"""Secrets are kept in a keyring that works, else in a private file, and never lost without a word."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from app.errors import SecretsLost
from app.keystore import KeyringSilent, Keystore, Secrets

SECRETS = Secrets("token-of-terminal", b"\x01" * 32, b"\x02" * 32)
OTHERS = Secrets("other", b"\x03" * 32, b"\x04" * 32)


class MemoryKeyring(KeyringBackend):
    """A keyring that works."""

    priority: float = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")


class ForgetfulKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        return None


class PlainTextKeyring(MemoryKeyring):
    priority = 0.5


class HangingKeyring(MemoryKeyring):
    """Answers only when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.let_go.wait()
        return None


@pytest.fixture(autouse=True)
def _own_keyring_again() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def memory() -> MemoryKeyring:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    return backend


def test_nothing_saved_is_none(tmp_path: Path) -> None:
    assert Keystore(tmp_path).load() is None
    assert Keystore(tmp_path).place is None


def test_without_a_keyring_a_private_file_keeps_them(tmp_path: Path) -> None:
    Keystore(tmp_path).save(SECRETS)
    assert Keystore(tmp_path).load() == SECRETS
    assert Keystore(tmp_path).place == "file"
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_working_keyring_keeps_them(tmp_path: Path, memory: MemoryKeyring) -> None:
    Keystore(tmp_path).save(SECRETS)
    assert Keystore(tmp_path).load() == SECRETS
    assert Keystore(tmp_path).place == "keyring"
    assert len(memory.kept) == 1
    assert SECRETS.token not in (tmp_path / "secrets.json").read_text("utf-8")


def test_two_terminals_of_one_user_do_not_share(tmp_path: Path, memory: MemoryKeyring) -> None:
    for name, secrets in (("one", SECRETS), ("two", OTHERS)):
        (tmp_path / name).mkdir()
        Keystore(tmp_path / name).save(secrets)
    assert Keystore(tmp_path / "one").load() == SECRETS
    assert Keystore(tmp_path / "two").load() == OTHERS
    assert len(memory.kept) == 2


@pytest.mark.parametrize("backend", [LockedKeyring, ForgetfulKeyring, PlainTextKeyring])
def test_keyring_that_does_not_hold_is_not_used(tmp_path: Path, backend: type[MemoryKeyring]) -> None:
    keyring.set_keyring(backend())
    Keystore(tmp_path).save(SECRETS)
    assert Keystore(tmp_path).place == "file"
    assert Keystore(tmp_path).load() == SECRETS


def test_keyring_that_hangs_does_not_hang_the_program(tmp_path: Path) -> None:
    hanging = HangingKeyring()
    keyring.set_keyring(hanging)
    Keystore(tmp_path, patience=0.05).save(SECRETS)
    hanging.let_go.set()
    assert Keystore(tmp_path).place == "file"


def test_keyring_that_hangs_later_is_said_in_words(tmp_path: Path, memory: MemoryKeyring) -> None:
    Keystore(tmp_path).save(SECRETS)
    hanging = HangingKeyring()
    keyring.set_keyring(hanging)
    with pytest.raises(KeyringSilent, match="unlock it"):
        Keystore(tmp_path, patience=0.05).load()
    hanging.let_go.set()
    keyring.set_keyring(memory)
    assert Keystore(tmp_path).load() == SECRETS


def test_locked_keyring_is_not_taken_for_a_new_terminal(tmp_path: Path, memory: MemoryKeyring) -> None:
    Keystore(tmp_path).save(SECRETS)
    locked = LockedKeyring()
    locked.kept = memory.kept
    keyring.set_keyring(locked)
    with pytest.raises(KeyringSilent):
        Keystore(tmp_path).load()


def test_keyring_that_lost_them_says_enrol_again(tmp_path: Path, memory: MemoryKeyring) -> None:
    Keystore(tmp_path).save(SECRETS)
    memory.kept.clear()
    with pytest.raises(SecretsLost, match="enrol it again"):
        Keystore(tmp_path).load()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"place": "moon"}', '{"place": "file"}', '{"place": "file", "secrets": "[1]"}', "\x00" * 100],
)
def test_damaged_file_says_enrol_again_and_stays(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_text(content, "utf-8")
    with pytest.raises(SecretsLost, match="enrol it again"):
        Keystore(tmp_path).load()
    assert (tmp_path / "secrets.json").read_text("utf-8") == content


def test_file_that_others_may_read_is_closed(tmp_path: Path) -> None:
    Keystore(tmp_path).save(SECRETS)
    (tmp_path / "secrets.json").chmod(0o644)
    Keystore(tmp_path).load()
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.usefixtures("memory")
def test_clear_forgets_in_the_keyring(tmp_path: Path, memory: MemoryKeyring) -> None:
    Keystore(tmp_path).save(SECRETS)
    Keystore(tmp_path).clear()
    assert Keystore(tmp_path).load() is None
    assert memory.kept == {}


def test_clear_forgets_the_file(tmp_path: Path) -> None:
    Keystore(tmp_path).save(SECRETS)
    Keystore(tmp_path).clear()
    assert list(tmp_path.iterdir()) == []


def test_clearing_nothing_is_nothing(tmp_path: Path) -> None:
    Keystore(tmp_path).clear()


def test_new_enrolment_replaces_the_old_one(tmp_path: Path, memory: MemoryKeyring) -> None:
    Keystore(tmp_path).save(SECRETS)
    Keystore(tmp_path).save(OTHERS)
    assert Keystore(tmp_path).load() == OTHERS
    assert len(memory.kept) == 1


def test_repr_shows_no_secret() -> None:
    assert repr(SECRETS) == "Secrets()"


def test_note_of_the_file_is_json(tmp_path: Path) -> None:
    Keystore(tmp_path).save(SECRETS)
    assert json.loads((tmp_path / "secrets.json").read_text("utf-8"))["place"] == "file"
