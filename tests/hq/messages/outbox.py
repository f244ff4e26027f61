"""The outbox in tests: a town with messages and customers, and channels that do what they are told."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import count

from sqlalchemy import insert, select

from hq.messages import log, worker
from hq.messages.channels.port import Channel, Channels, Outgoing, Sent
from hq.messages.kinds import Kind
from hq.messages.log import DeliveryRow
from hq.messages.post import Note, post
from hq.messages.queue import MessageRow
from hq.messages.texts import SAMPLES
from hq.office import Office
from hq.schema import customers, messages
from tests.hq.town import Town

AGREES = '{"mini": ["paid", "ready", "day_before"], "sms": true, "wecom": true}'
_KEYS = count(1)


class Told:
    """A channel that does what the test says, and keeps what it was given; thread-safe."""

    def __init__(self, name: str, does: Callable[[Outgoing], Sent] | None = None, obstacle: str = "") -> None:
        self.name = name
        self.does = does or (lambda outgoing: Sent(f"ref-{name}"))
        self.hindered = obstacle
        self.given: list[Outgoing] = []
        self._lock = threading.Lock()

    def obstacle(self, outgoing: Outgoing) -> str:
        return self.hindered

    def send(self, outgoing: Outgoing) -> Sent:
        with self._lock:
            self.given.append(outgoing)
        return self.does(outgoing)

    @property
    def times(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for outgoing in self.given:
            found[outgoing.message_id] += 1
        return found


def raising(error: BaseException) -> Callable[[Outgoing], Sent]:
    """Return what a channel does that always fails so."""

    def does(_outgoing: Outgoing) -> Sent:
        raise error

    return does


class Outbox:
    """A town's outbox, worked off by hand."""

    def __init__(self, town: Town, *channels: Channel, operators: Sequence[Channel] = ()) -> None:
        self.town = town
        self.channels = Channels(channels, tuple(operators))

    @property
    def office(self) -> Office:
        return self.town.office

    def add_customer(self, customer_id: str = "customer-1", consents: str = "") -> str:
        told = {
            "id": customer_id,
            "phone": "13900000000",
            "language": "zh",
            "openid": "openid-1",
            "wecom_id": "wm-1",
            "consents": consents,
            "created_at": self.town.clock.now(),
        }
        self.office.write(lambda work: work.conn.execute(insert(customers), told))
        return customer_id

    def note(self, kind: Kind = Kind.PAID, **changed: object) -> Note:
        told = {
            "store_id": self.town.store.id,
            "kind": kind,
            "dedup": f"{next(_KEYS)}:{kind}",
            "order_number": None,
            "audience": "customer",
            "customer_id": None,
            "language": "zh",
            "facts": dict(SAMPLES["zh"]),
            "consents": AGREES,
        }
        return Note(**{**told, **changed})  # type: ignore[arg-type]

    def post(self, *notes: Note) -> None:
        self.office.write(lambda work: post(work, notes))

    def post_one(self, kind: Kind = Kind.PAID, **changed: object) -> MessageRow:
        note = self.note(kind, **changed)
        self.post(note)
        return next(row for row in self.all() if row.dedup == note.dedup)

    def run(self, **bounds: int) -> int:
        return worker.run_once(self.office, self.channels, **bounds)

    def run_until_done(self) -> MessageRow:
        """Let time pass until nothing waits any more, then return the only message."""
        while any(row.done_at is None for row in self.all()):
            self.town.clock.pass_time(hours=2)
            self.run()
        return self.only()

    def all(self) -> list[MessageRow]:
        return self.office.read(lambda conn: [MessageRow(*row) for row in conn.execute(select(messages))])

    def only(self) -> MessageRow:
        (row,) = self.all()
        return row

    def tries(self) -> list[DeliveryRow]:
        row = self.only()
        return self.office.read(lambda conn: log.deliveries_of(conn, row.store_id, row.id))

    def outcomes(self) -> list[tuple[str, str]]:
        return [(each.channel, each.outcome) for each in self.tries()]
