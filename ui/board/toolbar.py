"""The strip over the columns: what to look for, and what to do with the cards that were chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui import theme, widgets
from ui.board.stack import Stack
from ui.board.zones import ZoneChips
from ui.flow import Flow
from ui.icons import Icon
from ui.widgets import Button

# A pause in the typing that is long enough to look.
_TYPING_MS = 150
# Letters' heights that the strip needs to show the zones in words.
_ROOM_FOR_WORDS = 72


class Filters(QWidget):
    """Search field and storage zones, the undo of the last move, and the way into choosing several."""

    filter_changed = Signal(str, str)  # text, zone

    def __init__(self) -> None:
        super().__init__()
        self.text = QLineEdit()
        self.text.setObjectName("search")
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(120)
        self.text.setTextMargins(28, 0, 0, 0)
        glass = widgets.row(Icon("search", "muted"), None)
        glass.setContentsMargins(12, 0, 0, 0)
        self.text.setLayout(glass)
        self.zones = ZoneChips()
        self.undo = Button("undo", tint="accent")
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.several = Button("check")
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._pause.timeout.connect(self._tell)
        self.text.textChanged.connect(self._wait)
        self.zones.chosen.connect(self._tell)
        bar = widgets.row(self.text, 4, self.zones, None, self.undo, self.several, gap=8)
        bar.setStretch(0, 2)
        self.setLayout(bar)
        self.dress()

    def clear(self) -> None:
        """Look for everything again."""
        self.text.clear()
        self.zones.clear()
        self._tell()

    def dress(self) -> None:
        """Draw the icons in the theme's colours, as large as its letters allow."""
        self._fit()
        self.zones.dress()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.text.setPlaceholderText(self.tr("Number, name or product"))
        self.text.setAccessibleName(self.text.placeholderText())
        self.several.setToolTip(self.tr("Choose several"))
        self.several.setAccessibleName(self.tr("Choose several"))
        self.zones.retranslate()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the strip to its place."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the zones by their drawings alone where there is no room for words."""
        roomy = self.width() >= _ROOM_FOR_WORDS * theme.look().sizes.body
        self.several.setText(self.several.toolTip() if roomy else "")
        self.zones.show_words(roomy)

    @Slot()
    def _wait(self) -> None:
        self._pause.start()

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        self.filter_changed.emit(self.text.text(), self.zones.zone)


class ParcelCount(Button):
    """How many parcels each order has: a tap is one more, after nine it begins anew."""

    MOST = 9

    def __init__(self) -> None:
        super().__init__(clicked=self._more)
        self.value = self._proposed = 1
        self._set(1)

    def propose(self, parcels: int) -> None:
        """Begin at one, or at as many as the orders have labels already; what was tapped since stays."""
        if parcels != self._proposed:
            self._proposed = parcels
            self._set(max(1, parcels))

    def reset(self) -> None:
        """Begin anew."""
        self._proposed = 1
        self._set(1)

    def _more(self) -> None:
        self._set(self.value % self.MOST + 1)

    def _set(self, value: int) -> None:
        self.value = value
        self.setText(f"× {value}")


class Actions(QWidget):
    """What can be done with the chosen cards."""

    def __init__(self) -> None:
        super().__init__()
        self.count = widgets.label("title")
        # The hint may be cut: the buttons may not.
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.count.setMinimumWidth(40)
        self.begin = Button("clock")
        self.shelf = QLineEdit()
        self.shelf.setMaxLength(20)
        self.shelf.setFixedWidth(130)
        self.pack = Button("shelf")
        self.labels = Button("print")
        self.parcels = ParcelCount()
        self.reject = Button("attention")
        self.put_back = Button("put_back")
        self.done = Button("close", role="quiet", tint="accent")
        packing = (self.begin, self.shelf, self.pack, self.labels, self.parcels)
        self.setLayout(Flow(self.count, *packing, self.reject, self.put_back, self.done, gap=8, grows=(self.count,)))

    def show_count(self, count: int, *, may_reject: bool, may_put_back: bool) -> None:
        """Show how many are chosen; without any there is nothing to do, and one at a time is rejected.

        What nobody came for is put back instead.
        """
        hint = self.tr("Tap the cards that belong together")
        self.count.setText(self.tr("%n chosen", "", count) if count else hint)
        for button in (self.begin, self.pack, self.labels):
            button.setEnabled(bool(count))
        self.reject.setEnabled(may_reject)
        self.reject.setVisible(not may_put_back)
        self.put_back.setVisible(may_put_back)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.begin.setText(self.tr("Begin"))
        self.shelf.setPlaceholderText(self.tr("Shelf (if any)"))
        self.shelf.setAccessibleName(self.shelf.placeholderText())
        self.pack.setText(self.tr("Packed"))
        self.labels.setText(self.tr("Labels"))
        self.parcels.setAccessibleName(self.tr("Parcels of each order"))
        self.parcels.setToolTip(self.tr("Parcels of each order"))
        self.put_back.setText(self.tr("Put back…"))
        self.reject.setText(self.tr("Cannot be served…"))
        self.done.setText(self.tr("Done"))


class Toolbar(Stack):
    """Filters, or actions while several cards are being chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.filters = Filters()
        self.actions_ = Actions()
        self.addWidget(self.filters)
        self.addWidget(self.actions_)

    def choose(self, choosing: bool) -> None:
        """Show the actions, or the filters again."""
        self.setCurrentWidget(self.actions_ if choosing else self.filters)
        if not choosing:
            self.actions_.parcels.reset()
