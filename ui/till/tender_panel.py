"""How it is paid: cash with its change, a payment by phone or card with its number, or several of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup

from app.domain.money import format_fen
from app.domain.till import LONGEST_REFERENCE, MOST_TENDERS, NEEDS_REFERENCE, Tender, TenderKind
from ui import widgets
from ui.in_place import InPlace
from ui.number_pad import NumberPad
from ui.till.amount import AmountField, tender_word
from ui.till.trouble import Trouble
from ui.widgets import Button

NOTES = (1_000, 2_000, 5_000, 10_000)
MOST_QUICK = 4
# How the payment codes begin that customers show on their phones.
_SHOWN = {
    TenderKind.WECHAT: re.compile(r"1[0-5]\d{16}", re.ASCII),
    TenderKind.ALIPAY: re.compile(r"(2[5-9]|30)\d{14,22}", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A part that the customer has paid; `given_fen` is what she put down, if it was cash."""

    tender: Tender
    given_fen: int = 0


def quick_amounts(due_fen: int) -> tuple[int, ...]:
    """Return what a customer is likely to put down: the exact sum, then the next round sums of notes."""
    found = [due_fen]
    for note in NOTES:
        rounded = -(-due_fen // note) * note
        if rounded not in found:
            found.append(rounded)
    return tuple(found[:MOST_QUICK])


def kind_of_code(text: str) -> TenderKind | None:
    """Return whose payment code a scanned text looks like."""
    return next((kind for kind, shape in _SHOWN.items() if shape.fullmatch(text)), None)


class TenderPanel(InPlace):
    """Emits `paid(tenders, cash given)` once the whole sum is there.

    What was taken stays taken, whatever happens to the basket meanwhile, until it is given back here or sold.
    """

    paid = Signal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._total = 0
        self.taken: list[Taken] = []
        self.taken_buttons: list[Button] = []
        self._kind = TenderKind.CASH
        self._busy = False
        self.title = widgets.label("title")
        self.due = widgets.label("word")
        self.kinds: dict[TenderKind, Button] = {}
        group = QButtonGroup(self)
        for kind in TenderKind:
            button = Button(role="tight", clicked=partial(self._choose, kind))
            button.setCheckable(True)
            group.addButton(button)
            self.kinds[kind] = button
        self.amount = AmountField()
        self.amount.textChanged.connect(self._show_change)
        self.amount.returnPressed.connect(self.submit)
        self.reference = widgets.Field()
        self.reference.setMaxLength(LONGEST_REFERENCE)
        self.reference.returnPressed.connect(self.submit)
        self.pad = NumberPad(self.amount, self.reference)
        self._amount_word = widgets.label("muted")
        self._taken_place, self._quick = widgets.column(gap=6), widgets.column(gap=6)
        self._change_word, self.change = widgets.label("title"), widgets.label("word")
        self.trouble = Trouble()
        self.go = Button("check", role="primary", tint="on_accent", clicked=self.submit)
        self.back = Button(role="second", clicked=self.close_panel)
        self._compose()
        self.retranslate()

    def open_panel(self, total_fen: int) -> None:
        """Ask for a sum; what was taken of it before counts."""
        self._total, self._busy = total_fen, False
        self.trouble.say("")
        self._choose(self._kind if self.taken else TenderKind.CASH)

    @Slot()
    def close_panel(self) -> None:
        """Go back to the basket."""
        self.closed.emit()

    def refuse(self, sentence: str) -> None:
        """Say why the sale was not made; the payment stands as it was taken."""
        self._busy = False
        self.amount.show_fen(max(0, self.left))
        self._show()
        self.trouble.say(sentence)

    def forget(self) -> None:
        """Begin anew: it is sold."""
        self.taken = []

    def take_scan(self, text: str) -> bool:
        """Take the number of a payment that was scanned; False where none is wanted."""
        kind = kind_of_code(text) or (self._kind if self._kind is not TenderKind.CASH else None)
        if kind is None or not text or len(text) > LONGEST_REFERENCE:
            return False
        if kind is not self._kind:
            self._choose(kind)
        self.reference.setText(text)
        self.trouble.say("")
        return True

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("To pay"))
        for kind, button in self.kinds.items():
            button.setText(tender_word(kind))
        self.reference.setPlaceholderText(self.tr("Number of the payment: type or scan it"))
        self.reference.setAccessibleName(self.tr("Number of the payment"))
        self.back.setText(self.tr("Back"))
        self._change_word.setText(self.tr("Change"))
        self._show()

    @property
    def left(self) -> int:
        """What is still to pay; below 0 where more was taken than the basket costs by now."""
        return self._total - sum(taken.tender.fen for taken in self.taken)

    @Slot()
    def submit(self) -> None:
        """Take what is typed as a part, and the sale once the whole sum is there."""
        if self._busy:
            return
        if flaw := self._flaw():
            self.trouble.say(flaw)
            return
        self.trouble.say("")
        self._take()
        if self.left:
            self._choose(self._kind)
            return
        self._busy = True
        self._show()
        given = sum(taken.given_fen for taken in self.taken)
        self.paid.emit(tuple(taken.tender for taken in self.taken), given)

    def _compose(self) -> None:
        head = widgets.row(self.title, None, self.due)
        amount = widgets.row(self._amount_word, self.amount)
        amount.setStretch(1, 1)
        keys = widgets.row(self.pad, self._quick, gap=6)
        keys.setStretch(0, 3)
        keys.setStretch(1, 2)
        buttons = widgets.row(self.go, self.back, gap=8)
        buttons.setStretch(0, 1)
        self.setLayout(
            widgets.column(
                head,
                self._taken_place,
                widgets.row(*self.kinds.values(), gap=6),
                amount,
                self.reference,
                keys,
                widgets.row(self._change_word, None, self.change),
                None,
                self.trouble.label,
                buttons,
                margin=14,
                gap=6,
            )
        )

    def _choose(self, kind: TenderKind) -> None:
        self._kind = kind
        self.kinds[kind].setChecked(True)
        self.reference.clear()
        self.amount.show_fen(max(0, self.left))
        self._show()
        is_cash = kind is TenderKind.CASH
        (self.amount if is_cash else self.reference).setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        fen, reference = self.amount.fen or 0, self.reference.text().strip()
        part, is_cash = min(fen, self.left), self._kind is TenderKind.CASH
        if part:
            tender = Tender(self._kind, part, "" if is_cash else reference)
            self.taken.append(Taken(tender, fen if is_cash else 0))

    def _give_back(self, place: int) -> None:
        del self.taken[place]
        self.trouble.say("")
        self._choose(self._kind)

    # ── what is shown ──────────────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        is_cash = self._kind is TenderKind.CASH
        self.due.setText(format_fen(self.left))
        self._amount_word.setText(self.tr("Given") if is_cash else self.tr("Amount"))
        self.reference.setVisible(not is_cash)
        self.go.setEnabled(not self._busy and self.left >= 0)
        if self.left < 0:
            self.trouble.say(self.tr("More was taken than it costs now: tap a part and give it back."))
        self._show_taken()
        self._show_quick(is_cash)
        self._show_change()

    def _show_taken(self) -> None:
        widgets.empty(self._taken_place)
        self.taken_buttons = []
        for place, taken in enumerate(self.taken):
            button = Button("close", clicked=partial(self._give_back, place))
            text = self.tr("%1 taken").replace("%1", f"{tender_word(taken.tender.kind)} {format_fen(taken.tender.fen)}")
            button.setText(text)
            button.setToolTip(self.tr("Give it back"))
            button.setEnabled(not self._busy)
            self.taken_buttons.append(button)
        for first in range(0, len(self.taken_buttons), 2):
            self._taken_place.addLayout(widgets.row(*self.taken_buttons[first : first + 2], gap=6))

    def _show_quick(self, is_cash: bool) -> None:
        widgets.empty(self._quick)
        if not is_cash or self.left <= 0:
            return
        for fen in quick_amounts(self.left):
            button = Button(role="tight", clicked=partial(self.amount.show_fen, fen))
            button.setText(format_fen(fen))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._quick.addWidget(button)
        self._quick.addStretch(1)

    @Slot()
    def _show_change(self) -> None:
        fen = self.amount.fen
        more = (fen or 0) - max(0, self.left)
        over = self._kind is TenderKind.CASH and more > 0
        self.change.setText(format_fen(more))
        for each in (self._change_word, self.change):
            each.setVisible(over)
        short = fen is not None and fen < self.left
        self.go.setText(self.tr("Take this part") if short else self.tr("Paid"))

    def _flaw(self) -> str:
        fen = self.amount.fen
        if fen is None or (not fen and self.left):
            return self.tr("Type the amount like 12.80.")
        if self._kind is not TenderKind.CASH and fen > self.left:
            return self.tr("That is more than there is to pay.")
        if self.left and self._kind in NEEDS_REFERENCE and not self.reference.text().strip():
            return self.tr("The payment's number is missing: see the customer's phone.")
        if len(self.taken) >= MOST_TENDERS - 1 and fen < self.left:
            return self.tr("That would be too many parts.")
        return ""
