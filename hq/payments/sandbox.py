"""The provider that needs no contract: a local cashier whose charges, refunds and signed notices are like real ones."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.clock import Clock, SystemClock
from hq.payments.port import (
    LARGEST_NOTICE,
    Acknowledgement,
    Begun,
    Closed,
    Intent,
    NotGenuine,
    Notice,
    Paid,
    ProviderRefused,
    Refund,
    Refunded,
    RefundStanding,
    RefundUnknown,
    Standing,
    Unknown,
    Unpaid,
    Why,
    fresh,
)
from hq.payments.till import Entry, Till

CASHIER = "/pay/sandbox/"
_TIMESTAMP, _NONCE, _SIGNATURE = "sandbox-timestamp", "sandbox-nonce", "sandbox-signature"


class Ticket(BaseModel):
    """What the cashier page is told of a payment, as the token in its address proves."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    payment_id: str = Field(alias="p")
    amount_fen: int = Field(alias="a")
    description: str = Field(alias="d")
    expires_ms: int = Field(alias="e")
    notify_url: str = Field(alias="n")
    return_url: str = Field(alias="r")


class _Told(BaseModel):
    """The body of a notice."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    merchant: str
    refund_id: str
    payment_id: str
    provider_ref: str
    amount_fen: int
    at_ms: int


class Sandbox:
    """A provider and, beside the port, its cashier: `read_ticket`, `pay`, `notice`, `refund_notice`, `ledger`."""

    name = "sandbox"

    def __init__(
        self,
        folder: Path,
        secret: bytes,
        *,
        clock: Clock | None = None,
        merchant: str = "sandbox",
        new_nonce: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self._till = Till(folder)
        self._secret = secret
        self._clock = clock or SystemClock()
        self._merchant = merchant
        self._new_nonce = new_nonce

    def begin(self, intent: Intent) -> Begun:
        """Note the payment and send the customer to the cashier page."""
        ticket = _ticket(intent)
        # Lost in a power cut it is written again from the ticket, so nobody waits for the disk here.
        with self._till.writing(lasting=False) as till:
            _open(till, ticket)
            if _charge(till, intent.payment_id):
                raise _already_paid()
        text = ticket.model_dump_json(by_alias=True)
        query = urlencode({"ticket": text, "token": self._sign("ticket", text)})
        return Begun("redirect", {"url": f"{CASHIER}{intent.payment_id}?{query}"})

    def read_ticket(self, payment_id: str, ticket: str, token: str) -> Ticket:
        """Return what a cashier page's address says, if we wrote it."""
        if not _same(self._sign("ticket", ticket), token):
            raise NotGenuine("This payment page's address was not made here.")
        told = Ticket.model_validate_json(ticket)
        if told.payment_id != payment_id:
            raise NotGenuine("This payment page's address belongs to another payment.")
        return told

    def pay(self, ticket: Ticket) -> Paid:
        """Charge the customer, once; every further attempt is refused and counted."""
        with self._till.writing() as till:
            _open(till, ticket)
            again = till.execute("UPDATE charge SET refused = refused + 1 WHERE payment_id = ?", [ticket.payment_id])
            paid = None if again.rowcount else self._charge_now(till, ticket)
        if paid is None:
            raise _already_paid()
        return paid

    def notice(self, payment_id: str) -> tuple[dict[str, str], bytes]:
        """Return the signed notice (headers, body) that tells of a charge."""
        with self._till.reading() as till:
            paid = _charge(till, payment_id)
        if paid is None:
            raise ProviderRefused(Why.NOT_FOUND, "This payment was not paid.")
        return self._signed_notice(_told(paid, self._merchant))

    def refund_notice(self, refund_id: str) -> tuple[dict[str, str], bytes]:
        """Return the signed notice (headers, body) that tells of a refund."""
        standing = self.look_refund(refund_id)
        if not isinstance(standing, Refunded):
            raise ProviderRefused(Why.NOT_FOUND, "There is no such refund.")
        return self._signed_notice(_told(standing, self._merchant))

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Return what a notice tells, once its signature, age and addressee are right."""
        lower = {name.lower(): value for name, value in headers.items()}
        stamp, nonce = lower.get(_TIMESTAMP, ""), lower.get(_NONCE, "")
        if len(body) > LARGEST_NOTICE or not _same(self._sign_notice(stamp, nonce, body), lower.get(_SIGNATURE, "")):
            raise NotGenuine("The notice is not signed by the sandbox.")
        if not fresh(stamp, self._clock.now()):
            raise NotGenuine("The notice is too old.")
        try:
            told = _Told.model_validate_json(body)
        except ValidationError as error:
            raise NotGenuine("The notice is not of the sandbox's shape.") from error
        if told.merchant != self._merchant:
            raise NotGenuine("The notice is meant for another merchant.")
        return _heard(told)

    def look(self, payment_id: str) -> Standing:
        """Return how a payment stands."""
        with self._till.reading() as till:
            paid = _charge(till, payment_id)
            row = till.execute("SELECT closed FROM payment WHERE payment_id = ?", [payment_id]).fetchone()
        if paid or row is None:
            return paid or Unknown(payment_id=payment_id)
        return Closed(payment_id=payment_id) if row[0] else Unpaid(payment_id=payment_id)

    def close(self, payment_id: str) -> None:
        """Let nobody pay any more."""
        with self._till.writing() as till:
            if _charge(till, payment_id):
                raise _already_paid()
            till.execute("UPDATE payment SET closed = 1 WHERE payment_id = ?", [payment_id])

    def refund(self, refund: Refund) -> RefundStanding:
        """Give money back at once; the same refund id gives it once."""
        with self._till.writing() as till:
            known = till.execute(
                "SELECT payment_id, amount_fen, total_fen FROM refund WHERE refund_id = ?", [refund.refund_id]
            ).fetchone()
            wish = (refund.payment_id, refund.amount_fen, refund.total_fen)
            if known is None:
                _may_refund(till, refund)
                row = [refund.refund_id, *wish, self._now_ms()]
                till.execute("INSERT INTO refund VALUES (?, ?, ?, ?, ?)", row)
            elif known != wish:
                raise ProviderRefused(Why.INVALID, "This refund id was used for another refund.")
            return _refunded(till, refund.refund_id)

    def look_refund(self, refund_id: str) -> RefundStanding:
        """Return how a refund stands."""
        with self._till.reading() as till:
            return _refunded(till, refund_id)

    def acknowledgement(self, *, ok: bool) -> Acknowledgement:
        """Return the answer to a notice."""
        return Acknowledgement(204, b"") if ok else Acknowledgement(500, b'{"code":"FAIL"}')

    def ledger(self) -> tuple[Entry, ...]:
        """Return every movement of money so far."""
        return self._till.ledger()

    def stop(self) -> None:
        """Close the till."""
        self._till.stop()

    def _charge_now(self, till: sqlite3.Connection, ticket: Ticket) -> Paid | None:
        if self._now_ms() >= ticket.expires_ms:
            raise ProviderRefused(Why.EXPIRED, "The time to pay has passed.")
        row = [ticket.payment_id, ticket.amount_fen, self._now_ms()]
        till.execute("INSERT INTO charge (payment_id, amount_fen, at_ms) VALUES (?, ?, ?)", row)
        return _charge(till, ticket.payment_id)

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)

    def _signed_notice(self, told: _Told) -> tuple[dict[str, str], bytes]:
        body = told.model_dump_json().encode()
        stamp, nonce = str(self._now_ms() // 1000), self._new_nonce()
        signature = self._sign_notice(stamp, nonce, body)
        headers = {_TIMESTAMP: stamp, _NONCE: nonce, _SIGNATURE: signature, "content-type": "application/json"}
        return headers, body

    def _sign_notice(self, stamp: str, nonce: str, body: bytes) -> str:
        return self._sign("notice", f"{stamp}\n{nonce}\n{hashlib.sha256(body).hexdigest()}")

    def _sign(self, purpose: str, text: str) -> str:
        # The purpose is signed too: a ticket's token is never a notice's signature.
        return hmac.new(self._secret, f"ziti sandbox {purpose}\n{text}".encode(), "sha256").hexdigest()


def _same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode())


def _ticket(intent: Intent) -> Ticket:
    return Ticket(
        p=intent.payment_id,
        a=intent.amount_fen,
        d=intent.description,
        e=int(intent.expires_at.timestamp() * 1000),
        n=intent.notify_url,
        r=intent.return_url,
    )


def _open(till: sqlite3.Connection, ticket: Ticket) -> None:
    wish = (ticket.amount_fen, ticket.description)
    known = till.execute(
        "SELECT amount_fen, description, closed FROM payment WHERE payment_id = ?", [ticket.payment_id]
    ).fetchone()
    if known is None:
        row = [ticket.payment_id, *wish]
        till.execute("INSERT INTO payment (payment_id, amount_fen, description) VALUES (?, ?, ?)", row)
        return
    if known[:2] != wish:
        raise ProviderRefused(Why.ID_TAKEN, "This payment was begun with another amount or description.")
    if known[2]:
        raise ProviderRefused(Why.CLOSED, "This payment is closed.")


def _charge(till: sqlite3.Connection, payment_id: str) -> Paid | None:
    row = till.execute("SELECT amount_fen, at_ms FROM charge WHERE payment_id = ?", [payment_id]).fetchone()
    if row is None:
        return None
    return Paid(payment_id=payment_id, provider_ref=f"sandbox-{payment_id}", amount_fen=row[0], at=_time(row[1]))


def _may_refund(till: sqlite3.Connection, refund: Refund) -> None:
    paid = _charge(till, refund.payment_id)
    if paid is None:
        raise ProviderRefused(Why.NOT_FOUND, "This payment was not paid.")
    (given,) = till.execute(
        "SELECT coalesce(sum(amount_fen), 0) FROM refund WHERE payment_id = ?", [refund.payment_id]
    ).fetchone()
    if refund.total_fen != paid.amount_fen or given + refund.amount_fen > paid.amount_fen:
        raise ProviderRefused(Why.INVALID, "The refund does not fit what was paid and what was given back.")


def _refunded(till: sqlite3.Connection, refund_id: str) -> RefundStanding:
    row = till.execute("SELECT payment_id, amount_fen, at_ms FROM refund WHERE refund_id = ?", [refund_id]).fetchone()
    if row is None:
        return RefundUnknown(refund_id=refund_id)
    payment_id, amount_fen, at_ms = row
    return Refunded(
        refund_id=refund_id,
        payment_id=payment_id,
        provider_ref=f"sandbox-{refund_id}",
        amount_fen=amount_fen,
        at=_time(at_ms),
    )


def _told(fact: Paid | Refunded, merchant: str) -> _Told:
    return _Told(
        merchant=merchant,
        refund_id=fact.refund_id if isinstance(fact, Refunded) else "",
        payment_id=fact.payment_id,
        provider_ref=fact.provider_ref,
        amount_fen=fact.amount_fen,
        at_ms=round(fact.at.timestamp() * 1000),
    )


def _heard(told: _Told) -> Notice:
    payment_id, ref, fen, at = told.payment_id, told.provider_ref, told.amount_fen, _time(told.at_ms)
    if not told.refund_id:
        return Paid(payment_id=payment_id, provider_ref=ref, amount_fen=fen, at=at)
    return Refunded(refund_id=told.refund_id, payment_id=payment_id, provider_ref=ref, amount_fen=fen, at=at)


def _time(millis: int) -> datetime:
    return datetime.fromtimestamp(millis / 1000, UTC)


def _already_paid() -> ProviderRefused:
    return ProviderRefused(Why.ALREADY_PAID, "This payment is paid already.")
