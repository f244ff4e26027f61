"""The stock page's states for the gallery."""

from __future__ import annotations

from collections.abc import Iterator

from ui.scene import Scene, Until
from ui.stock.model import Column
from ui.stock.page import StockPage
from ui.window import Window


class _Shelf:
    def __init__(self, window: Window, until: Until) -> None:
        self._window, self._until = window, until

    @property
    def page(self) -> StockPage:
        page = self._window.page("stock")
        assert isinstance(page, StockPage)  # noqa: S101 - for the type checker
        return page

    def shelf(self) -> None:
        self._window.go("stock")
        self._until(lambda: self.page.model.rowCount() > 0)
        self.page.table.setCurrentIndex(self.page.model.index(2, Column.NAME))

    def tonight(self) -> None:
        self.page.tonight.click()
        for place, left in ((0, 6), (3, 0), (4, 2)):
            self.page.model.count(self.page.model.row(place).product.number, left)

    def nothing(self) -> None:
        self.page.counting.back.click()
        self.page.filter.text.setText("???")
        self._until(lambda: not self.page.model.rowCount())

    def leave(self) -> None:
        self.page.filter.text.clear()
        self._until(lambda: self.page.model.rowCount() > 0)


def scenes(window: Window, until: Until) -> Iterator[Scene]:
    """Yield the pictures of the stock page."""
    shelf = _Shelf(window, until)
    yield Scene("stock", shelf.shelf)
    yield Scene("stock-tonight", shelf.tonight)
    yield Scene("stock-nothing", shelf.nothing)
    yield Scene("stock-again", shelf.leave)
