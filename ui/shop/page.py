"""The first page of a small shop: five questions, then the set-up, then the storefront's QR code."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, QTimeZone, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.domain.small_shop import Draft, Step, Storefront
from app.errors import ZitiError
from ui import theme, widgets
from ui.icons import Icon
from ui.parts import Parts
from ui.shop import sayings
from ui.shop.forms import AboutForm, CustomersForm, Form, HoursForm, OwnerForm
from ui.shop.products_form import ProductsForm
from ui.shop.progress_panel import ProgressPanel
from ui.shop.sayings import Trouble
from ui.shop.storefront_panel import StorefrontPanel
from ui.shop_worker import ShopWorker
from ui.widgets import Button

WIDTH, WIDE = 820, 1040
HEIGHT = 600
_LANGUAGES = {"zh_CN": "中文", "en": "English"}


class ShopPage(QWidget):
    """Asks one thing at a time; what was answered is kept, so that a start after a crash goes on there."""

    def __init__(self, parts: Parts, shop: ShopWorker) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts, self._shop = parts, shop
        self.draft = shop.draft
        self._running = self._just_opened = False
        self.owner = OwnerForm()
        self.products = ProductsForm(parts, shop)
        self.forms: list[Form] = [AboutForm(), HoursForm(), self.products, CustomersForm(), self.owner]
        self.progress = ProgressPanel()
        self.storefront = StorefrontPanel(shop)
        self.next = Button("next", role="primary", tint="on_accent", clicked=self.submit)
        self.back = Button(role="second", clicked=self._go_back)
        self.languages = {name: Button(clicked=partial(self._speak, name)) for name in _LANGUAGES}
        self._compose()
        self._connect()
        self.retranslate()
        self._begin()

    @property
    def at(self) -> int:
        """Which question is on screen; their number while the shop is set up."""
        return self._questions.currentIndex()

    @property
    def trouble(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return "" if self._trouble_box.isHidden() else self._trouble.text()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        for form in self.forms:
            form.retranslate()
        self.progress.retranslate()
        self.storefront.retranslate()
        self.back.setText(self.tr("Back"))
        for name, button in self.languages.items():
            button.setText(_LANGUAGES[name])
            theme.mark(button, soft="accent" if name == self._parts.preferences.now.language else "")
        self._head()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._say(None)
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first field that is empty; a shop that is open asks where customers find it."""
        super().showEvent(event)
        if self._shop.ready:
            self._show_storefront()
            self._shop.find()
        else:
            QTimer.singleShot(0, self, self._enter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the keyboard, else go on."""
        if event.key() not in widgets.ENTER:
            super().keyPressEvent(event)
            return
        button = self.focusWidget()
        if isinstance(button, QAbstractButton) and not button.isCheckable():
            button.click()
        elif self._sheets.currentIndex() == 0:
            self.submit()

    def submit(self) -> None:
        """Take this question's answer and go on to the next, or to work."""
        if self._running:
            return
        if self.at < len(self.forms):
            try:
                self.draft = self.forms[self.at].take(self.draft)
            except Trouble as trouble:
                self._say(trouble)
                return
            if self.at + 1 < len(self.forms):
                self._go(self.at + 1)
                return
        self._run()

    # ── the way through ────────────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        if not self.draft.name:
            zone = QTimeZone.systemTimeZoneId().toStdString()
            self.draft = Draft(time_zone=zone or self.draft.time_zone)
        for form in self.forms:
            form.fill(self.draft)
        last = len(self.forms) - 1
        self._go(min(self.draft.page, last), keep=False)
        if not self._shop.ready and self.draft.page > last and not self._shop.needs_pin:
            self._run()

    def _go(self, at: int, *, keep: bool = True) -> None:
        self._questions.setCurrentIndex(at)
        self._say(None)
        self._head()
        if keep:
            self._keep(at)
            self._enter()

    def _keep(self, at: int) -> None:
        self.draft = replace(self.draft, page=max(at, self.draft.page))
        self._shop.keep(self.draft)

    @Slot()
    def _go_back(self) -> None:
        if not self._running and self.at:
            self._go(self.at - 1)

    def _run(self) -> None:
        self._running = True
        self._keep(len(self.forms))
        self._questions.setCurrentIndex(len(self.forms))
        self.progress.show_step(Step.START)
        self._say(None)
        self._head()
        self._shop.set_up(self.draft, self.owner.pin)

    @Slot(str)
    def _stepped(self, step: str) -> None:
        self.progress.show_step(Step(step))

    @Slot(object)
    def _failed(self, error: ZitiError) -> None:
        self._running = False
        if self._shop.needs_pin and not self.owner.pin and self.at == len(self.forms):
            self._go(len(self.forms) - 1, keep=False)
        self._head()
        self._say(Trouble(sayings.of_error(error)))

    @Slot(object)
    def _opened(self, _found: Storefront) -> None:
        self._running, self._just_opened = False, True
        self.owner.forget_pin()
        self._parts.preferences.set(clerk=self.draft.person)
        self._show_storefront()

    def _show_storefront(self) -> None:
        self._sheets.setCurrentIndex(1)
        self.storefront.counter.setFocus()

    @Slot()
    def _leave(self) -> None:
        if not self._just_opened:
            self._parts.tasks.page_wanted.emit("counter")
            return
        self._just_opened = False
        # What the window does once it belongs to a store: it opens the counter and begins to talk with HQ.
        self._parts.sync.enrolled.emit(None)

    # ── on screen ──────────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _enter(self) -> None:
        if self.at < len(self.forms) and (first := self.forms[self.at].begin()):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> None:
        asking = self.at < len(self.forms)
        form = self.forms[self.at] if asking else None
        self._title.setText(form.title() if form else self.tr("Setting up your shop"))
        self._hint.setText(form.hint() if form else "")
        self._hint.setVisible(bool(self._hint.text()))
        number = self.tr("%1 of %2").replace("%1", str(self.at + 1)).replace("%2", str(len(self.forms)))
        self._number.setText(number if asking else "")
        last = self.at == len(self.forms) - 1
        self.next.setText(self.tr("Open my shop") if last else self.tr("Next") if asking else self.tr("Try again"))
        self.next.setVisible(not self._running)
        self.back.setVisible(not self._running and self.at > 0)

    def _say(self, trouble: Trouble | None) -> None:
        self._trouble_box.setVisible(trouble is not None)
        if trouble is None:
            return
        self._trouble.setText(trouble.text)
        if self.at < len(self.forms) and (field := self.forms[self.at].fields.get(trouble.field)):
            field.line.setFocus(Qt.FocusReason.OtherFocusReason)
            field.line.selectAll()

    @Slot()
    def _edited(self) -> None:
        self._say(None)

    def _compose(self) -> None:
        self._title, self._hint = widgets.label("big", wrap=True), widgets.label("muted", wrap=True)
        self._number = widgets.label("muted")
        self._trouble = widgets.label(wrap=True)
        self._trouble_box = QFrame()
        said = widgets.row(Icon("attention", "on_no_soft"), self._trouble, gap=10)
        said.setStretch(1, 1)
        said.setContentsMargins(12, 10, 12, 10)
        self._trouble_box.setLayout(said)
        theme.mark(self._trouble_box, soft="no")
        self._questions = QStackedWidget()
        for each in (*self.forms, self.progress):
            self._questions.addWidget(each)
        panel = widgets.frame("panel")
        panel.setFixedWidth(WIDTH)
        panel.setMinimumHeight(HEIGHT)
        panel.setLayout(self._wizard())
        self.storefront.setFixedWidth(WIDE)
        self._sheets = QStackedWidget()
        for sheet in (panel, self.storefront):
            self._sheets.addWidget(_centred(sheet))
        switch = widgets.row(None, *self.languages.values(), gap=8)
        layout = widgets.column(switch, self._sheets, margin=16)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _wizard(self) -> QVBoxLayout:
        head = widgets.row(Icon("store", "accent", 40), self._title, self._number, gap=14)
        head.setStretch(1, 1)
        buttons = widgets.row(self.back, self.next, gap=12)
        buttons.setStretch(1, 1)
        layout = widgets.column(head, self._hint, 8, self._questions, self._trouble_box, buttons)
        layout.setStretch(3, 1)
        layout.setContentsMargins(32, 24, 32, 24)
        return layout

    def _connect(self) -> None:
        for form in self.forms:
            form.submitted.connect(self.submit)
            form.edited.connect(self._edited)
        self._shop.stepped.connect(self._stepped)
        self._shop.opened.connect(self._opened)
        self._shop.failed.connect(self._failed)
        self.storefront.left.connect(self._leave)

    def _speak(self, language: str) -> None:
        self._parts.preferences.set(language=language)


def _centred(panel: QWidget) -> QWidget:
    panel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    middle = QWidget()
    middle.setLayout(widgets.column(None, widgets.row(None, panel, None), None))
    return widgets.scrolled(middle)
