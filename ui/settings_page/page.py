"""The settings of this machine: each is in force at the moment it is tapped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.domain.document import Paper
from app.domain.verdict import Tone
from app.settings import Settings
from ui import widgets
from ui.parts import Parts
from ui.settings_page.choices import Choices, Said, panel_of, setting_row
from ui.settings_page.devices_panel import SerialScanners, WatchedFolder
from ui.settings_page.found_panel import FoundPrinters
from ui.settings_page.live_view import LiveView
from ui.settings_page.printers_panel import PrinterForm, PrintPreview
from ui.settings_page.queue_panel import QueuePanel
from ui.settings_page.storefront_row import StorefrontRow
from ui.settings_page.tester import ScannerTest

translate = QCoreApplication.translate

_TABS = ("settings", "scanner", "print")
_SEEING = ("camera_on", "mirrored")

Table = dict[str, tuple[Said, Said, Sequence[tuple[Any, Said]]]]


class SettingsPage(QWidget):
    """One column of settings; the names of fields are those of `app.settings.Settings`."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._clerk = widgets.Field()
        self._clerk.setMaxLength(40)
        self._clerk.setMinimumWidth(300)
        self._clerk.editingFinished.connect(self._name_clerk)
        self._clerk_title, self._clerk_hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._camera = widgets.ComboBox()
        self._camera.setMinimumWidth(300)
        self._camera.activated.connect(self._choose_camera)
        self._camera_title, self._camera_hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._choices = self._make_choices()
        self._live, self._serial, self._folder = LiveView(parts), SerialScanners(parts), WatchedFolder(parts)
        self._tester = ScannerTest(parts)
        self.printers = [PrinterForm(parts, paper) for paper in Paper]
        self.found = FoundPrinters(parts)
        self.queue, self._preview = QueuePanel(parts), PrintPreview(parts)
        self._sheets = QStackedWidget()
        self._tabs = [widgets.Button(icon, clicked=partial(self.show_sheet, at)) for at, icon in enumerate(_TABS)]
        for tab in self._tabs:
            tab.setCheckable(True)
            tab.setMinimumWidth(200)
        self._storefront = StorefrontRow(parts) if parts.shop else None
        self._compose()
        parts.preferences.changed.connect(self._show)
        parts.scan.cameras_found.connect(self._show_cameras)
        self.retranslate()
        self._show(parts.preferences.now)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._clerk_title.setText(self.tr("Who is at the counter"))
        self._clerk_hint.setText(self.tr("This name stands beside every hand-over."))
        self._clerk.setPlaceholderText(self.tr("Name"))
        self._clerk.setAccessibleName(self._clerk_title.text())
        self._camera_title.setText(self.tr("Which camera"))
        self._camera_hint.setText(self.tr("Its picture is seen on the counter page."))
        self._camera.setAccessibleName(self._camera_title.text())
        self._camera.setItemText(0, self.tr("The first one found"))
        names = (self.tr("Counter and screen"), self.tr("Scanner and camera"), self.tr("Printers"))
        for tab, text in zip(self._tabs, names, strict=True):
            tab.setText(text)
        if self._storefront:
            self._storefront.retranslate()
        for choices in self._choices.values():
            choices.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Look which cameras there are, for as long as the page is shown."""
        self._parts.scan.find_cameras()
        self._parts.devices.find_ports()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for cameras no more."""
        self._parts.scan.leave_cameras()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_choices(self) -> dict[str, Choices]:
        choices: dict[str, Choices] = {}
        for name, (title, hint, values) in (_looks() | _habits()).items():
            choices[name] = Choices(title, hint, values, partial(self._take, name))
        return choices

    def _take(self, name: str, value: Any) -> None:
        self._set(name, value)
        # A second tap on the choice in force must not leave it unmarked.
        self._choices[name].show_value(value)
        if name == "sounds" and value:
            self._parts.sounds.play(Tone.YES)
        elif name == "new_task_sound" and value:
            self._parts.sounds.ring()

    def _set(self, name: str, value: Any) -> None:
        self._parts.preferences.set(**{name: value})

    def _compose(self) -> None:
        clerk, camera = QFrame(), QFrame()
        clerk.setLayout(setting_row(self._clerk_title, self._clerk_hint, self._clerk))
        camera.setLayout(setting_row(self._camera_title, self._camera_hint, self._camera))
        self._camera.addItem("", "")
        seeing = [self._choices[name] for name in _SEEING]
        first = [clerk, self._storefront] if self._storefront else [clerk]
        general = [*first, *(choices for name, choices in self._choices.items() if name not in _SEEING)]
        picture = QFrame()
        picture.setLayout(widgets.column(*seeing[1:], self._live, gap=4))
        scanning = [*seeing[:1], camera, picture, self._serial, self._folder]
        self._sheets.addWidget(_sheet(panel_of(*general)))
        self._sheets.addWidget(_sheet(panel_of(self._tester), panel_of(*scanning)))
        self._sheets.addWidget(
            _sheet(panel_of(*self.printers, self.found), panel_of(self.queue), panel_of(self._preview))
        )
        tabs = widgets.row(None, *self._tabs, None, gap=8)
        self.setLayout(widgets.column(tabs, self._sheets, margin=16))
        self.show_sheet(0)

    def show_sheet(self, number: int) -> None:
        """Bring a sheet forward: 0 is the counter, 1 the scanner, 2 the printers."""
        self._sheets.setCurrentIndex(number)
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == number)

    @Slot(object)
    def _show(self, settings: Settings) -> None:
        if not self._clerk.hasFocus():
            self._clerk.setText(settings.clerk)
        for name, choices in self._choices.items():
            choices.show_value(getattr(settings, name))
        self._camera.setEnabled(settings.camera_on)

    @Slot(object)
    def _show_cameras(self, found: tuple[tuple[str, str], ...]) -> None:
        chosen = self._parts.preferences.now.camera
        while self._camera.count() > 1:
            self._camera.removeItem(1)
        for identity, name in found:
            self._camera.addItem(name, identity)
        index = self._camera.findData(chosen)
        if index < 0:
            # Earlier releases remembered the name.
            index = self._camera.findText(chosen)
        if index < 0:
            self._camera.addItem(self._parts.scan.camera_name(chosen), chosen)
            index = self._camera.count() - 1
        self._camera.setCurrentIndex(index)

    @Slot()
    def _name_clerk(self) -> None:
        self._set("clerk", self._clerk.text().strip())

    @Slot(int)
    def _choose_camera(self, _index: int) -> None:
        self._set("camera", self._camera.currentData())


def _sheet(*panels: QWidget) -> QWidget:
    """Return panels under each other in an area that scrolls, no wider than is good to read."""
    inside = QWidget()
    stacked = QWidget()
    stacked.setMaximumWidth(1040)
    stacked.setLayout(widgets.column(*panels))
    centred = widgets.row(None, stacked, None)
    centred.setStretch(1, 100)
    inside.setLayout(widgets.column(centred, None))
    return widgets.scrolled(inside)


def _nothing() -> str:
    return ""


def _on_off() -> tuple[tuple[bool, Said], tuple[bool, Said]]:
    return (True, lambda: translate("settings", "On")), (False, lambda: translate("settings", "Off"))


def _looks() -> Table:
    """Return how the screen looks, by field: its title, its hint, its choices."""
    return {
        "language": (
            lambda: translate("settings", "Language"),
            _nothing,
            (("zh_CN", lambda: "中文"), ("en", lambda: "English")),
        ),
        "theme": (
            lambda: translate("settings", "Colours"),
            _nothing,
            (("light", lambda: translate("settings", "Light")), ("dark", lambda: translate("settings", "Dark"))),
        ),
        "text_size": (
            lambda: translate("settings", "Text size"),
            _nothing,
            (
                ("normal", lambda: translate("settings", "Normal")),
                ("large", lambda: translate("settings", "Large")),
                ("larger", lambda: translate("settings", "Larger")),
            ),
        ),
        "full_screen": (lambda: translate("settings", "Full screen"), _nothing, _on_off()),
    }


def _habits() -> Table:
    """Return how the counter works, by field: its title, its hint, its choices."""
    return {
        "sign_in": (
            lambda: translate("settings", "Sign in by PIN"),
            lambda: translate("settings", "Everybody works under the own name; PINs are set at HQ."),
            _on_off(),
        ),
        "lock_minutes": (
            lambda: translate("settings", "Lock by itself"),
            lambda: translate("settings", "So long after the last touch, with sign-in. Ctrl+L locks at once."),
            (
                (0, lambda: translate("settings", "Never")),
                (2, lambda: translate("settings", "2 min")),
                (5, lambda: translate("settings", "5 min")),
                (15, lambda: translate("settings", "15 min")),
            ),
        ),
        "sounds": (
            lambda: translate("settings", "Sounds"),
            lambda: translate("settings", "One for yes, one for wait, one for no."),
            _on_off(),
        ),
        "new_task_sound": (
            lambda: translate("settings", "Sound for new orders"),
            lambda: translate("settings", "One for a burst of them, if sounds are on."),
            _on_off(),
        ),
        "camera_on": (
            lambda: translate("settings", "Camera"),
            lambda: translate("settings", "A USB scanner works without it."),
            _on_off(),
        ),
        "mirrored": (
            lambda: translate("settings", "Mirrored picture"),
            lambda: translate("settings", "As in a mirror: right for a camera that faces the customer."),
            _on_off(),
        ),
        "one_tap": (
            lambda: translate("settings", "Hand over with one tap"),
            lambda: translate(
                "settings", "The second question is left out: for a counter where the goods are at hand."
            ),
            _on_off(),
        ),
        "confirm_by_same_code": (
            lambda: translate("settings", "The same code again confirms"),
            lambda: translate("settings", "Scanning the customer's code a second time says: the customer has it."),
            _on_off(),
        ),
    }
