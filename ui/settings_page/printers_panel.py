"""Which printer takes receipts and which labels, whether it works, and how its paper looks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame

from app.domain.document import Paper
from app.domain.trial import drawer_slip, trial_page
from app.settings import PAPERS, Settings
from app.usecases.print_queue import queue_print
from ui import printer_words, theme, widgets
from ui.paper import PaperView
from ui.parts import Parts
from ui.printers import printer_of
from ui.printing_room import ON_SCREEN, is_address
from ui.widgets import Button

WAYS = ("", "network", "usb", "serial", "file", "system", "pdf")
_FIELDS = {Paper.RECEIPT: ("receipt_printer", "receipt_paper"), Paper.LABEL: ("label_printer", "label_paper")}


class PrinterForm(QFrame):
    """One printer: how it is connected, where, how wide its paper is; a test page tells whether all of it is right."""

    def __init__(self, parts: Parts, paper: Paper) -> None:
        super().__init__()
        self._parts, self._paper = parts, paper
        self._address_field, self._width_field = _FIELDS[paper]
        self.title, self.hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self.way = widgets.ComboBox()
        for way in WAYS:
            self.way.addItem("", way)
        self.way.activated.connect(self._choose_way)
        self.where = widgets.Field()
        self.where.setMaxLength(200)
        self.where.editingFinished.connect(self._take)
        self.widths = [Button(clicked=partial(self._choose_width, width)) for width in PAPERS]
        for button in self.widths:
            button.setCheckable(True)
        self.test = Button("print", clicked=self._test)
        self.drawer = Button("drawer", clicked=self._open_drawer)
        self.state = widgets.label(wrap=True)
        row = widgets.row(self.way, self.where, *self.widths, gap=8)
        row.setStretch(1, 1)
        self.way.setMinimumWidth(160)
        head = widgets.row(widgets.column(self.title, self.hint, gap=2), self.test, self.drawer, gap=8)
        head.setStretch(0, 1)
        self.setLayout(widgets.column(head, row, self.state, gap=6))
        parts.preferences.changed.connect(self._show)
        parts.printers.trouble_changed.connect(self._show_trouble)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Receipts") if self._paper is Paper.RECEIPT else self.tr("Labels"))
        for place, way in enumerate(WAYS):
            self.way.setItemText(place, printer_words.way(way, self._paper))
        self.way.setAccessibleName(self.title.text())
        self.test.setText(self.tr("Test page"))
        self.drawer.setText(self.tr("Open drawer"))
        for width, button in zip(PAPERS, self.widths, strict=True):
            button.setText(f"{width} mm")
        self._show(self._parts.preferences.now)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(object)
    def _show(self, settings: Settings) -> None:
        address = getattr(settings, self._address_field)
        way, _, where = address.partition(":")
        if not self.where.hasFocus():
            self.way.setCurrentIndex(max(0, self.way.findData(way)))
            self.where.setText(where)
        self._show_way(str(self.way.currentData()))
        for width, button in zip(PAPERS, self.widths, strict=True):
            button.setChecked(width == getattr(settings, self._width_field))
        self._show_trouble()

    def _show_way(self, way: str) -> None:
        self.where.setVisible(bool(way))
        for button in self.widths:
            button.setVisible(bool(way))
        self.where.setPlaceholderText(printer_words.example(way))
        self.where.setAccessibleName(printer_words.example(way))
        self.hint.setText(printer_words.hint(way, self._paper))

    @Slot()
    def _show_trouble(self, *_news: object) -> None:
        fault = self._parts.printers.trouble[self._paper]
        typed = f"{self.way.currentData()}:{self.where.text().strip()}"
        if self.way.currentData() and self.where.text().strip() and not is_address(typed):
            fault = "address"
        self.state.setText(printer_words.fault(fault))
        self.state.setVisible(bool(fault))
        theme.mark(self.state, soft="wait" if fault else "")
        usable = bool(printer_of(self._paper, self._parts.preferences.now).address)
        self.test.setEnabled(usable)
        # Pages that are drawn open no drawer.
        way = str(self.way.currentData())
        self.drawer.setVisible(self._paper is Paper.RECEIPT and usable and way not in ON_SCREEN)

    @Slot(int)
    def _choose_way(self, _place: int) -> None:
        way = str(self.way.currentData())
        self.where.clear()
        self._show_way(way)
        if way:
            self.where.setFocus()
        else:
            self._parts.preferences.set(**{self._address_field: ""})
            self._parts.printers.try_again()

    @Slot()
    def _take(self) -> None:
        where = self.where.text().strip()
        address = f"{self.way.currentData()}:{where}"
        if where and is_address(address):
            self._parts.preferences.set(**{self._address_field: address})
            self._parts.printers.try_again()
        self._show_trouble()

    def _choose_width(self, width: int) -> None:
        self._parts.preferences.set(**{self._width_field: width})
        self._show(self._parts.preferences.now)

    def _test(self) -> None:
        settings = self._parts.preferences.now
        page = trial_page(self._paper, "Ziti POS", settings.language)
        self._parts.tasks.ask(partial(queue_print, document=page))

    def _open_drawer(self) -> None:
        times, language = self._parts.times, self._parts.preferences.now.language
        slip = drawer_slip(self._parts.clerk, f"{times.local(times.now()):%Y-%m-%d %H:%M}", language)
        self._parts.tasks.ask(partial(queue_print, document=slip))


class PrintPreview(QFrame):
    """The test page as it looks on the paper that was chosen."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.title = widgets.label("title")
        self.papers = {paper: PaperView() for paper in Paper}
        sheets = widgets.row(*self.papers.values(), None, gap=16)
        self.setLayout(widgets.column(self.title, sheets))
        parts.preferences.changed.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("So it looks"))
        self._show(self._parts.preferences.now)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(object)
    def _show(self, settings: Settings) -> None:
        for paper, view in self.papers.items():
            width = printer_of(paper, settings).paper_mm
            view.show_document(trial_page(paper, "Ziti POS", settings.language), width)
