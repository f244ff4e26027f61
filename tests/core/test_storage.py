"""The file itself: durable settings, faults in words, the chain, backups, and the way back from damage."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from app.changes import Changes
from app.domain.events import EventKind, is_intact
from app.domain.order import Status
from app.domain.records import OrderRecord
from app.domain.verdict import Kind
from app.errors import (
    CorruptData,
    DataTooNew,
    DiskFull,
    NeedsAttention,
    NotEnrolled,
    ReadOnlyData,
    Restored,
    StorageFault,
)
from app.rounds import Rounds
from app.storage import backup, mirror
from app.storage.database import FILE_NAME, open_database
from app.storage.storage import BALLAST_NAME, Storage
from app.storage.thread import StorageThread
from app.storage.work import Work
from app.usecases.board import arrived
from app.usecases.check import check_text
from app.usecases.feed import feed_position
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import Short, hand_over, unfinished
from app.usecases.health import health
from app.usecases.outbox import pending_events
from app.usecases.prepare import mark_prepared
from app.usecases.recover import mark_damaged, open_or_recover
from app.usecases.upkeep import check_chain, check_rows
from tests.conftest import ExpectLog
from tests.core.till import LOOKUP_KEY, Ids, Till, order
from tests.photos import jpeg

HERE = Path(__file__).parent


def give(till: Till, made: OrderRecord, attempt: str = "attempt-1") -> None:
    till(grant, GrantRequest(attempt, made.number, "Li", text=till.code(made)))
    till(hand_over, attempt, by="Li")


def recover(till: Till, told: list[Restored]) -> None:
    till.storage.close()
    till.storage = open_or_recover(
        till.folder, lambda: Storage(till.folder, till.trusted, till.ids, ballast_bytes=0), told=told.append
    )
    till.storage.lookup_key = LOOKUP_KEY


def spoil(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(os.urandom(8192))


# ── opening ────────────────────────────────────────────────────────────────────────────────────────────────


def test_file_is_opened_in_the_one_mode_that_lost_nothing(blank: Till) -> None:
    answers = [blank.sql(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert answers == ["wal", 3, 1]


def test_file_of_a_newer_release_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA user_version = 99")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(DataTooNew, match="newer release"):
        open_database(path)
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (99,)
    conn.close()
    assert before[:16] == path.read_bytes()[:16]


def test_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyData, match="cannot be written"):
        open_database(tmp_path / "missing" / FILE_NAME)


def test_file_of_schema_1_opens_with_its_orders(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as conn:
        conn.executescript((HERE / "data" / "terminal-v1.sql").read_text("utf-8"))
    conn.close()
    till = Till(tmp_path)
    assert till(health).store_name == "Riverside"
    assert till(check_rows) is None
    assert till.status(4821) == "completed"
    assert till(arrived) == ()
    till.storage.close()


def test_file_of_schema_3_opens_with_its_hand_overs_and_keeps_photos_from_now_on(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as conn:
        conn.executescript((HERE / "data" / "terminal-v3.sql").read_text("utf-8"))
    conn.close()
    till = Till(tmp_path, ids=Ids(1000))
    assert till.sql("PRAGMA user_version") == [(4,)]
    assert (till(check_rows), till(check_chain)) == (None, None)
    assert till.sql("SELECT short, collector FROM redemptions") == [('[[1001, 1, "broken"]]', "his wife")]
    made = order(4822)
    till(grant, GrantRequest("attempt-2", 4822, "Li", text=till.code(made)))
    till(hand_over, "attempt-2", by="Li", short=[Short(1001, 1, "broken")], photo=jpeg())
    assert till.sql("SELECT attempt_id, jpeg FROM photos") == [("attempt-2", jpeg())]
    till.storage.close()


def test_file_of_schema_1_learns_from_hq_what_its_release_did_not_understand(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as conn:
        conn.executescript((HERE / "data" / "terminal-v1.sql").read_text("utf-8"))
    conn.close()
    till = Till(tmp_path)
    position = till(feed_position)
    assert (position.cursor, position.generation) == (0, "generation-1")
    till.feed(order(4822, version=1, collector="李*"))
    assert till.sql("SELECT version, collector FROM orders WHERE number = 4822") == [(1, "李*")]
    assert till.status(4822) == "prepared"
    till.storage.close()


def test_nothing_is_recorded_before_enrolment_but_it_is_said(blank: Till) -> None:
    with pytest.raises(NotEnrolled, match="does not belong"):
        blank(lambda work: work.record(EventKind.REFUSED, None, by="Li", body={}))


# ── faults ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_failed_use_case_leaves_nothing_behind(till: Till) -> None:
    def half(work: Work) -> Changes:
        work.set_meta("half", "done")
        work.record(EventKind.REFUSED, None, by="Li", body={})
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        till(half)
    assert till.sql("SELECT count(*) FROM meta WHERE key = 'half'") == [(0,)]
    assert not till(pending_events, 9)


def test_full_disk_gives_the_reserve_back_and_goes_on(
    till: Till, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    till.storage.close()
    till.open(ballast_bytes=65536)
    assert (till.folder / BALLAST_NAME).stat().st_size == 65536
    expect_log("reserve of 0 MB was given back")
    # SQLite's own page limit stands for the disk: the fault comes from the real library.
    till.sql(f"PRAGMA max_page_count = {till.sql('PRAGMA page_count')[0][0]}")
    drop = till.storage._drop_ballast

    def dropped() -> None:
        till.sql("PRAGMA max_page_count = 1000000")
        drop()

    monkeypatch.setattr(till.storage, "_drop_ballast", dropped)
    till(lambda work: work.set_meta("big", "x" * 40_000))
    assert till.sql("SELECT length(value) FROM meta WHERE key = 'big'") == [(40_000,)]
    assert not (till.folder / BALLAST_NAME).exists()


def test_full_disk_without_a_reserve_is_said_and_loses_nothing(till: Till) -> None:
    till.feed(order(5))
    pages = till.sql("PRAGMA page_count")[0][0]
    till.sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match="disk is full"):
        till(lambda work: [work.set_meta(f"big-{n}", "x" * 4000) for n in range(100)])
    till.sql("PRAGMA max_page_count = 1000000")
    assert till.status(5) == "assigned"
    till(mark_prepared, [5], by="Li")


def test_flipped_bit_in_an_order_is_noticed_when_it_is_read(till: Till, ready: OrderRecord) -> None:
    till.sql("UPDATE orders SET issue = issue + 1 WHERE number = ?", ready.number)
    with pytest.raises(CorruptData, match="damaged"):
        till(check_text, till.code(ready), by="Li", source="camera")
    with pytest.raises(CorruptData):
        till(check_rows)


def test_events_can_be_neither_changed_nor_deleted(till: Till) -> None:
    till.feed(order(5))
    till(mark_prepared, [5], by="Li")
    for statement in ("DELETE FROM events", "UPDATE events SET by = 'Mallory'"):
        with pytest.raises(sqlite3.IntegrityError):
            till.sql(statement)


def test_chain_covers_every_event_and_shows_a_change(till: Till) -> None:
    till.feed(order(5), order(6))
    till(mark_prepared, [5, 6], by="Li")
    events = till(pending_events, 9)
    assert events[1].prev == events[0].hash
    assert all(is_intact(event) for event in events)
    till(check_chain)
    till.sql("DROP TRIGGER events_hold")
    till.sql("UPDATE events SET by = 'Mallory' WHERE seq = 1")
    with pytest.raises(CorruptData):
        till(check_chain)


# ── backup and the way back ────────────────────────────────────────────────────────────────────────────────


def test_backup_is_a_sound_copy_and_only_seven_are_kept(till: Till, ready: OrderRecord) -> None:
    for _ in range(8):
        till.clock.forward(timedelta(hours=1))
        backup.back_up(till.storage.path, till.trusted.now())
    copy = backup.back_up(till.storage.path, till.trusted.now() + timedelta(minutes=1))
    assert len(backup.backups(till.storage.path)) == 7
    assert backup.is_sound(copy)
    assert backup.taken_at(copy) == till.trusted.now() + timedelta(minutes=1)
    with sqlite3.connect(copy) as conn:
        assert conn.execute("SELECT number FROM orders").fetchall() == [(ready.number,)]
    conn.close()


def test_damaged_file_is_set_aside_and_every_hand_over_known_again(
    till: Till, ready: OrderRecord, expect_log: ExpectLog
) -> None:
    expect_log("the database is damaged")
    backup.back_up(till.storage.path, till.trusted.now())
    later, third = order(88, status=Status.PREPARED), order(89, status=Status.PREPARED)
    till.feed(later, third)
    give(till, ready)
    give(till, later, "attempt-2")
    till(grant, GrantRequest("attempt-3", third.number, "Li", text=till.code(third)))
    sent = [event.id for event in till(pending_events, 9)]
    till.storage.close()
    spoil(till.storage.path)
    told: list[Restored] = []
    recover(till, told)
    assert [event.id for event in till(pending_events, 9)] == sent
    for made in (ready, later):
        assert till(check_text, till.code(made), by="Li", source="camera").verdict.kind is Kind.ALREADY_HANDED_OVER
    assert [left.attempt_id for left in till(unfinished)] == ["attempt-3"]
    assert till.sql("SELECT product_number, sum(quantity) FROM stock_moves GROUP BY 1") == [(1001, -4), (1002, -2)]
    assert told[0].records == 2
    assert len(list(till.folder.glob("damaged-*/terminal.sqlite3"))) == 1


def test_damaged_file_without_a_backup_begins_again_from_the_journal_and_hq(
    till: Till, ready: OrderRecord, expect_log: ExpectLog
) -> None:
    expect_log("the database is damaged")
    incarnation = till.storage.identity
    give(till, ready)
    till.storage.close()
    spoil(till.storage.path)
    recover(till, [])
    assert till.storage.identity is not None
    assert incarnation is not None
    assert till.storage.identity.terminal_id == incarnation.terminal_id
    assert till.storage.identity.incarnation != incarnation.incarnation
    assert till.status(ready.number) == "completed"
    assert len(till(pending_events, 9)) == 1


def test_salvage_skips_a_torn_line(tmp_path: Path) -> None:
    book = mirror.Mirror(tmp_path)
    book.append([{"seq": 1}, {"seq": 2}])
    book.close()
    with (tmp_path / mirror.FILE_NAME).open("ab") as file:
        file.write(b'deadbeef 9 {"seq": 3')
    assert [entry["seq"] for entry in mirror.salvage(tmp_path)] == [1, 2]


def test_salvage_file_catches_up_at_the_next_start(till: Till) -> None:
    till.feed(order(5))
    till.storage.run(partial(mark_prepared, numbers=[5], by="Li"))  # a crash before finish()
    till.reopen()
    assert [entry["seq"] for entry in mirror.salvage(till.folder) if "seq" in entry] == [1]


# ── the thread ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def thread(till: Till) -> Iterator[StorageThread]:
    till.storage.close()

    def open_again() -> Storage:
        till.open()
        return till.storage

    made = StorageThread(open_again)
    made.start()
    yield made
    made.stop()


def test_counter_goes_before_the_background(thread: StorageThread) -> None:
    gate = threading.Event()
    done: list[str] = []

    def note(_: Work, name: str) -> None:
        done.append(name)

    thread.submit(lambda _: gate.wait(10))
    slow = [thread.submit_background(partial(note, name=f"background {n}")) for n in range(2)]
    quick = thread.submit(partial(note, name="counter"))
    gate.set()
    for future in (quick, *slow):
        future.result(10)
    assert done == ["counter", "background 0", "background 1"]


def test_answer_is_out_before_the_refusal_is_written(thread: StorageThread) -> None:
    checked = thread.submit(partial(check_text, text="nonsense", by="Li", source="scanner")).result(10)
    assert checked.verdict.kind is Kind.MALFORMED
    rows = thread.submit(lambda work: work.conn.execute("SELECT verdict FROM refusals").fetchall()).result(10)
    assert rows == [("malformed",)]


def test_file_that_cannot_be_opened_answers_everyone_with_the_reason() -> None:
    def fail() -> Storage:
        raise ReadOnlyData("locked")

    thread = StorageThread(fail)
    asked = thread.submit(health)
    thread.start()
    with pytest.raises(ReadOnlyData, match="locked"):
        asked.result(10)
    with pytest.raises(ReadOnlyData, match="locked"):
        thread.opened.result(10)
    thread.stop()


def test_stopped_thread_refuses_in_words(thread: StorageThread) -> None:
    thread.stop()
    with pytest.raises(StorageFault, match="closing"):
        thread.submit(health).result(10)


def test_rounds_back_up_inspect_and_say_so(thread: StorageThread, till: Till) -> None:
    thread.opened.result(10)
    told: list[NeedsAttention] = []
    rounds = Rounds(till.folder, till.trusted, thread, tell=told.append)
    rounds.back_up()
    rounds.inspect()
    seen = thread.submit(health).result(10)
    assert (seen.last_backup, seen.last_check) == (till.trusted.now(), till.trusted.now())
    assert told == []


def test_marked_file_is_restored_when_it_is_opened_again(till: Till, ready: OrderRecord) -> None:
    backup.back_up(till.storage.path, till.trusted.now())
    mark_damaged(till.folder)
    told: list[Restored] = []
    recover(till, told)
    assert "set aside" in str(told[0])
    assert till.status(ready.number) == "prepared"
