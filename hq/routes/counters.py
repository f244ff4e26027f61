"""What a store's terminals call: enrolment, the feed, the inbox, photos, and another window for an order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from hq import apidoc
from hq.counters import enrolment, feed, inbox, photos
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
from hq.mall import at_counter
from hq.mall.changes import Freedom
from hq.mall.checkout import WHY
from hq.problems import Rejection
from sync.wire import (
    FEED_PAGE,
    MAX_WAIT_SECONDS,
    Answer,
    EnrolAnswer,
    EnrolRequest,
    FeedPage,
    PushAnswer,
    PushRequest,
    ReleaseAnswer,
    RescheduleRequest,
    WindowChoice,
    WindowsAnswer,
)

router = APIRouter(prefix="/v1")

_ENROL = {"code": "ABCD-EFGH-JKMN-PQRS", "terminal_name": "收银台 1", "public_key": "ab" * 32}
_WRONG_CODE = (HTTPStatus.FORBIDDEN, "enrolment_code", "This code is wrong, used or expired: ask HQ for a new one.")
_NO_ORDER = apidoc.missing("order", "This store has no order 4711.")
_FIXED = apidoc.conflict("reschedule", "It is too late to change the pickup time: please call the store.")
_NOT_OFFERED = apidoc.conflict("window_not_offered", "This pickup time is not offered: choose another one.")
_FULL = apidoc.conflict("window_full", "This pickup time is full: choose another one.")
_TERMINAL = (apidoc.TERMINAL_ONLY, apidoc.OTHER_PROTOCOL)
_NO_HAND_OVER = apidoc.missing("hand_over", "HQ knows no such hand-over of this store.")
_OTHER_PHOTO = apidoc.conflict("photo", "This is not the photo that belongs to this hand-over.")
_LARGE_PHOTO = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "photo_too_large", "A photo has at most 300 KB.")
_NO_PHOTO = (HTTPStatus.UNPROCESSABLE_ENTITY, "no_photo", "This is no JPEG.")
OrderInPath = Annotated[int, Path(ge=0, lt=2**63)]
AttemptInPath = Annotated[str, Path(min_length=1, max_length=64)]
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


@router.put(
    "/terminal/orders/{number}/photos/{attempt_id}",
    dependencies=[ANY_OLDER_PROTOCOL],
    **apidoc.call(
        who="terminal",
        takes_file="image/jpeg",
        gives=Answer,
        refuses=[*_TERMINAL, _NO_HAND_OVER, _OTHER_PHOTO, _LARGE_PHOTO, _NO_PHOTO],
    ),
)
async def take_photo(
    number: OrderInPath, attempt_id: AttemptInPath, request: Request, at: AtDesk, caller: CallingTerminal
) -> Response:
    """Take in the photo of what stayed at a hand-over; the same one again changes nothing."""
    content = await request.body()
    photos.check(content)
    await at.write(lambda work: photos.receive(work, caller, number, attempt_id, content))
    return json_answer(Answer(hq_time=at.office.now()))


@router.get(
    "/terminal/orders/{number}/windows",
    dependencies=[CURRENT_PROTOCOL],
    **apidoc.call(who="terminal", gives=WindowsAnswer, refuses=[*_TERMINAL, _NO_ORDER]),
)
async def windows(number: OrderInPath, at: AtDesk, caller: CallingTerminal) -> Response:
    """Tell which pickup windows an order of the store may be moved to, as its customer would see them."""
    now = at.office.now()
    free = await at.read(lambda conn: at_counter.freedom(conn, caller, number, now))
    return json_answer(WindowsAnswer(hq_time=at.office.now(), windows=_choices(free), why_not=free.why_not))


@router.post(
    "/terminal/orders/{number}/window",
    dependencies=[CURRENT_PROTOCOL],
    **apidoc.call(
        who="terminal",
        takes=RescheduleRequest,
        gives=Answer,
        example={"opens": 29_761_140, "length": 60, "by": "小王"},
        refuses=[*_TERMINAL, _NO_ORDER, _FIXED, _NOT_OFFERED, _FULL],
    ),
)
async def move(number: OrderInPath, request: Request, at: AtDesk, caller: CallingTerminal) -> Response:
    """Move an order of the store to another window, by the customer's own rules; the feed tells the rest."""
    asked = await parsed(request, RescheduleRequest)
    await at.write(lambda work: at_counter.reschedule(work, caller, number, asked.opens, asked.length, by=asked.by))
    return json_answer(Answer(hq_time=at.office.now()))


@router.get("/terminal/release", **apidoc.call(who="terminal", gives=ReleaseAnswer, refuses=[apidoc.TERMINAL_ONLY]))
async def release(at: AtDesk, caller: CallingTerminal) -> Response:  # noqa: ARG001 - terminals only
    """Tell which release terminals should have; one that speaks an old protocol may ask as well."""
    version, url, notes = at.office.settings.terminal_release
    return json_answer(ReleaseAnswer(hq_time=at.office.now(), version=version, url=url, notes=notes))


def _choices(free: Freedom) -> tuple[WindowChoice, ...]:
    return tuple(
        WindowChoice(
            opens=offer.window.opens_minute,
            length=offer.window.length,
            why_not=WHY[offer.why] if offer.why else "",
        )
        for offer in free.windows
    )
