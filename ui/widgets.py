"""The few parts that every page is made of, so that all pages look alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.order import ON_SHELF, Status
from ui import icons, theme, words
from ui.icons import Icon

GAP = 12
# From this size of text on what stood beside each other stands in two lines.
_LARGE = 20
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
L = TypeVar("L", bound=QBoxLayout)


class Button(QPushButton):
    """A button of at least 48 px, with a drawing that follows the theme; `role` is the style sheet's."""

    def __init__(
        self, icon: str = "", role: str = "", tint: str = "text", clicked: Callable[[], Any] | None = None
    ) -> None:
        super().__init__()
        self._icon, self._tint = icon, tint
        if role:
            self.setProperty("role", role)
        self.setIconSize(QSize(24, 24))
        self._act = clicked
        if clicked:
            # To a slot of its own: PySide keeps a callable that was connected for good, also after the button is gone.
            self.clicked.connect(self._run)
        self._draw()

    @Slot()
    def _run(self) -> None:
        if self._act:
            self._act()

    def show_icon(self, icon: str, tint: str) -> None:
        """Show another drawing or another colour."""
        self._icon, self._tint = icon, tint
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press what the Tab key was brought to: there the ring is seen, and the big button has it not."""
        if event.key() in ENTER and self.focusPolicy() == Qt.FocusPolicy.TabFocus:
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: Any) -> None:
        """Draw the icon again when the theme changes."""
        if event.type() == event.Type.StyleChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        if self._icon:
            self.setIcon(icons.icon(self._icon, self._tint))


class _RowButton(Button):
    """A button as high as what stands in it."""

    def event(self, event: QEvent) -> bool:
        """Ask for the room once the style sheet has set its own least height, which overrules every hint."""
        dressed = event.type() == QEvent.Type.Polish
        done = super().event(event)
        # Only then: after the event that ends it, there is no button any more.
        if dressed and (layout := self.layout()):
            self.setMinimumHeight(max(self.minimumHeight(), layout.sizeHint().height()))
        return done


class Field(QLineEdit):
    """A line to type in whose Enter means this field alone: Qt would offer the key to the page behind it as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the Enter key, and leave a picture in the clipboard to the window."""
        if event.matches(QKeySequence.StandardKey.Paste) and not QGuiApplication.clipboard().text():
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in ENTER:
            event.accept()

    def take_over(self, text: str) -> None:
        """Take what was typed where nobody wanted it, and the focus with it.

        Behind what stands there: a scan's first digits come this way too, and are taken out again.
        """
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.end(False)
        self.insert(text)


class ComboBox(QComboBox):
    """A list to choose from, with our own arrow."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow over what the style draws."""
        super().paintEvent(event)
        tint = "muted" if self.isEnabled() else "on_calm"
        arrow = icons.pixmap("chevron", theme.colour(tint), 20, self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.width() - 34, (self.height() - 20) // 2, arrow)


def without_input_method(field: QLineEdit) -> None:
    """Keep input methods out of a field that takes digits only: they would eat what a scanner types."""
    field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    field.setInputMethodHints(field.inputMethodHints() | Qt.InputMethodHint.ImhDigitsOnly)


def is_text_large() -> bool:
    """Tell whether the text is so large that parts must make room for it."""
    return theme.look().sizes.body >= _LARGE


def label(role: str = "", text: str = "", *, wrap: bool = False) -> QLabel:
    """Return a text of the style sheet's role: title, big, word, muted or plain."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def order_button(
    order: str,
    person: QLabel,
    when: str,
    status: Status,
    *,
    tapped: Callable[[], Any],
    shelf: str = "",
    stands_out: bool = False,
) -> Button:
    """Return an order in one row that can be tapped: its number, for whom, when, and its shelf or how far it is."""
    button = _RowButton(role="rowbutton", clicked=tapped)
    # Only the Tab key brings the focus here: a tap must not change what the Enter key does next.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    state = label("", shelf or words.status(status))
    state.setProperty("soft", "yes" if status in ON_SHELF else "wait")
    time = label("" if stands_out else "muted", when)
    if stands_out:
        time.setProperty("soft", "accent")
    layout = _order_row(label("title", order), person, time, state)
    layout.setContentsMargins(12, 5, 8, 5)
    button.setLayout(layout)
    button.setAccessibleName(f"{order} {person.text()} {when} {state.text()}")
    return button


def _order_row(order: QWidget, person: QWidget, time: QWidget, state: QWidget) -> QBoxLayout:
    if not is_text_large():
        return row(order, person, None, time, state, gap=10)
    # At large text one line would cut off what matters most, the shelf.
    return column(row(order, person, None, gap=10), row(time, None, state, gap=10), gap=4)


def frame(role: str = "panel") -> QFrame:
    """Return a frame of the style sheet's role: panel, row, rule."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def column(*parts: QWidget | QLayout | int | None, margin: int = 0, gap: int = GAP) -> QVBoxLayout:
    """Stack parts; an int is a fixed space, `None` takes what room is left."""
    return _filled(QVBoxLayout(), parts, margin, gap)


def row(*parts: QWidget | QLayout | int | None, margin: int = 0, gap: int = GAP) -> QHBoxLayout:
    """Put parts side by side; an int is a fixed space, `None` takes what room is left."""
    return _filled(QHBoxLayout(), parts, margin, gap)


def scrolled(inside: QWidget) -> QScrollArea:
    """Return `inside` in an area that scrolls up and down only."""
    inside.setProperty("role", "scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while item := layout.takeAt(0):
        if inner := item.widget():
            inner.hide()
            inner.deleteLater()
        elif nested := item.layout():
            empty(nested)


class EmptyState(QWidget):
    """What a page or a list shows when there is nothing: a drawing and one sentence."""

    def __init__(self, icon: str = "info", size: int = 56) -> None:
        super().__init__()
        self._icon = Icon(icon, "muted", size)
        self.text = label("muted", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        centred = row(None, self._icon, None)
        self.setLayout(column(None, centred, self.text, None))

    def say(self, icon: str, text: str) -> None:
        """Show another drawing and sentence."""
        self._icon.show_icon(icon, "muted")
        self.text.setText(text)


def _filled(layout: L, parts: tuple[QWidget | QLayout | int | None, ...], margin: int, gap: int) -> L:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def tone(widget: QWidget, name: str) -> None:
    """Paint a frame in a tone (yes, wait, no, accent, calm), with its words in the colour that reads on it."""
    theme.mark(widget, tone=name)
