"""What a manager sees, for the gallery: staff, what is grey for a clerk, backups, releases, keys, the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.domain.release import Release
from app.domain.verdict import Role
from app.errors import BadBackup
from app.usecases.health import Health, health
from app.usecases.sign_in import Member
from ui.keys.page import KeysPage
from ui.leaving import LeavePage
from ui.parts import Parts
from ui.scene import Scene, Until
from ui.settings_page.drives import Stick
from ui.settings_page.page import SettingsPage
from ui.window import Window

_CLERK = Member("s2", "李娜", Role.CLERK, has_pin=True)


@dataclass(frozen=True, slots=True)
class _Backup:
    store_name: str
    modified: datetime


class _Managing:
    """Plays the scenes and leaves the terminal as it was."""

    def __init__(self, window: Window, parts: Parts, until: Until) -> None:
        self._window, self._parts, self._until = window, parts, until

    def _settings(self, part: str) -> SettingsPage:
        self._parts.tasks.page_wanted.emit(f"settings/{part}")
        page = self._window.page("settings")
        assert isinstance(page, SettingsPage)  # noqa: S101 - for the type checker
        return page

    def ready(self) -> None:
        self._parts.tasks.page_wanted.emit("ready")

    def staff(self) -> None:
        self._parts.session.know(has_managers=True)
        self._settings("staff")

    def clerk(self) -> None:
        self._parts.preferences.set(sign_in=True)
        self._parts.session.enter(_CLERK)
        self._parts.session.know(has_managers=True)
        self._settings("staff")

    def unlock(self) -> None:
        self._settings("counter").rights.unlock.click()

    def unlocked(self) -> None:
        self._parts.session.unlock("王芳")
        self._settings("staff")

    def data(self) -> None:
        self._parts.session.enter(None)
        self._parts.preferences.set(sign_in=False)
        page, found = self._settings("data"), list[Health]()
        updates = self._parts.updates
        self._parts.tasks.ask_quietly(health, then=found.append)
        self._until(lambda: bool(found) and page.data.sticks.count() > 0 and updates.left is not None)
        updates.newest = Release("9.0.0", "https://hq.example.com/ziti-pos_9.0.0.deb")
        updates.left = replace(found[0], shift_open=True)
        updates.changed.emit()
        page.data.show_sticks((Stick("KINGSTON", Path("/media/k"), 12 * 1024**3),))
        page.data.show_made(Path("/media/k/ziti-store7-20260801-120000.ziti-backup"))

    def restore(self) -> None:
        page = self._settings("data")
        page.data.show_found(_Backup("麦香坊 河畔店", datetime(2026, 8, 1, 12, tzinfo=UTC)))

    def restore_pin(self) -> None:
        self.restore()
        self._parts.session.know(has_managers=True)
        self._settings("data").data.confirm.click()

    def refused(self) -> None:
        self._settings("data").data.show_trouble(BadBackup("", "changed"))

    def keys(self) -> None:
        self._window.go("counter")
        self._parts.tasks.page_wanted.emit("keys")

    def taken(self) -> None:
        page = self._window.page("keys")
        assert isinstance(page, KeysPage)  # noqa: S101 - for the type checker
        page.take("lock", "Ctrl+2")

    def leave(self) -> None:
        self._window.leave()
        self._parts.tasks.page_wanted.emit("leave")

    def leave_kiosk(self) -> None:
        # Only the question: the pictures keep their size.
        page = self._window.page("leave")
        assert isinstance(page, LeavePage)  # noqa: S101 - for the type checker
        page.manager.ask_pin(page.go.text())


def scenes(window: Window, parts: Parts, until: Until) -> Iterator[Scene]:
    """Yield the pictures."""
    managing = _Managing(window, parts, until)
    yield Scene("ready", managing.ready)
    yield Scene("settings-staff", managing.staff)
    yield Scene("settings-clerk", managing.clerk)
    yield Scene("settings-unlock", managing.unlock)
    yield Scene("settings-unlocked", managing.unlocked)
    yield Scene("settings-data", managing.data)
    yield Scene("settings-data-restore", managing.restore)
    yield Scene("settings-data-pin", managing.restore_pin)
    yield Scene("settings-data-refused", managing.refused)
    yield Scene("keys", managing.keys)
    yield Scene("keys-taken", managing.taken)
    yield Scene("leave", managing.leave)
    yield Scene("leave-kiosk", managing.leave_kiosk)
