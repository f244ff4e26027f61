"""Works the outbox off: claims what is due, sends it through the next channel of its plan, writes down what came of it.

Nothing is sent inside a transaction. A worker that dies between the provider's answer and its commit leaves a lease
that runs out, and the message goes out again: at least once is all that is possible here.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime

from app.ids import RandomBits
from hq.messages import plan, queue, texts
from hq.messages.channels import local
from hq.messages.channels.port import Channel, Channels, Outgoing, Refused, Retry
from hq.messages.kinds import Kind, Standing
from hq.messages.plan import Plan
from hq.messages.queue import Addressed, Settled, Try
from hq.office import Office
from hq.work import Work

LOG = logging.getLogger("ziti.hq.messages")
# A message whose sending ends its worker each time must not end one for ever.
_MOST_ATTEMPTS = 100
_LONGEST_REASON = 300
_LONGEST_REF = 128


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a decision needs beside the message."""

    now: datetime
    random_bits: RandomBits
    site: str


def run_once(office: Office, channels: Channels, *, most: int = 32, threads: int = 8) -> int:
    """Handle at most so many due messages and return how many there were; blocks, so call it from a thread."""
    rows = office.write(lambda work: queue.claim(work, most))
    if not rows:
        return 0
    waiting = office.read(lambda conn: queue.addressed(conn, rows))
    if all(channel.name == local.NAME for channel in (*channels.customers, *channels.operators)):
        # Nobody is waited for, and nothing is sent that a crash could send twice: one transaction for all.
        office.write(_settling(_handled(office, channels, each) for each in waiting))
        return len(rows)
    with ThreadPoolExecutor(min(threads, len(rows)), "ziti-messages") as pool:
        # Each is written down as soon as it is known: a crash repeats what was on its way, not the batch.
        for future in as_completed([pool.submit(_handled, office, channels, each) for each in waiting]):
            office.write(_settling([future.result()]))
    return len(rows)


def _settling(settled: Iterable[Settled]) -> Callable[[Work], None]:
    told = list(settled)

    def usecase(work: Work) -> None:
        for each in told:
            queue.settle(work, each)

    return usecase


def _handled(office: Office, channels: Channels, waiting: Addressed) -> Settled:
    moment = _Moment(office.now(), office.random_bits, office.settings.public_url)
    row = waiting.row
    try:
        outgoing = _outgoing(waiting, moment.site)
    except ValueError as error:
        LOG.exception("message %s cannot be put into words", row.id)
        return Settled(row, Standing.DEAD, row.plan, moment.now, error=f"cannot be put into words: {error}")
    if row.attempts >= _MOST_ATTEMPTS:
        return Settled(row, Standing.DEAD, row.plan, moment.now, error=f"given up after {row.attempts} attempts")
    if morning := plan.quiet_until(outgoing.kind, waiting.zone, moment.now):
        return Settled(row, Standing.QUEUED, row.plan, morning)
    return _tried(channels.operators if row.audience == "operators" else channels.customers, waiting, outgoing, moment)


def _outgoing(waiting: Addressed, site: str) -> Outgoing:
    row, kind = waiting.row, Kind(waiting.row.kind)
    facts = json.loads(row.facts)
    words = texts.preview(kind, row.language, facts, site)
    return Outgoing(row.id, kind, row.language, words.title, words.text, texts.spelled(facts, site), waiting.contact)


def _tried(channels: Sequence[Channel], waiting: Addressed, outgoing: Outgoing, moment: _Moment) -> Settled:
    row, known = waiting.row, {channel.name: channel for channel in channels}
    planned = Plan.parse(row.plan)
    if planned.left is None or not set(planned.left) <= known.keys():
        # The first try, or one after the configuration changed.
        planned = plan.decide(planned, channels, outgoing, waiting.now_agreed)
    if not planned.left:
        return Settled(row, Standing.SKIPPED, planned.text(), moment.now, error="; ".join(planned.failed))
    return _through(known[planned.left[0]], waiting, outgoing, planned, moment)


def _through(channel: Channel, waiting: Addressed, outgoing: Outgoing, planned: Plan, moment: _Moment) -> Settled:
    row, name = waiting.row, channel.name
    try:
        sent = channel.send(outgoing)
    except Refused as error:
        return _next_channel(row, planned, Try(name, "refused", _clean(error.reason)), moment)
    except Retry as error:
        return _later(row, planned, Try(name, "retry", _clean(error.reason)), error.after, moment)
    except Exception as error:  # the thread's edge: a mistake in one channel must not hold up the others
        LOG.exception("the channel %s failed on message %s", name, row.id)
        return _later(row, planned, Try(name, "retry", f"a mistake of ours: {type(error).__name__}"), 0, moment)
    said = (outgoing.title, outgoing.text) if name == local.NAME else ("", "")
    tried = Try(name, "sent", "", sent.ref[:_LONGEST_REF], *said)
    return Settled(row, Standing.SENT, planned.text(), moment.now, name, tried=tried)


def _later(row: queue.MessageRow, planned: Plan, tried: Try, after: int, moment: _Moment) -> Settled:
    planned = planned.another_try()
    if planned.is_over(after):
        return _next_channel(row, planned, tried, moment)
    at = moment.now + plan.wait(planned.tries, after, moment.random_bits)
    error = "; ".join((*planned.failed, f"{tried.channel}: {tried.detail}"))
    return Settled(row, Standing.QUEUED, planned.text(), at, tried.channel, error, tried)


def _next_channel(row: queue.MessageRow, planned: Plan, tried: Try, moment: _Moment) -> Settled:
    planned = planned.without_first(tried.detail)
    status = Standing.QUEUED if planned.left else Standing.DEAD
    return Settled(row, status, planned.text(), moment.now, tried.channel, "; ".join(planned.failed), tried)


def _clean(reason: str) -> str:
    """Return a provider's words without numbers long enough to be a phone's."""
    return re.sub(r"\d{7,}", "…", reason)[:_LONGEST_REASON]
