"""The board on screen: columns, pick list and load, the strip over them, and what is asked in place."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain import label
from app.domain.order import Status, may_move
from app.usecases.board import Task
from ui import authorising, widgets, words
from ui.board.column_frame import ColumnFrame
from ui.board.columns import Column, is_packed
from ui.board.due_strip import DueStrip
from ui.board.pick_view import PickView
from ui.board.presenter import Presenter, Stage
from ui.board.put_back_panel import PutBackPanel
from ui.board.reject_panel import RejectPanel
from ui.board.stack import Stack
from ui.board.switch import KEYS, ViewSwitch
from ui.board.timeline_view import TimelineView
from ui.board.toolbar import Toolbar
from ui.manager_panel import ManagerPanel
from ui.parts import Parts
from ui.widgets import Button, EmptyState

# A reading that takes longer shows that it is under way.
SLOW_MS = 300
# What a scanner may write before a shelf's name.
_BIN = "BIN:"
_LONGEST_BIN = 20
CARDS = 0


class BoardPage(QWidget):
    """The manager's board."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self.presenter = Presenter(parts, self)
        self.toolbar = Toolbar()
        self.switch = ViewSwitch()
        self.due = DueStrip(parts, self.presenter.mover)
        self.reject, self.put_back, self.manager = RejectPanel(), PutBackPanel(), ManagerPanel()
        self._early: tuple[list[int], str] = ([], "")
        self.columns = {column: ColumnFrame(model, parts) for column, model in self.presenter.board.columns.items()}
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        # Its place stays free, or the columns would jump at every reading.
        place = self._progress.sizePolicy()
        place.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(place)
        self._progress.hide()
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._progress.show)
        self._nothing = EmptyState("board")
        self._mend = Button("sync", role="primary", tint="on_accent", clicked=self._mend_it)
        self._stack = Stack()
        self.picks, self.timeline = PickView(parts), TimelineView(parts, self.presenter.mover)
        self._views, self._bars = Stack(), Stack()
        self._compose()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        titles = {
            Column.TO_PREPARE: self.tr("To prepare"),
            Column.PREPARING: self.tr("Preparing"),
            Column.READY: self.tr("Ready"),
            Column.WAITING: self.tr("Waiting"),
            Column.OVERDUE: self.tr("Overdue"),
        }
        for column, frame in self.columns.items():
            frame.title.setText(titles[column])
            frame.view.setAccessibleName(titles[column])
            frame.view.empty_text = self.tr("nothing")
        self.switch.retranslate()
        self.toolbar.filters.retranslate()
        self.toolbar.actions_.retranslate()
        self._show_chosen()
        self._show_undo()
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.toolbar.filters.dress()
            self.switch.dress()
            for frame in self.columns.values():
                frame.view.dress()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the board and follow the clock."""
        super().showEvent(event)
        self.presenter.wake()
        self.due.read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clock rest."""
        super().hideEvent(event)
        self.presenter.sleep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter the view by an arrow, change it by F2 to F4, end the choosing by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._close_panels()
            self.choose(False)
        elif event.key() in KEYS:
            self.choose(False)
            self.switch.choose(KEYS.index(Qt.Key(event.key())))
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self._enter_view()
        else:
            super().keyPressEvent(event)

    def choose(self, choosing: bool) -> None:
        """Choose several cards by tapping them, or end it and let all of them go."""
        self.toolbar.choose(choosing)
        self.switch.setVisible(not choosing)
        for frame in self.columns.values():
            frame.view.marking = choosing
            if not choosing:
                frame.view.clearSelection()
        self._show_chosen()

    def chosen(self) -> list[int]:
        """Return the numbers of the chosen cards, column by column."""
        return [number for frame in self.columns.values() for number in frame.view.chosen()]

    def _compose(self) -> None:
        columns = widgets.row(*self.columns.values(), gap=8)
        for place in range(len(self.columns)):
            columns.setStretch(place, 1)
        board = QWidget()
        board.setLayout(columns)
        nothing = QWidget()
        nothing.setLayout(widgets.column(None, self._nothing, widgets.row(None, self._mend, None), None))
        self._stack.addWidget(board)
        self._stack.addWidget(nothing)
        cards = widgets.column(self._progress, self._stack, gap=6)
        cards.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(cards)
        for view, bar in ((holder, self.toolbar), (self.picks, self.picks.bar), (self.timeline, self.timeline.bar)):
            self._views.addWidget(view)
            self._bars.addWidget(bar)
        top = widgets.row(self.switch, self._bars, gap=8)
        top.setStretch(1, 1)
        panels = (self.due, self.reject, self.put_back, self.manager)
        layout = widgets.column(top, *panels, self._views, gap=6)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setStretch(len(panels) + 1, 1)
        self.setLayout(layout)

    def show_view(self, number: int) -> None:
        """Bring a view forward: 0 is the cards, 1 the pick list, 2 the load."""
        self.switch.choose(number)

    @Slot(int)
    def _show_view(self, number: int) -> None:
        self._close_panels()
        self._views.setCurrentIndex(number)
        self._bars.setCurrentIndex(number)

    @Slot(object)
    def show_card(self, number: int) -> None:
        """Bring an order's card into sight, chosen: what can be done with it stands above."""
        if self.presenter.board.task(number) is None:
            text = self.tr("%1 is not on the board: it was handed over, cancelled, or belongs elsewhere.")
            self._parts.tasks.problem.emit(text.replace("%1", words.label(number)))
            return
        self.show_view(CARDS)
        if self.presenter.board.place(number) is None:
            self.toolbar.filters.clear()
        self.choose(True)
        place = self.presenter.board.place(number)
        if place:
            self.columns[place[0]].view.mark_card(place[1])
        self.toolbar.actions_.shelf.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, text: str) -> bool:
        """Take a parcel's label, or a shelf's code while its field has the keyboard; the rest is the counter's."""
        shelf, plain = self.toolbar.actions_.shelf, text.strip()
        parcel = label.read(plain)
        if parcel:
            self.show_card(parcel.order_number)
            return True
        is_bin = plain.upper().startswith(_BIN) or not plain.isdigit()
        if not shelf.hasFocus() or not is_bin or len(plain) > _LONGEST_BIN + len(_BIN):
            return False
        shelf.setText(plain[len(_BIN) :] if plain.upper().startswith(_BIN) else plain)
        return True

    def _connect(self) -> None:
        presenter, filters, actions = self.presenter, self.toolbar.filters, self.toolbar.actions_
        presenter.stage_changed.connect(self._show_state)
        presenter.mover.undo_changed.connect(self._show_undo)
        presenter.board.counts_changed.connect(self._show_state)
        filters.filter_changed.connect(self._filter)
        filters.undo.clicked.connect(presenter.mover.take_back)
        filters.several.clicked.connect(self._choose_several)
        actions.begin.clicked.connect(self._begin)
        actions.pack.clicked.connect(self._pack)
        actions.shelf.returnPressed.connect(self._pack)
        actions.reject.clicked.connect(self._ask_what_is_missing)
        actions.labels.clicked.connect(self._label)
        actions.put_back.clicked.connect(self._ask_why_back)
        actions.done.clicked.connect(self._choose_no_more)
        self.switch.chosen.connect(self._show_view)
        self.timeline.order_asked.connect(self.show_card)
        presenter.mover.too_soon.connect(self._ask_manager)
        self.reject.answered.connect(presenter.mover.reject)
        self.put_back.answered.connect(presenter.mover.put_back)
        self.manager.answered.connect(self._check_manager)
        for panel in (self.reject, self.put_back, self.manager):
            panel.closed.connect(self._rest)
        for frame in self.columns.values():
            frame.view.tapped.connect(presenter.mover.tap)
            frame.view.marked.connect(self._mark)
            frame.view.left.connect(self._leave)
            frame.view.selectionModel().selectionChanged.connect(self._show_chosen)

    @Slot()
    def _choose_several(self) -> None:
        self.choose(True)

    @Slot()
    def _choose_no_more(self) -> None:
        self.choose(False)

    def _enter_view(self) -> None:
        """Give the keyboard to what is shown."""
        if self._views.currentIndex() == CARDS:
            next((frame.view for frame in self.columns.values() if frame.model.cards), self).setFocus()
            self._enter(0, 1)
        else:
            shown = self.picks.rows if self._views.currentWidget() is self.picks else self.timeline.bars
            shown.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _leave(self, step: int) -> None:
        place = [frame.view for frame in self.columns.values()].index(self.sender())  # type: ignore[arg-type]
        self._enter(place + step, step)

    def _enter(self, place: int, step: int) -> None:
        """Give the keyboard to the next column that has cards."""
        frames = list(self.columns.values())
        while 0 <= place < len(frames):
            if frames[place].model.cards:
                frames[place].view.enter()
                return
            place += step

    @Slot(str, str)
    def _filter(self, text: str, zone: str) -> None:
        self.presenter.board.filter(text=text, zone=zone)

    @Slot()
    def _mark(self) -> None:
        if self.chosen():
            self.choose(True)

    @Slot()
    def _begin(self) -> None:
        self.presenter.mover.start(self.chosen())
        self.choose(False)

    @Slot()
    def _pack(self) -> None:
        self.presenter.mover.pack(self.chosen(), self.toolbar.actions_.shelf.text())
        self.toolbar.actions_.shelf.clear()
        self.choose(False)

    @Slot()
    def _label(self) -> None:
        self.presenter.mover.label(self.chosen(), self.toolbar.actions_.parcels.value)
        self.choose(False)

    @Slot()
    def _ask_why_back(self) -> None:
        numbers = self.chosen()
        self.choose(False)
        self._close_panels()
        self.put_back.open_panel(numbers)

    @Slot(object, object, str)
    def _ask_manager(self, numbers: list[int], at: datetime, shelf: str) -> None:
        """Say from when it may be packed; a manager may allow it before."""
        self._close_panels()
        self._early = numbers, shelf
        named = words.label(numbers[0]) if len(numbers) == 1 else self.tr("%n order(s)", "", len(numbers))
        title = self.tr("%1 must not be packed before %2: it would not be fresh. A manager may allow it.")
        reasons = self.tr("Collected early"), self.tr("Customer is here"), self.tr("Kept cool until then")
        self.manager.open_panel(title.replace("%1", named).replace("%2", self._parts.times.moment(at)), reasons)

    @Slot(str, str)
    def _check_manager(self, pin: str, reason: str) -> None:
        authorising.check(self._parts.tasks, self.manager, pin, partial(self._pack_allowed, *self._early, reason))

    def _pack_allowed(self, numbers: list[int], shelf: str, reason: str, manager: str) -> None:
        self.presenter.mover.pack_allowed(numbers, shelf, manager=manager, reason=reason)
        self.manager.close_panel()

    def _close_panels(self) -> None:
        for panel in (self.reject, self.put_back, self.manager):
            panel.close_panel()

    @Slot()
    def _ask_what_is_missing(self) -> None:
        task = self._only_chosen()
        self.choose(False)
        self._close_panels()
        if task:
            self.reject.open_panel(task)

    @Slot()
    def _rest(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _only_chosen(self) -> Task | None:
        """Return the one card that is chosen, if it is one that can be rejected."""
        numbers = self.chosen()
        task = self.presenter.board.task(numbers[0]) if len(numbers) == 1 else None
        return task if task and task.lines and may_move(task.status, Status.SHORTAGE) else None

    def _mend_it(self) -> None:
        if self.presenter.stage is Stage.FAILED:
            self.presenter.load()
        else:
            self.toolbar.filters.clear()

    # ── what is shown ──────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _show_chosen(self) -> None:
        chosen = self.chosen()
        tasks = [task for number in chosen if (task := self.presenter.board.task(number))]
        late = [task for task in tasks if task.overdue]
        parcels = {task.parcels for task in tasks}
        self.toolbar.actions_.parcels.propose(parcels.pop() if len(parcels) == 1 else 1)
        self.toolbar.actions_.show_count(
            len(chosen),
            may_reject=self._only_chosen() is not None,
            may_put_back=bool(chosen) and len(late) == len(chosen) and all(is_packed(task) for task in late),
        )

    @Slot()
    def _show_undo(self) -> None:
        move = self.presenter.mover.undo
        for button in (self.toolbar.filters.undo, self.timeline.undo):
            button.setVisible(move is not None)
            if move:
                button.setText(self.tr("Undo %1").replace("%1", move.name))

    @Slot()
    def _show_state(self) -> None:
        presenter, board = self.presenter, self.presenter.board
        for column, frame in self.columns.items():
            frame.show_count(_TONES.get(column, "calm"))
        loading = presenter.stage is Stage.LOADING
        if not loading:
            self._slow.stop()
            self._progress.hide()
        elif self._progress.isHidden() and not self._slow.isActive():
            self._slow.start()
        text = self._reason_for_nothing(loading)
        self._nothing.text.setText(text)
        self._mend.setVisible(presenter.stage is Stage.FAILED or (board.is_filtered and not loading))
        self._mend.setText(self.tr("Try again") if presenter.stage is Stage.FAILED else self.tr("Show everything"))
        self._stack.setCurrentIndex(1 if text else 0)

    def _reason_for_nothing(self, loading: bool) -> str:
        """Return why there are no cards at all, empty when there are."""
        presenter, board = self.presenter, self.presenter.board
        if board.shown:
            return ""
        if presenter.stage is Stage.FAILED:
            return self.tr("The orders could not be read.") + " " + presenter.failure
        if loading and not board.total:
            return self.tr("Reading the orders.")
        if board.total:
            return self.tr("No order matches what you look for.")
        return self.tr("Nothing to prepare. New orders appear here by themselves.")


_TONES = {Column.TO_PREPARE: "accent", Column.WAITING: "yes", Column.OVERDUE: "no"}
