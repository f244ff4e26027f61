"""The printers' states for the gallery: found and in trouble, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.domain.document import Align, Code, Document, Pair, Paper, Rule, Size, Space, Text
from app.usecases.print_queue import queue_print
from ui.paper import PaperView
from ui.parts import Parts
from ui.printing_room import Nearby
from ui.scene import Run, Scene, Until
from ui.settings_page.page import SettingsPage
from ui.window import Window

_FOUND = (
    Nearby("file:/dev/usb/lp0", "Gprinter GP-80250"),
    Nearby("usb:0fe6:811e/7D2B00015", "Xprinter XP-365B"),
    Nearby("system:HP_LaserJet", "HP LaserJet"),
)
_RECEIPT = Document(
    "小票 0021",
    Paper.RECEIPT,
    (
        Text("麦香坊 滨江店", Size.LARGE, bold=True, align=Align.CENTER),
        Rule(),
        Pair("海盐黄油可颂（原味） × 2", "¥24.00"),
        Pair("精酿啤酒 330 ml × 1", "¥18.00"),
        Rule(),
        Pair("合计", "¥42.00", bold=True),
        Pair("微信支付", "¥42.00"),
        Space(),
        Text("谢谢惠顾", align=Align.CENTER),
    ),
)
_LABEL = Document(
    "标签 4821-1",
    Paper.LABEL,
    (Text("4821", Size.HUGE, bold=True), Text("张* 138******00"), Text("1/2 · 冷藏 · A-12"), Code("8000000048210102")),
)


class _Printers:
    def __init__(self, window: Window, parts: Parts, run: Run, until: Until) -> None:
        self._window, self._parts, self._run, self._until = window, parts, run, until
        self._queued = False

    @property
    def page(self) -> SettingsPage:
        page = self._window.page("settings")
        assert isinstance(page, SettingsPage)  # noqa: S101 - for the type checker
        return page

    def found(self) -> None:
        # Nothing is really sent while pictures are taken.
        self._parts.printers.stop()
        self._parts.preferences.set(receipt_printer="file:/dev/usb/lp0", label_printer=_FOUND[1].address)
        self._window.go("settings")
        self.page.show_sheet(2)
        self._scroll(self.page.printers[0])
        self._until(self.page.found.again.isEnabled)
        self._parts.printers.found.emit(_FOUND)
        self._parts.printers.trouble_changed.emit(Paper.RECEIPT, "no_paper")

    def waiting(self) -> None:
        if not self._queued:
            self._run(partial(queue_print, document=_RECEIPT))
            self._run(partial(queue_print, document=_LABEL, copies=2))
            self._queued = True
        self._until(lambda: bool(self.page.queue.jobs))
        if self.page.queue.findChild(PaperView) is None:
            self.page.queue.look_at(self.page.queue.jobs[0][1].id)
        self._scroll(self.page.queue)

    def _scroll(self, to: QWidget) -> None:
        area = next(each for each in self.page.findChildren(QScrollArea) if each.isAncestorOf(to))
        inside = area.widget()
        assert inside is not None  # noqa: S101 - for the type checker
        # Rows that were just made have no place yet.
        QApplication.sendPostedEvents()
        area.verticalScrollBar().setValue(to.mapTo(inside, QPoint(0, 0)).y() - 24)


def scenes(window: Window, parts: Parts, run: Run, until: Until) -> Iterator[Scene]:
    """Yield the pictures of the printers."""
    printers = _Printers(window, parts, run, until)
    yield Scene("settings-printers", printers.found)
    yield Scene("settings-print-queue", printers.waiting)
