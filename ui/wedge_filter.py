"""Hears a USB scanner on every page, wherever the focus is, and keeps its keys out of fields and buttons."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.wedge_fields import Snapshot, acts_on, field_of, focused, give_back, take_back
from ui.widgets import ENTER
from ui.workers import (
    LONGEST_GAP,
    MEAN_GAP,
    SHORTEST_SCAN,
    BurstBegan,
    BurstGrew,
    GivenBack,
    PassedThrough,
    ScanComplete,
    Swallowed,
    WedgeAssembler,
    WedgeEvent,
)

POLL_MS = 50
# After a stall of the window the clock strikes before the keys that were waiting are read: only a second stroke counts.
_STROKES_OF_SILENCE = 2
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
# Where the native modifiers of a key say that Caps Lock was on, by platform.
_CAPS = {"xcb": 0x2, "windows": 0x100}
_OTHER_CLOCK = 5.0


class KeyClock:
    """Says when a key was pressed, not when the window came round to it: a busy window must not tear a scan apart.

    The system stamps keys in milliseconds of a clock of its own. The least delay seen so far is what lies between that
    clock and ours (`now`, monotonic seconds).
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._offset: float | None = None
        self._last = float("-inf")

    def at(self, stamp: int) -> float:
        """Return the moment of a key; without a stamp it is now."""
        now = self._now()
        if stamp:
            delay = now - stamp / 1000
            if self._offset is None or abs(delay - self._offset) > _OTHER_CLOCK:
                self._offset = delay
            self._offset = min(self._offset, delay)
            now = max(min(now, self._last), stamp / 1000 + self._offset)
        self._last = now
        return now


class PreeditWatch:
    """Notices a scanner whose keys end in an input method; tells once for each burst."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=SHORTEST_SCAN)
        self._told = False

    def is_scan(self, at: float) -> bool:
        """Take one pre-edit event, and tell whether they come as quickly as only a scanner types."""
        if self._times and at - self._times[-1] > LONGEST_GAP:
            self._times.clear()
            self._told = False
        self._times.append(at)
        quick = at - self._times[0] <= MEAN_GAP * (SHORTEST_SCAN - 1)
        found = len(self._times) == SHORTEST_SCAN and quick and not self._told
        self._told |= found
        return found


class WedgeFilter(QObject):
    """An event filter for the windows that get keys; `now` (seconds) is what tells a scanner from fingers.

    Not for the application: that would ask for Python's lock at every event of every widget, and the window would
    stand still while another thread has it. What an input method sends goes to the one field that has the focus.
    """

    scanned = Signal(str)
    reading = Signal(int)  # characters so far, 0 when the scan is over
    swallowed_by_input_method = Signal()
    stroke = Signal(object)  # scanner.keys.trace.Stroke, while `recording`

    def __init__(
        self, assembler: WedgeAssembler, now: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.recording = False
        self._assembler = assembler
        self._now = now
        self._clock = KeyClock(now)
        self._preedits = PreeditWatch()
        self._snapshot: Snapshot | None = None
        self._last_at = float("-inf")
        self._strikes = 0
        self._field: QObject | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    def watch(self, app: QGuiApplication) -> None:
        """Hear the keys of whichever window has the focus, now and from now on."""
        self._hear(app.focusWindow())
        app.focusWindowChanged.connect(self._hear)
        app.focusObjectChanged.connect(self._hear_field)

    def unwatch(self, app: QGuiApplication) -> None:
        """Hear nothing more."""
        app.focusWindowChanged.disconnect(self._hear)
        app.focusObjectChanged.disconnect(self._hear_field)

    @Slot(bool)
    def record(self, on: bool) -> None:
        """Give every key to `stroke` and to nobody else, or end that."""
        self.recording = on

    @Slot(QWindow)
    def _hear(self, window: QWindow | None) -> None:
        if window:
            window.installEventFilter(self)

    @Slot(QObject)
    def _hear_field(self, field: QObject | None) -> None:
        if self._field and isValid(self._field):
            self._field.removeEventFilter(self)
        wanted = isinstance(field, QWidget) and field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._field = field if wanted else None
        if self._field:
            self._field.installEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Swallow a scanner's keys before they reach a widget; every other event goes on untouched."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return isinstance(receiver, QWindow) and self._take_key(event)
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._take_input(event)
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _COMMANDS:
            return False
        is_enter, is_tab = event.key() in ENTER, event.key() == Qt.Key.Key_Tab
        at = self._clock.at(event.timestamp())
        if self.recording and (event.text() or is_enter or is_tab) and event.key() != Qt.Key.Key_Escape:
            caps = bool(event.nativeModifiers() & _CAPS.get(QGuiApplication.platformName(), 0))
            text = "\r" if is_enter else "\t" if is_tab else event.text()
            self._record(at, text, caps=caps)
            return self._feed(event.text(), at, is_enter=is_enter, is_tab=is_tab) or True
        return self._feed(event.text(), at, is_enter=is_enter, is_tab=is_tab)

    def _take_input(self, event: QInputMethodEvent) -> bool:
        """Take what an input method finished as one key, and notice when it keeps a scanner's keys to itself."""
        at = self._now()
        if text := event.commitString():
            if self.recording:
                self._record(at, text)
            return self._feed(text, at) or self.recording
        if event.preeditString():
            if self.recording:
                self._record(at, "", preedit=True)
            if self._preedits.is_scan(at):
                self.swallowed_by_input_method.emit()
        return False

    def _record(self, at: float, text: str, *, caps: bool = False, preedit: bool = False) -> None:
        from ui.scan_test import Stroke

        self.stroke.emit(Stroke(at, text, caps=caps, preedit=preedit))

    def _feed(self, text: str, at: float, *, is_enter: bool = False, is_tab: bool = False) -> bool:
        """Follow one key, and tell whether nobody else may have it."""
        happened = self._assembler.feed(text, is_enter=is_enter, is_tab=is_tab, at=at)
        self._strikes = 0
        for each in happened:
            self._follow(each)
        if self._assembler.in_burst and not self._timer.isActive():
            self._timer.start()
        quick = at - self._last_at <= LONGEST_GAP
        if text.strip():
            self._last_at = at
        if isinstance(happened[-1], Swallowed):
            return True
        if text and isinstance(happened[-1], PassedThrough):
            self._remember(text, quick=quick)
        return acts_on(focused(), text, in_a_hurry=quick) if text else False

    def _remember(self, text: str, *, quick: bool) -> None:
        """Keep what the field was before the first of several quick keys."""
        field = field_of(focused())
        if field and not (quick and self._snapshot and self._snapshot.is_of(field)):
            self._snapshot = Snapshot.of(field)
        if self._snapshot and field:
            self._snapshot.passed += text

    def _poll(self) -> None:
        self._strikes += 1
        if self._strikes < _STROKES_OF_SILENCE:
            return
        for each in self._assembler.poll(self._now()):
            self._follow(each)
        if not self._assembler.in_burst:
            self._timer.stop()

    def _follow(self, happened: WedgeEvent) -> None:
        if isinstance(happened, BurstBegan) and not self.recording:
            self._take_back(happened.take_back)
        elif isinstance(happened, BurstGrew):
            self.reading.emit(happened.count)
        elif isinstance(happened, GivenBack) and not self.recording:
            give_back(happened.text)
        elif isinstance(happened, ScanComplete):
            self.reading.emit(0)
            self.scanned.emit(happened.text)

    def _take_back(self, text: str) -> None:
        field = field_of(focused())
        if self._snapshot and self._snapshot.is_of(field) and self._snapshot.passed == text:
            self._snapshot.restore()
        elif field:
            take_back(field, text)
        self._snapshot = None
