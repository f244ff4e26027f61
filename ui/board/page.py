"""The board on screen: five columns, a strip over them, and what is shown when there is nothing to show."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from app.domain.order import Status, may_move
from app.usecases import Task
from ui import theme, widgets
from ui.board.columns import Column, is_packed
from ui.board.model import ColumnModel
from ui.board.pick_view import PickView
from ui.board.presenter import Presenter, Stage
from ui.board.reject_panel import RejectPanel
from ui.board.timeline_view import TimelineView
from ui.board.toolbar import Toolbar
from ui.board.view import ColumnView
from ui.parts import Parts
from ui.widgets import Button, EmptyState

# A reading that takes longer shows that it is under way.
SLOW_MS = 300
_VIEWS = ("board", "check", "clock")
_TAB = 54


class ColumnFrame(QFrame):
    """A column: its name, how many cards it has, and the cards."""

    def __init__(self, model: ColumnModel, parts: Parts) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.model = model
        self.title = widgets.label("title")
        # All columns are as wide as one another, whatever their names are.
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.count = QLabel()
        self.count.setProperty("soft", "calm")
        self.view = ColumnView(model, parts.times)
        head = widgets.row(self.title, self.count, gap=6)
        head.setStretch(0, 1)
        head.setContentsMargins(6, 0, 6, 0)
        layout = widgets.column(head, self.view, gap=6)
        layout.setContentsMargins(6, 10, 4, 4)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_count(self, tone: str) -> None:
        """Write how many cards there are, loudly where a tone asks for it."""
        self.count.setText(str(self.model.cards))
        wanted = tone if self.model.cards else "calm"
        if self.count.property("soft") != wanted:
            theme.mark(self.count, soft=wanted)


class BoardPage(QWidget):
    """The manager's board."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.presenter = Presenter(parts, self)
        self.toolbar = Toolbar()
        self.reject = RejectPanel()
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
        self._stack = QStackedWidget()
        self.picks, self.timeline = PickView(parts), TimelineView(parts)
        self._views = QStackedWidget()
        self._tabs = [widgets.Button(icon, clicked=partial(self.show_view, at)) for at, icon in enumerate(_VIEWS)]
        for tab in self._tabs:
            tab.setCheckable(True)
            tab.setFixedWidth(_TAB)
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
        for tab, text in zip(self._tabs, (self.tr("Cards"), self.tr("Pick list"), self.tr("Load")), strict=True):
            tab.setToolTip(text)
            tab.setAccessibleName(text)
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
            for frame in self.columns.values():
                frame.view.dress()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the board and follow the clock."""
        super().showEvent(event)
        self.presenter.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clock rest."""
        super().hideEvent(event)
        self.presenter.sleep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter the columns by an arrow, end the choosing by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject.close_panel()
            self.choose(False)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            next((frame.view for frame in self.columns.values() if frame.model.cards), self).setFocus()
            self._enter(0, 1)
        else:
            super().keyPressEvent(event)

    def choose(self, choosing: bool) -> None:
        """Choose several cards by tapping them, or end it and let all of them go."""
        self.toolbar.choose(choosing)
        for tab in self._tabs:
            tab.setVisible(not choosing)
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
        cards = widgets.column(self.reject, self._progress, self._stack, gap=6)
        cards.setStretch(2, 1)
        holder = QWidget()
        holder.setLayout(cards)
        for view in (holder, self.picks, self.timeline):
            self._views.addWidget(view)
        top = widgets.row(*self._tabs, self.toolbar, gap=6)
        top.setStretch(len(self._tabs), 1)
        layout = widgets.column(top, self._views, gap=6)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.show_view(0)

    def show_view(self, number: int) -> None:
        """Bring a view forward: 0 is the cards, 1 the pick list, 2 the load."""
        self._views.setCurrentIndex(number)
        # What narrows the cards down says nothing to the others, but its place stays.
        place = self.toolbar.sizePolicy()
        place.setRetainSizeWhenHidden(True)
        self.toolbar.setSizePolicy(place)
        self.toolbar.setVisible(number == 0)
        for at, tab in enumerate(self._tabs):
            tab.setChecked(at == number)

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
        actions.put_back.clicked.connect(self._put_back)
        actions.done.clicked.connect(self._choose_no_more)
        self.reject.answered.connect(presenter.mover.reject)
        self.reject.closed.connect(self._rest)
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
        self.toolbar.actions_.parcels.reset()
        self.choose(False)

    @Slot()
    def _put_back(self) -> None:
        self.presenter.mover.put_back(self.chosen())
        self.choose(False)

    @Slot()
    def _ask_what_is_missing(self) -> None:
        task = self._only_chosen()
        self.choose(False)
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
        late = [task for number in chosen if (task := self.presenter.board.task(number)) and task.overdue]
        self.toolbar.actions_.show_count(
            len(chosen),
            may_reject=self._only_chosen() is not None,
            may_put_back=bool(chosen) and len(late) == len(chosen) and all(is_packed(task) for task in late),
        )

    @Slot()
    def _show_undo(self) -> None:
        move, button = self.presenter.mover.undo, self.toolbar.filters.undo
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
