"""What a channel is: it takes a finished message, and says sent, later or never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from hq.messages.kinds import Kind


@dataclass(frozen=True, slots=True)
class Contact:
    """How a customer can be reached; what is empty is not known."""

    phone: str = ""
    openid: str = ""
    wecom_id: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in words, the facts that provider's templates are filled with, and whom it is for."""

    message_id: str
    kind: Kind
    language: str
    title: str
    text: str
    facts: Mapping[str, str]
    contact: Contact


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it; `ref` is its own number for it."""

    ref: str


class Retry(Exception):
    """The channel cannot now; it may later, not before `after` seconds."""

    def __init__(self, reason: str, after: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Refused(Exception):
    """The channel will never carry this message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Channel(Protocol):
    """One way to reach people.

    Delivery is at least once: when the answer is lost, or HQ dies between the answer and its commit, the message goes
    out again. None of the providers refuses a second message with the same id; where there is a field for an id of
    ours it carries the message's, so that their receipts and bills show a double.
    """

    @property
    def name(self) -> str:
        """The channel's name in plans, consents and the log."""
        ...

    def obstacle(self, outgoing: Outgoing) -> str:
        """Return why this channel cannot carry the message, empty if it can; asks nobody."""
        ...

    def send(self, outgoing: Outgoing) -> Sent:
        """Hand the message to the provider; raise `Retry` or `Refused`."""
        ...


@dataclass(frozen=True, slots=True)
class Channels:
    """What is configured, in the order in which it is tried."""

    customers: tuple[Channel, ...]
    operators: tuple[Channel, ...]
