"""Photos of what stayed at a store: announced by their hand-over, taken in when they come, let go after a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from sqlalchemy import Connection, bindparam, insert, select, update

from app.domain import photo
from app.domain.events import Event
from app.domain.photo import Flaw
from hq.counters.terminals import Terminal
from hq.office import Office
from hq.ordering.book import OrderRow
from hq.problems import Rejection, conflict, invalid, missing
from hq.schema import photos, redemptions
from hq.work import Work

# A photo can show people: it is kept for as long as somebody may still argue about what it shows.
KEEP_FOR = timedelta(days=90)

_KEY = ("store_id", "order_number", "attempt_id")
_ONE = select(photos.c.sha256, photos.c.received_at).where(*(photos.c[name] == bindparam(name) for name in _KEY))
_JPEG = select(photos.c.jpeg).where(*(photos.c[name] == bindparam(name) for name in _KEY))
_HAND_OVER = select(redemptions.c.at).where(*(redemptions.c[name] == bindparam(name) for name in _KEY))
_OF_ORDER = select(
    photos.c.attempt_id, photos.c.jpeg.is_not(None).label("is_here"), photos.c.received_at, photos.c.taken_at
).where(photos.c.store_id == bindparam("store_id"), photos.c.order_number == bindparam("order_number"))
_INSERT = insert(photos)
_TAKE_IN = (
    update(photos)
    .where(*(photos.c[name] == bindparam(f"of_{name}") for name in _KEY))
    .values(jpeg=bindparam("jpeg"), received_at=bindparam("received_at"))
)
_FORGET = update(photos).where(photos.c.jpeg.is_not(None), photos.c.received_at < bindparam("before")).values(jpeg=None)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A hand-over's photo without the picture: it is here, or on its way (`received_at` is None), or was let go."""

    attempt_id: str
    is_here: bool
    received_at: datetime | None
    taken_at: datetime


def announce(work: Work, store_id: str, event: Event, attempt_id: str, sha256: str) -> None:
    """Write down that a hand-over's photo is on its way, and which one."""
    key = {"store_id": store_id, "order_number": event.order_number, "attempt_id": attempt_id}
    if work.conn.execute(_ONE, key).first() is None:
        work.conn.execute(_INSERT, {**key, "sha256": sha256, "taken_at": event.at})


def check(content: bytes) -> None:
    """Refuse what is no photo."""
    found = photo.flaw(content)
    if found is Flaw.TOO_LARGE:
        sentence = f"A photo has at most {photo.LARGEST // 1000} KB."
        raise Rejection(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "photo_too_large", sentence)
    if found:
        raise invalid("no_photo", "This is no JPEG.")


def receive(work: Work, terminal: Terminal, number: int, attempt_id: str, content: bytes) -> None:
    """Take a photo in, once: the one that its hand-over announced, or else the first that comes."""
    key = {"store_id": terminal.store_id, "order_number": number, "attempt_id": attempt_id}
    digest = photo.digest(content)
    known = work.conn.execute(_ONE, key).first()
    if known is None:
        # An HQ of the release before took the hand-over in and passed the announcement over.
        at = work.conn.execute(_HAND_OVER, key).scalar()
        if at is None:
            raise missing("hand_over", "HQ knows no such hand-over of this store.")
        work.conn.execute(_INSERT, {**key, "sha256": digest, "taken_at": at})
    elif known.sha256 != digest:
        raise conflict("photo", "This is not the photo that belongs to this hand-over.")
    if known is None or known.received_at is None:
        of_key = {f"of_{name}": value for name, value in key.items()}
        work.conn.execute(_TAKE_IN, {**of_key, "jpeg": content, "received_at": work.now})


def of_order(conn: Connection, order: OrderRow) -> tuple[PhotoRow, ...]:
    """Return what is known of an order's photos, the oldest first."""
    found = conn.execute(_OF_ORDER, {"store_id": order.store_id, "order_number": order.number})
    return tuple(sorted((PhotoRow(*row) for row in found), key=lambda row: (row.taken_at, row.attempt_id)))


def picture(conn: Connection, order: OrderRow, attempt_id: str) -> bytes:
    """Return a photo, or refuse where there is none."""
    key = {"store_id": order.store_id, "order_number": order.number, "attempt_id": attempt_id}
    content: bytes | None = conn.execute(_JPEG, key).scalar()
    if content is None:
        raise missing("photo", "There is no photo of this hand-over.")
    return content


def forget(work: Work, before: datetime) -> int:
    """Let the pictures go that came before a time; return how many. That there were some stays known."""
    return work.conn.execute(_FORGET, {"before": before}).rowcount


def forget_due(office: Office) -> int:
    """Let the pictures go whose time is over; return how many."""
    before = office.now() - KEEP_FOR
    return office.write(lambda work: forget(work, before))
