"""Backups on a stick: whole, checked, without PINs; and the way back, which loses nothing and takes nothing foreign."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.domain.document import Document, Paper
from app.domain.order import Status
from app.domain.records import StaffRecord
from app.domain.till import SaleLine, Tender, TenderKind
from app.errors import BadBackup, DataTooNew, Restored, ZitiError
from app.safe_copies import SafeCopies
from app.storage.database import FILE_NAME
from app.storage.storage import Storage
from app.storage.thread import StorageThread
from app.usecases.board import see_reminders
from app.usecases.enrol import enrolment
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import Short, hand_over
from app.usecases.outbox import pending_events
from app.usecases.photos import photo_sent
from app.usecases.pick_list import pick_list, tick
from app.usecases.prepare import mark_prepared
from app.usecases.print_queue import end_print, queue_print
from app.usecases.recover import open_or_recover
from app.usecases.restore import PLAN, WANTED, lay_ready, standing
from app.usecases.sell import RefundRequest, refund, sell
from app.usecases.shift import close_shift, move_cash, open_shift
from app.usecases.sign_in import members, sign_in
from app.usecases.upkeep import check_chain
from tests.conftest import ExpectLog
from tests.core.test_sale_and_shift import SALE
from tests.core.till import LOOKUP_KEY, NOON, PIN_HASH, Till, order
from tests.photos import jpeg


@dataclass
class Machine:
    """The till's file behind its thread, as main.py has it."""

    till: Till
    stick: Path
    told: list[Restored] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Close the till's own connection, and open the file as the program does."""
        self.till.storage.close()
        self.thread = StorageThread(self.open)
        self.thread.start()
        self.copies = SafeCopies(self.till.folder, self.till.trusted, self.thread)

    def open(self) -> Storage:
        till = self.till
        opened = open_or_recover(
            till.folder,
            lambda: Storage(till.folder, till.trusted, till.ids, ballast_bytes=0),
            told=self.told.append,
        )
        opened.lookup_key = LOOKUP_KEY
        return opened

    def stop(self) -> None:
        self.thread.stop()
        self.till.open()


@pytest.fixture
def machine(till: Till, tmp_path: Path) -> Iterator[Machine]:
    till.feed(order())
    (tmp_path / "stick").mkdir()
    machine = Machine(till, tmp_path / "stick")
    yield machine
    machine.stop()


def prepare(machine: Machine, number: int, shelf: str = "A-1") -> None:
    machine.thread.submit(lambda work: mark_prepared(work, [number], by="Li", shelf=shelf)).result()


def serve(
    machine: Machine, number: int, attempt: str = "attempt-1", short: Sequence[Short] = (), photo: bytes | None = None
) -> None:
    wish = GrantRequest(attempt, number, "Li", text=machine.till.code(order(number)))
    machine.thread.submit(lambda work: grant(work, wish)).result()
    machine.thread.submit(lambda work: hand_over(work, attempt, by="Li", short=short, photo=photo)).result()


def test_a_backup_is_one_checked_file_without_pins(machine: Machine) -> None:
    prepare(machine, order().number)
    made = machine.copies.export(machine.stick)
    assert made.name == f"ziti-store7-{NOON.astimezone():%Y%m%d-%H%M%S}.ziti-backup"
    assert sorted(path.suffix for path in machine.stick.iterdir()) == [".sha256", ".ziti-backup"]
    content = made.read_bytes()
    assert PIN_HASH.rpartition("$")[2].encode() not in content
    assert b"Braised pork" in content
    found = machine.copies.inspect(made)
    assert (found.store_name, found.identity.terminal_name, found.events) == ("Riverside", "Counter 1", 1)
    assert not list(machine.till.folder.glob("*.leaving"))


def test_a_restore_keeps_what_happened_since_and_the_staff(machine: Machine, till: Till) -> None:
    number = order().number
    prepare(machine, number)
    made = machine.copies.export(machine.stick)
    serve(machine, number)
    before = machine.thread.submit(enrolment).result()
    machine.copies.restore(made)
    assert [news.records for news in machine.told] == [2 - 1]
    sent = machine.thread.submit(lambda work: pending_events(work, 10)).result()
    assert [event.kind for event in sent] == ["prepared", "handed_over"]
    assert machine.thread.submit(enrolment).result() == before
    assert [(each.name, each.has_pin) for each in machine.thread.submit(members).result()] == [("Wang", True)]
    machine.stop()
    assert till.status(number) == "completed"
    assert till(check_chain, after=0) is None
    assert till.storage.identity is not None
    assert till.storage.identity.incarnation not in {event.incarnation for event in sent}
    (aside,) = till.folder.glob("replaced-*")
    assert (aside / FILE_NAME).exists()
    assert not (till.folder / PLAN).exists()
    machine.start()


def test_a_restore_keeps_photos_taken_since_and_sends_none_twice(machine: Machine, till: Till) -> None:
    first, second = order().number, order().number + 1
    machine.stop()
    till.feed(order(second, status=Status.PREPARED))
    machine.start()
    prepare(machine, first)
    serve(machine, first, short=[Short(1001, 1, "broken")], photo=jpeg(1))
    made = machine.copies.export(machine.stick)
    machine.thread.submit(lambda work: photo_sent(work, "attempt-1")).result()
    serve(machine, second, "attempt-2", [Short(1001, 1, "missing")], jpeg(2))
    machine.copies.restore(made)
    machine.stop()
    assert till.sql("SELECT attempt_id, jpeg FROM photos ORDER BY attempt_id") == [
        ("attempt-1", None),
        ("attempt-2", jpeg(2)),
    ]
    machine.start()


def test_a_power_cut_at_any_step_of_a_restore_is_finished_at_the_next_start(machine: Machine, till: Till) -> None:
    number = order().number
    made = machine.copies.export(machine.stick)
    prepare(machine, number)
    here = machine.thread.submit(standing).result()
    machine.stop()
    till.storage.close()
    lay_ready(till.folder, made, here)
    shutil.copy(till.folder / PLAN, machine.stick / PLAN)
    # The exchange was made and the plan not yet deleted: everything is done once more.
    for _ in range(2):
        machine.open().close()
        shutil.copy(machine.stick / PLAN, till.folder / PLAN)
    machine.start()
    kinds = [event.kind for event in machine.thread.submit(lambda work: pending_events(work, 10)).result()]
    assert kinds == ["prepared"]
    assert not (till.folder / WANTED).exists()


def _truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _damaged(path: Path) -> None:
    path.with_name(path.name + ".sha256").unlink()
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 8192)


def _truncated_without_sum(path: Path) -> None:
    path.with_name(path.name + ".sha256").unlink()
    _truncated(path)


def _no_database(path: Path) -> None:
    path.with_name(path.name + ".sha256").unlink()
    path.write_bytes(b"PK\x03\x04 a holiday's pictures" * 1000)


def _foreign(path: Path) -> None:
    path.with_name(path.name + ".sha256").unlink()
    path.unlink()
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT)")
    conn.close()


def _with_instructions(path: Path) -> None:
    _sql(path, "CREATE TRIGGER t AFTER INSERT ON outbox BEGIN DELETE FROM outbox; END")


def _newer(path: Path) -> None:
    _sql(path, "PRAGMA user_version = 99")


def _other_store(path: Path) -> None:
    _sql(path, "UPDATE meta SET value = replace(value, 'store-7', 'store-8') WHERE key = 'identity'")


def _other_terminal(path: Path) -> None:
    _sql(path, "UPDATE meta SET value = replace(value, 'terminal-1', 'terminal-2') WHERE key = 'identity'")


def _sql(path: Path, statement: str) -> None:
    path.with_name(path.name + ".sha256").unlink()
    with sqlite3.connect(path) as conn:
        conn.execute(statement)
    conn.close()


@pytest.mark.parametrize(
    ("spoil", "refusal", "reason"),
    [
        (_truncated, BadBackup, "changed"),
        (_truncated_without_sum, BadBackup, "not_a_backup"),
        (_damaged, BadBackup, "not_a_backup"),
        (_no_database, BadBackup, "not_a_backup"),
        (_foreign, BadBackup, "not_a_backup"),
        (_with_instructions, BadBackup, "not_a_backup"),
        (_newer, DataTooNew, ""),
        (_other_store, BadBackup, "other_store"),
        (_other_terminal, BadBackup, "unsent_here"),
        (Path.unlink, BadBackup, "no_access"),
    ],
)
def test_what_is_no_backup_of_this_store_changes_nothing(
    machine: Machine, spoil: Callable[[Path], None], refusal: type[ZitiError], reason: str
) -> None:
    prepare(machine, order().number)
    made = machine.copies.export(machine.stick)
    spoil(made)
    with pytest.raises(refusal) as refused:
        machine.copies.restore(made)
    assert getattr(refused.value, "reason", "") == reason or not reason
    assert not (machine.till.folder / PLAN).exists()
    assert machine.thread.submit(standing).result().unsent == 1


def test_another_terminals_backup_comes_with_its_own_journal(machine: Machine, till: Till) -> None:
    made = machine.copies.export(machine.stick)
    _other_terminal(made)
    machine.copies.restore(made)
    prepare(machine, order().number)
    machine.stop()
    assert till(check_chain, after=0) is None
    assert till.storage.identity is not None
    assert till.storage.identity.terminal_id == "terminal-1"
    machine.start()


def test_a_full_stick_is_said_and_left_clean(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
        with pytest.raises(BadBackup, match="not enough room"):
            machine.copies.export(machine.stick)
    with pytest.raises(BadBackup, match="cannot be read or written"):
        machine.copies.export(machine.stick / "pulled out")
    assert not list(machine.stick.iterdir())
    assert not list(machine.till.folder.glob("*.leaving"))


def test_a_backup_that_cannot_be_opened_leaves_all_as_it_was(
    machine: Machine, till: Till, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    made = machine.copies.export(machine.stick)
    prepare(machine, order().number)
    expect_log("could not be used")
    here = machine.thread.submit(standing).result()
    machine.stop()
    till.storage.close()
    lay_ready(till.folder, made, here)
    (till.folder / WANTED).write_bytes(b"not a database" * 400)
    opened = machine.open()
    assert not machine.told
    assert opened.run(standing).unsent == 1
    opened.close()
    machine.start()


def test_the_clock_goes_on_from_where_it_was(machine: Machine, till: Till) -> None:
    made = machine.copies.export(machine.stick)
    till.clock.forward(timedelta(days=3))
    machine.copies.restore(made)
    reached = machine.thread.submit(lambda work: work.get_meta("time_floor")).result()
    assert reached.startswith("2026-08-04")


def test_somebody_hq_took_off_stays_off(machine: Machine, till: Till) -> None:
    made = machine.copies.export(machine.stick)
    machine.stop()
    till.feed(StaffRecord("staff-1", "Wang", "manager", PIN_HASH, False))
    machine.start()
    machine.copies.restore(made)
    assert machine.thread.submit(members).result() == ()


def test_a_replaced_pin_is_not_on_the_stick_either(machine: Machine, till: Till) -> None:
    machine.stop()
    newer = PIN_HASH.replace("$m=8", "$m=16")
    till.feed(StaffRecord("staff-1", "Wang", "manager", newer, True))
    machine.start()
    content = machine.copies.export(machine.stick).read_bytes()
    assert PIN_HASH.rpartition("$")[2].encode() not in content
    assert b"argon2" not in content


LOCAL = ("shifts", "cash_moves", "sales", "refunds", "print_jobs", "picks", "reminders_seen", "failed_attempts")


def _rows(till: Till) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(till.sql(f"SELECT * FROM {table}"), key=repr) for table in LOCAL}


def _work_on(till: Till) -> None:
    till(close_shift, 100, by="Li", language="en")
    till(open_shift, 200, by="Mei")
    till(sell, SALE)
    back = (SaleLine(1002, 1, 900, "Croissant"),)
    till(refund, RefundRequest("refund-1", 1, back, (Tender(TenderKind.CASH, 900),), "Mei", "Wang", "broken"))
    till(move_cash, -50, by="Mei", reason="Stamps")
    till(queue_print, Document("Label", Paper.LABEL, ()))
    till(see_reminders, [order().number], by="Mei")
    for pick in till(pick_list, NOON - timedelta(hours=2), NOON).picks:
        till(tick, pick, by="Mei")
    till(sign_in, "staff-1", "000000")
    till(close_shift, 12, by="Mei", language="en")


@pytest.mark.parametrize("lost_journal", [False, True])
def test_the_shops_day_outlives_a_restore(machine: Machine, till: Till, lost_journal: bool) -> None:
    machine.stop()
    till(open_shift, 100, by="Li")
    till(queue_print, Document("Receipt", Paper.RECEIPT, ()))
    machine.start()
    made = machine.copies.export(machine.stick)
    machine.stop()
    _work_on(till)
    code = till.code(order())
    till(grant, GrantRequest("attempt-1", order().number, "Li", text=code))
    till(hand_over, "attempt-1", by="Li")
    # Printed since the backup: it must not come out of the printer once more.
    till(lambda work: end_print(work, till.sql("SELECT id FROM print_jobs")[0][0]))
    before, claims = _rows(till), till.sql("SELECT * FROM claims")
    assert all(before.values())
    events = till.sql("SELECT id FROM events")
    machine.start()
    if lost_journal:
        (till.folder / "events.ndjson").write_bytes(b"")
    machine.copies.restore(made)
    machine.stop()
    assert _rows(till) == before
    assert till.sql("SELECT * FROM claims") == claims
    assert till.sql("SELECT id FROM events") == events
    assert till(check_chain, after=0) is None
    machine.start()
