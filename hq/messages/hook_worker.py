"""Delivers webhooks to the customer profile: signed anew at each try, tried for days, never dropped in silence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from hq.messages import plan
from hq.messages.channels.port import Retry
from hq.messages.exchange import exchange
from hq.messages.kinds import Standing
from hq.messages.settings import Hook
from hq.messages.signature import ID_HEADER, SIGNATURE_HEADER, TIME_HEADER, signature
from hq.office import Office
from hq.schema import webhooks
from hq.work import Work

_LEASE = timedelta(minutes=10)
# With an hour between the later ones: about four days, a long weekend of the receiver's.
_MOST_TRIES = 100
_DUE = (
    select(webhooks)
    .where(webhooks.c.status == bindparam("standing"), webhooks.c.next_at <= bindparam("now"))
    .order_by(webhooks.c.next_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_THIS = update(webhooks).where(webhooks.c.store_id == bindparam("of_store"), webhooks.c.id == bindparam("of_id"))
_CLAIM = _THIS.values(status=Standing.SENDING.value, next_at=bindparam("lease_end"), attempts=webhooks.c.attempts + 1)
_SETTLE = _THIS.where(
    webhooks.c.status == Standing.SENDING.value, webhooks.c.attempts == bindparam("of_attempt")
).values({name: bindparam(name) for name in ("status", "next_at", "done_at", "error")})


@dataclass(frozen=True, slots=True)
class _Outcome:
    row: Row[Any]
    error: str = ""
    after: int = 0


def run_once(office: Office, hook: Hook, *, most: int = 32, threads: int = 4) -> int:
    """Deliver at most so many due webhooks and return how many there were; blocks, so call it from a thread."""
    rows = office.write(lambda work: _claimed(work, most))
    if not rows:
        return 0
    with ThreadPoolExecutor(min(threads, len(rows)), "ziti-hooks") as pool:
        for future in as_completed([pool.submit(_delivered, office, hook, row) for row in rows]):
            office.write(_settling(future.result()))
    return len(rows)


def _claimed(work: Work, most: int) -> list[Row[Any]]:
    rows: list[Row[Any]] = []
    for standing in (Standing.SENDING, Standing.QUEUED):
        told = {"standing": standing.value, "now": work.now, "at_most": most - len(rows)}
        rows += work.conn.execute(_DUE, told).all()
    if rows:
        lease_end = work.now + _LEASE
        work.conn.execute(_CLAIM, [{"of_store": r.store_id, "of_id": r.id, "lease_end": lease_end} for r in rows])
    return rows


def _delivered(office: Office, hook: Hook, row: Row[Any]) -> _Outcome:
    body, at = row.body.encode(), int(office.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        ID_HEADER: row.id,
        TIME_HEADER: str(at),
        SIGNATURE_HEADER: signature(hook.secret, at, body),
    }
    try:
        answer = exchange("POST", hook.url, headers=headers, content=body)
    except Retry as error:
        return _Outcome(row, error.reason, error.after)
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return _Outcome(row)
    # Also a 4xx is tried again: it is the receiver who is set up wrong, and what a customer did must not get lost.
    return _Outcome(row, f"HTTP {answer.status}", answer.pause)


def _settling(outcome: _Outcome) -> Callable[[Work], None]:
    def usecase(work: Work) -> None:
        row, attempt = outcome.row, outcome.row.attempts + 1
        status, next_at = Standing.SENT, work.now
        if outcome.error:
            status = Standing.DEAD if attempt >= _MOST_TRIES else Standing.QUEUED
            next_at += plan.wait(attempt, outcome.after, work.random_bits)
        told = {"status": status.value, "next_at": next_at, "error": outcome.error}
        key = {"of_store": row.store_id, "of_id": row.id, "of_attempt": attempt}
        done_at = None if status is Standing.QUEUED else work.now
        work.conn.execute(_SETTLE, {**key, **told, "done_at": done_at})

    return usecase
