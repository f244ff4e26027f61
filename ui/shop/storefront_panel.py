"""The storefront's link as a large QR code: print it, copy it, or say that phones find this PC elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel

from app.domain.small_shop import Storefront
from app.errors import ZitiError
from ui import theme, widgets
from ui.icons import Icon
from ui.shop import sayings
from ui.shop.qr import Code, write_poster
from ui.shop_worker import ShopWorker
from ui.widgets import Button

translate = QCoreApplication.translate

_SIDE = 380


class StorefrontPanel(QFrame):
    """What the owner shows to customers; `left` asks for the counter."""

    left = Signal()

    def __init__(self, shop: ShopWorker) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._shop = shop
        self.shown: Storefront | None = None
        self.code = Code(_SIDE)
        self._title, self._hint = widgets.label("big", wrap=True), widgets.label("muted", wrap=True)
        self.link = widgets.label("title", wrap=True)
        self.link.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(role="second", clicked=self._copy)
        self.print = Button(role="second", clicked=self._choose_poster)
        self.counter = Button("counter", role="primary", tint="on_accent", clicked=self.left.emit)
        self._reach = widgets.label(wrap=True)
        self._reach_icon = Icon("info", "on_accent_soft")
        self._till = widgets.label(wrap=True)
        self._moved = widgets.label(wrap=True)
        self._moved_box = _boxed(Icon("attention", "on_wait_soft"), self._moved, "wait")
        self._address = widgets.label()
        self.address = widgets.Field()
        self.address.setMinimumHeight(theme.TOUCH)
        self.address.returnPressed.connect(self._move)
        self.use = Button(clicked=self._move)
        self.said = widgets.label("muted", wrap=True)
        self._compose()
        shop.opened.connect(self.show_storefront)
        shop.found.connect(self.show_storefront)
        shop.lost.connect(self._refuse)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(translate("shop", "Your storefront is open"))
        self._hint.setText(translate("shop", "Customers scan this code, order and pay, and collect here."))
        self.copy.setText(translate("shop", "Copy the link"))
        self.print.setText(translate("shop", "Print a poster"))
        self.counter.setText(translate("shop", "To the counter"))
        self._till.setText(
            translate("shop", "The till is a trial until WeChat Pay is set up: orders are real, no money is taken.")
        )
        self._moved.setText(
            translate(
                "shop",
                "Another program has the usual port, so posters that were printed before do not work now. Close it, "
                "then start Ziti POS again.",
            )
        )
        self._address.setText(translate("shop", "Do phones find this PC at another address?"))
        self.address.setPlaceholderText("192.168.1.20")
        self.address.setAccessibleName(self._address.text())
        self.use.setText(translate("shop", "Use it"))
        if self.shown:
            self._reach.setText(sayings.of_reach(self.shown))

    @Slot(object)
    def show_storefront(self, found: Storefront) -> None:
        """Show where customers find the shop."""
        self.shown = found
        self.code.show_text(found.link)
        self.code.setAccessibleName(found.link)
        self.link.setText(found.link)
        self._reach.setText(sayings.of_reach(found))
        self._moved_box.setVisible(found.moved)
        self._till_box.setVisible(found.trial)
        self.said.setText("")

    def write(self, path: str) -> None:
        """Write the poster."""
        if self.shown and write_poster(path, self.shown, translate("shop", "Scan to order. Collect it here.")):
            self.said.setText(translate("shop", "Saved: %1").replace("%1", path))
        else:
            self.said.setText(translate("shop", "The poster could not be written there: choose another folder."))

    def _compose(self) -> None:
        links = widgets.row(self.copy, self.print, gap=8)
        other = widgets.row(self.address, self.use, gap=8)
        other.setStretch(0, 1)
        reach = _boxed(self._reach_icon, self._reach, "accent")
        self._till_box = _boxed(Icon("info", "on_accent_soft"), self._till, "accent")
        words = widgets.column(
            self._title,
            self._hint,
            self.link,
            links,
            reach,
            self._till_box,
            self._moved_box,
            self._address,
            other,
            self.said,
            None,
            self.counter,
            gap=10,
        )
        body = widgets.row(widgets.column(None, self.code, None), words, gap=28)
        body.setStretch(1, 1)
        body.setContentsMargins(28, 24, 28, 24)
        self.setLayout(body)
        self._moved_box.hide()

    def _copy(self) -> None:
        if self.shown:
            QGuiApplication.clipboard().setText(self.shown.link)
            self.said.setText(translate("shop", "The link is copied."))

    def _choose_poster(self) -> None:
        dialog = QFileDialog(self, translate("shop", "Print a poster"), "", "PDF (*.pdf);;PNG (*.png)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(translate("shop", "poster") + ".pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write)
        dialog.show()

    @Slot()
    def _move(self) -> None:
        self._shop.move_to(self.address.text())

    @Slot(object)
    def _refuse(self, error: ZitiError) -> None:
        self.said.setText(sayings.of_error(error))


def _boxed(icon: Icon, text: QLabel, tone: str) -> QFrame:
    box = QFrame()
    said = widgets.row(icon, text, gap=10)
    said.setStretch(1, 1)
    said.setContentsMargins(12, 8, 12, 8)
    box.setLayout(said)
    theme.mark(box, soft=tone)
    return box
