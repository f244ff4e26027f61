"""Backups out and back in, a newer release, and the way to the diagnostics."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame

from app.changes import Changes
from app.errors import ZitiError
from ui import authorising, theme, widgets, words
from ui.manager_panel import ManagerPanel
from ui.parts import Backup, Parts
from ui.settings_page.choices import panel_of, setting_row
from ui.settings_page.drives import Stick, sticks
from ui.settings_page.update_row import UpdateRow

_KINDS = "*.ziti-backup"
_GB = 1024**3


class DataPanel(QFrame):
    """One thing at a time: while a file is on its way the buttons wait and a sentence says so."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._chosen: Path | None = None
        self._found: Backup | None = None
        self._title, self._hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._back_title, self._back_hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._report_title, self._report_hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self.folder = widgets.Button("disk", clicked=self._ask_folder)
        self.restore = widgets.Button("undo", clicked=self._ask_file)
        self.report = widgets.Button("sync", clicked=partial(parts.tasks.page_wanted.emit, "sync"))
        self.sticks = widgets.row(gap=8)
        self.said = widgets.label(wrap=True)
        self.confirm = widgets.Button("undo", clicked=self._confirmed)
        self.give_up = widgets.Button(role="quiet", clicked=self._give_up)
        self.update_row = UpdateRow(parts)
        self.manager = ManagerPanel()
        self.manager.answered.connect(self._check_pin)
        self.manager.closed.connect(self._ask)
        self._compose()
        parts.session.rights_changed.connect(self._show_rights)
        parts.preferences.changed.connect(self._show_rights)
        self.retranslate()
        self._give_up()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Back up"))
        self._hint.setText(
            self.tr("A copy of the data for a folder or USB stick: with the orders, without PINs and keys.")
        )
        self.folder.setText(self.tr("Into a folder…"))
        self._back_title.setText(self.tr("Restore"))
        self.restore.setText(self.tr("Choose a backup…"))
        self.confirm.setText(self.tr("Restore it"))
        self.give_up.setText(self.tr("Back"))
        self._report_title.setText(self.tr("Diagnostics"))
        self._report_hint.setText(self.tr("A report for support that names no customer and no clerk."))
        self.report.setText(self.tr("To the Sync page"))
        self._show_rights()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks."""
        super().showEvent(event)
        self._parts.tasks.think(sticks, then=self.show_sticks)

    def show_sticks(self, found: tuple[Stick, ...]) -> None:
        """Offer every stick that is plugged in."""
        widgets.empty(self.sticks)
        for stick in found:
            button = widgets.Button("usb", clicked=partial(self.export_to, stick.path))
            room = self.tr("%1 GB free").replace("%1", f"{stick.free / _GB:.0f}")
            button.setText(f"{stick.name} · {room}")
            self.sticks.addWidget(button)
        self.sticks.addStretch(1)

    # ── out ────────────────────────────────────────────────────────────────────────────────────────────────

    def export_to(self, folder: Path) -> None:
        """Write a backup there."""
        if copies := self._parts.machine.copies:
            self._wait(self.tr("The backup is being written and checked."))
            self._parts.tasks.think(partial(copies.export, folder), then=self.show_made, failed=self.show_trouble)

    def show_made(self, made: Path) -> None:
        """Say where the backup is."""
        text = self.tr("Saved and checked: %1 in %2. Now the stick can be taken out.")
        folder = QDir.toNativeSeparators(str(made.parent))
        self._say(text.replace("%1", made.name).replace("%2", folder), "yes")

    @Slot()
    def _ask_folder(self) -> None:
        dialog = self._dialog(self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_folder)
        dialog.show()

    @Slot(str)
    def _take_folder(self, folder: str) -> None:
        self.export_to(Path(folder))

    # ── and back ───────────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _ask_file(self) -> None:
        dialog = self._dialog(self.restore.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{self.tr('Backups')} ({_KINDS})")
        dialog.fileSelected.connect(self.look_at)
        dialog.show()

    @Slot(str)
    def look_at(self, path: str) -> None:
        """Say what a backup is before anything happens."""
        if copies := self._parts.machine.copies:
            self._chosen = Path(path)
            self._wait(self.tr("The backup is being checked."))
            self._parts.tasks.think(
                partial(copies.inspect, self._chosen), then=self.show_found, failed=self.show_trouble
            )

    def show_found(self, found: Backup) -> None:
        """Say what a backup is, and ask."""
        self._found = found
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if self._found is None:
            return
        text = self.tr(
            "Backup of %1 from %2. It takes the place of this terminal's data, which are set aside; what this terminal"
            " did since is added again."
        )
        when = self._parts.times.moment(self._found.modified)
        self._say(text.replace("%1", self._found.store_name).replace("%2", when), "wait")
        self.confirm.show()
        self.give_up.show()

    def _confirmed(self) -> None:
        if self._parts.session.has_managers and not self._parts.manager_is_here:
            self.confirm.hide()
            self.give_up.hide()
            self.manager.ask_pin(self.tr("A manager restores the backup"))
        else:
            self._restore("")

    @Slot(str, str)
    def _check_pin(self, pin: str, _reason: str) -> None:
        authorising.check(self._parts.tasks, self.manager, pin, self._restore)

    def _restore(self, _manager: str) -> None:
        copies, chosen = self._parts.machine.copies, self._chosen
        self._found = None
        if copies and chosen:
            self._wait(self.tr("The backup is being restored. Please wait."))
            self._parts.tasks.think(partial(copies.restore, chosen), then=self._restored, failed=self.show_trouble)

    def _restored(self, _found: Backup) -> None:
        self._say(self.tr("Restored. HQ is asked for everything that is newer."), "yes")
        self._parts.tasks.hear(
            Changes(
                all_orders=True,
                outbox=True,
                incidents=True,
                catalogue=True,
                profile=True,
                stock=True,
                till=True,
                printing=True,
            )
        )
        self._parts.sync.nudge()

    # ── on screen ──────────────────────────────────────────────────────────────────────────────────────────

    def show_trouble(self, error: ZitiError) -> None:
        """Say what did not work."""
        self._say(words.error(error), "no")

    def _wait(self, sentence: str) -> None:
        self._say(sentence, "accent")
        self._enable(usable=False)

    def _say(self, sentence: str, tone: str) -> None:
        self.said.setText(sentence)
        self._answer.show()
        theme.mark(self.said, soft=tone)
        for part in (self.confirm, self.give_up, self.manager):
            part.hide()
        self._enable(usable=True)

    def _give_up(self) -> None:
        self._found = None
        self._answer.hide()

    def _enable(self, *, usable: bool) -> None:
        self.folder.setEnabled(usable)
        self.restore.setEnabled(usable and self._parts.may_set_up)
        for place in range(self.sticks.count()):
            if (item := self.sticks.itemAt(place)) and (button := item.widget()):
                button.setEnabled(usable)

    @Slot()
    def _show_rights(self, *_news: object) -> None:
        hint = self.tr("Only a backup of this store; a damaged one or one of a newer release is refused.")
        barred = "" if self._parts.may_set_up else self.tr("A manager may restore.")
        self._back_hint.setText(f"{hint} {barred}".strip())
        self.restore.setEnabled(not barred and self.folder.isEnabled())

    def _compose(self) -> None:
        out, back, report = QFrame(), QFrame(), QFrame()
        out.setLayout(widgets.column(setting_row(self._title, self._hint, self.folder), self.sticks, gap=4))
        back.setLayout(setting_row(self._back_title, self._back_hint, self.restore))
        report.setLayout(setting_row(self._report_title, self._report_hint, self.report))
        self._answer = widgets.frame("panel")
        buttons = widgets.row(self.confirm, self.give_up, None)
        self._answer.setLayout(widgets.column(self.said, self.manager, buttons, margin=14, gap=8))
        panels = panel_of(out, back), self._answer, panel_of(self.update_row, report)
        self.setLayout(widgets.column(*panels))
        if self._parts.machine.copies is None:
            out.hide()
            back.hide()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self.window(), title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The counter goes on: a customer who comes meanwhile is served.
        dialog.setWindowModality(Qt.WindowModality.NonModal)
        return dialog
