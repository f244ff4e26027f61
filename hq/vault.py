"""HQ's secrets: one owner-only file with the private signing keys and the secret that codes are derived from."""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.code import PickupCode, sign
from app.errors import NeedsAttention
from app.ids import RandomBits
from hq.lock import one_at_a_time
from hq.settings import write_private


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs pickup codes."""

    key_id: int
    private: Ed25519PrivateKey

    def text(self, code: PickupCode) -> str:
        """Return the digits of a pickup code."""
        return sign(code, self.private)


class Vault:
    """The secrets of one HQ, kept in `path`."""

    def __init__(self, path: Path, master: bytes, keys: dict[int, bytes]) -> None:
        self._path = path
        self._master = master
        self._raw: dict[int, bytes] = {}
        self._keys: dict[int, Ed25519PrivateKey] = {}
        self._secrets: dict[str, bytes] = {}
        self._learn(keys)

    @classmethod
    def open(cls, path: Path, random_bits: RandomBits = secrets.randbits) -> Vault:
        """Read the file, or make one with a new secret."""
        with one_at_a_time(_lock_of(path)):
            if path.exists():
                return cls(path, *_read(path))
            vault = cls(path, random_bits(256).to_bytes(32, "big"), {})
            vault._save()
            return vault

    def secret(self, purpose: str) -> bytes:
        """Return the secret for one purpose; one tells nothing about another."""
        if purpose not in self._secrets:
            self._secrets[purpose] = hmac.digest(self._master, purpose.encode(), "sha256")
        return self._secrets[purpose]

    def new_key(self, above: int, random_bits: RandomBits) -> tuple[int, bytes]:
        """Make and keep a private key with an id above `above`; return the id and the public key."""
        with one_at_a_time(_lock_of(self._path)):
            self._learn_from_others()
            key_id = max([above, *self._raw]) + 1
            self._learn({key_id: random_bits(256).to_bytes(32, "big")})
            self._save()
        return key_id, self._keys[key_id].public_key().public_bytes_raw()

    def signer(self, key_id: int) -> Signer:
        """Return what signs with a key."""
        if key_id not in self._keys:
            # Another process of this HQ may have made it.
            self._learn_from_others()
        found = self._keys.get(key_id)
        if found is None:
            raise NeedsAttention(f"{self._path.name} lacks signing key {key_id}: restore it from a backup.")
        return Signer(key_id, found)

    def _learn_from_others(self) -> None:
        if self._path.exists():
            self._learn(_read(self._path)[1])

    def _learn(self, keys: dict[int, bytes]) -> None:
        for key_id, raw in keys.items():
            self._raw[key_id] = raw
            self._keys[key_id] = Ed25519PrivateKey.from_private_bytes(raw)

    def _save(self) -> None:
        keys = {str(key_id): raw.hex() for key_id, raw in self._raw.items()}
        write_private(self._path, json.dumps({"master": self._master.hex(), "keys": keys}, indent=1) + "\n")


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


def _read(path: Path) -> tuple[bytes, dict[int, bytes]]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        keys = {int(key_id): bytes.fromhex(raw) for key_id, raw in kept["keys"].items()}
        return bytes.fromhex(kept["master"]), keys
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NeedsAttention(f"{path.name} is damaged: restore it from a backup of HQ's data folder.") from error
