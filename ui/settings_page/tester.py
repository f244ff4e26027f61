"""The scanner's test: a code to scan, and what its arrival says of the scanner, its speed and what to mend."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLabel

from ui import theme, widgets
from ui.parts import Parts
from ui.scan_test import (
    Diagnosis,
    NotATrace,
    Source,
    Stroke,
    Trace,
    as_json,
    diagnose,
    diagnose_text,
    from_json,
    recorded,
)
from ui.settings_page import sayings
from ui.settings_page.test_code import TestCode

# Longer than the latest Enter of a scan.
QUIET_MS = 700
PATIENCE_MS = 60_000
LONGEST_FILE = 1_000_000  # bytes


class Findings(QFrame):
    """The result of a test in words, with what to mend under it."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Diagnosis | None = None
        self.headline = widgets.label("title", wrap=True)
        self.headline.setContentsMargins(12, 8, 12, 8)
        self._names = [widgets.label("muted") for _ in range(4)]
        self.facts = [widgets.label(wrap=True) for _ in range(4)]
        self.advice = QFrame()
        self._advice_lines = widgets.column(gap=2)
        self.advice.setLayout(self._advice_lines)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for line, (name, fact) in enumerate(zip(self._names, self.facts, strict=True)):
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(fact, line, 1)
        layout = widgets.column(self.headline, gap=8)
        layout.addLayout(grid)
        layout.addWidget(self.advice)
        self.setLayout(layout)
        self.hide()

    def show_diagnosis(self, found: Diagnosis | None) -> None:
        """Say what a test found, or nothing."""
        self._found = found
        self.setVisible(found is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        names = (self.tr("Scanner"), self.tr("Speed"), self.tr("Gaps"), self.tr("Ends with"))
        for label, name in zip(self._names, names, strict=True):
            label.setText(name)
        if found := self._found:
            text, tone = sayings.headline(found)
            self.headline.setText(text)
            theme.mark(self.headline, soft=tone)
            said = (sayings.source(found), sayings.speed(found), sayings.pauses(found), sayings.ending(found))
            for label, fact in zip(self.facts, said, strict=True):
                label.setText(fact)
            self._advise(found)

    def _advise(self, found: Diagnosis) -> None:
        widgets.empty(self._advice_lines)
        for each in found.problems:
            what, fix = sayings.problem(each)
            self._advice_lines.addWidget(_bold(what))
            self._advice_lines.addWidget(widgets.label("", fix, wrap=True))
        self.advice.setVisible(bool(found.problems))


class ScannerTest(QFrame):
    """While a test runs, no key and no code reaches the rest of the program.

    It takes the keyboard itself and lets input methods in, as a text field does: otherwise nobody would see them.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._parts = parts
        self._strokes: list[Stroke] = []
        self.trace = Trace()
        self._running = False
        self._quiet = self._timer(QUIET_MS, self._judge_keys)
        self._patience = self._timer(PATIENCE_MS, self._judge_keys)
        self._title, self._words = widgets.label("title"), widgets.label("muted", wrap=True)
        self.go = widgets.Button("scanner", clicked=self._toggle)
        self.open_recording = widgets.Button(role="quiet", clicked=self._ask_file)
        self.save_recording = widgets.Button(role="quiet", clicked=self._ask_place)
        self.findings = Findings()
        self._compose()
        parts.scan.stroke.connect(self._take_stroke)
        parts.scan.tested.connect(self._take_text)
        parts.scan.reading.connect(self._show_progress)
        parts.devices.heard.connect(self._take_serial)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Test the scanner"))
        self.go.setText(self.tr("Stop") if self._running else self.tr("Start the test"))
        self.open_recording.setText(self.tr("Open a recording…"))
        self.save_recording.setText(self.tr("Save the recording…"))
        self._say()
        self.findings.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the scanners back to the counter."""
        self._end()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the test."""
        if event.key() == Qt.Key.Key_Escape and self._running:
            self._end()
        else:
            super().keyPressEvent(event)

    def start(self) -> None:
        """Wait for a scan of the code, for a minute at most."""
        self._strokes, self.trace = [], Trace()
        self.findings.show_diagnosis(None)
        self._switch(on=True)
        self._patience.start()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self, content: str) -> None:
        """Show what a recording says; raise `NotATrace` for a file that is none."""
        self.trace = from_json(content)
        self._show(diagnose(self.trace))

    def _timer(self, interval: int, act: Any) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(act)
        return timer

    def _compose(self) -> None:
        buttons = widgets.row(self.go, self.open_recording, self.save_recording, None, gap=8)
        words = widgets.column(self._title, self._words, buttons, self.findings, None, gap=8)
        code = widgets.column(TestCode(), None)
        layout = widgets.row(code, words, gap=20)
        layout.setStretch(1, 1)
        layout.setContentsMargins(0, 8, 0, 4)
        self.setLayout(layout)

    def _say(self) -> None:
        if self._running:
            self._words.setText(self.tr("Now scan this code once, as you would scan a customer's. Esc stops."))
        else:
            self._words.setText(
                self.tr("Press start, then scan this code with the scanner, or show a photo of it to the camera.")
            )
        self.save_recording.setVisible(bool(self.trace.strokes))

    @Slot()
    def _toggle(self) -> None:
        if self._running:
            self._end()
        else:
            self.start()

    def _switch(self, *, on: bool) -> None:
        if self._running != on:
            self._running = on
            self._parts.scan.test(on=on)
        self.retranslate()

    def _end(self) -> None:
        self._quiet.stop()
        self._patience.stop()
        if self._running:
            self._switch(on=False)

    def _show(self, found: Diagnosis) -> None:
        self._end()
        self.findings.show_diagnosis(found)
        self._say()

    @Slot(object)
    def _take_stroke(self, stroke: Stroke) -> None:
        if self._running:
            self._strokes.append(stroke)
            self._quiet.start()

    @Slot()
    def _judge_keys(self) -> None:
        if self._running:
            self.trace = recorded(self._strokes, self.tr("Recorded on the settings page"))
            self._show(diagnose(self.trace))

    @Slot(str, str)
    def _take_text(self, text: str, source: str) -> None:
        # What a USB scanner typed is judged by its keys, what a serial one sent by `_take_serial`.
        if self._running and source != "scanner":
            self._show(diagnose_text(Source.CAMERA, text))

    @Slot(object)
    def _take_serial(self, heard: Any) -> None:
        if self._running:
            self._show(diagnose_text(Source.SERIAL, heard.text, heard.seconds, heard.ended_by))

    @Slot(int)
    def _show_progress(self, count: int) -> None:
        if self._running and count:
            self._words.setText(self.tr("Reading: %n character(s)", "", count))

    # ── recordings ─────────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _ask_file(self) -> None:
        self._dialog(QFileDialog.AcceptMode.AcceptOpen).fileSelected.connect(self._open)

    @Slot()
    def _ask_place(self) -> None:
        dialog = self._dialog(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("scanner-trace.json")
        dialog.fileSelected.connect(self._save)

    def _dialog(self, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self.window(), "", "", "JSON (*.json)", acceptMode=mode, defaultSuffix="json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    @Slot(str)
    def _open(self, path: str) -> None:
        try:
            with open(path, encoding="utf-8") as file:  # noqa: PTH123 - Qt gives a text
                self.load(file.read(LONGEST_FILE))
        except (OSError, ValueError, NotATrace):
            self._parts.tasks.problem.emit(self.tr("This file is not a recording of a scanner that can be read."))

    @Slot(str)
    def _save(self, path: str) -> None:
        try:
            with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - Qt gives a text
                file.write(as_json(self.trace))
        except OSError:
            self._parts.tasks.problem.emit(self.tr("The recording could not be saved there."))


def _bold(text: str) -> QLabel:
    label = widgets.label("", text, wrap=True)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
