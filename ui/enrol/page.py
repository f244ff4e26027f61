"""The page of a terminal that belongs to no store yet."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from app.errors import ZitiError
from ui import theme, widgets
from ui.enrol import address, sayings
from ui.enrol.address import BadAddress, Flaw
from ui.enrol.sayings import Saying
from ui.icons import Icon
from ui.parts import Parts
from ui.widgets import Button

WIDTH = 600
LONGEST_NAME = 60
SLOW_MS = 2_000
# A paste or a scanner's burst brings more letters at once than a finger.
_BURST = 8
# Each language is written in itself, so that whoever cannot read the page finds the way out.
_LANGUAGES = {"zh_CN": "中文", "en": "English"}


class Field(QWidget):
    """A line to fill in, with its name above."""

    def __init__(self) -> None:
        super().__init__()
        self.name = widgets.label()
        self.line = QLineEdit()
        self.line.setMinimumHeight(theme.TOUCH)
        self.setLayout(widgets.column(self.name, self.line, gap=4))

    def say(self, name: str, hint: str) -> None:
        """Show the field's name and an example."""
        self.name.setText(name)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)


class EnrolPage(QWidget):
    """Asks for HQ's address, the one-time code and a name; the window goes on when HQ has taken the terminal in."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._waiting = False
        self._given_up = 0
        self._unprotected = False
        self._trouble: Saying | None = None
        self._letters = 0
        self.fields = {name: Field() for name in ("address", "code", "name")}
        self.languages = {name: Button(clicked=partial(self._speak, name)) for name in _LANGUAGES}
        self.go = Button("key", role="primary", tint="on_accent", clicked=self.submit)
        self.stop = Button(role="quiet", clicked=self._give_up)
        self.anyway = Button(role="quiet", clicked=self._go_unprotected)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._compose()
        self._connect()
        self.retranslate()
        self._say(None)
        self._show_state()

    @property
    def trouble(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._trouble_text.text() if self._trouble else ""

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Connect this terminal to HQ"))
        self._hint.setText(
            self.tr(
                "HQ gives you an address and a one-time code, or a link with both: "
                "paste it into any field, or scan its QR code with the USB scanner."
            )
        )
        self.fields["address"].say(self.tr("HQ's address"), "https://hq.example.com")
        self.fields["code"].say(self.tr("One-time code"), "K7QM-2PXR-9TBD-4HWE")
        self.fields["name"].say(self.tr("This terminal's name"), self.tr("Counter 1"))
        self.go.setText(self.tr("Connect"))
        self.stop.setText(self.tr("Stop waiting"))
        self.anyway.setText(self.tr("HQ says otherwise: use it as it is"))
        self._asking.setText(self.tr("Asking HQ."))
        for name, button in self.languages.items():
            button.setText(_LANGUAGES[name])
            theme.mark(button, soft="accent" if name == self._parts.preferences.now.language else "")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language; what was wrong is said when it is tried again."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._say(None)
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first field that is empty."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._enter)

    # ── filling in ─────────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _enter(self) -> None:
        self._first_empty().line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_empty(self) -> Field:
        fields = list(self.fields.values())
        return next((field for field in fields if not field.line.text().strip()), fields[0])

    @Slot(str, str)
    def _take_scan(self, text: str, _source: str) -> None:
        if self.isVisible():
            self._take_link(text)

    @Slot(str)
    def _edited(self, text: str) -> None:
        self._say(None)
        if len(text) - self._letters >= _BURST:
            self._take_link(text)
        self._letters = len(text)

    def _take_link(self, text: str) -> bool:
        """Fill in what a link holds; tell whether it was one."""
        found = address.read_invitation(text)
        if found is None:
            return False
        self.fields["address"].line.setText(found.address)
        self.fields["code"].line.setText(found.code)
        self._first_empty().line.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot()
    def _entered(self) -> None:
        """Go on to the next field, or to HQ from the last one."""
        line = self.sender()
        if isinstance(line, QLineEdit):
            self._take_link(line.text())
        waiting = self._first_empty().line
        if waiting.text().strip() or waiting is line:
            self.submit()
        else:
            waiting.setFocus(Qt.FocusReason.TabFocusReason)

    # ── asking HQ ──────────────────────────────────────────────────────────────────────────────────────────

    def submit(self) -> None:
        """Ask HQ, once everything is filled in."""
        if self._waiting:
            return
        code = address.clean_code(self.fields["code"].line.text())
        name = self.fields["name"].line.text().strip()
        try:
            url = address.clean_address(self.fields["address"].line.text(), unprotected=self._unprotected)
        except BadAddress as bad:
            self._say(sayings.of_flaw(bad.flaw), may_insist=bad.flaw is Flaw.NOT_PROTECTED)
            return
        if not address.is_code(code) or not name:
            self._say(sayings.no_name() if address.is_code(code) else sayings.no_code())
            return
        self._say(None)
        self._waiting = True
        self._slow.start()
        self._show_state()
        self._parts.sync.enrol(url, code, name)

    def _go_unprotected(self) -> None:
        self._unprotected = True
        self.submit()
        self._unprotected = False

    def _give_up(self) -> None:
        """Let the clerk correct something; HQ's answer to this try, if it is a no, does not matter any more."""
        self._given_up += 1
        self._end()

    @Slot(object)
    def _failed(self, error: ZitiError) -> None:
        if self._given_up:
            self._given_up -= 1
            return
        self._end()
        self._say(sayings.of_error(error))

    @Slot(object)
    def _succeeded(self, _result: object) -> None:
        self._slow.stop()
        self.stop.hide()
        self._asking.setText(self.tr("HQ has taken this terminal in."))

    def _end(self) -> None:
        self._waiting = False
        self._slow.stop()
        self._show_state()

    # ── on screen ──────────────────────────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self._title = widgets.label("big", wrap=True)
        self._hint = widgets.label("muted", wrap=True)
        self._asking = widgets.label("muted")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self.fields["name"].line.setMaxLength(LONGEST_NAME)
        self._trouble_text = widgets.label(wrap=True)
        self._trouble_box = QFrame()
        said = widgets.row(Icon("attention", "on_no_soft"), self._trouble_text, gap=10)
        said.setStretch(1, 1)
        self._trouble_box.setLayout(widgets.column(said, margin=12))
        theme.mark(self._trouble_box, soft="no")
        panel = widgets.frame("panel")
        panel.setFixedWidth(WIDTH)
        panel.setLayout(self._form())
        switch = widgets.row(None, *self.languages.values(), gap=8)
        middle = QWidget()
        middle.setLayout(widgets.column(None, widgets.row(None, panel, None), None, None))
        self.setLayout(widgets.column(switch, widgets.scrolled(middle), margin=20))

    def _form(self) -> QVBoxLayout:
        head = widgets.row(Icon("terminal", "accent", 40), self._title, gap=14)
        head.setStretch(1, 1)
        waiting = widgets.row(self._asking, None, self.stop)
        form = widgets.column(
            head, self._hint, *self.fields.values(), self._trouble_box, self.anyway, self.go, self._progress, waiting
        )
        form.setContentsMargins(28, 24, 28, 24)
        return form

    def _connect(self) -> None:
        for field in self.fields.values():
            field.line.returnPressed.connect(self._entered)
            field.line.textEdited.connect(self._edited)
        self._slow.timeout.connect(self.stop.show)
        self._parts.scan.text.connect(self._take_scan)
        self._parts.sync.enrolled.connect(self._succeeded)
        self._parts.sync.enrol_failed.connect(self._failed)

    def _say(self, trouble: Saying | None, *, may_insist: bool = False) -> None:
        self._trouble = trouble
        self._trouble_box.setVisible(trouble is not None)
        self.anyway.setVisible(may_insist)
        if trouble:
            self._trouble_text.setText(trouble.text)
            if field := self.fields.get(trouble.field):
                field.line.setFocus(Qt.FocusReason.OtherFocusReason)
                field.line.selectAll()

    def _show_state(self) -> None:
        for field in self.fields.values():
            field.line.setEnabled(not self._waiting)
        self.go.setEnabled(not self._waiting)
        self._progress.setVisible(self._waiting)
        self._asking.setVisible(self._waiting)
        self.stop.hide()
        self._asking.setText(self.tr("Asking HQ."))

    def _speak(self, language: str) -> None:
        self._parts.preferences.set(language=language)
        self._enter()
