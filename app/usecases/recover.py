"""Open the terminal's file, or bring it back: backup restored, events salvaged, hand-overs known again."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from app.clock import SystemClock
from app.domain.events import PROGRESS, Event, EventKind, from_stamp
from app.errors import CorruptData, Restored
from app.storage import orders
from app.storage.backup import SetAside, set_aside, taken_at
from app.storage.database import FILE_NAME
from app.storage.mirror import salvage
from app.storage.storage import Storage
from app.storage.work import Identity, Work, event_from_fields, insert_event, millis
from app.usecases import restore, till_recovery
from app.usecases.enrol import become
from app.usecases.feed import GENERATION
from app.usecases.hand_over import gone_with, move_stock

log = logging.getLogger(__name__)

MARKER = "restore-at-next-start"
Open = Callable[[], Storage]


def open_or_recover(folder: Path, open_storage: Open, *, told: Callable[[Restored], None]) -> Storage:
    """Open the file; when it is damaged set it aside, restore the newest sound backup and replay the salvage file.

    `told` hears of it, for the manager, when something was restored.
    """
    if restore.is_wanted(folder) and (storage := restore.carry_out(folder, open_storage, replay, told=told)):
        return storage
    marker = folder / MARKER
    if not marker.exists():
        try:
            return open_storage()
        except CorruptData:
            log.exception("the database is damaged: restoring")
    return _recover(folder, open_storage, told=told)


def mark_damaged(folder: Path) -> None:
    """Have the file restored when it is opened next."""
    (folder / MARKER).touch()


def _recover(folder: Path, open_storage: Open, *, told: Callable[[Restored], None]) -> Storage:
    path = folder / FILE_NAME
    aside = set_aside(path, SystemClock().now())
    storage = open_storage()
    restored = storage.run(partial(replay, entries=list(salvage(folder))))
    storage.finish()
    (folder / MARKER).unlink(missing_ok=True)
    told(_news(aside, restored))
    return storage


def _news(aside: SetAside, records: int) -> Restored:
    backup_at = taken_at(aside.restored_from) if aside.restored_from else None
    source = f"the backup of {backup_at:%Y-%m-%d %H:%M} UTC" if backup_at else "HQ"
    return Restored(
        f"The database was damaged. It was set aside in {aside.damaged.parent.name}, and restored from {source};"
        f" {records} later records were saved from the journal. Nothing needs to be done at the counter.",
        backup_at=backup_at,
        records=records,
    )


def replay(work: Work, entries: list[dict[str, Any]]) -> int:
    """Write back what the salvage lines know and the file does not; return how many events came back."""
    identity = _last_identity(entries)
    if identity and (work.identity is None or identity.terminal_id == work.identity.terminal_id):
        become(work, replace(identity, incarnation=work.new_id()))
    known = {row[0] for row in work.conn.execute("SELECT id FROM events")}
    count = 0
    for entry in entries:
        if "seq" in entry and entry["id"] not in known:
            event = event_from_fields(entry)
            _bring_back(work, event)
            count += 1
        elif "grant" in entry:
            _bring_back_grant(work, entry)
        elif "shift" in entry or "cash" in entry:
            till_recovery.bring_back(work, entry)
        elif "release" in entry:
            work.conn.execute(
                "UPDATE claims SET state = 'released' WHERE attempt_id = ? AND state = 'granted'", (entry["release"],)
            )
    # The cursor of the backup may be older than orders it never saw: begin the feed anew, the outbox stays.
    work.set_meta(GENERATION, "")
    return count


def _last_identity(entries: list[dict[str, Any]]) -> Identity | None:
    found = [entry["identity"] for entry in entries if "identity" in entry]
    return Identity(**json.loads(found[-1])) if found else None


def _bring_back(work: Work, event: Event) -> None:
    try:
        insert_event(work.conn, event)
    except sqlite3.IntegrityError:
        # The backup went its own way after this line (its number is taken): HQ gets the fact all the same.
        log.exception("event %s could not be put back under its number %d", event.id, event.seq)
        return
    work.conn.execute(
        "INSERT INTO outbox (seq, event_id, order_number) VALUES (?, ?, ?)",
        (event.seq, event.id, event.order_number if event.kind in PROGRESS else None),
    )
    effect = _EFFECTS.get(event.kind)
    if effect and event.order_number is not None:
        effect(work, event, event.order_number)
    else:
        till_recovery.bring_back_event(work, event)


def _bring_back_grant(work: Work, entry: dict[str, Any]) -> None:
    if work.conn.execute("SELECT 1 FROM claims WHERE attempt_id = ?", (entry["grant"],)).fetchone():
        return
    _ensure_order(work, entry["order"], entry)
    _insert_claim(work, entry["grant"], entry["order"], granted_at=entry["at"], state="granted")


def _handed_over(work: Work, event: Event, number: int) -> None:
    _ensure_order(work, number, event.body)
    attempt_id = event.body["attempt_id"]
    work.conn.execute("DELETE FROM claims WHERE attempt_id = ?", (attempt_id,))
    granted_at = millis(from_stamp(event.body["granted_at"]))
    _insert_claim(work, attempt_id, number, granted_at=granted_at, state="handed_over")
    work.conn.execute(
        "INSERT INTO redemptions (attempt_id, order_number, at, by, terminal, local, short, collector)"
        " VALUES (?, ?, ?, ?, ?, 1, ?, ?)",
        (
            attempt_id,
            number,
            millis(event.at),
            event.by,
            event.body["terminal"],
            _short(event.body),
            event.body.get("collector", ""),
        ),
    )
    orders.update(work.conn, number, status="completed", completed_at=millis(event.at))
    _move_stock(work, number, attempt_id, sign=-1, cause="hand_over", event_seq=event.seq)


def _short(body: dict[str, Any]) -> str:
    kept = [[each["product_number"], each["quantity"], each["reason"]] for each in body.get("short", [])]
    return json.dumps(kept) if kept else ""


def _revoked(work: Work, event: Event, number: int) -> None:
    attempt_id = event.body["attempt_id"]
    work.conn.execute("UPDATE claims SET state = 'revoked' WHERE attempt_id = ?", (attempt_id,))
    work.conn.execute(
        "UPDATE redemptions SET revoked_at = ?, revoked_by = ? WHERE attempt_id = ?",
        (millis(event.at), event.body["manager"], attempt_id),
    )
    orders.update(work.conn, number, status="awaiting_pickup", completed_at=None)
    _move_stock(work, number, attempt_id, sign=1, cause="revoked", event_seq=event.seq)


def _move_stock(work: Work, number: int, attempt_id: str, **how: Any) -> None:
    order = orders.find(work.conn, work.known, number)
    if order:
        move_stock(work, gone_with(work, order, attempt_id), attempt_id, **how)


def _prepared(work: Work, event: Event, number: int) -> None:
    _set(work, number, status="prepared", shelf=event.body.get("shelf", ""), prepared_at=millis(event.at))


def _undone(work: Work, event: Event, number: int) -> None:
    _set(work, number, status=event.body["to"], prepared_at=None)


def _put_back(work: Work, _event: Event, number: int) -> None:
    _set(work, number, status="put_back", shelf="", prepared_at=None)


def _status(status: str) -> Callable[[Work, Event, int], None]:
    return lambda work, _event, number: _set(work, number, status=status)


def _set(work: Work, number: int, **fields: Any) -> None:
    if work.conn.execute("SELECT 1 FROM orders WHERE number = ?", (number,)).fetchone():
        orders.update(work.conn, number, **fields)


def _insert_claim(work: Work, attempt_id: str, number: int, *, granted_at: int, state: str) -> None:
    work.conn.execute(
        "INSERT INTO claims (attempt_id, order_number, granted_at, granted_by, verdict, manager, reason, unguarded,"
        " state) VALUES (?, ?, ?, '', '', '', '', 0, ?)",
        (attempt_id, number, granted_at, state),
    )


def _ensure_order(work: Work, number: int, told: dict[str, Any]) -> None:
    # The journal does not tell the window: this moment's stands for it until HQ's own record arrives.
    minute = int(work.now.timestamp()) // 60
    orders.insert_from_code(
        work.conn,
        number,
        issue=told.get("issue", 0),
        opens=minute,
        length=1,
        lines=told.get("lines", []),
        at=millis(work.now),
    )


_EFFECTS: dict[EventKind, Callable[[Work, Event, int], None]] = {
    EventKind.PREPARATION_STARTED: _status("preparing"),
    EventKind.PREPARED: _prepared,
    EventKind.PREPARATION_UNDONE: _undone,
    EventKind.PUT_BACK: _put_back,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.HAND_OVER_REVOKED: _revoked,
    EventKind.CANCELLATION_ACCEPTED: _status("cancelled"),
}
