"""Payment as HQ sees it: what is asked of a provider, what it may answer, and how it may fail.

ZitiError
├── TransportFailure
│   └── ProviderDown      nobody acts: ask again with the same id, which changes nothing twice
└── Refused
    ├── ProviderRefused   the provider said no, and why; asking again gets the same answer
    └── NotGenuine        what came in was not said by the provider
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Literal, Protocol

from app.errors import Refused, TransportFailure

Channel = Literal["jsapi", "h5", "native"]
How = Literal["redirect", "jsapi", "qr"]

# A notice older (or younger) than this is refused: a recorded one may not be played again for ever.
FRESH = timedelta(minutes=5)
# No provider's notice comes near it; what does is not worth a hash.
LARGEST_NOTICE = 64 * 1024

_REFUND_ID = re.compile(r"[0-9A-Za-z_*|@-]{1,64}")


class Why(StrEnum):
    """Why a provider refused, in words that no provider owns."""

    ALREADY_PAID = "already_paid"
    CLOSED = "closed"
    EXPIRED = "expired"
    ID_TAKEN = "id_taken"  # the same payment id was begun with another amount or description
    NOT_FOUND = "not_found"  # no such payment, or none that was paid
    NOT_ENOUGH = "not_enough"  # the merchant's balance does not cover the refund: top it up, then ask again
    PAYER_ACCOUNT = "payer_account"  # the customer's account is closed or limited
    SETUP = "setup"  # keys, merchant number or rights are wrong: an operator must act
    INVALID = "invalid"  # the request breaks a rule of the provider


class ProviderDown(TransportFailure):
    """The provider could not be reached or did not answer in its own words; whether it acted is unknown."""


class ProviderRefused(Refused):
    """The provider said no; `said` is its own code and words, for operators only."""

    def __init__(self, code: Why, sentence: str, said: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.said = said


class NotGenuine(Refused):
    """The message was not signed by the provider, is stale, or is meant for another merchant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """The wish to be paid; the same `payment_id` again is the same wish, and is charged at most once."""

    payment_id: str
    amount_fen: int
    description: str
    expires_at: datetime
    notify_url: str
    return_url: str
    channel: Channel
    payer: str = ""  # the customer's openid at this merchant, needed for jsapi alone
    client_ip: str = ""

    def __post_init__(self) -> None:
        if str(uuid.UUID(self.payment_id)) != self.payment_id:
            raise ValueError("A payment id is a UUID in its usual writing.")
        if self.amount_fen < 1 or not self.description.strip() or self.expires_at.tzinfo is None:
            raise ValueError("A payment has an amount, a description and an aware end.")


@dataclass(frozen=True, slots=True)
class Begun:
    """What the customer's browser does next.

    redirect: `data["url"]` · qr: `data["code_url"]`, the QR's text · jsapi: `data` goes to `getBrandWCPayRequest`.
    """

    how: How
    data: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaid:
    """The payment was begun and not paid yet."""

    payment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """The customer was charged (and may have been refunded since)."""

    payment_id: str
    provider_ref: str
    amount_fen: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Nobody can pay this any more."""

    payment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The provider has never heard of this payment."""

    payment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """The wish to give money back; the same `refund_id` again is the same wish."""

    refund_id: str
    payment_id: str
    amount_fen: int
    total_fen: int  # what the customer paid
    reason: str = ""
    notify_url: str = ""  # where the outcome is told; empty: ask `look_refund`

    def __post_init__(self) -> None:
        if not _REFUND_ID.fullmatch(self.refund_id):
            raise ValueError("A refund id has up to 64 digits, letters, and _-|*@.")
        if not 1 <= self.amount_fen <= self.total_fen:
            raise ValueError("A refund is at least 1 fen and at most what was paid.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPending:
    """The provider has taken the refund on and has not finished it."""

    refund_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """The money is back with the customer."""

    refund_id: str
    payment_id: str
    provider_ref: str
    amount_fen: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFailed:
    """The provider gave up; an operator must pay the money back another way."""

    refund_id: str
    payment_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundUnknown:
    """The provider has never heard of this refund."""

    refund_id: str


Standing = Unpaid | Paid | Closed | Unknown
RefundStanding = RefundPending | Refunded | RefundFailed | RefundUnknown
Notice = Paid | Refunded | RefundFailed


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer to a notice that its provider understands."""

    status: int
    body: bytes
    content_type: str = field(default="application/json")


class Provider(Protocol):
    """One way of being paid. Every call blocks, may be repeated, and may raise ProviderDown or ProviderRefused."""

    name: str

    def begin(self, intent: Intent) -> Begun:
        """Prepare a payment; repeated, the same one."""
        ...

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Return what the provider tells of its own accord, once it is proven genuine; else raise NotGenuine."""
        ...

    def look(self, payment_id: str) -> Standing:
        """Ask how a payment stands."""
        ...

    def close(self, payment_id: str) -> None:
        """Let nobody pay any more; closed or unknown already is no error, paid already is ALREADY_PAID."""
        ...

    def refund(self, refund: Refund) -> RefundStanding:
        """Give money back; repeated, the same refund."""
        ...

    def look_refund(self, refund_id: str) -> RefundStanding:
        """Ask how a refund stands."""
        ...

    def acknowledgement(self, *, ok: bool) -> Acknowledgement:
        """Return the answer to a notice: kept for good, or to be sent again."""
        ...

    def stop(self) -> None:
        """Let go of files and connections."""
        ...


def fresh(stamp: str, now: datetime) -> bool:
    """Tell whether a notice's time stamp (Unix seconds) is near enough to now."""
    if not re.fullmatch(r"[0-9]{1,11}", stamp):
        return False
    return abs(now - datetime.fromtimestamp(int(stamp), UTC)) <= FRESH
