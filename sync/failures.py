"""Everything that can go wrong between a terminal and HQ, sorted by what a person should hear.

    TransportFailure (app.errors)
    ├── Unreachable         no line: cable, Wi-Fi, DNS, HQ switched off
    ├── TimedOut            HQ took too long, or dripped its answer
    ├── NotSecure           the TLS connection failed: a certificate, or this machine's clock
    ├── CaptivePortal       somebody else answered: a sign-in page, a redirect, a proxy
    ├── ServerTrouble       HQ answered, but not in its own words: 5xx, half a body, wrong JSON
    ├── Busy                HQ asks to come back later
    ├── NotWelcome          HQ does not know this terminal (any more)
    ├── ProtocolTooOld      HQ does not speak this release's protocol any more
    └── RefusedByHq         HQ refused the request in its own words
Nobody at the counter acts on these; those that `need attention` are for a manager or for HQ.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import TransportFailure

if TYPE_CHECKING:
    from sync.wire import Problem

# What only a person can mend is asked again seldom: often enough to notice that it has been mended.
_SELDOM_SECONDS = 60.0


class Reason(StrEnum):
    """Why the link is away, for a screen to put into words."""

    NOT_TRIED = "not_tried"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    NOT_SECURE = "not_secure"
    CAPTIVE_PORTAL = "captive_portal"
    SERVER_TROUBLE = "server_trouble"
    BUSY = "busy"
    NOT_WELCOME = "not_welcome"
    PROTOCOL_TOO_OLD = "protocol_too_old"
    REFUSED = "refused"


class Failure(TransportFailure):
    """The root here: `reason` for screens, `retry_after` the seconds to leave HQ alone for at least."""

    reason = Reason.UNREACHABLE
    needs_attention = False
    retry_after: float | None = None


class Unreachable(Failure):
    """There is no connection to HQ."""


class TimedOut(Failure):
    """HQ did not answer in time."""

    reason = Reason.TIMED_OUT


class NotSecure(Failure):
    """No secure connection to HQ could be made: its certificate, or this machine's clock, is wrong."""

    reason = Reason.NOT_SECURE


class CaptivePortal(Failure):
    """Something other than HQ answered: a sign-in page, a redirect or a proxy."""

    reason = Reason.CAPTIVE_PORTAL


class ServerTrouble(Failure):
    """HQ answered with something that is not an answer; `status` is the HTTP status."""

    reason = Reason.SERVER_TROUBLE

    def __init__(self, sentence: str, *, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status


class Busy(Failure):
    """HQ asked to come back later."""

    reason = Reason.BUSY

    def __init__(self, sentence: str, *, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class NotWelcome(Failure):
    """HQ does not know this terminal, or has revoked it."""

    reason = Reason.NOT_WELCOME
    needs_attention = True
    retry_after = _SELDOM_SECONDS


class ProtocolTooOld(Failure):
    """HQ does not speak this release's protocol: the program must be updated."""

    reason = Reason.PROTOCOL_TOO_OLD
    needs_attention = True
    retry_after = _SELDOM_SECONDS


class RefusedByHq(Failure):
    """HQ refused the request in its own words; `problem` holds them, `status` is the HTTP status."""

    reason = Reason.REFUSED
    needs_attention = True

    def __init__(self, problem: Problem, *, status: int) -> None:
        super().__init__(problem.detail or problem.title)
        self.problem = problem
        self.status = status
