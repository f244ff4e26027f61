"""Makes this machine a terminal of a store: one code from HQ, a key pair of its own, and secrets that stay here."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import Refused, SecretsLost
from app.keystore import Secrets
from app.usecases.enrol import Enrolment, save_enrolment
from app.usecases.work import Submit
from sync.client import HqClient, clean_address
from sync.failures import RefusedByHq
from sync.wire import EnrolAnswer, EnrolRequest

_LONGEST_NAME = 60
_LONGEST_CODE = 64


class WrongCode(Refused):
    """The enrolment code is wrong, used or expired; `reason` is for a screen to put into words."""

    reason = "wrong_code"


class BadName(Refused):
    """The terminal needs a name that people tell it apart by."""


class Keystore(Protocol):
    """Where secrets are kept: `app.keystore.Keystore`."""

    def load(self) -> Secrets | None:
        """Return the secrets, or `None`."""
        ...

    def save(self, secrets: Secrets) -> None:
        """Keep the secrets durably."""
        ...


def enrol(base_url: str, code: str, terminal_name: str, submit: Submit, keystore: Keystore) -> Enrolment:
    """Introduce this machine to HQ with a one-time code and keep what HQ answers.

    Raises `BadAddress`, `BadName`, `WrongCode`, another `Refused` (this folder is another store's, work is unsent)
    or a `Failure` of the link. After any of them the terminal is what it was before.
    """
    hq_url = clean_address(base_url)
    private_key = Ed25519PrivateKey.generate()
    request = _request(code, terminal_name, private_key)
    client = HqClient(hq_url)
    try:
        answer = client.enrol(request)
    except RefusedByHq as refusal:
        raise WrongCode(str(refusal)) from refusal
    finally:
        client.close()
    enrolment = Enrolment(answer.terminal_id, answer.terminal_name, answer.store_id, answer.store_number, hq_url)
    _keep(enrolment, _secrets(answer, private_key), submit, keystore)
    return enrolment


def _request(code: str, terminal_name: str, private_key: Ed25519PrivateKey) -> EnrolRequest:
    code, terminal_name = code.strip(), terminal_name.strip()
    if not terminal_name or len(terminal_name) > _LONGEST_NAME:
        raise BadName(f"Give this terminal a name of at most {_LONGEST_NAME} characters, such as “Counter 1”.")
    if not code or len(code) > _LONGEST_CODE:
        raise WrongCode("This is not an enrolment code: ask HQ for one.")
    public_key = private_key.public_key().public_bytes_raw().hex()
    return EnrolRequest(code=code, terminal_name=terminal_name, public_key=public_key)


def _secrets(answer: EnrolAnswer, private_key: Ed25519PrivateKey) -> Secrets:
    return Secrets(answer.token, private_key.private_bytes_raw(), bytes.fromhex(answer.lookup_key))


def _keep(enrolment: Enrolment, secrets: Secrets, submit: Submit, keystore: Keystore) -> None:
    """Save the secrets before the identity: an identity without its token could only be mistaken for another."""
    try:
        before = keystore.load()
    except SecretsLost:
        before = None  # the very reason why somebody enrols again
    keystore.save(secrets)
    try:
        submit(partial(save_enrolment, enrolment=enrolment)).result()
    except BaseException:
        if before:
            keystore.save(before)
        raise
