"""How it is paid: cash with its change, a payment by phone or card with its number, or several of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame

from app.domain.money import format_fen
from app.domain.till import LONGEST_REFERENCE, MOST_TENDERS, NEEDS_REFERENCE, Tender, TenderKind
from ui import widgets
from ui.till.amount import ICONS, AmountField, tender_word
from ui.till.trouble import Trouble
from ui.widgets import Button

NOTES = (1_000, 2_000, 5_000, 10_000)
MOST_QUICK = 4


def quick_amounts(due_fen: int) -> tuple[int, ...]:
    """Return what a customer is likely to put down: the exact sum, then the next round sums of notes."""
    found = [due_fen]
    for note in NOTES:
        rounded = -(-due_fen // note) * note
        if rounded not in found:
            found.append(rounded)
    return tuple(found[:MOST_QUICK])


class TenderPanel(QFrame):
    """Emits `paid(tenders, cash given)` once the whole sum is there."""

    paid = Signal(object, int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._total = 0
        self._parts: list[Tender] = []
        self._given = 0
        self._kind = TenderKind.CASH
        self.title = widgets.label("title")
        self.due = widgets.label("word")
        self.kinds: dict[TenderKind, Button] = {}
        group = QButtonGroup(self)
        for kind in TenderKind:
            button = Button(ICONS[kind], clicked=partial(self._choose, kind))
            button.setCheckable(True)
            group.addButton(button)
            self.kinds[kind] = button
        self.amount = AmountField()
        self.amount.textChanged.connect(self._show_change)
        self.amount.returnPressed.connect(self._take)
        self.reference = widgets.Field()
        self.reference.setMaxLength(LONGEST_REFERENCE)
        self.reference.returnPressed.connect(self._take)
        self._amount_word, self._parts_word = widgets.label("muted"), widgets.label("muted", wrap=True)
        self._quick = widgets.column(gap=6)
        self.change = widgets.label("big")
        self.trouble = Trouble()
        self.go = Button("check", role="primary", tint="on_accent", clicked=self._take)
        self.back = Button(role="second", clicked=self.close_panel)
        self._compose()
        self.retranslate()

    def open_panel(self, total_fen: int) -> None:
        """Ask for a sum."""
        self._total, self._parts, self._given = total_fen, [], 0
        self.trouble.say("")
        self.go.setEnabled(True)
        self._choose(TenderKind.CASH)

    @Slot()
    def close_panel(self) -> None:
        """Go back to the basket; nothing was taken."""
        self.closed.emit()

    def refuse(self, sentence: str) -> None:
        """Say why the sale was not made; the payment stands as it was typed."""
        self.trouble.say(sentence)
        self.go.setEnabled(True)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("To pay"))
        for kind, button in self.kinds.items():
            button.setText(tender_word(kind))
        self.reference.setPlaceholderText(self.tr("Number of the payment: type or scan it"))
        self.reference.setAccessibleName(self.tr("Number of the payment"))
        self.back.setText(self.tr("Back"))
        self._show()

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

    @property
    def left(self) -> int:
        """What is still to pay."""
        return self._total - sum(part.fen for part in self._parts)

    def _compose(self) -> None:
        kinds = list(self.kinds.values())
        ways = widgets.column(widgets.row(kinds[0], kinds[1], gap=6), widgets.row(kinds[2], kinds[3], gap=6), gap=6)
        amount = widgets.row(self._amount_word, self.amount)
        amount.setStretch(1, 1)
        buttons = widgets.row(self.go, self.back, gap=8)
        buttons.setStretch(0, 1)
        layout = widgets.column(
            self.title,
            self.due,
            self._parts_word,
            ways,
            amount,
            self._quick,
            self.reference,
            self.change,
            None,
            self.trouble.label,
            buttons,
            margin=14,
            gap=8,
        )
        self.setLayout(layout)

    @Slot()
    def _choose(self, kind: TenderKind) -> None:
        self._kind = kind
        self.kinds[kind].setChecked(True)
        self.reference.clear()
        self.amount.show_fen(self.left)
        self._show()
        is_cash = kind is TenderKind.CASH
        (self.amount if is_cash else self.reference).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        is_cash = self._kind is TenderKind.CASH
        self.due.setText(format_fen(self.left))
        self._amount_word.setText(self.tr("Given") if is_cash else self.tr("Amount"))
        paid = " · ".join(f"{tender_word(part.kind)} {format_fen(part.fen)}" for part in self._parts)
        self._parts_word.setText(self.tr("Paid: %1").replace("%1", paid))
        self._parts_word.setVisible(bool(paid))
        self.reference.setVisible(not is_cash)
        self._show_quick(is_cash)
        self._show_change()

    def _show_quick(self, is_cash: bool) -> None:
        widgets.empty(self._quick)
        if not is_cash or not self.left:
            return
        buttons = []
        for fen in quick_amounts(self.left):
            button = Button(clicked=partial(self.amount.show_fen, fen))
            button.setText(format_fen(fen))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.append(button)
        for first in range(0, len(buttons), 2):
            self._quick.addLayout(widgets.row(*buttons[first : first + 2], gap=6))

    @Slot()
    def _show_change(self) -> None:
        fen = self.amount.fen
        more = (fen or 0) - self.left
        over = self._kind is TenderKind.CASH and more > 0
        self.change.setText(self.tr("Change %1").replace("%1", format_fen(more)) if over else "")
        short = fen is not None and fen < self.left
        self.go.setText(self.tr("Take this part") if short else self.tr("Paid"))

    @Slot()
    def _take(self) -> None:
        if flaw := self._flaw():
            self.trouble.say(flaw)
            return
        fen, reference = self.amount.fen or 0, self.reference.text().strip()
        part = min(fen, self.left)
        if part:
            self._parts.append(Tender(self._kind, part, "" if self._kind is TenderKind.CASH else reference))
        if self._kind is TenderKind.CASH:
            self._given += fen
        self.trouble.say("")
        if self.left:
            self._choose(self._kind)
            return
        self.go.setEnabled(False)
        self.paid.emit(tuple(self._parts), self._given)
        self._parts, self._given = [], 0

    def _flaw(self) -> str:
        fen = self.amount.fen
        if fen is None or (not fen and self.left):
            return self.tr("Type the amount like 12.80.")
        if self._kind is not TenderKind.CASH and fen > self.left:
            return self.tr("That is more than there is to pay.")
        if self._kind in NEEDS_REFERENCE and not self.reference.text().strip():
            return self.tr("The number of the payment is missing: it is on the customer's phone.")
        if len(self._parts) >= MOST_TENDERS - 1 and fen < self.left:
            return self.tr("That would be too many parts.")
        return ""
