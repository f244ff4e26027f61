"""Mistakes that others have made, planted one at a time: a simulation that does not find them proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.domain.events import Event, chain
from app.domain.order import Status
from app.domain.records import FeedBatch, Settled
from app.storage.work import Work
from app.usecases import join
from app.usecases.feed import CURSOR
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over, unfinished
from app.usecases.outbox import settle
from hq.counters import feed as hq_feed
from hq.counters import inbox
from hq.counters.feed import Page
from hq.ordering import story
from hq.ordering.story import Fact, FactKind, State
from sync.download import Download
from sync.failures import Failure, RefusedByHq
from sync.upload import Upload
from sync.wire import PushAnswer
from tests.simulation import people
from tests.simulation.network import Network
from tests.simulation.people import Day
from tests.simulation.terminal import Process, Terminal

Plant = Callable[[pytest.MonkeyPatch], None]


def local_fall_back(patch: pytest.MonkeyPatch) -> None:
    """Let a terminal that does not reach the lead decide by itself."""
    patch.setattr(Work, "leads", property(lambda work: True))


def auto_resume(patch: pytest.MonkeyPatch) -> None:
    """Let the machine finish after a crash what it had begun, without asking anybody."""

    def resume(day: Day, terminal: Terminal) -> Process:
        yield 1.0
        for each in terminal.do(unfinished):
            terminal.do(hand_over, each.attempt_id, by="the machine")

    patch.setattr(Day, "_look_at_the_shelf", resume)


def grant_not_durable(patch: pytest.MonkeyPatch) -> None:
    """Keep the claim in memory until the hand-over is confirmed."""
    real_grant, real_hand_over = grant, hand_over
    claims: dict[str, tuple[Any, ...]] = {}

    def forgetful_grant(work: Work, request: GrantRequest) -> Any:
        granted = real_grant(work, request)
        query = "SELECT * FROM claims WHERE attempt_id = ?"
        claims[request.attempt_id] = work.conn.execute(query, (request.attempt_id,)).fetchone()
        work.conn.execute("DELETE FROM claims WHERE attempt_id = ?", (request.attempt_id,))
        return granted

    def hand_over_from_memory(work: Work, attempt_id: str, *, by: str) -> Any:
        kept = claims.pop(attempt_id, None)
        if kept:
            work.conn.execute(f"INSERT INTO claims VALUES ({', '.join('?' * len(kept))})", kept)
        return real_hand_over(work, attempt_id, by=by)

    patch.setattr(people, "grant", forgetful_grant)
    patch.setattr(people, "hand_over", hand_over_from_memory)
    patch.setattr(people, "release", lambda *_, **__: None)


def drop_on_4xx(patch: pytest.MonkeyPatch) -> None:
    """Take off the list what the server does not want, as the best-known scanner does."""
    real = Upload._exchange

    def careless(upload: Upload, part: Sequence[Event], proof: int) -> Failure | None:
        try:
            return real(upload, part, proof)
        except RefusedByHq:
            done = [Settled(event.id, "applied") for event in part]
            upload._local.run(lambda work: settle(work, done))
            return None

    patch.setattr(Upload, "_exchange", careless)


def cursor_before_apply(patch: pytest.MonkeyPatch) -> None:
    """Store the cursor in a transaction of its own, before the rows."""
    real = Download._apply

    def careless(download: Download, page: Any, batch: FeedBatch) -> None:
        download._local.run(lambda work: work.set_meta(CURSOR, str(batch.cursor)))
        real(download, page, batch)

    patch.setattr(Download, "_apply", careless)


def hq_not_idempotent(patch: pytest.MonkeyPatch) -> None:
    """Let HQ take whatever comes in for something new."""
    real = inbox._take_in

    def forgetful(work: Any, terminal: Any, event: Event, raw: dict[str, Any]) -> Any:
        known = work.conn.execute(inbox._KNOWN, {"store_id": terminal.store_id, "event_id": event.id}).first()
        result = real(work, terminal, _again(event, work.new_id()) if known else event, raw)
        return result.model_copy(update={"event_id": event.id})

    patch.setattr(inbox, "_take_in", forgetful)


def new_id_per_send(patch: pytest.MonkeyPatch) -> None:
    """Make the idempotency key when an event is sent, not when it happens."""
    real = Network.push

    def careless(network: Network, events: Sequence[Event]) -> PushAnswer:
        renamed = {f"{event.id[:-4]}{network._world.luck.randrange(10**4):04d}": event for event in events}
        answer = real(network, [_again(event, new) for new, event in renamed.items()])
        results = tuple(each.model_copy(update={"event_id": renamed[each.event_id].id}) for each in answer.results)
        return answer.model_copy(update={"results": results})

    patch.setattr(Network, "push", careless)


def _again(event: Event, new_id: str) -> Event:
    return chain(
        event.prev,
        id=new_id,
        incarnation=event.incarnation,
        seq=event.seq,
        kind=event.kind,
        order_number=event.order_number,
        at=event.at,
        by=event.by,
        body=event.body,
    )


def stale_feed_apply(patch: pytest.MonkeyPatch) -> None:
    """Take whatever page arrives last for the truth, however old it is."""
    real = join._local_orders

    def unversioned(work: Work, numbers: Sequence[int]) -> Any:
        known = real(work, numbers)
        return {number: replace(local, version=-1, acked_version=0) for number, local in known.items()}

    patch.setattr(join, "_local_orders", unversioned)


def last_write_wins(patch: pytest.MonkeyPatch) -> None:
    """Believe of two stories about an order the one with the later time on it."""

    def later_wins(state: State, fact: Fact) -> State:
        if state.live and state.completed_at and fact.at < state.completed_at:
            return state
        if state.cancelled_at and fact.at < state.cancelled_at:
            return state
        return replace(state, status=Status.COMPLETED, completed_at=fact.at, live=(fact.attempt_id,))

    patch.setitem(story._TELLERS, FactKind.HANDED_OVER, later_wins)


def feed_gap(patch: pytest.MonkeyPatch) -> None:
    """Step over a row whose number was taken before its transaction committed."""
    real = hq_feed.page

    def gappy(conn: Any, store_id: str, **options: Any) -> Page:
        page = real(conn, store_id, **options)
        return replace(page, rows=tuple(row for row in page.rows if row[0] % 9))

    patch.setattr(hq_feed, "page", gappy)


PLANTED: tuple[Plant, ...] = (
    local_fall_back,
    auto_resume,
    grant_not_durable,
    drop_on_4xx,
    cursor_before_apply,
    hq_not_idempotent,
    new_id_per_send,
    stale_feed_apply,
    last_write_wins,
    feed_gap,
)
