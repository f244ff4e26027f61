"""The page's panels: the line to HQ, this machine, what was put aside, and what a manager must close."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.usecases.incidents import Incident
from app.usecases.outbox import Parked
from ui import theme, widgets, words
from ui.icons import Icon
from ui.link import Badge
from ui.manager_panel import ManagerPanel
from ui.sync_page.model import Fact
from ui.sync_page.stories import event_name, reasons, tell
from ui.widgets import Button
from ui.words import Times

# The names' column, in letters' heights.
_NAMES = 9


class Facts(QWidget):
    """Names and values in two columns; a value that needs someone stands out, with what to do under it."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, _NAMES * theme.look().sizes.body)
        self._grid.setColumnStretch(1, 1)
        self._shown: Sequence[Fact] = ()
        self.setLayout(self._grid)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these and nothing else."""
        if facts == self._shown:
            return
        self._shown = facts
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for row, fact in enumerate(facts):
            name = widgets.label("muted", fact.name)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(_value(fact), row, 1)


class LinePanel(QFrame):
    """The line to HQ: in one word, why, and what has gone over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._icon = Icon("offline", "muted", 40)
        self.word = widgets.label("big", wrap=True)
        self.why = widgets.label("muted", wrap=True)
        self.facts = Facts()
        self.send = Button("sync")
        head = widgets.row(self._icon, self.word, self.send, gap=12)
        head.setStretch(1, 1)
        self.setLayout(widgets.column(head, self.why, widgets.frame("rule"), self.facts, margin=16))

    def show_line(self, badge: Badge, word: str, why: str) -> None:
        """Show the state of the line and why it is so."""
        self._icon.show_icon(badge.icon, "muted" if badge.tone == "calm" else f"on_{badge.tone}_soft")
        self.word.setText(word)
        self.why.setText(why)
        self.why.setVisible(bool(why))


class MachinePanel(QFrame):
    """This machine and its data."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.title = widgets.label("title")
        self.facts = Facts()
        self.export = Button("disk")
        self.open_folder = Button(role="quiet")
        self.enrol = Button("key")
        self.report = widgets.label("muted", wrap=True)
        head = widgets.row(self.title, None, self.export, gap=12)
        saved = widgets.row(self.report, self.open_folder, gap=8)
        saved.setStretch(0, 1)
        self.setLayout(widgets.column(head, saved, self.facts, self.enrol, margin=16, gap=8))
        self.enrol.hide()
        self.show_report("")

    def show_report(self, text: str) -> None:
        """Say where the report is, and take the next wish."""
        self.report.setText(text)
        self.report.setVisible(bool(text))
        self.open_folder.setVisible(bool(text))
        self.export.setEnabled(True)


class ParkedRow(QFrame):
    """An entry that HQ could not take: what it says, why, and another try."""

    again = Signal(str)  # the event's id

    def __init__(self, entry: Parked, times: Times) -> None:
        super().__init__()
        self.setProperty("role", "row")
        number = words.label(entry.order_number) if entry.order_number is not None else ""
        title = widgets.label(text=f"{event_name(entry.kind)} {number}".strip())
        about = " · ".join(filter(None, (times.moment(entry.at), entry.by)))
        why = widgets.label("muted", self.tr("HQ says: %1").replace("%1", entry.reason), wrap=True)
        self._event_id = entry.event_id
        self.retry = Button("sync", clicked=self._ask_again)
        self.retry.setText(self.tr("Send again"))
        head = widgets.row(title, widgets.label("muted", about), None, gap=10)
        said = widgets.column(head, why, gap=2)
        layout = widgets.row(Icon("parked", "muted"), said, self.retry, gap=12)
        layout.setStretch(1, 1)
        layout.setContentsMargins(14, 8, 8, 8)
        self.setLayout(layout)

    def _ask_again(self) -> None:
        self.again.emit(self._event_id)


class IncidentCard(QFrame):
    """Both stories of an incident, and a manager's word to close it."""

    closing = Signal(str, str, str)  # incident, PIN, reason

    def __init__(self, incident: Incident, times: Times) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._incident, self._times = incident, times
        self._told = QVBoxLayout()
        self.manager = ManagerPanel()
        self.manager.answered.connect(self._answer)
        self.manager.closed.connect(self._rest)
        self.close_it = Button("key", clicked=self.ask)
        self._told.setSpacing(6)
        self._step = widgets.label(wrap=True)
        theme.mark(self._step, soft="wait")
        foot = widgets.row(self._step, self.close_it, gap=10)
        foot.setStretch(0, 1)
        layout = widgets.column(self._told, foot, self.manager, gap=10)
        layout.setContentsMargins(14, 12, 14, 12)
        self.setLayout(layout)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Tell it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
        super().changeEvent(event)

    def ask(self) -> None:
        """Ask for a manager's PIN and reason, in the card itself."""
        self.close_it.hide()
        self.manager.open_panel(self.tr("A manager closes this incident"), reasons(self._incident))

    def _tell(self) -> None:
        widgets.empty(self._told)
        story = tell(self._incident, self._times)
        number = self._incident.order_number
        title = widgets.label("title", story.title, wrap=True)
        head = widgets.row(Icon("attention", "on_wait_soft"), title, gap=10)
        head.setStretch(1, 1)
        if number is not None:
            head.addWidget(widgets.label("title", words.label(number)))
        self._told.addLayout(head)
        for telling in story.tellings:
            self._told.addLayout(_beside(telling.icon, telling.text))
        self._step.setText(story.step)
        self.close_it.setText(self.tr("Close it"))

    def _answer(self, pin: str, reason: str) -> None:
        self.closing.emit(self._incident.id, pin, reason)

    def _rest(self) -> None:
        self.close_it.show()
        self.close_it.setFocus(Qt.FocusReason.OtherFocusReason)


def _beside(icon: str, text: str) -> QHBoxLayout:
    drawing = Icon(icon, "muted")
    line = widgets.row(drawing, widgets.label(text=text, wrap=True), gap=10)
    line.setAlignment(drawing, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return line


def _value(fact: Fact) -> QWidget:
    value: QLabel = widgets.label(text=fact.value, wrap=True)
    if not fact.warning:
        return value
    theme.mark(value, soft="wait")
    together = QWidget()
    together.setLayout(widgets.column(value, widgets.label("muted", fact.warning, wrap=True), gap=2))
    return together
