"""The Sync page: how the line to HQ stands, how this machine stands, and what waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.errors import ZitiError
from app.usecases.incidents import Incident, close_incident
from app.usecases.outbox import Parked, retry_parked
from ui import authorising, link, widgets, words
from ui.parts import Parts
from ui.sync_page import model
from ui.sync_page.model import Snapshot
from ui.sync_page.panels import IncidentCard, LinePanel, MachinePanel, ParkedRow
from ui.widgets import EmptyState

REFRESH_MS = 15_000
# The button rests so long after it was pressed: the answer shows in the facts above it.
SENDING_MS = 1_500
# More than these and the first ones are enough to begin with.
MOST_SHOWN = 30

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class SyncPage(QWidget):
    """Two columns: what is, and what somebody must do."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._found: Snapshot | None = None
        self._report: Path | None = None
        self.line = LinePanel()
        self.machine = MachinePanel()
        self.parked: dict[str, ParkedRow] = {}
        self.incidents: dict[str, IncidentCard] = {}
        self._todo_title = widgets.label("title")
        self._incident_list: QVBoxLayout = widgets.column(gap=10)
        self._parked_list: QVBoxLayout = widgets.column(gap=10)
        self._more = widgets.label("muted", wrap=True)
        self.well = EmptyState("check")
        self._calm = widgets.frame("panel")
        self._compose()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.line.send.setText(self.tr("Sync now"))
        self.machine.title.setText(self.tr("This machine"))
        self.machine.export.setText(self.tr("Export diagnostics"))
        self.machine.open_folder.setText(self.tr("Open the folder"))
        self.machine.enrol.setText(self.tr("Connect to HQ with a new code"))
        self._todo_title.setText(self.tr("Waits for somebody"))
        self.well.text.setText(self.tr("Nothing is waiting: no incident is open and HQ takes every entry."))
        self._show_line()
        if self._found:
            _keep(self.parked, {}, self._row, self._parked_list)
            self._show(self._found)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look, and look again from time to time."""
        super().showEvent(event)
        self._again.start()
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._again.stop()

    def _compose(self) -> None:
        left, right = QWidget(), QWidget()
        lists = (self._incident_list, self._parked_list)
        left.setLayout(_clear_of_bar(widgets.column(self.line, self.machine, None)))
        calm = widgets.column(self.well, margin=24)
        self._calm.setLayout(calm)
        todo = widgets.column(self._todo_title, self._calm, *lists, self._more, None, gap=10)
        right.setLayout(_clear_of_bar(todo))
        layout = widgets.row(widgets.scrolled(left), widgets.scrolled(right), gap=8)
        layout.setContentsMargins(16, 14, 8, 14)
        layout.setStretch(0, 5)
        layout.setStretch(1, 6)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._again = QTimer(self, interval=REFRESH_MS)
        self._again.timeout.connect(self._read)
        self._parts.tasks.changed.connect(self._follow)
        self._parts.sync.link_changed.connect(self._show_line)
        self.line.send.clicked.connect(self._send)
        self.machine.export.clicked.connect(self._export)
        self.machine.export.setVisible(self._parts.machine.diagnostics is not None)
        self.machine.open_folder.clicked.connect(self._open_folder)
        self.machine.enrol.clicked.connect(self._enrol)

    # ── what is ────────────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _read(self) -> None:
        usecase = partial(model.read, secrets_in=self._parts.machine.secrets_in)
        self._parts.tasks.ask_quietly(usecase, self._show)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if self.isVisible() and (changes.outbox or changes.incidents or changes.profile):
            self._read()

    @Slot()
    def _show_line(self) -> None:
        now = self._parts.sync.link
        times = self._parts.times
        self.line.show_line(link.badge(now, times), model.line_word(now, times), link.reason(now))
        self.machine.enrol.setVisible(self._found is not None and model.needs_enrolment(self._found, now))

    def _show(self, found: Snapshot) -> None:
        self._found = found
        times = self._parts.times
        self._show_line()
        self.line.facts.show_facts(model.traffic(found.health, self._parts.sync.link, times))
        self.machine.facts.show_facts(model.machine(found, self._parts.machine.clock_offset(), times))
        incidents = {each.id: each for each in found.incidents[:MOST_SHOWN]}
        entries = {each.event_id: each for each in found.parked[:MOST_SHOWN]}
        _keep(self.incidents, incidents, self._card, self._incident_list)
        _keep(self.parked, entries, self._row, self._parked_list)
        left = len(found.incidents) + len(found.parked) - len(incidents) - len(entries)
        self._more.setText(self.tr("%n more will follow", "", left))
        self._more.setVisible(left > 0)
        self._calm.setVisible(not incidents and not entries)

    def _card(self, incident: Incident) -> IncidentCard:
        card = IncidentCard(incident, self._parts.times)
        card.closing.connect(self._close)
        return card

    def _row(self, entry: Parked) -> ParkedRow:
        row = ParkedRow(entry, self._parts.times)
        row.again.connect(self._retry)
        return row

    # ── what somebody does ─────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _send(self) -> None:
        # A button that is switched off gives the focus to the rail, where Enter would leave the page.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.send.setEnabled(False)
        QTimer.singleShot(SENDING_MS, self, self._sent)
        self._parts.sync.nudge()

    @Slot()
    def _enrol(self) -> None:
        self._parts.tasks.page_wanted.emit("enrol")

    @Slot()
    def _sent(self) -> None:
        self.line.send.setEnabled(True)
        self._read()

    @Slot(str)
    def _retry(self, event_id: str) -> None:
        self._parts.tasks.ask(partial(retry_parked, event_id=event_id), lambda _: self._parts.sync.nudge())

    @Slot(str, str, str)
    def _close(self, incident_id: str, pin: str, reason: str) -> None:
        def allowed(manager: str) -> None:
            usecase = partial(close_incident, incident_id=incident_id, manager=manager, reason=reason)
            self._parts.tasks.ask(usecase, lambda _: self._parts.sync.nudge())

        if card := self.incidents.get(incident_id):
            authorising.check(self._parts.tasks, card.manager, pin, allowed)

    @Slot()
    def _export(self) -> None:
        diagnostics, settings = self._parts.machine.diagnostics, self._parts.preferences.now
        if diagnostics:
            self.machine.export.setEnabled(False)
            self._parts.tasks.ask_quietly(partial(diagnostics, settings=settings), self._exported, self._not_exported)

    def _exported(self, report: Path) -> None:
        self._report = report
        self.machine.show_report(self.tr("Saved as %1. It names no customer and no clerk.").replace("%1", report.name))

    def _not_exported(self, error: ZitiError) -> None:
        self.machine.show_report("")
        self._parts.tasks.problem.emit(words.error(error))

    @Slot()
    def _open_folder(self) -> None:
        if self._report:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report.parent)))


def _clear_of_bar(layout: QVBoxLayout) -> QVBoxLayout:
    layout.setContentsMargins(0, 0, 8, 0)
    return layout


def _keep(kept: dict[str, W], wanted: Mapping[str, T], make: Callable[[T], W], place: QVBoxLayout) -> None:
    """Let go of what is no longer wanted and add what is new; a card in which somebody types stays as it is."""
    for key in kept.keys() - wanted.keys():
        kept[key].hide()
        kept.pop(key).deleteLater()
    for key, each in wanted.items():
        if key not in kept:
            kept[key] = make(each)
            place.addWidget(kept[key])
