"""What narrows products down: a field for name, article number or barcode, and the storage zones."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from app.domain.records import ProductRecord
from app.usecases.stock import StockRow
from ui import icons, theme, widgets, words
from ui.flow import Flow
from ui.icons import Icon
from ui.widgets import Button

# A pause in the typing that is long enough to look.
_TYPING_MS = 120
# Letters' heights that the strip needs to show the zones in words.
_ROOM_FOR_WORDS = 76
_SEARCH_WIDTH = 180


class _Search(widgets.Field):
    """A field that leaves the strip in one line: it asks for little, and grows into what is left."""

    def sizeHint(self) -> QSize:
        """Ask for a short word's room."""
        return QSize(_SEARCH_WIDTH, super().sizeHint().height())


class ProductFilter(QWidget):
    """A strip with the page's own buttons at its end; `changed(text, zone)` after a pause in the typing."""

    changed = Signal(str, str)

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self.text = _Search()
        self.text.setClearButtonEnabled(True)
        self.text.setObjectName("search")
        self.text.setMinimumWidth(_SEARCH_WIDTH)
        self.text.setTextMargins(28, 0, 0, 0)
        glass = widgets.row(Icon("search", "muted"), None)
        glass.setContentsMargins(12, 0, 0, 0)
        self.text.setLayout(glass)
        self.zones = QButtonGroup(self)
        self._chips = {zone: self._chip(zone) for zone in ("", *words.ZONES)}
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._pause.timeout.connect(self.tell)
        self.text.textChanged.connect(self._wait)
        self.zones.buttonClicked.connect(self.tell)
        self.setLayout(Flow(self.text, *self._chips.values(), *buttons, grows=(self.text,)))
        self.retranslate()
        self._dress()

    @property
    def zone(self) -> str:
        """The zone that is looked for, empty for all."""
        chip = self.zones.checkedButton()
        return str(chip.property("zone")) if chip else ""

    @Slot()
    def tell(self) -> None:
        """Say what is looked for, without waiting for a pause."""
        self._pause.stop()
        self.changed.emit(self.text.text(), self.zone)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.text.setPlaceholderText(self.tr("Name or barcode"))
        self.text.setAccessibleName(self.tr("Find a product"))
        for zone, chip in self._chips.items():
            chip.setText(words.zone(zone) if zone else self.tr("All"))
            chip.setToolTip(chip.text())
            chip.setAccessibleName(chip.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._dress()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the zones by their drawings alone where there is no room for words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        roomy = self.width() >= _ROOM_FOR_WORDS * theme.look().sizes.body
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if roomy else Qt.ToolButtonStyle.ToolButtonIconOnly
        for zone, chip in self._chips.items():
            if zone:
                chip.setToolButtonStyle(style)

    def _dress(self) -> None:
        for zone, chip in self._chips.items():
            if zone:
                chip.setIcon(icons.icon(words.zone_icon(zone), "muted", checked="on_accent_soft", size=20))
        self._fit()

    @Slot()
    def _wait(self) -> None:
        self._pause.start()

    def _chip(self, zone: str) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("role", "chip")
        chip.setProperty("zone", zone)
        chip.setCheckable(True)
        chip.setChecked(not zone)
        chip.setIconSize(QSize(20, 20))
        self.zones.addButton(chip)
        return chip


def fits(product: ProductRecord, text: str, zone: str) -> bool:
    """Tell whether a product matches a text (name, article number, barcode; any case) and a storage zone."""
    if zone and product.zone != zone:
        return False
    plain = text.casefold().strip()
    return not plain or any(plain in part.casefold() for part in (product.name, product.sku, product.barcode))


def by_barcode(rows: Iterable[StockRow], text: str) -> StockRow | None:
    """Return the product with this barcode or article number."""
    plain = text.strip()
    return next((row for row in rows if plain and plain in (row.product.barcode, row.product.sku)), None)
