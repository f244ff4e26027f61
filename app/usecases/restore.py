"""A backup takes the database's place: what is here is set aside, what happened since comes back from the journal.

The steps survive a power cut: the plan is written first and deleted last, and every step may be done twice.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from app.clock import SystemClock
from app.domain.events import from_stamp, stamp
from app.errors import BadBackup, RestoredByHand, ZitiError
from app.files import write_whole
from app.storage import export, local
from app.storage.backup import move
from app.storage.database import FILE_NAME
from app.storage.export import Found
from app.storage.mirror import FILE_NAME as MIRROR_NAME
from app.storage.mirror import older, salvage
from app.storage.storage import TIME_FLOOR, Storage
from app.storage.work import Identity, Work
from app.usecases.enrol import become
from app.usecases.feed import GENERATION

log = logging.getLogger(__name__)

PLAN = "restore.json"
WANTED = "restore.sqlite3"
Open = Callable[[], Storage]
Told = Callable[[RestoredByHand], None]
Replay = Callable[[Work, list[dict[str, Any]]], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What of this terminal outlives a restore: who it is, whose PINs it knows, and the time it has reached."""

    identity: Identity
    unsent: int
    staff: tuple[tuple[str, str, str, str, int], ...]
    time: str


def standing(work: Work) -> Standing:
    """Read it; raise `NotEnrolled` for a terminal that belongs to no store yet."""
    unsent = work.conn.execute("SELECT count(*) FROM outbox").fetchone()[0]
    staff = work.conn.execute("SELECT id, name, role, pin_hash, active FROM staff ORDER BY id").fetchall()
    return Standing(work.me, unsent, tuple(staff), max(stamp(work.now), work.get_meta(TIME_FLOOR)))


def check(found: Found, here: Standing) -> None:
    """Raise `BadBackup` when the backup may not take the place of what is here."""
    if found.identity.store_id != here.identity.store_id:
        raise BadBackup(f"This is a backup of another store ({found.store_name}).", "other_store")
    if found.identity.terminal_id != here.identity.terminal_id and here.unsent:
        # Another terminal's chain of events takes this one's place: what is not sent would have none to stand in.
        raise BadBackup(f"First {here.unsent} entries of this terminal must be sent to HQ.", "unsent_here")


def lay_ready(folder: Path, source: Path, here: Standing) -> Found:
    """Check a backup, copy it beside the database and write the plan; the next opening carries it out."""
    check(export.inspect(source), here)
    found = export.fetch(source, folder / WANTED)
    plan = {
        **asdict(here),
        "same": found.identity.terminal_id == here.identity.terminal_id,
        "at": stamp(found.modified),
        "aside": f"replaced-{stamp(SystemClock().now()).replace(':', '')}",
    }
    write_whole(folder / PLAN, json.dumps(plan).encode())
    return found


def is_wanted(folder: Path) -> bool:
    """Tell whether a backup waits to be restored, or a restore was cut off."""
    return (folder / PLAN).exists()


def carry_out(folder: Path, open_storage: Open, replay: Replay, *, told: Told) -> Storage | None:
    """Do what the plan says and return the storage; `None` when it did not work and all is as it was."""
    plan = json.loads((folder / PLAN).read_bytes())
    aside = folder / plan["aside"]
    _exchange(folder, aside, same=plan["same"])
    storage: Storage | None = None
    try:
        storage = open_storage()
        records = storage.run(partial(_join, plan=plan, folder=folder, replay=replay))
        storage.finish()
    except (ZitiError, sqlite3.Error, ValueError, TypeError, KeyError):
        log.exception("the backup could not be used: the data are as they were before")
        if storage:
            storage.close()
        _give_back(folder, aside)
        return None
    (folder / PLAN).unlink()
    told(
        RestoredByHand(
            f"The backup of {plan['at']} is in use, with {records} later records. What was here is in {aside.name}.",
            backup_at=from_stamp(plan["at"]),
            records=records,
        )
    )
    return storage


def _exchange(folder: Path, aside: Path, *, same: bool) -> None:
    wanted = folder / WANTED
    if not wanted.exists():
        return  # done before the power went
    move(folder / FILE_NAME, aside)
    if not same:
        # Lines of this terminal's own chain, all of which HQ has: they do not fit the one that comes.
        for lines in (folder / MIRROR_NAME, older(folder)):
            if lines.exists():
                lines.replace(aside / lines.name)
    wanted.replace(folder / FILE_NAME)


def _give_back(folder: Path, aside: Path) -> None:
    move(folder / FILE_NAME, folder / f"{aside.name}-refused")
    for part in list(aside.iterdir()):
        part.replace(folder / part.name)
    (folder / PLAN).unlink()


def _join(work: Work, plan: dict[str, Any], folder: Path, replay: Replay) -> int:
    before = folder / plan["aside"] / FILE_NAME
    records = replay(work, _entries(folder, before) if plan["same"] else [])
    if plan["same"]:
        local.take_over(work.conn, before)
        _check_unsent(work, before)
    else:
        # What another machine had yet to print was printed there, or is long out of date.
        work.conn.execute("UPDATE print_jobs SET state = 'dropped', done_at = at WHERE state = 'waiting'")
    become(work, replace(Identity(**plan["identity"]), incarnation=work.new_id()))
    for row in plan["staff"]:
        work.conn.execute(
            "INSERT INTO staff (id, name, role, pin_hash, active) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET name = excluded.name, role = excluded.role, pin_hash = excluded.pin_hash, active = excluded.active",
            row,
        )
    work.set_meta(TIME_FLOOR, max(plan["time"], work.get_meta(TIME_FLOOR)))
    work.set_meta(GENERATION, "")
    return records


def _entries(folder: Path, before: Path) -> list[dict[str, Any]]:
    """Return what the journal tells, and first the events that it has lost and the file still has."""
    told = list(salvage(folder))
    ids = {entry["id"] for entry in told if "seq" in entry}
    return [entry for entry in local.events_of(before) if entry["id"] not in ids] + told


def _check_unsent(work: Work, before: Path) -> None:
    here = {row[0] for row in work.conn.execute("SELECT event_id FROM outbox")}
    if lost := local.unsent_ids(before) - here:
        raise BadBackup(f"{len(lost)} entries that HQ does not have yet do not fit this backup.", "unusable")
