"""The desk: what routes need at hand — the office, the writer, the bell — and how they reach them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from hq.bell import Bell
from hq.counters import terminals
from hq.counters.contacts import Contacts
from hq.counters.terminals import Terminal
from hq.office import Office
from hq.payments.port import Provider
from hq.problems import Rejection, invalid, sentence
from hq.throttle import Throttle
from hq.work import Usecase
from hq.writer import Writer
from sync.wire import OLDEST_PROTOCOL, PROTOCOL, PROTOCOL_HEADER

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Desk:
    """One per process, kept in `app.state.desk`."""

    office: Office
    writer: Writer
    bell: Bell
    enrolment_attempts: Throttle
    sign_in_attempts: Throttle
    contacts: Contacts
    provider: Provider

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query beside the event loop."""
        return await run_in_threadpool(self.office.read, query)

    async def glance(self, query: Callable[[Connection], T]) -> T:
        """Run a query for a few rows by their keys; where no statement waits, a thread would cost more than it does."""
        if self.office.database.waits:
            return await self.read(query)
        return self.office.read(query)

    async def write(self, usecase: Usecase[T]) -> T:
        """Run a use-case in the next common transaction."""
        return await self.writer.write(usecase)


# The framework runs plain functions that routes depend on in a thread each: these are coroutines to spare that.


async def desk(request: Request) -> Desk:
    """Return the desk of the app that serves this request."""
    found: Desk = request.app.state.desk
    return found


AtDesk = Annotated[Desk, Depends(desk)]


async def operator(request: Request, at: AtDesk) -> None:
    """Let only a bearer of the operator token in."""
    if not is_operator_token(at, _bearer(request)):
        raise Rejection(HTTPStatus.UNAUTHORIZED, "operator", "This needs HQ's operator token.")


def is_operator_token(at: Desk, text: str) -> bool:
    """Tell whether this is HQ's operator token, in the same time whatever it is."""
    return _same(text, at.office.settings.operator_token)


async def terminal(request: Request, at: AtDesk) -> Terminal:
    """Return the terminal that calls, or refuse one that was revoked or never enrolled."""
    token = _bearer(request)
    found = await at.glance(lambda conn: terminals.find_by_token(conn, token))
    if found is None:
        sentence = "HQ does not know this terminal, or it was revoked: enrol it again."
        raise Rejection(HTTPStatus.UNAUTHORIZED, "terminal", sentence)
    at.contacts.note(found, at.write)
    return found


async def current_protocol(request: Request) -> int:
    """Return which protocol a terminal speaks, or refuse one that HQ does not serve."""
    spoken = _spoken(request)
    if not OLDEST_PROTOCOL <= spoken <= PROTOCOL:
        raise _other_protocol(spoken)
    return spoken


async def any_older_protocol(request: Request) -> None:
    """Refuse only what is newer than HQ: work that a terminal did is taken from any old release."""
    spoken = _spoken(request)
    if spoken > PROTOCOL:
        raise _other_protocol(spoken)


async def parsed(request: Request, model: type[M]) -> M:
    """Read the request's body as a message (none at all is an empty one), or refuse it with a sentence."""
    try:
        return model.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        raise invalid("invalid", sentence(error.errors())) from error


def json_answer(message: BaseModel, status: int = HTTPStatus.OK) -> Response:
    """Return a message as JSON."""
    return Response(message.model_dump_json(), status, media_type="application/json")


OPERATOR = Depends(operator)
CURRENT_PROTOCOL = Depends(current_protocol)
SpokenProtocol = Annotated[int, CURRENT_PROTOCOL]
ANY_OLDER_PROTOCOL = Depends(any_older_protocol)
CallingTerminal = Annotated[Terminal, Depends(terminal)]


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _same(one: str, other: str) -> bool:
    # Hashed first, so that not even the length shows in the time taken.
    hashes = (hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest() for text in (one, other))
    return hmac.compare_digest(*hashes)


def _spoken(request: Request) -> int:
    text = request.headers.get(PROTOCOL_HEADER, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _other_protocol(spoken: int) -> Rejection:
    theirs = f"protocol {spoken}" if spoken else "no protocol that it names"
    return Rejection(
        HTTPStatus.UPGRADE_REQUIRED,
        "protocol",
        f"HQ speaks protocols {OLDEST_PROTOCOL} to {PROTOCOL}, the terminal {theirs}: update the older of the two.",
    )
