"""The big card of the counter: colour, drawing and word first, then the order, then the one big button."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar, QWidget

from app.domain.money import format_fen
from app.domain.order import Line
from app.domain.verdict import Candidate
from app.usecases.board import Task
from ui import theme, widgets, words
from ui.counter.details_panel import DetailsPanel
from ui.counter.model import CardView, Choice
from ui.counter.move_panel import MovePanel
from ui.flow import Flow
from ui.icons import Icon
from ui.manager_panel import ManagerPanel
from ui.words import Times

HEAD_ICON = 84


class Card(QFrame):
    """Draws a `CardView` and tells what was tapped."""

    acted = Signal(str)  # ui.counter.model.Act
    chosen = Signal(object)  # an order number; `object`, for it has more than 32 bits
    offer_taken = Signal(int)  # a product number

    def __init__(self, times: Times) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._times = times
        self.manager = ManagerPanel()
        self.details = DetailsPanel()
        self.moving = MovePanel(times)
        self.view: CardView | None = None
        self._stops: list[widgets.Button] = []
        self._head = _Head()
        self._inside = QWidget()
        self._body = widgets.column(margin=0, gap=10)
        self._inside.setLayout(self._body)
        self._scroll = widgets.scrolled(self._inside)
        self._scroll.setMinimumHeight(theme.TOUCH)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._buttons = Flow(gap=10)
        self._bar = QWidget()
        self._bar.setLayout(self._buttons)
        self.manager.opened.connect(self._bar.hide)
        self.manager.closed.connect(self._bar.show)
        for panel in (self.details, self.moving):
            panel.opened.connect(self._make_room)
            panel.closed.connect(self._take_room_back)
        lower = widgets.column(self._scroll, self._busy, self.manager, self.details, self.moving, self._bar, margin=16)
        lower.setStretch(0, 1)
        layout = widgets.column(self._head, lower, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_view(self, view: CardView) -> None:
        """Show another moment of the hand-over."""
        self.view = view
        self._let_focus_go()
        self.manager.close_panel()
        self.details.close_panel()
        self.moving.close_panel()
        self._head.show_view(view)
        self._busy.setVisible(view.busy)
        self._stops = []
        widgets.empty(self._body)
        for part in self._parts(view):
            self._body.addWidget(part)
        if view.tone:
            self._body.addStretch(1)
        self._show_buttons(view)
        self._order_focus()

    def _let_focus_go(self) -> None:
        """Give the focus to the page: a button that goes would hand it to whatever comes next, and Enter with it."""
        if (page := self.parentWidget()) and self.isAncestorOf(QApplication.focusWidget() or page):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order_focus(self) -> None:
        """Let the Tab key go through what the card shows before it goes to what stands beside it."""
        if before := self.parentWidget():
            for button in self._stops:
                QWidget.setTabOrder(before, button)
                before = button

    def _stop(self, button: widgets.Button) -> widgets.Button:
        """Let only the Tab key bring the focus to a button: a tap must not change what the Enter key does next."""
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stops.append(button)
        return button

    def _make_room(self) -> None:
        self._bar.hide()
        self._scroll.hide()

    def _take_room_back(self) -> None:
        self._scroll.show()
        self._bar.show()

    def _parts(self, view: CardView) -> Iterator[QWidget]:
        if not view.tone:
            yield _Waiting(view)
            return
        if view.shelf or view.window or view.lines:
            yield _facts(view)
        # With little else to say, the reason is as large as the card has room for.
        roomy = not (view.lines or view.candidates)
        if view.collector:
            yield _strip("person", view.collector, "accent")
        if view.why:
            yield widgets.label("big" if roomy else "title", view.why, wrap=True)
        if view.step:
            yield _step(view.step, roomy=roomy)
        if view.note or view.made_to_order:
            yield _note(view)
        yield from self._lists(view)

    def _lists(self, view: CardView) -> Iterator[QWidget]:
        for candidate in view.candidates:
            yield self._candidate(candidate)
        if view.offers:
            yield self._offers(view)
        for line in view.lines:
            yield _line(line)
        if view.also:
            yield widgets.label("title", self.tr("Also here for this customer"))
        for task in view.also:
            yield self._other(task)

    def _offers(self, view: CardView) -> QWidget:
        strip = QFrame()
        strip.setProperty("soft", "accent")
        said = widgets.label("", self.tr("Goes well with it"))
        buttons = []
        for product in view.offers:
            taken = product.number in view.offered
            button = widgets.Button(
                "check" if taken else "plus", clicked=partial(self.offer_taken.emit, product.number)
            )
            button.setText(f"{product.name}  {format_fen(product.price_fen)}")
            button.setEnabled(not taken)
            buttons.append(self._stop(button))
        strip.setLayout(Flow(said, *buttons, margin=8))
        return strip

    def _other(self, task: Task) -> QWidget:
        person = widgets.label("", words.pieces(task.lines))
        button = widgets.order_button(
            task.label,
            person,
            self._times.hours(task.window),
            task.status,
            tapped=partial(self.chosen.emit, task.number),
            shelf=task.shelf,
        )
        return self._stop(button)

    def _candidate(self, candidate: Candidate) -> QWidget:
        known = (candidate.customer, candidate.phone, words.collector(candidate.collector, ""))
        person = widgets.label("title", "   ".join(filter(None, known)))
        button = widgets.order_button(
            candidate.label,
            person,
            self._times.hours(candidate.window),
            candidate.status,
            tapped=partial(self.chosen.emit, candidate.order_number),
        )
        button.setMinimumHeight(64)
        return self._stop(button)

    def _show_buttons(self, view: CardView) -> None:
        widgets.empty(self._buttons)
        others = [self._button(choice, main=False, tone="") for choice in view.others]
        main = [self._button(view.enter, main=True, tone=view.tone)] if view.enter else []
        self._buttons.grows = tuple(main or others)
        for button in (*main, *others):
            self._buttons.addWidget(button)

    def _button(self, choice: Choice, *, main: bool, tone: str) -> widgets.Button:
        yes = main and tone == "yes"
        icon, tint = ("enter", "on_yes" if yes else "on_accent") if main else (choice.icon, "text")
        acted = partial(self.acted.emit, choice.act)
        button = widgets.Button(icon, role="primary" if main else "second", tint=tint, clicked=acted)
        button.setText(f"{choice.text}  " if main else choice.text)
        button.setEnabled(not choice.grey)
        if main:
            # The key stands behind the word, as on a keyboard.
            button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        if yes:
            theme.mark(button, tone="yes")
        return self._stop(button)


class _Head(QFrame):
    """The coloured band: what is read from two metres."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon(size=HEAD_ICON)
        self._word = widgets.label("word", wrap=True)
        self._customer = widgets.label("title")
        self._label = widgets.label("word")
        texts = widgets.column(None, self._word, self._customer, None, gap=2)
        layout = widgets.row(self._icon, texts, self._label, gap=18)
        layout.setStretch(1, 1)
        layout.setContentsMargins(22, 14, 22, 14)
        self.setLayout(layout)
        self.setMinimumHeight(HEAD_ICON + 36)

    def show_view(self, view: CardView) -> None:
        """Show the band, or nothing while nobody is here."""
        self.setVisible(bool(view.tone))
        self._icon.show_icon(view.icon, f"on_{view.tone}" if view.tone else "text")
        self._word.setText(view.word)
        self._customer.setText(view.customer)
        self._customer.setVisible(bool(view.customer))
        self._label.setText(view.label)
        theme.mark(self, tone=view.tone, role="head")


class _Waiting(QWidget):
    """The card with nobody at the counter."""

    def __init__(self, view: CardView) -> None:
        super().__init__()
        word = widgets.label("word", view.word)
        why = widgets.label("title", view.why, wrap=True)
        step = widgets.label("muted", view.step, wrap=True)
        for text in (word, why, step):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        drawing = widgets.row(None, Icon(view.icon, "accent", 128), None)
        self.setLayout(widgets.column(None, drawing, 8, word, why, step, None))


def _facts(view: CardView) -> QWidget:
    holder = QWidget()
    parts: list[QWidget | None] = []
    if view.shelf:
        parts.append(_chip("shelf", view.shelf, "accent", big=True))
    if view.window:
        parts.append(_chip("clock", view.window, "calm"))
    if view.lines:
        parts.append(_chip("bag", words.pieces(view.lines), "calm"))
    holder.setLayout(widgets.row(*parts, None, gap=10))
    return holder


def _chip(icon: str, text: str, tone: str, *, big: bool = False) -> QFrame:
    chip = QFrame()
    chip.setProperty("soft", tone)
    ink = "on_calm" if tone == "calm" else f"on_{tone}_soft"
    chip.setLayout(widgets.row(Icon(icon, ink), widgets.label("big" if big else "", text), margin=8, gap=8))
    return chip


def _step(text: str, *, roomy: bool) -> QFrame:
    step = QFrame()
    step.setProperty("soft", "calm")
    said = widgets.label("title" if roomy else "", text, wrap=True)
    layout = widgets.row(Icon("next", "on_calm", 28 if roomy else 24), said, margin=14 if roomy else 8, gap=12)
    layout.setStretch(1, 1)
    step.setLayout(layout)
    return step


def _note(view: CardView) -> QFrame:
    text = " · ".join(filter(None, (words.made_to_order() if view.made_to_order else "", view.note)))
    return _strip("cake" if view.made_to_order else "info", text, "wait")


def _strip(icon: str, text: str, tone: str) -> QFrame:
    strip = QFrame()
    strip.setProperty("soft", tone)
    said = widgets.label("" if tone == "wait" else "title", text, wrap=True)
    layout = widgets.row(Icon(icon, f"on_{tone}_soft"), said, margin=10, gap=10)
    layout.setStretch(1, 1)
    strip.setLayout(layout)
    return strip


def _line(line: Line) -> QFrame:
    made = widgets.frame("row")
    quantity = widgets.label("big", f"{line.quantity} ×")
    quantity.setMinimumWidth(64)
    name = widgets.label("title", words.product(line), wrap=True)
    layout = widgets.row(
        quantity, name, Icon(words.zone_icon(line.zone), "muted"), widgets.label("muted", words.zone(line.zone)), gap=10
    )
    layout.setStretch(1, 1)
    layout.setContentsMargins(14, 8, 14, 8)
    made.setLayout(layout)
    return made
