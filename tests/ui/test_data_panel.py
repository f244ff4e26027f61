"""The settings of staff and data: what a clerk may not change says why; a backup goes out, and comes back in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.release import Release, is_newer
from app.domain.verdict import Role
from app.errors import BadBackup, DiskFull
from app.usecases.sign_in import Member
from tests.core.till import NOON, PIN
from tests.ui.shop import Shop
from ui.parts import Machine
from ui.settings_page.data_panel import DataPanel
from ui.settings_page.drives import Stick, _is_removable
from ui.settings_page.page import SettingsPage
from ui.settings_page.update_row import UpdateRow
from ui.updates import Updates
from ui.window import Window


class Found:
    store_name = "Riverside"
    modified: datetime = NOON


class Copies:
    """Says what it is told to, as a stick would."""

    def __init__(self) -> None:
        self.done: list[tuple[str, Path]] = []
        self.trouble: Exception | None = None

    def _do(self, what: str, path: Path) -> None:
        if self.trouble:
            raise self.trouble
        self.done.append((what, path))

    def export(self, folder: Path) -> Path:
        self._do("export", folder)
        return folder / "ziti-store7.ziti-backup"

    def inspect(self, source: Path) -> Found:
        self._do("inspect", source)
        return Found()

    def restore(self, source: Path) -> Found:
        self._do("restore", source)
        return Found()


@pytest.fixture
def copies() -> Copies:
    return Copies()


@pytest.fixture
def panel(shop: Shop, copies: Copies, qtbot: QtBot) -> DataPanel:
    panel = DataPanel(replace(shop.parts, machine=Machine(copies=copies)))
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.sticks.count() > 0)
    return panel


def test_a_stick_gets_a_backup_and_its_trouble_is_said(panel: DataPanel, copies: Copies, qtbot: QtBot) -> None:
    panel.show_sticks((Stick("KINGSTON", Path("/media/k"), 12 * 1024**3),))
    item = panel.sticks.itemAt(0)
    assert item is not None
    button = item.widget()
    assert button is not None
    assert button.text() == "KINGSTON · 12 GB free"  # type: ignore[attr-defined]
    button.click()  # type: ignore[attr-defined]
    assert (panel.said.text(), button.isEnabled()) == ("The backup is being written and checked.", False)
    qtbot.waitUntil(lambda: panel.said.text().startswith("Saved and checked: ziti-store7.ziti-backup"))
    copies.trouble = DiskFull("12 of 13 bytes")
    panel.export_to(Path("/media/k"))
    qtbot.waitUntil(lambda: panel.said.text().startswith("The disk is full"))
    assert button.isEnabled()


def test_a_backup_is_looked_at_before_a_manager_restores_it(
    panel: DataPanel, copies: Copies, shop: Shop, qtbot: QtBot
) -> None:
    shop.parts.session.know(has_managers=True)
    panel.look_at("/media/k/a.ziti-backup")
    qtbot.waitUntil(panel.confirm.isVisible)
    assert panel.said.text().startswith("Backup of Riverside from 12:00.")
    panel.confirm.click()
    panel.manager.pin.setText("000000")
    panel.manager._go.click()
    qtbot.waitUntil(lambda: "not taken" in panel.manager._trouble.text())
    assert copies.done == [("inspect", Path("/media/k/a.ziti-backup"))]
    panel.manager.pin.setText(PIN)
    panel.manager._go.click()
    qtbot.waitUntil(lambda: panel.said.text().startswith("Restored."))
    assert copies.done[-1] == ("restore", Path("/media/k/a.ziti-backup"))
    assert panel.manager.isHidden()
    for reason, said in (("other_store", "another store"), ("changed", "not whole"), ("not_a_backup", "no backup")):
        copies.trouble = BadBackup("code 7", reason)
        panel.look_at("/media/k/b.ziti-backup")
        qtbot.waitUntil(lambda said=said: said in panel.said.text())  # type: ignore[misc]
        assert panel.confirm.isHidden()


def test_a_clerk_restores_nothing_and_reads_why(panel: DataPanel, shop: Shop) -> None:
    shop.parts.session.know(has_managers=True)
    shop.parts.preferences.set(sign_in=True)
    shop.parts.session.enter(Member("s2", "Li", Role.CLERK, has_pin=True))
    assert not panel.restore.isEnabled()
    assert "A manager may restore." in panel._back_hint.text()
    assert panel.folder.isEnabled()


@pytest.mark.parametrize(
    ("root", "system", "removable"),
    [
        ("/media/li/KINGSTON", None, True),
        ("/", None, False),
        ("/boot/efi", None, False),
        ("E:/", "C:", True),
        ("c:/", "C:", False),
    ],
)
def test_a_stick_is_known_by_its_place(root: str, system: str | None, removable: bool) -> None:
    assert _is_removable(root, system) is removable


def test_a_release_waits_for_the_shift_and_for_what_is_unsent(shop: Shop, window: Window, qtbot: QtBot) -> None:
    answers: list[Release | None] = [None, Release("0.1.0"), Release("0.10.0", "https://hq.example/ziti", "Faster.")]
    updates = shop.parts.updates
    updates.here, updates._look = "0.9.1", lambda: answers.pop(0)
    row = UpdateRow(shop.parts)
    qtbot.addWidget(row)
    row.show()
    row.look.click()
    qtbot.waitUntil(lambda: "cannot be asked now" in row.hint.text())
    row.look.click()
    qtbot.waitUntil(lambda: row.hint.text() == "This is version 0.9.1. It is the newest that HQ knows of.")
    shift = "INSERT INTO shifts (id, opened_at, opened_by, float_fen) VALUES ('s', 0, 'Li', 0)"
    shop.till(lambda work: work.conn.execute(shift))
    row.look.click()
    updates.read(shop.parts.tasks)
    qtbot.waitUntil(lambda: "0.10.0 is ready. Install it when the shift is closed." in row.news.text())
    assert "https://hq.example/ziti" in row.news.text()
    assert window.banner.text == ""
    from app.changes import Changes

    shop.till(lambda work: work.conn.execute("UPDATE shifts SET closed_at = 1"))
    shop.parts.tasks.hear(Changes(till=True))
    qtbot.waitUntil(lambda: "version 0.10.0 can be installed now" in window.banner.text)
    assert "It can be installed now." in row.news.text()


def test_nonsense_is_never_a_newer_release() -> None:
    assert is_newer("v1.10", "1.9.3")
    assert not any(is_newer(each, "0.9") for each in ("", "latest", "0.9", "0.9.0.0", "９.1", "1.0; rm -rf"))
    assert not Updates("0.9").waiting


def test_what_is_a_managers_is_grey_until_a_manager_unlocks_it(shop: Shop, window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shop.parts.session.has_managers)
    shop.parts.preferences.set(sign_in=True)
    shop.parts.session.enter(Member("s2", "Li", Role.CLERK, has_pin=True))
    shop.parts.tasks.page_wanted.emit("settings/staff")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    kiosk, theme = page.choices["kiosk"], page.choices["theme"]
    assert not kiosk._buttons[0].isEnabled()
    assert kiosk._hint.text().endswith("A manager may change this.")
    assert theme._buttons[0].isEnabled()
    assert "grey" in page.rights.said.text()
    page.rights.unlock.click()
    page.rights.manager.pin.setText(PIN)
    page.rights.manager._go.click()
    qtbot.waitUntil(kiosk._buttons[0].isEnabled)
    assert "Opened by 王店长" in page.rights.said.text()
    assert shop.parts.clerk == "Li"
    window.go("counter")
    window.go("settings")
    assert not kiosk._buttons[0].isEnabled()
    shop.parts.session.enter(Member("s1", "王店长", Role.MANAGER, has_pin=True))
    assert page.choices["kiosk"]._buttons[0].isEnabled()
    assert page.rights.isHidden()


def test_without_a_managers_pin_there_is_no_kiosk(shop: Shop, qtbot: QtBot) -> None:
    page = SettingsPage(shop.parts)
    qtbot.addWidget(page)
    assert not page.choices["kiosk"]._buttons[0].isEnabled()
    assert "First HQ must give a manager" in page.choices["kiosk"]._hint.text()
    assert page.choices["sign_in"]._buttons[0].isEnabled()
