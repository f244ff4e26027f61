"""The board's views and states for the gallery."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.load import Bar
from ui.board.page import CARDS, BoardPage
from ui.board.periods import Period
from ui.board.presenter import Stage
from ui.sample_shop import SampleShop
from ui.scene import Scene, Until
from ui.window import Window

_PICKS, _LOAD = 1, 2


class _Board:
    def __init__(self, window: Window, shop: SampleShop, until: Until) -> None:
        self._window, self._shop, self._until = window, shop, until

    @property
    def page(self) -> BoardPage:
        page = self._window.page("board")
        assert isinstance(page, BoardPage)  # noqa: S101 - for the type checker
        return page

    def reject(self) -> None:
        self._window.go("board")
        self.page.show_view(CARDS)
        self._until(lambda: self.page.presenter.stage is Stage.LOADED and self.page.due.isVisible())
        task = self.page.presenter.board.task(self._shop.number("not_prepared"))
        assert task  # noqa: S101 - for the type checker
        self.page.reject.open_panel(task)
        self.page.reject.lines[0].click()
        self.page.reject.reasons[0].click()

    def cards(self) -> None:
        self.page.reject.close_panel()
        self.page.choose(False)

    def choose(self) -> None:
        self.page.show_card(self._shop.number("more-3"))
        self.page.show_card(self._shop.number("more-6"))

    def ask_manager(self) -> None:
        board = self.page.presenter.board
        tasks = (task for number in board.numbers() if (task := board.task(number)) and task.pack_from)
        task = max(tasks, key=lambda each: each.window.opens)
        self.page.choose(False)
        self.page.presenter.mover.pack([task.number], "A-12")

    def put_back(self) -> None:
        self.page.show_card(self._shop.number("overdue"))
        self.page.toolbar.actions_.put_back.click()
        self.page.put_back.reasons[0].click()

    def narrow(self) -> None:
        self.page.put_back.close_panel()
        self.page.toolbar.filters.text.setText("???")
        self._until(lambda: not self.page.presenter.board.shown)

    def picks(self) -> None:
        self.page.toolbar.filters.clear()
        self._pick(Period.TODAY)
        self._until(lambda: len(self.page.picks.model.rows) > 2)
        index = self.page.picks.model.index(1)
        self.page.picks.rows.setCurrentIndex(index)
        pick = self.page.picks.model.rows[1].pick
        if pick and pick.left:
            self.page.picks.rows.clicked.emit(index)

    def picks_of_a_while(self) -> None:
        self._pick(Period.CHOSEN)

    def nothing_to_pick(self) -> None:
        self._pick(Period.NEXT)
        self.page.picks.zones.chips[3].click()

    def load(self) -> None:
        self.page.picks.zones.chips[0].click()
        self.page.show_view(_LOAD)
        self.page.timeline.choose_day(0)
        bars = self.page.timeline.bars
        self._until(lambda: any(bar.orders for bar in bars.bars))
        bars.choose(max(range(len(bars.bars)), key=lambda place: len(bars.bars[place].to_do)))
        self._until(lambda: bool(self.page.timeline.quarter.tasks))

    def tomorrow(self) -> None:
        before: tuple[Bar, ...] = self.page.timeline.found.bars
        self.page.timeline.choose_day(1)
        self._until(lambda: self.page.timeline.found.bars is not before)

    def _pick(self, period: Period) -> None:
        self.page.show_view(_PICKS)
        self.page.picks.found = None
        self.page.picks.choose(period)
        self._until(lambda: self.page.picks.found is not None)


def scenes(window: Window, shop: SampleShop, until: Until) -> Iterator[Scene]:
    """Yield the pictures of the board."""
    board = _Board(window, shop, until)
    yield Scene("board-reject", board.reject)
    yield Scene("board", board.cards)
    yield Scene("board-chosen", board.choose)
    yield Scene("board-manager", board.ask_manager)
    yield Scene("board-put_back", board.put_back)
    yield Scene("board-no_match", board.narrow)
    yield Scene("board-picks", board.picks)
    yield Scene("board-picks-while", board.picks_of_a_while)
    yield Scene("board-picks-nothing", board.nothing_to_pick)
    yield Scene("board-load", board.load)
    yield Scene("board-load-tomorrow", board.tomorrow)
