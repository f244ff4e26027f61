"""The Sync page on a real terminal: the line in words, what waits for somebody, and the report that names nobody."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.order import Status
from app.domain.records import Settled
from app.errors import DiskFull, ReadOnlyData
from app.usecases.feed import note_contact
from app.usecases.incidents import open_incidents
from app.usecases.outbox import parked, pending_events, settle
from app.usecases.prepare import advance
from sync.failures import Reason
from sync.wire import IncidentKind
from tests.core.till import NOON, PIN, PIN_HASH, order
from tests.ui.shop import Shop, incident
from ui.link import Link
from ui.parts import Machine
from ui.sync_page.diagnostics import export, last_lines, scrub
from ui.sync_page.page import MOST_SHOWN, SyncPage
from ui.window import Window

STAMP = "2026-08-01T02:00:00.000000Z"
HAND_OVER = {"at": STAMP, "by": "Lin", "terminal": "Counter 2", "manager": "Wang", "reason": "Cable cut"}
FACTS: dict[IncidentKind, dict[str, Any]] = {
    IncidentKind.HANDED_OVER_AFTER_CANCELLATION: {"cancelled_at": STAMP, "cancel_reason": "too late", **HAND_OVER},
    IncidentKind.HANDED_OVER_TWICE: {"first_at": STAMP, "first_by": "Fang", "first_terminal": "Counter 1", **HAND_OVER},
    IncidentKind.EVENT_ALTERED: {"terminal": "Counter 2", "kind": "prepared", "seq": 4},
    IncidentKind.EVENTS_MISSING: {"terminal": "Counter 2", "missing_before": 17},
    IncidentKind.UNKNOWN_ORDER: HAND_OVER,
    IncidentKind.UNGUARDED_HAND_OVER: HAND_OVER,
}
Open = Callable[..., SyncPage]


@pytest.fixture
def open_page(shop: Shop, qtbot: QtBot) -> Iterator[Open]:
    """Return a function that shows the page of a machine and waits for its first look."""
    pages: list[SyncPage] = []

    def show(**machine: object) -> SyncPage:
        page = SyncPage(replace(shop.parts, machine=Machine(**machine)))  # type: ignore[arg-type]
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        qtbot.waitUntil(lambda: page._found is not None)
        pages.append(page)
        return page

    yield show
    for page in pages:
        page.hide()


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def park_one(shop: Shop) -> None:
    shop.feed([order(status=Status.ASSIGNED)])
    shop.till(advance, order().number, by="Lin")
    [event] = shop.till(pending_events, 10)
    shop.till(settle, [Settled(event.id, "quarantined", "No such product.")])


def test_a_calm_terminal_says_that_nothing_waits(open_page: Open) -> None:
    page = open_page()
    assert page.well.isVisible()
    assert "this terminal" in words(page.machine)
    assert "nothing" in words(page.line.facts)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_of_the_line_is_said_in_words(shop: Shop, open_page: Open, reason: Reason) -> None:
    page = open_page()
    shop.parts.sync.take_link(Link("offline", reason, NOON))
    assert page.line.word.text() == "Offline since 12:00"
    assert page.line.why.text().endswith(".")


def test_the_line_follows_what_is_heard(shop: Shop, open_page: Open) -> None:
    page = open_page()
    shop.parts.sync.take_link(Link("online", "", None, NOON))
    assert page.line.word.text() == "Online"
    assert page.line.why.isHidden()
    shop.parts.sync.take_link(Link("attention", "not_welcome", NOON))
    assert page.line.word.text() == "HQ needs attention"


def test_the_age_of_the_data_and_what_is_unsent(shop: Shop, open_page: Open) -> None:
    shop.till(note_contact, NOON - timedelta(minutes=3))
    shop.feed([order()])
    shop.till(advance, order().number, by="Lin")
    said = words(open_page().line.facts)
    assert "11:57 · 3 min ago" in said
    assert "1 entry · oldest from 12:00" in said


def test_sync_now_nudges(shop: Shop, open_page: Open) -> None:
    shop.parts.sync.start()
    page = open_page()
    page.line.send.click()
    assert shop.nudges == [1]
    assert not page.line.send.isEnabled()
    page._sent()
    assert page.line.send.isEnabled()


@pytest.mark.parametrize("kind", list(IncidentKind))
def test_every_incident_has_a_story_of_its_own(shop: Shop, open_page: Open, kind: IncidentKind) -> None:
    shop.feed([incident(kind, order().number, **FACTS[kind])])
    card = next(iter(open_page().incidents.values()))
    said = words(card)
    assert "#4821" in said
    assert "support cannot explain" not in said
    assert all(str(fact) in said for name, fact in FACTS[kind].items() if name in {"by", "terminal", "first_by"})
    assert "%" not in said


def test_the_stories_differ(shop: Shop, open_page: Open) -> None:
    shop.feed([incident(kind, **FACTS[kind]) for kind in IncidentKind])
    page = open_page()
    assert len({words(card) for card in page.incidents.values()}) == len(IncidentKind)


def test_an_incident_of_a_later_release_is_left_to_support(shop: Shop, open_page: Open) -> None:
    shop.feed([incident("of_next_year", 12)])
    card = next(iter(open_page().incidents.values()))
    assert "Update the program" in words(card)


def test_facts_that_are_missing_leave_no_hole(shop: Shop, open_page: Open) -> None:
    shop.feed([incident(kind) for kind in IncidentKind])
    for card in open_page().incidents.values():
        assert "None" not in words(card)


def close(page: SyncPage, pin: str) -> None:
    card = next(iter(page.incidents.values()))
    card.close_it.click()
    card.manager.reason.setText("Looked into")
    QTest.keyClicks(card.manager.pin, pin)
    QTest.keyClick(card.manager.pin, Qt.Key.Key_Return)


def test_a_manager_closes_an_incident_in_place(shop: Shop, open_page: Open, qtbot: QtBot) -> None:
    shop.feed([incident(IncidentKind.UNKNOWN_ORDER, 12, **HAND_OVER)])
    page = open_page()
    close(page, PIN)
    qtbot.waitUntil(page.well.isVisible)
    assert shop.till(open_incidents) == ()
    [event] = shop.till(pending_events, 10)
    assert (event.by, event.body["reason"]) == ("王店长", "Looked into")


def test_a_wrong_pin_closes_nothing_and_says_so(shop: Shop, open_page: Open, qtbot: QtBot) -> None:
    shop.feed([incident(IncidentKind.UNKNOWN_ORDER, 12, **HAND_OVER)])
    page = open_page()
    close(page, "111111")
    card = next(iter(page.incidents.values()))
    qtbot.waitUntil(lambda: "PIN was not taken" in words(card))
    assert len(shop.till(open_incidents)) == 1


def test_who_types_a_reason_is_not_disturbed_by_news(shop: Shop, open_page: Open, qtbot: QtBot) -> None:
    shop.feed([incident(IncidentKind.UNKNOWN_ORDER, 12, **HAND_OVER)])
    page = open_page()
    card = next(iter(page.incidents.values()))
    card.close_it.click()
    card.manager.reason.setText("half a rea")
    shop.feed([incident(IncidentKind.EVENTS_MISSING, **FACTS[IncidentKind.EVENTS_MISSING])])
    qtbot.waitUntil(lambda: len(page.incidents) == 2)
    assert card.manager.isVisible()
    assert card.manager.reason.text() == "half a rea"


def test_giving_up_leaves_the_incident_open(shop: Shop, open_page: Open) -> None:
    shop.feed([incident(IncidentKind.UNKNOWN_ORDER, 12, **HAND_OVER)])
    card = next(iter(open_page().incidents.values()))
    card.close_it.click()
    assert card.close_it.isHidden()
    card.manager.close_panel()
    assert not card.close_it.isHidden()


def test_a_parked_entry_shows_why_and_is_sent_again(shop: Shop, open_page: Open, qtbot: QtBot) -> None:
    park_one(shop)
    page = open_page()
    [row] = page.parked.values()
    assert "Preparation begun #4821" in words(row)
    assert "HQ says: No such product." in words(row)
    row.retry.click()
    qtbot.waitUntil(page.well.isVisible)
    assert shop.till(parked) == ()


def test_more_than_a_page_holds_is_counted(shop: Shop, open_page: Open) -> None:
    shop.feed([replace(incident("unknown_order"), id=f"i{each:03d}") for each in range(MOST_SHOWN + 2)])
    page = open_page()
    assert len(page.incidents) == MOST_SHOWN
    assert page._more.text() == "2 more will follow"


def test_a_clock_that_is_off_and_a_full_disk_warn(shop: Shop, open_page: Open) -> None:
    said = words(open_page(clock_offset=lambda: timedelta(minutes=-7), secrets_in=lambda: "keyring").machine)
    assert "7 min slow" in said
    assert "Set this machine's clock right" in said
    assert "in the system's keyring" in said


def test_the_page_speaks_the_language_on_screen(shop: Shop, window: Window, qtbot: QtBot) -> None:
    shop.feed([incident(IncidentKind.UNKNOWN_ORDER, 12, **HAND_OVER)])
    window.go("sync")
    page = window.page("sync")
    assert isinstance(page, SyncPage)
    qtbot.waitUntil(lambda: len(page.incidents) == 1)
    shop.parts.preferences.set(language="zh_CN")
    qtbot.waitUntil(lambda: "已交付，但总部没有这个订单" in words(next(iter(page.incidents.values()))))
    assert page.machine.title.text() == "本机"


# ── the report ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_report_is_written_and_named(shop: Shop, open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(diagnostics=partial(export, folder=tmp_path / "out"))
    page.machine.export.click()
    qtbot.waitUntil(lambda: not page.machine.report.isHidden())
    [file] = (tmp_path / "out").iterdir()
    assert file.name in page.machine.report.text()
    assert not page.machine.open_folder.isHidden()


def fill_the_shops_day(shop: Shop) -> None:
    """Sell, print and see a reminder, all by somebody who has a name."""

    def fill(work: Any) -> None:
        at = int(NOON.timestamp() * 1000)
        for statement, values in (
            ("INSERT INTO shifts (id, opened_at, opened_by, float_fen) VALUES ('s1', ?, '小林', 100)", (at,)),
            (
                "INSERT INTO sales VALUES ('a1', 1, ?, '小林', 's1', '', '王店长', 100, 0, '[]', ?)",
                (at, '[["wechat", 100, "4200000123"]]'),
            ),
            (
                "INSERT INTO print_jobs VALUES ('p1', ?, 'label', 'Zh** #4821', ?, 1, 'waiting', 1, '张*', NULL)",
                (at, '{"title": "生日快乐"}'),
            ),
            ("INSERT INTO reminders_seen VALUES (4503599627374821, ?, '小林')", (at,)),
        ):
            work.conn.execute(statement, values)

    shop.till(fill)


def test_the_report_holds_no_person(shop: Shop, tmp_path: Path) -> None:
    park_one(shop)
    fill_the_shops_day(shop)
    shop.parts.preferences.set(watched_folder="/home/王店长/pictures", sign_in=True, shortcuts=("lock=F8",))
    lines = ["2026-08-01 12:00:00 INFO order 4503599627374821 for Zh** 138******00 by 小林", "token " + "a1" * 20]
    file = shop.till(export, settings=shop.parts.preferences.now, folder=tmp_path, log_lines=lambda: lines)
    with zipfile.ZipFile(file) as packed:
        said = "".join(packed.read(name).decode() for name in packed.namelist())
        report = json.loads(packed.read("report.json"))
    assert report["health"]["parked"] == 1
    assert report["versions"]["PySide6-Addons"]
    assert (report["counts"]["sales"], report["health"]["shift_open"]) == (1, True)
    for secret in (
        PIN_HASH,
        "argon2",
        "4200000123",
        "生日快乐",
        "小林",
        "王店长",
        "4503599627374821",
        "Zh**",
        "138***",
        "a1a1",
        "Braised pork",
    ):
        assert secret not in said


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        (
            "2026-08-01 12:00:00,123 INFO ui.board: read in 12 ms",
            "2026-08-01 12:00:00,123 INFO ui.board: read in 12 ms",
        ),
        ("phone 13812345600", "phone …"),
        ("customer 张* called", "customer … called"),
        ("mail a.b@example.com", "mail …"),
        ("scanned “Anna 4711”", "scanned “…”"),
        ("GET https://hq.example.com/enrol#K7QM-2PXR", "GET https://hq.example.com/enrol"),
        ("id 0198c2f4-7b1e-7a60-8e1d-2f60c1f4a9aa", "id …"),
        ("File ui/sync_page/a_long_name_without_digits.py", "File ui/sync_page/a_long_name_without_digits.py"),
    ],
)
def test_the_log_is_scrubbed(line: str, clean: str) -> None:
    assert scrub(line) == clean


def test_only_the_end_of_a_log_is_taken(tmp_path: Path) -> None:
    log = tmp_path / "ziti.log"
    assert last_lines(log) == []
    log.write_text("\n".join(str(each) for each in range(1000)), "utf-8")
    assert last_lines(log, 3) == ["997", "998", "999"]


def test_a_folder_that_cannot_be_written_is_said(shop: Shop, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    with pytest.raises(ReadOnlyData):
        shop.till(export, settings=shop.parts.preferences.now, folder=blocked)


def test_a_report_that_fails_can_be_tried_again(shop: Shop, open_page: Open, qtbot: QtBot) -> None:
    def fail(*_: object, **__: object) -> Path:
        raise DiskFull("full")

    page = open_page(diagnostics=fail)
    with qtbot.waitSignal(shop.parts.tasks.problem):
        page.machine.export.click()
    assert page.machine.export.isEnabled()


def test_without_a_builder_nothing_is_offered(open_page: Open) -> None:
    assert open_page().machine.export.isHidden()


def test_terminal_that_hq_does_not_know_any_more_is_sent_to_the_enrolment(
    open_page: Open, shop: Shop, qtbot: QtBot
) -> None:
    page = open_page(secrets_in=lambda: "file")
    assert not page.machine.enrol.isVisible()
    shop.parts.sync.take_link(Link("attention", "not_welcome"))
    assert page.machine.enrol.isVisible()
    with qtbot.waitSignal(shop.parts.tasks.page_wanted) as wanted:
        page.machine.enrol.click()
    assert wanted.args == ["enrol"]


def test_terminal_whose_key_is_gone_is_sent_to_the_enrolment(open_page: Open) -> None:
    assert open_page(secrets_in=lambda: "").machine.enrol.isVisible()
