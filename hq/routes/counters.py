"""What a store's terminals call: enrolment, the feed and the inbox."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from hq import apidoc
from hq.counters import enrolment, feed, inbox
from hq.desk import (
    ANY_OLDER_PROTOCOL,
    CURRENT_PROTOCOL,
    AtDesk,
    CallingTerminal,
    Desk,
    SpokenProtocol,
    json_answer,
    parsed,
)
from hq.problems import Rejection
from sync.wire import (
    FEED_PAGE,
    MAX_WAIT_SECONDS,
    EnrolAnswer,
    EnrolRequest,
    FeedPage,
    PushAnswer,
    PushRequest,
)

router = APIRouter(prefix="/v1")

_ENROL = {"code": "ABCD-EFGH-JKMN-PQRS", "terminal_name": "收银台 1", "public_key": "ab" * 32}
_WRONG_CODE = (HTTPStatus.FORBIDDEN, "enrolment_code", "This code is wrong, used or expired: ask HQ for a new one.")
_TOO_OFTEN = (HTTPStatus.TOO_MANY_REQUESTS, "attempts", "Too many wrong codes: wait 42 seconds.")


@router.post(
    "/enrol",
    dependencies=[CURRENT_PROTOCOL],
    **apidoc.call(
        takes=EnrolRequest, gives=EnrolAnswer, example=_ENROL, refuses=[apidoc.OTHER_PROTOCOL, _WRONG_CODE, _TOO_OFTEN]
    ),
)
async def enrol(request: Request, at: AtDesk) -> Response:
    """Turn a one-time code into a terminal."""
    asked = await parsed(request, EnrolRequest)
    address = request.client.host if request.client else ""
    at.enrolment_attempts.check(address)
    try:
        new = await at.write(lambda work: enrolment.enrol(work, asked.code, asked.terminal_name, asked.public_key))
    except Rejection as refused:
        if refused.code == enrolment.WRONG_CODE:
            at.enrolment_attempts.fail(address)
        raise
    answer = EnrolAnswer(
        hq_time=at.office.now(),
        terminal_id=new.terminal.id,
        terminal_name=new.terminal.name,
        store_id=new.store.id,
        store_number=new.store.number,
        token=new.token,
        lookup_key=new.store.lookup_key.hex(),
    )
    return json_answer(answer)


async def _poll(at: Desk, store_id: str, look: Callable[[], Awaitable[feed.Page]], wait: float) -> feed.Page:
    deadline = at.office.clock.monotonic() + wait
    while True:
        ticket = at.bell.ticket(store_id)
        page = await look()
        left = deadline - at.office.clock.monotonic()
        if page.rows or page.must_refetch or left <= 0 or at.bell.stopped:
            return page
        # Nothing is held while waiting: no thread, no connection, no transaction.
        await at.bell.wait(ticket, left)


@router.get(
    "/terminal/feed",
    **apidoc.call(who="terminal", gives=FeedPage, refuses=[apidoc.TERMINAL_ONLY, apidoc.OTHER_PROTOCOL]),
)
async def pull(
    at: AtDesk,
    spoken: SpokenProtocol,
    caller: CallingTerminal,
    after: Annotated[int, Query(ge=0, lt=2**53)] = 0,
    generation: Annotated[str, Query(max_length=64)] = "",
    wait: Annotated[float, Query(ge=0, le=3600)] = 0,
    limit: Annotated[int, Query(ge=1, le=FEED_PAGE)] = FEED_PAGE,
) -> Response:
    """Tell what changed after a cursor; with `wait`, not before something has or the time is over."""

    async def look() -> feed.Page:
        return await at.read(
            lambda conn: feed.page(
                conn, caller.store_id, after=after, generation=generation, limit=limit, protocol=spoken
            )
        )

    page = await _poll(at, caller.store_id, look, min(wait, MAX_WAIT_SECONDS))
    return Response(page.json(at.office.now()), media_type="application/json")


@router.post(
    "/terminal/events",
    dependencies=[ANY_OLDER_PROTOCOL],
    **apidoc.call(
        who="terminal",
        takes=PushRequest,
        gives=PushAnswer,
        example={"events": []},
        refuses=[apidoc.TERMINAL_ONLY, apidoc.OTHER_PROTOCOL],
    ),
)
async def push(request: Request, at: AtDesk, caller: CallingTerminal) -> Response:
    """Take in what happened at the store."""
    batch = await parsed(request, PushRequest)
    results = await at.write(lambda work: inbox.receive(work, caller, batch.events))
    return json_answer(PushAnswer(hq_time=at.office.now(), results=results))
