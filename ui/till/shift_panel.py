"""An open shift on screen: put cash in and take it out, count blind and close, look at earlier ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.money import format_fen
from app.usecases.shift import Closing, Shift
from ui import widgets
from ui.in_place import InPlace
from ui.manager_panel import ManagerPanel
from ui.number_pad import NumberPad
from ui.till.amount import AmountField
from ui.till.past_shifts import PastShifts, signed
from ui.till.trouble import Trouble
from ui.widgets import Button
from ui.words import Times


class ShiftPanel(InPlace):
    """An open shift: cash in and out, and its end."""

    cash_moved = Signal(int, str)  # fen (+ in, - out), reason
    counted = Signal(int)  # fen
    accepted = Signal(int, str, str)  # fen, PIN, reason

    def __init__(self, times: Times) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._times = times
        self._shift: Shift | None = None
        self.title = widgets.label("title")
        self.facts = widgets.label("muted", wrap=True)
        self._cash_title, self._close_title = (widgets.label("title") for _ in range(2))
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
        self.pad = NumberPad(self.cash, self.count)
        self.past = PastShifts(times)
        self.back = Button(clicked=self.close_panel)
        self.manager.closed.connect(self._show_all)
        self._cash_form = QWidget()
        self._compose()
        self.retranslate()

    def show_shift(self, shift: Shift | None, past: tuple[Shift, ...], waits: str) -> None:
        """Show the open shift, the earlier ones, and what waits to be sent."""
        self._shift = shift
        self.past.show_shifts(past)
        self.waits.setText(waits)
        self.waits.setVisible(bool(waits))
        self.facts.setText(self._since())

    def open_panel(self) -> None:
        """Begin with empty fields."""
        for field in (self.cash, self.reason, self.count):
            field.clear()
        self.cash_trouble.say("")
        self.close_trouble.say("")
        self.manager.hide()
        self._show_all()
        self._let_move(True)
        self.count.setFocus(Qt.FocusReason.OtherFocusReason)

    def cash_was_moved(self) -> None:
        """Empty the form: it is done."""
        self._let_move(True)
        self.cash.clear()
        self.reason.clear()

    def cash_was_not_moved(self, sentence: str) -> None:
        """Say why not."""
        self._let_move(True)
        self.cash_trouble.say(sentence)

    def ask_about_difference(self, found: Closing, manager: str) -> None:
        """Let a manager accept what was counted; the clerk may count again, but not close alone any more."""
        if found.difference_fen:
            title = self.tr("%1 does not match. Count again if you like; a manager accepts it.")
            title = title.replace("%1", signed(found.difference_fen))
        else:
            title = self.tr("It matches now, an earlier count was off by %1: a manager accepts it.")
            title = title.replace("%1", signed(found.first_off_fen or 0))
        reasons = [self.tr("Wrong change"), self.tr("Not booked"), self.tr("Counted wrong"), self.tr("Cause unknown")]
        # What is asked now is in sight on the smallest screen too.
        self._cash_form.hide()
        self.manager.open_panel(title, reasons, manager)

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
        self.back.setText(self.tr("Back to selling"))

    def _compose(self) -> None:
        what = widgets.row(self.cash, self.reason, gap=8)
        what.setStretch(1, 1)
        count = widgets.row(self.count, self.close_shift, gap=8)
        count.setStretch(1, 1)
        move = widgets.row(self.put_in, self.take_out, None, gap=8)
        trouble, rule = self.cash_trouble.label, widgets.frame("rule")
        self._cash_form.setLayout(widgets.column(self._cash_title, what, move, trouble, rule, gap=8))
        forms = widgets.column(
            self._cash_form,
            self._close_title,
            self.waits,
            self._blind,
            count,
            self.close_trouble.label,
            None,
            gap=8,
        )
        self.pad.setFixedWidth(220)
        beside = widgets.row(forms, widgets.column(self.pad, None), gap=16)
        beside.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(
            widgets.column(self.facts, beside, self.manager, widgets.frame("rule"), self.past, None, gap=10)
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

    @Slot()
    def _show_all(self) -> None:
        self._cash_form.show()

    def _let_move(self, may: bool) -> None:
        for button in (self.put_in, self.take_out):
            button.setEnabled(may)

    def _move(self, sign: int) -> None:
        fen, reason = self.cash.fen, self.reason.text().strip()
        if not fen:
            self.cash_trouble.say(self.tr("Type the amount like 200 or 200.00."))
            self.cash.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not reason:
            self.cash_trouble.say(self.tr("Say what the cash is for."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.cash_trouble.say("")
            # Until it is answered: a second tap must not be a second movement.
            self._let_move(False)
            self.cash_moved.emit(sign * fen, reason)

    @Slot()
    def _close(self) -> None:
        if self.count.fen is None:
            self.close_trouble.say(self.tr("Type what was counted, like 1234.50."))
            self.count.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close_trouble.say("")
            self.counted.emit(self.count.fen)

    @Slot(str, str)
    def _accept(self, pin: str, reason: str) -> None:
        if self.count.fen is not None:
            self.accepted.emit(self.count.fen, pin, reason)
