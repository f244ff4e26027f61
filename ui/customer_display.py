"""The second screen, which faces the customer: what goes over the counter, a code to pass on, quiet when idle."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.changes import Changes
from app.domain.records import StoreRecord
from app.settings import Settings
from app.usecases.work import Work
from ui import codes, widgets, words
from ui.customer_view import CustomerView, Moment
from ui.icons import Icon
from ui.parts import Parts

# What fits on a screen of 1024 × 600 in letters that are read from a metre.
_MOST_LINES = 6
# The least, in pixels: a share link is readable from half a metre; a larger screen gives it more.
_CODE_SIZE = 240
# She still looks at it while she puts the goods into her bag; the counter is ready for the next one long before.
LINGER_MS = 20_000


class CustomerDisplay(QWidget):
    """Fills a screen; takes neither the focus nor a key, which belong to the clerk."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view, self.store = CustomerView(), ""
        self.share_url = ""
        self._name = widgets.label("title")
        self.head = widgets.label("word", wrap=True)
        self.order = widgets.label("word")
        self.say = widgets.label("big", wrap=True)
        self._icon = Icon(size=128)
        self._lines = widgets.column(gap=4)
        self.code = _Code()
        for text in (self._name, self.head, self.order, self.say):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        drawing = widgets.row(None, self._icon, None)
        parts = (self._name, None, drawing, self.head, self.order, self._lines, self.code, self.say, None)
        layout = widgets.column(*parts, margin=24, gap=8)
        layout.setStretchFactor(self.code, 100)
        self.setLayout(layout)
        self.show_view(self.view)

    def show_store(self, name: str, share_url: str) -> None:
        """Name the store, and what its customers may pass on (empty: nothing)."""
        self.store, self.share_url = name, share_url
        self.show_view(self.view)

    def show_view(self, view: CustomerView) -> None:
        """Show another moment."""
        self.view = view
        # First of all: a window that once had to grow never shrinks again.
        widgets.empty(self._lines)
        heads = {
            Moment.IDLE: self.tr("Welcome"),
            Moment.GIVING: self.tr("Your order"),
            Moment.GIVEN: self.tr("Thank you, see you soon"),
        }
        share = self.share_url if view.moment is Moment.GIVEN else ""
        says = {
            Moment.IDLE: self.tr("Please have your pickup code ready."),
            Moment.GIVING: self.tr("Please check that everything is there."),
            Moment.GIVEN: self.tr("Scan to share with a friend.") if share else "",
        }
        self._name.setText(self.store)
        self.head.setText(heads[view.moment])
        self.order.setText(view.label)
        self.order.setVisible(view.moment is Moment.GIVING)
        self.say.setText(says[view.moment])
        self._icon.show_icon("counter" if view.moment is Moment.IDLE else "verdict_ready", "accent")
        # Goods and the code need the room.
        self._icon.setVisible(view.moment is not Moment.GIVING and not share)
        self.code.show_text(share)
        if view.moment is Moment.GIVING:
            self._fill(view)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.show_view(self.view)
        super().changeEvent(event)

    def _fill(self, view: CustomerView) -> None:
        for line in view.lines[:_MOST_LINES]:
            self._lines.addWidget(self._line(f"{line.quantity} ×  {words.product(line)}"))
        if len(view.lines) > _MOST_LINES:
            self._lines.addWidget(self._line(self.tr("and %n more", "", len(view.lines) - _MOST_LINES)))

    @staticmethod
    def _line(text: str) -> QWidget:
        said = widgets.label("big", text, wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return said


class _Code(QWidget):
    """A QR code with its white border."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.setMinimumSize(_CODE_SIZE, _CODE_SIZE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a text as a code, or nothing."""
        self.text = text
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self.text:
            with QPainter(self) as painter:
                codes.draw_code(painter, self.text, QRectF(self.rect()))


class CustomerScreen(QObject):
    """Puts the display on a second screen while the settings want it, and takes it away with the screen."""

    def __init__(
        self, window: QWidget, parts: Parts, screens: Callable[[], Sequence[QScreen]] = QGuiApplication.screens
    ) -> None:
        super().__init__(window)
        self._window, self._parts, self._screens = window, parts, screens
        self._store: StoreRecord | None = None
        self.display: CustomerDisplay | None = None
        self.linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self.linger.timeout.connect(self._show_now)
        parts.preferences.changed.connect(self._follow_settings)
        parts.customer.changed.connect(self._show)
        parts.tasks.changed.connect(self._follow)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self.settle)
            app.screenRemoved.connect(self.settle)

    @Slot()
    def settle(self) -> None:
        """Show the display where it belongs now, or nowhere."""
        other = self._other_screen() if self._parts.preferences.now.customer_display else None
        if other is None:
            self.close()
            return
        if self.display is None:
            self.display = CustomerDisplay()
            self.display.show_view(self._parts.customer.now)
            self._ask_store()
        self.display.setScreen(other)
        self.display.setGeometry(other.geometry())
        # Not `showFullScreen`, which asks for the focus as well.
        self.display.setWindowState(Qt.WindowState.WindowFullScreen)
        self.display.show()

    def close(self) -> None:
        """Take the display away."""
        if self.display:
            self.display.close()
            self.display.deleteLater()
        self.display = None

    def _other_screen(self) -> QScreen | None:
        ours = self._window.screen()
        return next((each for each in self._screens() if each is not ours), None)

    def _ask_store(self) -> None:
        self._parts.tasks.ask_quietly(_store, then=self._take_store)

    def _take_store(self, store: StoreRecord | None) -> None:
        if self.display and store:
            self.display.show_store(store.name, store.share_url)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if self.display and changes.profile:
            self._ask_store()

    @Slot(object)
    def _follow_settings(self, settings: Settings) -> None:
        if settings.customer_display != (self.display is not None):
            self.settle()

    @Slot(object)
    def _show(self, view: CustomerView) -> None:
        thanked = self.display is not None and self.display.view.moment is Moment.GIVEN
        if thanked and view.moment is Moment.IDLE:
            self.linger.start()
        else:
            self._show_now()

    @Slot()
    def _show_now(self) -> None:
        self.linger.stop()
        if self.display:
            self.display.show_view(self._parts.customer.now)


def _store(work: Work) -> StoreRecord | None:
    return work.known.store
