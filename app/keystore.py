"""This terminal's secrets: in the system's keyring if one works, else in a file that only this user may read."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from app.errors import SecretsLost
from app.files import sync_folder, write_whole

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

Place = Literal["keyring", "file"]
T = TypeVar("T")

FILE_NAME = "secrets.json"


class KeyringSilent(SecretsLost):
    """The system's keyring is locked, broken, or does not answer."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What HQ gave (`token`, `lookup_key`) and what this terminal made (`private_key`); `repr` shows none of it."""

    token: str = field(repr=False)
    private_key: bytes = field(repr=False)
    lookup_key: bytes = field(repr=False)


class Keystore:
    """The secrets of the terminal whose data is in `folder`.

    A small file there tells where they are, so that a terminal that was never enrolled does not ask the keyring, and
    one whose keyring is locked does not take itself for a new one. `patience` (seconds) bounds every question to the
    keyring: a D-Bus service may hang for ever.
    """

    def __init__(self, folder: Path, service: str = "ZitiPOS", *, patience: float = 5.0) -> None:
        self._file = folder / FILE_NAME
        self._service = service
        self._user = str(folder.absolute())
        self._patience = patience

    @property
    def place(self) -> Place | None:
        """Where the secrets are; `None` when there are none."""
        note = self._note()
        return note["place"] if note else None

    def load(self) -> Secrets | None:
        """Return the secrets, `None` if none were saved; raises `SecretsLost` or `KeyringSilent`."""
        note = self._note()
        if note is None:
            return None
        if note["place"] == "file":
            _close_to_others(self._file)
            return _unpacked(note.get("secrets"))
        return _unpacked(ask_keyring(self._kept, self._patience))

    def save(self, secrets: Secrets) -> None:
        """Keep the secrets durably; afterwards `place` tells where."""
        packed = _packed(secrets)
        given = self._given_to_keyring(packed)
        note = {"place": "keyring"} if given else {"place": "file", "secrets": packed}
        write_whole(self._file, json.dumps(note).encode())
        _close_to_others(self._file)

    def clear(self) -> None:
        """Forget the secrets; raises `KeyringSilent` if the keyring does not let go of them."""
        if self.place == "keyring":
            ask_keyring(self._forget, self._patience)
        self._file.unlink(missing_ok=True)
        sync_folder(self._file.parent)

    def _note(self) -> dict[str, Any] | None:
        try:
            note = json.loads(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise _lost(f"{self._file} cannot be read") from error
        if not isinstance(note, dict) or note.get("place") not in {"keyring", "file"}:
            raise _lost(f"{self._file} is damaged")
        return note

    def _given_to_keyring(self, packed: str) -> bool:
        def put_and_look(backend: KeyringBackend) -> bool:
            backend.set_password(self._service, self._user, packed)
            return self._kept(backend) == packed

        try:
            return ask_keyring(put_and_look, self._patience)
        except KeyringSilent as reason:
            log.info("the secrets go to a file: %r", reason.__cause__)
            return False

    def _kept(self, backend: KeyringBackend) -> str | None:
        return backend.get_password(self._service, self._user)

    def _forget(self, backend: KeyringBackend) -> None:
        if self._kept(backend) is not None:
            backend.delete_password(self._service, self._user)


def ask_keyring(question: Callable[[KeyringBackend], T], patience: float) -> T:
    """Ask the keyring within `patience` seconds; whatever it does instead of answering is `KeyringSilent`."""
    answer: Future[T] = Future()

    def ask() -> None:
        try:
            answer.set_result(question(_working_backend()))
        except Exception as error:  # noqa: BLE001 - thread edge; backends raise whatever their platform does
            answer.set_exception(error)

    # A question that hangs cannot be taken back: its thread is left to the end of the process.
    threading.Thread(target=ask, name="keyring", daemon=True).start()
    try:
        return answer.result(patience)
    except Exception as error:  # what `ask` passed on, or that it took too long
        raise KeyringSilent(
            "The system's keyring is locked or does not answer: unlock it (log in to this computer's desktop), "
            "then start again. Nothing is lost."
        ) from error


class _NoKeyring(Exception):
    """There is none, or only one that keeps nothing or keeps it in the open."""


def _working_backend() -> KeyringBackend:
    # Imported late: it costs a sixth of a second and wakes D-Bus. Below 1 are `fail`, `null` and plain-text files;
    # several at once come as a chain, whose parts are looked at one by one.
    import keyring

    found = keyring.get_keyring()
    for backend in getattr(found, "backends", [found]):
        if backend.priority >= 1:
            return cast("KeyringBackend", backend)
    raise _NoKeyring(found.name)


def _packed(secrets: Secrets) -> str:
    return json.dumps([secrets.token, secrets.private_key.hex(), secrets.lookup_key.hex()])


def _unpacked(packed: object) -> Secrets:
    try:
        token, private_key, lookup_key = json.loads(cast("str", packed))
        return Secrets(token, bytes.fromhex(private_key), bytes.fromhex(lookup_key))
    except (TypeError, ValueError) as error:
        raise _lost("they are missing or damaged") from error


def _lost(why: str) -> SecretsLost:
    return SecretsLost(
        f"This terminal's secrets are lost: {why}. Ask HQ for a code and enrol it again; its data stays."
    )


def _close_to_others(file: Path) -> None:
    """Take every right from others. Windows: best effort, never tried by us; the user's own folder protects it too."""
    if sys.platform == "win32":
        import getpass
        import subprocess

        rights = ["/inheritance:r", "/grant:r", f"{getpass.getuser()}:F"]
        subprocess.run(["icacls", str(file), *rights], check=False, capture_output=True)
    elif file.stat().st_mode & 0o077:
        file.chmod(0o600)
