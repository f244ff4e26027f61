"""The right half of the counter: what the scanner sees, the search field, who comes next, what went out last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.order import ON_SHELF
from app.usecases.board import Task
from app.usecases.revoke import RecentHandOver
from ui import theme, widgets
from ui.counter.scan_box import ScanBox
from ui.icons import Icon
from ui.manager_panel import ManagerPanel
from ui.words import Times


@dataclass(frozen=True, slots=True)
class Lists:
    """Who is here, who is expected next, what went out last."""

    here: tuple[Task, ...] = ()
    coming: tuple[Task, ...] = ()
    gone: tuple[RecentHandOver, ...] = ()


class SearchField(widgets.Field):
    """Takes everything a clerk might type: short code, phone's last four, order number."""

    asked = Signal(str)
    picture_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setMaxLength(4096)
        widgets.without_input_method(self)
        self.setMinimumHeight(56)
        self._icon = Icon("search", "muted")
        self._icon.setParent(self)
        self._picture = widgets.Button("picture", role="quiet", tint="muted", clicked=self.picture_asked.emit)
        self._picture.setParent(self)
        # Neither Tab nor a tap takes the focus from the field.
        self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._picture.setCursor(Qt.CursorShape.ArrowCursor)
        self._picture.setFixedSize(theme.TOUCH, theme.TOUCH)
        self.setTextMargins(34, 0, theme.TOUCH - 8, 0)
        self.retranslate()

    def submit(self) -> None:
        """Ask for what stands in the field, and make room for the next."""
        text = self.text().strip()
        self.clear()
        if text:
            self.asked.emit(text)

    def retranslate(self) -> None:
        """Say it in the language in force."""
        self.setPlaceholderText(self.tr("8 digits, phone's last four, a name"))
        self.setAccessibleName(self.tr("Search an order"))
        self._picture.setToolTip(self.tr("Choose a picture of a code (Ctrl+O)"))
        self._picture.setAccessibleName(self._picture.toolTip())

    def resizeEvent(self, event: QEvent) -> None:
        """Keep the magnifier and the picture in the middle."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._icon.move(14, (self.height() - self._icon.height()) // 2)
        self._picture.move(self.width() - theme.TOUCH - 4, (self.height() - theme.TOUCH) // 2)


class ListPanel(QFrame):
    """A title and a few rows, or a sentence when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.title = widgets.label("title")
        self.nothing = widgets.label("muted", wrap=True)
        self._inside = QWidget()
        self._rows: QVBoxLayout = widgets.column(gap=6)
        self._inside.setLayout(self._rows)
        self._scroll = widgets.scrolled(self._inside)
        self._scroll.setMinimumHeight(theme.TOUCH)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = widgets.column(self.title, self.nothing, self._scroll, margin=12, gap=8)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Replace the rows."""
        widgets.empty(self._rows)
        for row in rows:
            self._rows.addWidget(row)
        self._rows.addStretch(1)
        self.nothing.setVisible(not rows)
        self._scroll.setVisible(bool(rows))


class Side(QWidget):
    """The right half; a tap on a row asks for that order."""

    chosen = Signal(object)  # an order number
    revoke_asked = Signal(object)  # app.usecases.RecentHandOver

    def __init__(self, times: Times) -> None:
        super().__init__()
        self._times = times
        self.scan = ScanBox()
        self.search = SearchField()
        self.next = ListPanel()
        self.last = ListPanel()
        self.manager = ManagerPanel()
        self.manager.opened.connect(self._make_room)
        self.manager.closed.connect(self._fill)
        self._shown = Lists()
        self._layout = widgets.column(self.scan, self.search, self.next, self.manager, self.last)
        self.setLayout(self._layout)
        self.retranslate()

    def show_lists(self, lists: Lists) -> None:
        """Show who is here, who is expected next and what went out last."""
        self._shown = lists
        expected = self.tr("Arrived, and expected next") if lists.here else self.tr("Expected next")
        self.next.title.setText(expected)
        self.next.show_rows([*map(self._arrived, lists.here), *map(self._task, lists.coming)])
        self.last.show_rows([self._hand_over(done) for done in lists.gone])
        self._layout.setStretch(2, len(lists.here) + len(lists.coming) + 1)
        self._layout.setStretch(4, len(lists.gone) + 1)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.next.nothing.setText(self.tr("Nobody is expected: no open order in this store."))
        self.last.title.setText(self.tr("Last handed over"))
        self.last.nothing.setText(self.tr("Nothing has been handed over yet."))
        self.scan.retranslate()
        self.search.retranslate()
        self.show_lists(self._shown)

    @Slot()
    def _make_room(self) -> None:
        for part in (self.scan, self.search, self.next):
            part.hide()

    @Slot()
    def _fill(self) -> None:
        for part in (self.scan, self.search, self.next):
            part.show()

    def _arrived(self, task: Task) -> QWidget:
        since = self.tr("Arrived %1").replace("%1", self._times.moment(task.here_since or self._times.now()))
        tapped = partial(self.chosen.emit, task.number)
        person = widgets.label("", task.customer)
        shelf = task.shelf if task.status in ON_SHELF else ""
        return widgets.order_button(task.label, person, since, task.status, tapped=tapped, shelf=shelf, stands_out=True)

    def _task(self, task: Task) -> QWidget:
        person = widgets.label("", task.customer)
        tapped = partial(self.chosen.emit, task.number)
        return widgets.order_button(task.label, person, self._times.hours(task.window), task.status, tapped=tapped)

    def _hand_over(self, done: RecentHandOver) -> QWidget:
        row = widgets.frame("row")
        when = widgets.label("muted", self._times.moment(done.at))
        parts: list[QWidget | None] = [
            widgets.label("title", done.label),
            widgets.label("", done.customer),
            None,
            when,
            widgets.label("muted", done.by),
        ]
        if done.revocable:
            button = widgets.Button(role="quiet", clicked=partial(self.revoke_asked.emit, done))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setText(self.tr("Take back"))
            parts.append(button)
        layout = widgets.row(*parts, gap=10)
        layout.setContentsMargins(14, 0, 4 if done.revocable else 14, 0)
        row.setLayout(layout)
        row.setMinimumHeight(theme.TOUCH)
        return row
