"""A field for an amount in yuan, and the words of the tenders."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt

from app.domain.money import format_fen, parse_fen
from app.domain.till import TenderKind
from ui import widgets

translate = QCoreApplication.translate
ICONS = {
    TenderKind.CASH: "cash",
    TenderKind.WECHAT: "phone",
    TenderKind.ALIPAY: "phone",
    TenderKind.CARD: "card",
}


class AmountField(widgets.Field):
    """Takes `12.80`, `12` or `¥12.8`; anything else is no amount."""

    def __init__(self) -> None:
        super().__init__()
        widgets.without_input_method(self)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setMaxLength(12)
        self.setMinimumWidth(130)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @property
    def fen(self) -> int | None:
        """What was typed, in fen; None when it is no amount."""
        try:
            return parse_fen(self.text())
        except ValueError:
            return None

    def show_fen(self, fen: int) -> None:
        """Write an amount, ready to be typed over."""
        self.setText(format_fen(fen).removeprefix("¥"))
        self.selectAll()


def tender_word(kind: TenderKind) -> str:
    """Return a way to pay in a clerk's words."""
    return {
        TenderKind.CASH: translate("till", "Cash"),
        TenderKind.WECHAT: translate("till", "WeChat"),
        TenderKind.ALIPAY: translate("till", "Alipay"),
        TenderKind.CARD: translate("till", "Card"),
    }[kind]
