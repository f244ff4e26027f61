"""Become a terminal of a store."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.errors import Refused
from app.storage.storage import IDENTITY, identity_json
from app.storage.work import Identity, Work


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What HQ said this terminal is."""

    terminal_id: str
    terminal_name: str
    store_id: str
    store_number: int
    hq_url: str


def save_enrolment(work: Work, enrolment: Enrolment) -> Changes:
    """Keep who this terminal is and begin a new incarnation.

    Unsent work of the terminal it was before goes up under the new name; HQ knows each event by its id.
    Raises `Refused` when the data belongs to another store.
    """
    old = work.identity
    if old and old.store_id != enrolment.store_id:
        raise Refused("This data folder belongs to another store: start with an empty one.")
    become(
        work,
        Identity(
            enrolment.terminal_id,
            enrolment.terminal_name,
            enrolment.store_id,
            enrolment.store_number,
            enrolment.hq_url,
            work.new_id(),
        ),
    )
    return Changes(profile=True)


def enrolment(work: Work) -> Enrolment | None:
    """Return who this terminal is, or `None`."""
    me = work.identity
    return Enrolment(me.terminal_id, me.terminal_name, me.store_id, me.store_number, me.hq_url) if me else None


def become(work: Work, identity: Identity) -> None:
    """Write the identity into the file and the salvage lines."""
    work.set_meta(IDENTITY, identity_json(identity))
    work.mirrored.append({"identity": identity_json(identity)})
    work.identity = identity
    work.forget()
