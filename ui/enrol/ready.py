"""After the enrolment: what is ready for the first customer, what is not, and the three sentences that are needed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.usecases.board import Task, next_in_window
from app.usecases.health import Health, health
from app.usecases.sign_in import Member, members
from ui import theme, widgets
from ui.icons import Icon
from ui.parts import Parts

WIDTH = 820


class Step(QFrame):
    """One thing to see to: whether it is done, what to do, and the way there."""

    def __init__(self, icon: str, control: QWidget | None) -> None:
        super().__init__()
        self._icon = icon
        self._mark = Icon(icon, "muted")
        self.text = widgets.label(wrap=True)
        layout = widgets.row(self._mark, self.text, gap=14)
        layout.setStretch(1, 1)
        layout.setContentsMargins(0, 2, 0, 2)
        if control:
            control.setMinimumWidth(200)
            layout.addWidget(control)
        self.setLayout(layout)
        self.setMinimumHeight(theme.TOUCH)
        self.is_ready = False

    def say(self, text: str, *, ready: bool) -> None:
        """Say how it stands; what is ready has a tick."""
        self.is_ready = ready
        self.text.setText(text)
        if ready:
            self._mark.show_icon("check", "yes")
        else:
            self._mark.show_icon(self._icon, "muted")


class ReadyPage(QWidget):
    """Every step may be left out; a scan leads to the counter as always."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._store, self._scanned = "", False
        self._members: tuple[Member, ...] = ()
        self._next: tuple[Task, ...] = ()
        wish = parts.tasks.page_wanted.emit
        self.name = widgets.Field()
        self.name.setMaxLength(40)
        self.name.setMaximumWidth(240)
        self.name.editingFinished.connect(self._take_name)
        self.scanner = widgets.Button("scanner", clicked=partial(wish, "settings/scanner"))
        self.printer = widgets.Button("print", clicked=partial(wish, "settings/printers"))
        self.staff = widgets.Button("lock", clicked=partial(wish, "settings/staff"))
        self.begin = widgets.Button("counter", role="primary", tint="on_accent", clicked=partial(wish, "counter"))
        self.title = widgets.label("big", wrap=True)
        self.steps = {
            "scanner": Step("scanner", self.scanner),
            "printer": Step("print", self.printer),
            "person": Step("person", self.name),
            "pins": Step("lock", self.staff),
            "order": Step("bag", None),
        }
        self._sentences = [widgets.label(wrap=True) for _ in range(3)]
        self._compose()
        parts.session.rights_changed.connect(self.retranslate)
        parts.preferences.changed.connect(self._follow)
        parts.tasks.changed.connect(self._ask)
        parts.scan.text.connect(self._hear)
        parts.scan.tested.connect(self._hear)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask how things stand: HQ tells more in a moment, where it has not yet."""
        super().showEvent(event)
        self._ask()

    @Slot()
    def retranslate(self) -> None:
        """Say everything in the language in force."""
        ready = self.tr("This terminal belongs to %1 now").replace("%1", self._store)
        self.title.setText(ready if self._store else self.tr("This terminal is ready"))
        for field in (self.name.setPlaceholderText, self.name.setAccessibleName):
            field(self.tr("Name"))
        self.scanner.setText(self.tr("Test the scanner"))
        self.printer.setText(self.tr("Choose a printer"))
        self.staff.setText(self.tr("Sign in by PIN…"))
        self.begin.setText(self.tr("To the counter (Enter)"))
        said = (
            self.tr("Scan the customer's code, or type the short code or the phone's last four digits."),
            self.tr("Green: fetch and give. Yellow: first do what the card says. Red: give nothing."),
            self.tr("Enter is always the big button, Esc goes back, F1 shows every key."),
        )
        for sentence, text in zip(self._sentences, said, strict=True):
            sentence.setText(text)
        self._say_steps()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the counter."""
        if event.key() in widgets.ENTER:
            self._parts.tasks.page_wanted.emit("counter")
        else:
            super().keyPressEvent(event)

    # ── how it stands ──────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _ask(self, *_news: object) -> None:
        if self.isVisible():
            self._parts.tasks.ask_quietly(health, then=self._greet)
            self._parts.tasks.ask_quietly(members, then=self._know_staff)
            self._parts.tasks.ask_quietly(partial(next_in_window, limit=1), then=self._know_orders)

    def _greet(self, found: Health) -> None:
        self._store = found.store_name
        self.retranslate()

    def _know_staff(self, found: tuple[Member, ...]) -> None:
        self._members = found
        self._say_steps()

    def _know_orders(self, found: tuple[Task, ...]) -> None:
        self._next = found
        self._say_steps()

    @Slot()
    def _follow(self, *_settings: object) -> None:
        self._say_steps()

    @Slot()
    def _hear(self, *_text: object) -> None:
        self._scanned = True
        self._say_steps()

    def _say_steps(self) -> None:
        self._say_devices()
        by_pin = self._parts.preferences.now.sign_in
        self.name.setEnabled(not by_pin)
        if not self.name.hasFocus():
            self.name.setText(self._parts.clerk)
        who = self.tr("Who is at the counter? The name stands beside every hand-over.")
        self.steps["person"].say(who, ready=bool(self._parts.clerk))
        with_pin = sum(each.has_pin for each in self._members)
        if by_pin:
            pins = self.tr("Everybody signs in by PIN.")
        elif with_pin:
            pins = self.tr("%n person(s) have a PIN from HQ: signing in by PIN can be switched on.", "", with_pin)
        else:
            pins = self.tr("Nobody has a PIN yet: HQ gives them. The counter works without.")
        self.steps["pins"].say(pins, ready=by_pin)
        self.staff.setEnabled(bool(with_pin))
        self._say_order()

    def _say_devices(self) -> None:
        heard = self.tr("The scanner works: a code was read.")
        test = self.tr("Scan a test code: the program says whether your scanner does it well.")
        self.steps["scanner"].say(heard if self._scanned else test, ready=self._scanned)
        chosen = bool(self._parts.preferences.now.receipt_printer)
        printer = self.tr("A printer for receipts is chosen. A test page shows whether it prints.")
        none = self.tr("For receipts and labels: choose a printer and print a test. It can wait.")
        self.steps["printer"].say(printer if chosen else none, ready=chosen)

    def _say_order(self) -> None:
        if not self._next:
            none = self.tr("No order is here yet. They arrive by themselves while the line to HQ stands.")
            self.steps["order"].say(none, ready=False)
            return
        first = self._next[0]
        text = self.tr("The first order is here: %1, wanted %2.").replace("%1", first.label)
        self.steps["order"].say(text.replace("%2", self._parts.times.window(first.window)), ready=True)

    @Slot()
    def _take_name(self) -> None:
        if not self._parts.preferences.now.sign_in:
            self._parts.preferences.set(clerk=self.name.text().strip())

    # ── on screen ──────────────────────────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        panel = widgets.frame("panel")
        panel.setMaximumWidth(WIDTH)
        panel.setLayout(self._inside())
        centred = widgets.row(None, panel, None)
        centred.setStretch(1, 100)
        middle = QWidget()
        middle.setLayout(widgets.column(None, centred, None))
        self.setLayout(widgets.column(widgets.scrolled(middle), margin=16))

    def _inside(self) -> QVBoxLayout:
        head = widgets.row(Icon("check", "yes", 40), self.title, gap=14)
        head.setStretch(1, 1)
        sentences = widgets.frame("row")
        numbered = [
            widgets.row(widgets.label("title", str(number)), text, gap=14)
            for number, text in enumerate(self._sentences, 1)
        ]
        for line in numbered:
            line.setStretch(1, 1)
        sentences.setLayout(widgets.column(*numbered, margin=14, gap=6))
        return widgets.column(head, *self.steps.values(), sentences, self.begin, margin=24, gap=8)
