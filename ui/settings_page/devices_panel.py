"""Serial scanners and the watched folder: what is there, what is chosen, and how it stands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDir, QEvent, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QFrame

from app.settings import Settings
from ui import theme, widgets
from ui.parts import Parts
from ui.scan_test import Port
from ui.settings_page import sayings
from ui.settings_page.choices import setting_row


class SerialScanners(QFrame):
    """Every serial port with a button to use it; none is opened that nobody chose."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._ports: tuple[Port, ...] = ()
        self._names: dict[str, str] = {}
        self._title, self._hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._again = widgets.Button(clicked=parts.devices.find_ports)
        self._rows = widgets.column(gap=6)
        self.setLayout(widgets.column(setting_row(self._title, self._hint, self._again), self._rows, gap=4))
        parts.devices.ports_found.connect(self._take_ports)
        parts.devices.scanner_changed.connect(self._draw)
        parts.preferences.changed.connect(self._draw)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Serial scanners"))
        self._hint.setText(
            self.tr("A USB scanner set to serial (USB-COM) is the surest way: no keyboard and no input method between.")
        )
        self._again.setText(self.tr("Look again"))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(object)
    def _take_ports(self, found: tuple[Port, ...]) -> None:
        self._ports = found
        self._names |= {port.identity: port.name for port in found}
        self._draw()

    @Slot()
    def _draw(self, *_news: object) -> None:
        widgets.empty(self._rows)
        chosen = self._parts.preferences.now.serial_scanners
        here = [port.identity for port in self._ports]
        for identity in dict.fromkeys((*chosen, *here)):
            self._rows.addWidget(self._row(identity, chosen=identity in chosen))
        if not chosen and not here:
            self._rows.addWidget(widgets.label("muted", self.tr("No serial port found.")))

    def _row(self, identity: str, *, chosen: bool) -> QFrame:
        row = widgets.frame("row")
        use = widgets.Button(clicked=partial(self._toggle, identity))
        use.setCheckable(True)
        use.setChecked(chosen)
        use.setText(self.tr("In use") if chosen else self.tr("Use"))
        use.setMinimumWidth(96)
        name = widgets.label("", self._names.get(identity, identity), wrap=True)
        layout = widgets.row(name, widgets.label("muted", self._note(identity, chosen=chosen)), use, gap=10)
        layout.setStretch(0, 1)
        layout.setContentsMargins(14, 4, 4, 4)
        row.setLayout(layout)
        row.setMinimumHeight(theme.TOUCH)
        return row

    def _note(self, identity: str, *, chosen: bool) -> str:
        if chosen:
            return sayings.port_state(self._parts.devices.states.get(identity, ""))
        likely = any(port.likely for port in self._ports if port.identity == identity)
        return self.tr("Looks like a scanner") if likely else ""

    def _toggle(self, identity: str) -> None:
        chosen = self._parts.preferences.now.serial_scanners
        rest = tuple(each for each in chosen if each != identity)
        self._parts.preferences.set(serial_scanners=rest if identity in chosen else (*chosen, identity))


class WatchedFolder(QFrame):
    """The folder whose new pictures are read."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._title, self._hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._choose = widgets.Button(clicked=self._ask)
        self._off = widgets.Button(clicked=self._switch_off)
        self.setLayout(setting_row(self._title, self._hint, self._choose, self._off))
        parts.devices.folder_changed.connect(self.retranslate)
        parts.preferences.changed.connect(self._show)
        self.retranslate()

    @Slot()
    def retranslate(self, *_news: object) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Watched folder"))
        self._choose.setText(self.tr("Choose…"))
        self._off.setText(self.tr("Off"))
        self._show(self._parts.preferences.now)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(object)
    def _show(self, settings: Settings) -> None:
        folder = QDir.toNativeSeparators(settings.watched_folder)
        state = sayings.folder_state(self._parts.devices.folder_state)
        self._hint.setText(f"{folder}\n{state}".strip())
        self._off.setVisible(bool(folder))

    @Slot()
    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self._title.text(), self._parts.preferences.now.watched_folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.choose)
        dialog.open()

    @Slot(str)
    def choose(self, folder: str) -> None:
        """Watch this folder from now on."""
        self._parts.preferences.set(watched_folder=folder)

    @Slot()
    def _switch_off(self) -> None:
        self._parts.preferences.set(watched_folder="")
