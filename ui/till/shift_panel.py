"""The till's shift: open it, put cash in and take it out, count blind and close, look at earlier ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.money import format_fen
from app.usecases import Shift
from ui import widgets
from ui.icons import Icon
from ui.manager_panel import ManagerPanel
from ui.till.amount import AmountField
from ui.till.trouble import Trouble
from ui.widgets import Button
from ui.words import Times


class OpenForm(QFrame):
    """The till is closed: how much change lies in its drawer?"""

    opened = Signal(int)  # float in fen
    receipts_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.title = widgets.label("big")
        self.text = widgets.label("muted", wrap=True)
        self.amount = AmountField()
        self.amount.returnPressed.connect(self._open)
        self._word = widgets.label()
        self.trouble = Trouble()
        self.go = Button("drawer", role="primary", tint="on_accent", clicked=self._open)
        amount = widgets.row(self._word, self.amount, None)
        inside = widgets.column(
            widgets.row(None, Icon("drawer", "muted", 64), None),
            self.title,
            self.text,
            amount,
            self.trouble.label,
            self.go,
            margin=28,
            gap=14,
        )
        self.setLayout(inside)
        self.setFixedWidth(520)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("The till is closed"))
        self.text.setText(
            self.tr("Count the change in the drawer and open the till. Handing orders over works without it.")
        )
        self._word.setText(self.tr("In the drawer"))
        self.amount.setAccessibleName(self.tr("In the drawer"))
        self.amount.setPlaceholderText("200.00")
        self.go.setText(self.tr("Open the till"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _open(self) -> None:
        fen = self.amount.fen
        if fen is None:
            self.trouble.say(self.tr("Type the amount like 200 or 200.00; 0 if the drawer is empty."))
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.trouble.say("")
        self.amount.clear()
        self.opened.emit(fen)


class ShiftPanel(QFrame):
    """An open shift: cash in and out, and its end."""

    cash_moved = Signal(int, str)  # fen (+ in, - out), reason
    counted = Signal(int)  # fen
    accepted = Signal(int, str, str)  # fen, PIN, reason
    print_asked = Signal(str)  # a closed shift's id
    closed = Signal()

    def __init__(self, times: Times) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._times = times
        self._shift: Shift | None = None
        self._past: tuple[Shift, ...] = ()
        self.title = widgets.label("title")
        self.facts = widgets.label("muted", wrap=True)
        self._cash_title, self._close_title, self._past_title = (widgets.label("title") for _ in range(3))
        self.cash, self.reason = AmountField(), widgets.Field()
        self.reason.setMaxLength(120)
        self.put_in = Button("plus", clicked=partial(self._move, 1))
        self.take_out = Button("minus", clicked=partial(self._move, -1))
        self.cash_trouble = Trouble()
        self.waits = widgets.label(wrap=True)
        self._blind = widgets.label("muted", wrap=True)
        self.count = AmountField()
        self.count.returnPressed.connect(self._close)
        self.close_shift = Button("drawer", role="primary", tint="on_accent", clicked=self._close)
        self.close_trouble = Trouble()
        self.manager = ManagerPanel()
        self.manager.answered.connect(self._accept)
        self._past_place = widgets.column(gap=6)
        self.back = Button(role="second", clicked=self.close_panel)
        self._compose()
        self.retranslate()

    def show_shift(self, shift: Shift | None, past: tuple[Shift, ...], waits: str) -> None:
        """Show the open shift, the earlier ones, and what waits to be sent."""
        self._shift, self._past = shift, past
        self.waits.setText(waits)
        self.waits.setVisible(bool(waits))
        self.retranslate()

    def open_panel(self) -> None:
        """Begin with empty fields."""
        for field in (self.cash, self.reason, self.count):
            field.clear()
        self.cash_trouble.say("")
        self.close_trouble.say("")
        self.manager.hide()

    def cash_was_moved(self) -> None:
        """Empty the form: it is done."""
        self.cash.clear()
        self.reason.clear()

    def ask_about_difference(self, difference_fen: int) -> None:
        """Let a manager accept what was counted, or the clerk count again."""
        title = self.tr("%1 does not match. Count again, or a manager accepts it.")
        reasons = [self.tr("Wrong change"), self.tr("Not booked"), self.tr("Cause unknown")]
        self.manager.open_panel(title.replace("%1", signed(difference_fen)), reasons)

    @Slot()
    def close_panel(self) -> None:
        """Go back to selling."""
        self.closed.emit()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Shift"))
        self.facts.setText(self._since())
        self._cash_title.setText(self.tr("Cash in and out"))
        self.cash.setPlaceholderText(self.tr("Amount"))
        self.cash.setAccessibleName(self.tr("Amount"))
        self.reason.setPlaceholderText(self.tr("What for?"))
        self.reason.setAccessibleName(self.tr("What for?"))
        self.put_in.setText(self.tr("Put in"))
        self.take_out.setText(self.tr("Take out"))
        self._close_title.setText(self.tr("Close the shift"))
        self._blind.setText(self.tr("Count all the cash in the drawer. What there must be is told afterwards."))
        self.count.setPlaceholderText(self.tr("Counted"))
        self.count.setAccessibleName(self.tr("Counted"))
        self.close_shift.setText(self.tr("Close the shift"))
        self._past_title.setText(self.tr("Earlier shifts"))
        self.back.setText(self.tr("Back to selling"))
        self._show_past()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _compose(self) -> None:
        cash = widgets.row(self.cash, self.reason, self.put_in, self.take_out, gap=8)
        cash.setStretch(1, 1)
        count = widgets.row(self.count, self.close_shift, None, gap=8)
        inside = QWidget()
        inside.setLayout(
            widgets.column(
                self.facts,
                4,
                self._cash_title,
                cash,
                self.cash_trouble.label,
                widgets.frame("rule"),
                self._close_title,
                self.waits,
                self._blind,
                count,
                self.close_trouble.label,
                self.manager,
                widgets.frame("rule"),
                self._past_title,
                self._past_place,
                None,
                gap=10,
            )
        )
        head = widgets.row(self.title, None, self.back)
        layout = widgets.column(head, widgets.scrolled(inside), margin=14, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _since(self) -> str:
        if self._shift is None:
            return ""
        text = self.tr("Open since %1 by %2, float %3.")
        text = text.replace("%1", self._times.moment(self._shift.opened_at)).replace("%2", self._shift.opened_by or "–")
        count = self.tr("%n sale(s) so far.", "", self._shift.sales)
        return f"{text.replace('%3', format_fen(self._shift.float_fen))} {count}"

    def _show_past(self) -> None:
        widgets.empty(self._past_place)
        self._past_title.setVisible(bool(self._past))
        for shift in self._past:
            button = Button("print", role="rowbutton", tint="muted", clicked=partial(self.print_asked.emit, shift.id))
            when = self._times.moment(shift.closed_at) if shift.closed_at else ""
            counted = self.tr("counted %1").replace("%1", format_fen(shift.counted_fen or 0))
            off = self.tr("difference %1").replace("%1", signed(shift.difference_fen or 0))
            button.setText(f"{when}   {shift.closed_by}   {counted}   {off}")
            button.setToolTip(self.tr("Print the report again"))
            self._past_place.addWidget(button)

    def _move(self, sign: int) -> None:
        fen, reason = self.cash.fen, self.reason.text().strip()
        if not fen:
            self.cash_trouble.say(self.tr("Type the amount like 200 or 200.00."))
        elif not reason:
            self.cash_trouble.say(self.tr("Say what the cash is for."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.cash_trouble.say("")
            self.cash_moved.emit(sign * fen, reason)

    @Slot()
    def _close(self) -> None:
        if self.count.fen is None:
            self.close_trouble.say(self.tr("Type what was counted, like 1234.50."))
            self.count.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close_trouble.say("")
            self.manager.hide()
            self.counted.emit(self.count.fen)

    @Slot(str, str)
    def _accept(self, pin: str, reason: str) -> None:
        if self.count.fen is not None:
            self.accepted.emit(self.count.fen, pin, reason)


def signed(fen: int) -> str:
    """Return an amount with its sign, 0 without."""
    return f"+{format_fen(fen)}" if fen > 0 else format_fen(fen)
