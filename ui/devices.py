"""Serial scanners and the watched folder as Qt signals: what the settings choose runs, and nothing else is touched."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.settings import Settings
from ui.workers import is_code

if TYPE_CHECKING:
    from scanner.keys.ports import Port

log = logging.getLogger(__name__)


class Running(Protocol):
    """A device's thread."""

    def start(self) -> None:
        """Begin."""
        ...

    def stop(self) -> object:
        """End, and wait for it for a moment."""
        ...


Hear = Callable[[Any], None]
MakeScanner = Callable[[str, Hear, Hear], Running]
MakeFolder = Callable[[str, Callable[[str], None], Hear], Running]
FindPorts = Callable[[], "Iterable[Port]"]


class Devices(QObject):
    """Starts and stops the devices that the settings name; each has a thread, and none waits for another."""

    scanned = Signal(str)
    heard = Signal(object)  # scanner.keys.serial.SerialText, for the settings' test
    picture = Signal(str)  # the path of a picture that arrived in the folder
    scanner_changed = Signal(str, str)  # identity, a name of `scanner.keys.serial_source.State`
    folder_changed = Signal(str)  # "off" or a name of `scanner.folder.State`
    ports_found = Signal(object)  # tuple of scanner.keys.ports.Port

    _said = Signal(object)
    _folder_said = Signal(object, str)

    def __init__(
        self,
        make_scanner: MakeScanner | None = None,
        make_folder: MakeFolder | None = None,
        find_ports: FindPorts | None = None,
    ) -> None:
        super().__init__()
        self.states: dict[str, str] = {}
        self.folder_state = "off"
        self._make_scanner = make_scanner or _serial_source
        self._make_folder = make_folder or _folder_source
        self._find_ports = find_ports or _list_ports
        self._scanners: dict[str, Running] = {}
        self._folder: tuple[str, Running] | None = None
        self._said.connect(self._take_state)
        self._folder_said.connect(self._take_folder_state)
        self.heard.connect(self._pass_on)

    @Slot(object)
    def follow(self, settings: Settings) -> None:
        """Run what these settings choose; a device that stays chosen is left alone."""
        self._follow_scanners(settings.serial_scanners)
        self._follow_folder(settings.watched_folder)

    def stop(self) -> None:
        """End every device, and wait for each for a moment: the program ends."""
        for device in self._let_go():
            device.stop()

    def find_ports(self) -> None:
        """Look for serial ports; `ports_found` follows."""
        _in_background(self._list_ports)

    def _follow_scanners(self, wanted: tuple[str, ...]) -> None:
        for identity in set(self._scanners) - set(wanted):
            _in_background(self._scanners.pop(identity).stop)
            self.states.pop(identity, None)
        for identity in wanted:
            if identity not in self._scanners:
                self._scanners[identity] = self._make_scanner(identity, self.heard.emit, self._said.emit)
                self._scanners[identity].start()

    def _follow_folder(self, wanted: str) -> None:
        if wanted == (self._folder[0] if self._folder else ""):
            return
        if self._folder:
            _in_background(self._folder[1].stop)
        self._folder = None
        self._take_folder_state(None, "")
        if wanted:
            self._folder = (wanted, self._make_folder(wanted, self.picture.emit, partial(self._folder_says, wanted)))
            self._folder[1].start()

    def _folder_says(self, folder: str, state: Any) -> None:
        # Called by the folder's thread.
        self._folder_said.emit(state, folder)

    def _let_go(self) -> list[Running]:
        devices = [*self._scanners.values(), *([self._folder[1]] if self._folder else [])]
        self._scanners, self._folder = {}, None
        return devices

    def _list_ports(self) -> None:
        try:
            found = tuple(self._find_ports())
        except Exception:  # the edge of a thread: a driver's listing may raise anything
            log.info("the serial ports could not be listed", exc_info=True)
            found = ()
        self.ports_found.emit(found)

    @Slot(object)
    def _pass_on(self, heard: Any) -> None:
        self.scanned.emit(heard.text)

    @Slot(object)
    def _take_state(self, state: Any) -> None:
        # What a device says that was let go meanwhile is of no interest.
        if state.identity in self._scanners:
            self.states[state.identity] = str(state.name)
            self.scanner_changed.emit(state.identity, str(state.name))

    @Slot(object, str)
    def _take_folder_state(self, state: Any, folder: str) -> None:
        if folder == (self._folder[0] if self._folder else ""):
            self.folder_state = str(state.name) if state else "off"
            self.folder_changed.emit(self.folder_state)


def _in_background(act: Callable[[], object]) -> None:
    threading.Thread(target=act, name="ziti-devices", daemon=True).start()


def _serial_source(identity: str, on_text: Hear, on_state: Hear) -> Running:
    from scanner.keys.serial_source import SerialSource

    return SerialSource(identity, on_text, on_state, accept=is_code)


def _folder_source(folder: str, on_picture: Callable[[str], None], on_state: Hear) -> Running:
    from scanner.folder import FolderSource

    return FolderSource(folder, on_picture, on_state)


def _list_ports() -> tuple[Port, ...]:
    from scanner.keys.ports import list_ports

    return list_ports()
