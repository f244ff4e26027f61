"""Sign-in: tap a name, type the PIN on keys that gloves hit, or on the keyboard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Slot
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLineEdit, QStackedWidget, QWidget

from app.changes import Changes
from app.domain.verdict import Role
from app.usecases.health import Health, health
from app.usecases.sign_in import Member, SignedIn, members, sign_in
from ui import theme, widgets, words
from ui.icons import Icon
from ui.parts import Parts
from ui.widgets import ENTER, Button

MOST_DIGITS = 12
_KEY_HEIGHT = 64
_COLUMNS = 2


class Keys(QWidget):
    """Ten digits, one step back, and the way in."""

    def __init__(self, field: QLineEdit, enter: Button) -> None:
        super().__init__()
        self._field = field
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, digit in enumerate("123456789"):
            grid.addWidget(self._key(digit), place // 3, place % 3)
        self.back = Button("undo", clicked=field.backspace)
        self.back.setMinimumHeight(_KEY_HEIGHT)
        grid.addWidget(self.back, 3, 0)
        grid.addWidget(self._key("0"), 3, 1)
        enter.setMinimumHeight(_KEY_HEIGHT)
        grid.addWidget(enter, 3, 2)
        self.setLayout(grid)

    def _key(self, digit: str) -> Button:
        key = Button(clicked=partial(self._field.insert, digit))
        key.setText(digit)
        key.setMinimumHeight(_KEY_HEIGHT)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return key


class SignInPage(QWidget):
    """Nobody works before somebody has said who it is."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._members: tuple[Member, ...] = ()
        self._chosen = ""
        self.names: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._title, self._hint = widgets.label("big"), widgets.label("muted", wrap=True)
        self._waits = widgets.label("muted", wrap=True)
        self.pin = widgets.Field()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(MOST_DIGITS)
        self.pin.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        self.pin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        widgets.without_input_method(self.pin)
        self.pin.returnPressed.connect(self._try)
        self.go = Button("enter", clicked=self._try)
        theme.mark(self.go, tone="accent")
        self.go.show_icon("enter", "on_accent")
        self.keys = Keys(self.pin, self.go)
        self.trouble = widgets.label(wrap=True)
        theme.mark(self.trouble, soft="no")
        self.without = Button(role="primary", clicked=self._go_without)
        self._grid = QGridLayout()
        self._stack = QStackedWidget()
        self._compose()
        parts.tasks.changed.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Who is here?"))
        self.pin.setPlaceholderText(self.tr("PIN"))
        self.pin.setAccessibleName(self.tr("PIN"))
        self.go.setAccessibleName(self.tr("Sign in"))
        self.keys.back.setAccessibleName(self.tr("Take the last digit back"))
        self.without.setText(self.tr("Go on without"))
        nobody = self.tr("Nobody of this store has a PIN yet: an operator sets it at HQ.")
        self._hint.setText(self.tr("Tap your name and type your PIN.") if self._with_pin() else nobody)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with an empty field and those who work here now."""
        super().showEvent(event)
        self.pin.clear()
        self._complain("")
        self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a digit begin the PIN wherever the focus is, and Enter try it."""
        if event.text().isdigit() and event.text().isascii():
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)
            self.pin.insert(event.text())
        elif event.key() in ENTER:
            self._try()
        else:
            super().keyPressEvent(event)

    def take_scan(self, _text: str) -> bool:
        """Let no code past while nobody is signed in: it must not confirm what somebody else began."""
        self._complain(self.tr("First sign in, then scan again."))
        return True

    def _compose(self) -> None:
        self._grid.setSpacing(8)
        names = QWidget()
        names.setLayout(self._grid)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        left = widgets.column(
            widgets.row(Icon("person", "accent", 48), self._title, None),
            self._hint,
            widgets.scrolled(names),
            self._waits,
            gap=12,
        )
        left.setStretch(2, 1)
        pad, nobody = QWidget(), QWidget()
        pad.setLayout(widgets.column(self.pin, self.trouble, self.keys, None, gap=10))
        nobody.setLayout(widgets.column(self.without, None))
        self._stack.addWidget(pad)
        self._stack.addWidget(nobody)
        self._stack.setFixedWidth(320)
        panel = QFrame()
        panel.setProperty("role", "panel")
        both = widgets.row(left, self._stack, margin=28, gap=28)
        both.setStretch(0, 1)
        panel.setLayout(both)
        panel.setMaximumSize(980, 560)
        centred = widgets.row(None, panel, None)
        centred.setStretch(1, 100)
        layout = widgets.column(None, centred, None, margin=16)
        layout.setStretch(1, 100)
        self.setLayout(layout)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.profile and self.isVisible():
            self._read()

    def _read(self) -> None:
        self._parts.tasks.ask_quietly(members, self._show)
        self._parts.tasks.ask_quietly(health, self._show_waits)

    def _show(self, found: tuple[Member, ...]) -> None:
        self._members = found
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.names = {}
        for place, member in enumerate(self._with_pin()):
            button = Button(
                "key" if member.role is Role.MANAGER else "person", clicked=partial(self._choose, member.id)
            )
            button.setCheckable(True)
            button.setText(member.name)
            button.setMinimumHeight(_KEY_HEIGHT)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self.names[member.id] = button
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        if self._chosen not in self.names:
            self._chosen = next(iter(self.names), "")
        if self._chosen:
            self._choose(self._chosen)
        self._stack.setCurrentIndex(0 if self.names else 1)
        self.retranslate()

    def _show_waits(self, found: Health) -> None:
        text = words.waits(found.unsent, found.parked, shift_open=found.shift_open)
        self._waits.setText(text)
        self._waits.setVisible(bool(text))

    def _with_pin(self) -> list[Member]:
        return [member for member in self._members if member.has_pin]

    def _choose(self, member_id: str) -> None:
        self._chosen = member_id
        self.names[member_id].setChecked(True)
        self.pin.clear()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _try(self) -> None:
        if not self.pin.text() or not self._chosen:
            self._complain(self.tr("Type your PIN."))
            return
        self.go.setEnabled(False)
        usecase = partial(sign_in, member_id=self._chosen, pin=self.pin.text())
        self._parts.tasks.ask(usecase, self._tried)

    def _tried(self, found: SignedIn) -> None:
        self.go.setEnabled(True)
        self.pin.clear()
        if found.member:
            self._complain("")
            self._parts.session.enter(found.member)
        elif found.pause_seconds:
            self._complain(self.tr("Too many wrong PINs. Try again in %n second(s).", "", found.pause_seconds))
        else:
            self._complain(self.tr("This is not the PIN of that name."))
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _go_without(self) -> None:
        self._parts.session.enter(None)

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
