"""The settings of this machine: each is in force at the moment it is tapped."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.domain.document import Paper
from app.domain.verdict import Tone
from app.settings import Settings
from ui import widgets
from ui.parts import Parts
from ui.settings_page import links, tables
from ui.settings_page.choices import Choices, panel_of, setting_row
from ui.settings_page.data_panel import DataPanel
from ui.settings_page.devices_panel import SerialScanners, WatchedFolder
from ui.settings_page.found_panel import FoundPrinters
from ui.settings_page.live_view import LiveView
from ui.settings_page.printers_panel import PrinterForm, PrintPreview
from ui.settings_page.queue_panel import QueuePanel
from ui.settings_page.rights_bar import RightsBar
from ui.settings_page.staff_row import StaffRow
from ui.settings_page.storefront_row import StorefrontRow
from ui.settings_page.tester import ScannerTest

_TABS = ("settings", "scanner", "print", "lock", "disk")
# What other pages call the sheets: page_wanted("settings/scanner").
_PARTS = ("counter", "scanner", "printers", "staff", "data")


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
        self.choices = self._make_choices()
        self._live, self._serial, self._folder = LiveView(parts), SerialScanners(parts), WatchedFolder(parts)
        self._tester = ScannerTest(parts)
        self.printers = [PrinterForm(parts, paper) for paper in Paper]
        self.found = FoundPrinters(parts)
        self.queue, self._preview = QueuePanel(parts), PrintPreview(parts)
        self.rights, self.staff = RightsBar(parts), StaffRow(parts)
        self.keys, self.first_steps, self.closing = (
            make(parts) for make in (links.keys, links.first_steps, links.close_program)
        )
        self.data = DataPanel(parts)
        self._sheets = QStackedWidget()
        self._tabs = [widgets.Button(icon, clicked=partial(self.show_sheet, at)) for at, icon in enumerate(_TABS)]
        for tab in self._tabs:
            tab.setCheckable(True)
            tab.setMinimumWidth(150)
        self._storefront = StorefrontRow(parts) if parts.shop else None
        self._compose()
        parts.preferences.changed.connect(self._show)
        parts.session.rights_changed.connect(self._show_rights)
        parts.scan.cameras_found.connect(self._show_cameras)
        self.retranslate()
        self._show(parts.preferences.now)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._clerk_title.setText(self.tr("Who is at the counter"))
        self._clerk.setPlaceholderText(self.tr("Name"))
        self._clerk.setAccessibleName(self._clerk_title.text())
        self._camera_title.setText(self.tr("Which camera"))
        self._camera_hint.setText(self.tr("Its picture is seen on the counter page."))
        self._camera.setAccessibleName(self._camera_title.text())
        self._camera.setItemText(0, self.tr("The first one found"))
        names = (
            self.tr("Counter and screen"),
            self.tr("Scanner and camera"),
            self.tr("Printers"),
            self.tr("Staff"),
            self.tr("Data"),
        )
        for tab, text in zip(self._tabs, names, strict=True):
            tab.setText(text)
        if self._storefront:
            self._storefront.retranslate()
        for choices in self.choices.values():
            choices.retranslate()
        for link in (self.keys, self.first_steps, self.closing):
            link.retranslate()
        self._show_rights()

    def showEvent(self, event: QShowEvent) -> None:
        """Look which cameras there are, for as long as the page is shown."""
        self._parts.scan.find_cameras()
        self._parts.devices.find_ports()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for cameras no more; what a manager opened is closed again."""
        self._parts.scan.leave_cameras()
        self.rights.end()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_choices(self) -> dict[str, Choices]:
        every = tables.hand_over() | tables.looks() | tables.sounds() | tables.seeing() | tables.staff()
        return {
            name: Choices(title, hint, values, partial(self._take, name))
            for name, (title, hint, values) in every.items()
        }

    def _take(self, name: str, value: Any) -> None:
        self._set(name, value)
        # A second tap on the choice in force must not leave it unmarked.
        self.choices[name].show_value(value)
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
        first = [clerk, self._storefront] if self._storefront else [clerk]
        screen = [*self._of(tables.looks()), *self._of(tables.sounds())]
        camera_on, *mirrored = self._of(tables.seeing())
        picture = QFrame()
        picture.setLayout(widgets.column(*mirrored, self._live, gap=4))
        scanning = [camera_on, camera, picture, self._serial, self._folder]
        self._sheets.addWidget(
            _sheet(panel_of(*first, *self._of(tables.hand_over())), panel_of(*screen, self.keys, self.first_steps))
        )
        self._sheets.addWidget(_sheet(panel_of(self._tester), panel_of(*scanning)))
        self._sheets.addWidget(
            _sheet(panel_of(*self.printers, self.found), panel_of(self.queue), panel_of(self._preview))
        )
        self._sheets.addWidget(_sheet(panel_of(*self._of(tables.staff()), self.staff), panel_of(self.closing)))
        self._sheets.addWidget(_sheet(self.data))
        tabs = widgets.row(None, *self._tabs, None, gap=8)
        rights = widgets.row(None, self.rights, None)
        rights.setStretch(1, 100)
        layout = widgets.column(tabs, rights, self._sheets, margin=16)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.show_sheet(0)

    def _of(self, table: tables.Table) -> list[Choices]:
        return [self.choices[name] for name in table]

    def show_part(self, name: str) -> None:
        """Bring the sheet forward that another page speaks of; one that is not there leaves the page as it is."""
        if name in _PARTS:
            self.show_sheet(_PARTS.index(name))

    def show_sheet(self, number: int) -> None:
        """Bring a sheet forward: 0 is the counter, 1 the scanner, 2 the printers, 3 the staff, 4 the data."""
        self._sheets.setCurrentIndex(number)
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == number)

    @Slot(object)
    def _show(self, settings: Settings) -> None:
        self._show_rights()
        for name, choices in self.choices.items():
            choices.show_value(getattr(settings, name))
        self._camera.setEnabled(settings.camera_on)

    @Slot()
    def _show_rights(self) -> None:
        """Grey what is a manager's, with the reason, and the name where it comes from signing in."""
        barred = "" if self._parts.may_set_up else self.tr("A manager may change this.")
        for name in tables.MANAGERS:
            self.choices[name].bar(barred)
        if not barred:
            self.choices["kiosk"].bar(self._why_no_kiosk())
        by_pin = self._parts.preferences.now.sign_in
        self._clerk.setEnabled(not by_pin)
        if not self._clerk.hasFocus():
            self._clerk.setText(self._parts.clerk)
        signed_in = self.tr("Whoever is signed in: tap the name at the top to change.")
        self._clerk_hint.setText(signed_in if by_pin else self.tr("This name stands beside every hand-over."))

    def _why_no_kiosk(self) -> str:
        if self._parts.machine.kiosk:
            return self.tr("The program was started as a kiosk.")
        # Else it could never be left again.
        nobody = not self._parts.session.has_managers and not self._parts.preferences.now.kiosk
        return self.tr("First HQ must give a manager of this store a PIN.") if nobody else ""

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
