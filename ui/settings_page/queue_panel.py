"""What waits for the printers: look at it, try again, or give it up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.changes import Changes
from app.domain.document import Paper
from app.usecases.print_queue import PrintJob, drop_print, print_queue, retry_prints
from ui import printer_words, widgets
from ui.paper import PaperView
from ui.parts import Parts
from ui.printers import printer_of
from ui.widgets import Button

_MOST_SHOWN = 8


class QueuePanel(QFrame):
    """What waits for the printers, oldest first; one at a time is shown as it will look."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.jobs: tuple[tuple[Paper, PrintJob], ...] = ()
        self._looked_at = ""
        self.title = widgets.label("title")
        self.again = Button("sync", clicked=self._try_again)
        self._nothing = widgets.label("muted", wrap=True)
        self._rows = widgets.column(gap=6)
        self.setLayout(widgets.column(widgets.row(self.title, None, self.again), self._nothing, self._rows, gap=6))
        parts.tasks.changed.connect(self._follow)
        parts.printers.trouble_changed.connect(self._follow_trouble)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Waiting to be printed"))
        self.again.setText(self.tr("Try again"))
        self._nothing.setText(self.tr("Nothing waits."))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what waits."""
        super().showEvent(event)
        self._read()

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.printing and self.isVisible():
            self._read()

    @Slot()
    def _follow_trouble(self, *_news: object) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._parts.tasks.ask_quietly(print_queue, self._take)

    def _take(self, found: dict[Paper, tuple[PrintJob, ...]]) -> None:
        jobs = tuple((paper, job) for paper, jobs in found.items() for job in jobs)
        if jobs != self.jobs:
            self.jobs = jobs
            self._show()

    def _show(self) -> None:
        widgets.empty(self._rows)
        for paper, job in self.jobs[:_MOST_SHOWN]:
            self._rows.addWidget(self._row(paper, job))
            if job.id == self._looked_at and job.document:
                self._rows.addWidget(self._sheet(paper, job))
        left = len(self.jobs) - _MOST_SHOWN
        if left > 0:
            self._rows.addWidget(widgets.label("muted", self.tr("%n more", "", left)))
        self._nothing.setVisible(not self.jobs)
        self.again.setVisible(bool(self.jobs))

    def _row(self, paper: Paper, job: PrintJob) -> QFrame:
        row = widgets.frame("row")
        look = Button("search", role="quiet", tint="accent", clicked=partial(self.look_at, job.id))
        look.setText(self.tr("Close it") if job.id == self._looked_at else self.tr("Look at it"))
        look.setEnabled(job.document is not None)
        drop = Button("close", role="quiet", tint="accent", clicked=partial(self._drop, job.id))
        drop.setText(self.tr("Give it up"))
        title = job.title if job.copies == 1 else f"{job.title} × {job.copies}"
        facts = (self._parts.times.moment(job.at), printer_words.printer(paper), printer_words.short(job.trouble))
        muted = widgets.label("muted", " · ".join(filter(None, facts)), wrap=True)
        layout = widgets.row(widgets.column(widgets.label("", title, wrap=True), muted, gap=0), look, drop, gap=10)
        layout.setStretch(0, 1)
        layout.setContentsMargins(14, 6, 4, 6)
        row.setLayout(layout)
        return row

    def _sheet(self, paper: Paper, job: PrintJob) -> QWidget:
        view, sheet = PaperView(), QWidget()
        if job.document:
            view.show_document(job.document, printer_of(paper, self._parts.preferences.now).paper_mm)
        sheet.setLayout(widgets.row(None, view, None))
        return sheet

    def look_at(self, job_id: str) -> None:
        """Show a paper below its row, or put it away again."""
        self._looked_at = "" if self._looked_at == job_id else job_id
        self._show()

    def _try_again(self) -> None:
        # The change that this makes wakes the printers, and whoever wants to see the queue.
        self._parts.tasks.ask(retry_prints)

    def _drop(self, job_id: str) -> None:
        self._parts.tasks.ask(partial(drop_print, job_id=job_id))
