"""What lies in one quarter of an hour: its orders, what is too much of them, and where that goes better."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.load import QUARTER, Bar, moved
from app.usecases.board import Task, tasks_of
from app.usecases.timeline import Timeline
from ui import theme, widgets, words
from ui.board.mover import Mover, may_begin
from ui.parts import Parts
from ui.widgets import Button

# More than these are not laid out one by one: the columns show them.
_MOST = 24


class QuarterPanel(QFrame):
    """Shows a bar's orders as rows; they can be begun together."""

    stepped = Signal(int)  # to the bar before or after
    order_asked = Signal(object)

    def __init__(self, parts: Parts, mover: Mover) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._parts, self._mover = parts, mover
        self._bar: Bar | None = None
        self._found = Timeline(())
        self.tasks: tuple[Task, ...] = ()
        self.back = Button("back", clicked=partial(self.stepped.emit, -1))
        self.on = Button("next", clicked=partial(self.stepped.emit, 1))
        self.title = widgets.label("title")
        self.advice = widgets.label(wrap=True)
        self.begin = Button("clock", role="primary", tint="on_accent", clicked=self._begin)
        head = widgets.row(self.back, self.on, self.title, self.advice, self.begin, gap=8)
        head.setStretch(3, 1)
        self._place = widgets.column(gap=6)
        inside = QWidget()
        inside.setLayout(self._place)
        self.nothing = widgets.label("muted", wrap=True)
        layout = widgets.column(head, self.nothing, widgets.scrolled(inside), margin=12, gap=8)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.back.setAccessibleName(self.tr("Earlier"))
        self.on.setAccessibleName(self.tr("Later"))
        self._say()
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_bar(self, bar: Bar | None, found: Timeline) -> None:
        """Show a quarter of an hour, and read its orders."""
        self._bar, self._found = bar, found
        self._say()
        numbers = self._numbers()
        if numbers:
            self._parts.tasks.ask_quietly(partial(tasks_of, numbers=numbers), partial(self._take, numbers))
        else:
            self._take((), {})

    def _numbers(self) -> tuple[int, ...]:
        return (*self._bar.to_do, *self._bar.done)[:_MOST] if self._bar else ()

    def _take(self, numbers: tuple[int, ...], found: dict[int, Task | None]) -> None:
        if numbers != self._numbers():
            return
        tasks = tuple(task for number in numbers if (task := found.get(number)))
        if tasks != self.tasks:
            self.tasks = tasks
            self._fill()

    def _say(self) -> None:
        bar = self._bar
        self.nothing.setVisible(bar is None or not bar.orders)
        self.nothing.setText(self.tr("Tap a bar to see what falls into it.") if bar is None else self.tr("No order."))
        self.title.setText(self._when(bar) if bar else "")
        advice = self._advice(bar) if bar else ""
        self.advice.setText(advice)
        theme.mark(self.advice, soft="no" if advice else "")

    def _when(self, bar: Bar) -> str:
        times = self._parts.times
        hours = f"{times.moment(bar.at)}–{times.hour(bar.at + QUARTER)}"
        return f"{hours} · " + self.tr("%n order(s)", "", bar.orders)

    def _advice(self, bar: Bar) -> str:
        """Return how many are too many, and when they are begun better."""
        too_many = bar.too_many(self._found.capacity)
        if not too_many:
            return ""
        said = self.tr("%n too many", "", too_many)
        earlier = moved(bar, self._found.plan)
        if not earlier:
            return f"{said} · " + self.tr("no room before: get help, or tell HQ")
        each = ", ".join(f"{self._parts.times.moment(at)} × {count}" for at, count in earlier.items())
        return f"{said} · " + self.tr("begin before: %1").replace("%1", each)

    def _fill(self) -> None:
        """Lay the orders out."""
        widgets.empty(self._place)
        for task in self.tasks:
            goods = ", ".join(f"{line.quantity} × {words.product(line)}" for line in task.lines)
            button = widgets.order_button(
                task.label,
                widgets.label("", f"{task.customer}  {goods}"),
                self._parts.times.hours(task.window),
                task.status,
                tapped=partial(self.order_asked.emit, task.number),
            )
            self._place.addWidget(button)
        more = self._bar.orders - _MOST if self._bar else 0
        if more > 0:
            self._place.addWidget(widgets.label("muted", self.tr("and %n more", "", more)))
        self._place.addStretch(1)
        count = len(self._to_begin())
        self.begin.setText(self.tr("Begin these %n now", "", count))
        self.begin.setVisible(bool(count))

    def _to_begin(self) -> list[int]:
        return [task.number for task in self.tasks if may_begin(task)]

    @Slot()
    def _begin(self) -> None:
        self._mover.start(self._to_begin())
        self.setFocus(Qt.FocusReason.OtherFocusReason)
