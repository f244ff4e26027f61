"""The threads of sync and scanner as Qt sees them: their calls become signals, which reach slots in the Qt thread.

What they run is made by `main.py` and imported when it is started, so that cv2, requests and pydantic load after the
first frame. No other module of `ui` knows sync or scanner.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol
from weakref import WeakMethod

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from app.domain.code import CodeFlaw, parse
from app.errors import ZitiError
from scanner.keys.wedge import (
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
from ui.link import Link

__all__ = [
    "LONGEST_GAP",
    "MEAN_GAP",
    "SEEING",
    "SHORTEST_SCAN",
    "BurstBegan",
    "BurstGrew",
    "GivenBack",
    "PassedThrough",
    "ScanComplete",
    "ScanWorker",
    "Swallowed",
    "SyncWorker",
    "WedgeAssembler",
    "WedgeEvent",
    "is_code",
]

log = logging.getLogger(__name__)

# The states of a camera that gives pictures.
SEEING = frozenset({"running", "decoder_missing"})
# By the number of channels; what stands in the fourth is nothing to go by.
_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_BGR888, 4: QImage.Format.Format_RGB32}


class Loop(Protocol):
    """Threads that were started: what sync and the camera have in common."""

    def stop(self) -> None:
        """End every thread; harmless when there is none."""
        ...


class SyncLoop(Loop, Protocol):
    """The two conversations with HQ."""

    def nudge(self) -> None:
        """Send now rather than at the next turn."""
        ...


class HeardLink(Protocol):
    """A `sync.link.LinkState`, as far as the screen goes."""

    @property
    def kind(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def since(self) -> datetime | None: ...
    @property
    def last_contact(self) -> datetime | None: ...


StartSync = Callable[[Callable[[HeardLink], None]], SyncLoop]
Enrol = Callable[[str, str, str], object]


class SyncWorker(QObject):
    """HQ: the state of the line, and the terminal's enrolment."""

    link_changed = Signal(object)  # ui.link.Link
    enrolled = Signal(object)
    enrol_failed = Signal(object)  # app.errors.ZitiError

    _heard = Signal(object)

    def __init__(self, start: StartSync, enrol: Enrol) -> None:
        super().__init__()
        self.link = Link()
        self._start = start
        self._enrol = enrol
        self._loop: SyncLoop | None = None
        self._heard.connect(self.take_link)

    @Slot()
    def start(self) -> None:
        """Begin to talk with HQ; a second call changes nothing."""
        if self._loop is None:
            self._loop = self._start(self._hear)

    def forget(self) -> None:
        """Let the conversations end on their own time: the next `start` begins with what HQ said last."""
        if self._loop:
            threading.Thread(target=self._loop.stop, name="ziti-farewell", daemon=True).start()
        self._loop = None

    @Slot()
    def nudge(self) -> None:
        """Send now."""
        if self._loop:
            self._loop.nudge()

    def stop(self) -> None:
        """End the conversations."""
        if self._loop:
            self._loop.stop()
        self._loop = None

    def enrol(self, url: str, code: str, terminal_name: str) -> None:
        """Ask HQ to take this terminal in; `enrolled` or `enrol_failed` follows."""
        threading.Thread(
            target=self._run_enrolment, args=(url, code, terminal_name), name="ziti-enrol", daemon=True
        ).start()

    def _run_enrolment(self, url: str, code: str, terminal_name: str) -> None:
        try:
            result = self._enrol(url, code, terminal_name)
        except ZitiError as error:
            self.enrol_failed.emit(error)
        except Exception as error:  # the edge of a thread: the page must hear that it ended
            log.exception("enrolment failed in a way that nobody foresaw")
            self.enrol_failed.emit(ZitiError(str(error)))
        else:
            self.enrolled.emit(result)

    def _hear(self, state: HeardLink) -> None:
        # Called by a network thread: the state is translated here and taken in the Qt thread.
        kinds: dict[str, Any] = {"online": "online", "attention": "attention"}
        self._heard.emit(Link(kinds.get(state.kind, "offline"), state.reason or "", state.since, state.last_contact))

    @Slot(object)
    def take_link(self, link: Link) -> None:
        """Take note of the line's state, in the Qt thread."""
        self.link = link
        self.link_changed.emit(link)


ReadPicture = Callable[[Any], list[str]]


class StartScan(Protocol):
    """Looks through a remembered camera; each listener is called on a thread of the camera's."""

    def __call__(
        self,
        camera: str,
        /,
        *,
        on_text: Callable[[str], None],
        on_frame: Callable[[Any], None],
        on_whole: Callable[[Any], None],
        on_state: Callable[[Any], None],
        on_hint: Callable[[Any], None],
    ) -> Loop: ...


class ScanWorker(QObject):
    """Everything that becomes a text: the camera, a USB scanner, a picture."""

    text = Signal(str, str)  # text, source: camera | scanner | image
    tested = Signal(str, str)  # the same while the settings page tests: then no text reaches the counter
    testing_changed = Signal(bool)
    stroke = Signal(object)  # while it tests, every key: scanner.keys.trace.Stroke
    frame = Signal(QImage)
    state_changed = Signal(str)  # off, or one of `scanner.camera.inbox.State`
    reading = Signal(int)  # characters that a USB scanner has typed so far, 0 when it is done
    picture_wanted = Signal()  # somebody wants to choose one
    picture_without_code = Signal()
    hint_changed = Signal(str)  # one of `scanner.reading.sight.Hint`, empty when there is nothing to say
    cameras_found = Signal(object)  # tuple of (identity, name): what is remembered, what is shown

    _found = Signal(str, str)
    _camera_said = Signal(str)
    _camera_hinted = Signal(str)
    _camera_saw = Signal(object)

    def __init__(self, start: StartScan, read_picture: ReadPicture) -> None:
        super().__init__()
        self.state = "off"
        self.hint = ""
        self.mirrored = True
        self.testing = False
        self._start = start
        self._read_picture = read_picture
        self._divert: WeakMethod[Callable[[str], bool]] | None = None
        self._loop: Loop | None = None
        self._watching: threading.Event | None = None
        self._switching = threading.Lock()
        self._frame_waits = False
        self._whole: Any = None
        self._found.connect(self._take_found)
        self._camera_said.connect(self._take_state)
        self._camera_hinted.connect(self._take_hint)
        self._camera_saw.connect(self._take_frame)

    @property
    def sees(self) -> bool:
        """Whether the camera gives pictures."""
        return self.state in SEEING

    def photograph(self) -> QImage | None:
        """Return what the camera sees now, in full size and never mirrored."""
        return _as_image(self._whole) if self.sees and self._whole is not None else None

    def divert_to(self, taker: Callable[[str], bool]) -> None:
        """Offer every text to a method first, in the Qt thread: the page on screen may want a barcode for itself.

        It is not kept alive by this: with its window it goes.
        """
        self._divert = WeakMethod(taker)

    def start(self, camera: str) -> None:
        """Look through a camera, by its identity (empty: the first one); the one before is let go first."""
        self._in_background(self._switch, camera)

    def rest(self) -> None:
        """Let the camera go, without waiting for it."""
        self._in_background(self._switch, None)

    def stop(self) -> None:
        """Let the camera go, and wait until it has gone: the program ends."""
        self.leave_cameras()
        self._switch(None)

    def test(self, *, on: bool) -> None:
        """Keep every text and key for the settings' test, or give them to the counter again."""
        self.testing = on
        self.testing_changed.emit(on)

    def find_cameras(self) -> None:
        """Look for cameras until `leave_cameras`; `cameras_found` follows now and whenever one comes or goes."""
        self.leave_cameras()
        self._watching = threading.Event()
        self._in_background(self._watch_cameras, self._watching)

    def leave_cameras(self) -> None:
        """Look for cameras no more."""
        if self._watching:
            self._watching.set()
        self._watching = None

    @staticmethod
    def camera_name(remembered: str) -> str:
        """Return what a remembered camera is called, also while it is unplugged."""
        from scanner.camera.identity import name_of

        return name_of(remembered)

    @Slot(str)
    def hear_wedge(self, text: str) -> None:
        """Take what a USB scanner typed."""
        self._tell(text, "scanner")

    @Slot(object)
    def read_picture(self, picture: str | QImage) -> None:
        """Look for codes in a file or an image that was dropped or pasted."""
        source = picture if isinstance(picture, str) else _as_array(picture)
        self._in_background(self._run_picture, source)

    def _in_background(self, act: Callable[..., None], *arguments: object) -> None:
        # A driver may take seconds to open, close or list a device; a large picture takes a second to read.
        threading.Thread(target=act, args=arguments, name="ziti-scan", daemon=True).start()

    def _switch(self, camera: str | None) -> None:
        with self._switching:
            if self._loop:
                self._loop.stop()
            self._loop = None
            self._camera_said.emit("off")
            if camera is not None:
                self._loop = self._start(
                    camera,
                    on_text=self._hear_text,
                    on_frame=self._hear_frame,
                    on_whole=self._hear_whole,
                    on_state=self._hear_state,
                    on_hint=self._hear_hint,
                )

    def _watch_cameras(self, enough: threading.Event) -> None:
        from scanner.camera.hotplug import LOOK_EVERY
        from scanner.camera.listing import list_cameras

        told: tuple[tuple[str, str], ...] | None = None
        while not enough.is_set():
            found = tuple((str(camera.identity), camera.name) for camera in list_cameras())
            if found != told and not enough.is_set():
                told = found
                self.cameras_found.emit(found)
            enough.wait(LOOK_EVERY)

    def _run_picture(self, source: Any) -> None:
        try:
            found = self._read_picture(source)
        except Exception:  # the edge of a thread: any file may be dropped, and none may end the program
            log.info("a picture could not be read", exc_info=True)
            found = []
        for text in found[:1]:
            self._tell(text, "image")
        if not found:
            self.picture_without_code.emit()

    def _hear_text(self, text: str) -> None:
        self._tell(text, "camera")

    def _tell(self, text: str, source: str) -> None:
        self._found.emit(text, source)

    @Slot(str, str)
    def _take_found(self, text: str, source: str) -> None:
        taker = self._divert() if self._divert else None
        if self.testing:
            self.tested.emit(text, source)
        elif not (taker and taker(text)):
            self.text.emit(text, source)

    def _hear_state(self, state: Any) -> None:
        name = str(state.name)
        self._camera_said.emit("off" if name == "stopped" else name)

    def _hear_hint(self, hint: Any) -> None:
        self._camera_hinted.emit(str(hint or ""))

    def _hear_frame(self, frame: Any) -> None:
        # The newest frame only: while one is on its way to the screen, the others are let go.
        if not self._frame_waits:
            self._frame_waits = True
            # Mirrored here, on the camera's thread, and after the decoder has seen the frame as it is.
            self._camera_saw.emit(_as_image(frame[:, ::-1] if self.mirrored else frame))

    def _hear_whole(self, frame: Any) -> None:
        # Only held: it is made a picture of when somebody wants one.
        self._whole = frame

    @Slot(str)
    def _take_state(self, state: str) -> None:
        self.state = state
        self.state_changed.emit(state)

    @Slot(str)
    def _take_hint(self, hint: str) -> None:
        self.hint = hint
        self.hint_changed.emit(hint)

    @Slot(object)
    def _take_frame(self, image: QImage) -> None:
        self._frame_waits = False
        self.frame.emit(image)


def is_code(text: str) -> bool:
    """Tell whether a text has a pickup code's form, or is the scanner test's; whether it is genuine is not asked."""
    from scanner.keys.trace import TEST_CODE

    if text == TEST_CODE:
        return True
    try:
        parse(text)
    except CodeFlaw:
        return False
    return True


def _as_image(frame: Any) -> QImage:
    """Copy a grey, BGR or BGRA frame (height, width[, 3 or 4], uint8) into an image that outlives it."""
    height, width = frame.shape[:2]
    channels = 1 if frame.ndim == 2 else frame.shape[2]
    return QImage(frame.tobytes(), width, height, width * channels, _FORMATS[channels]).copy()


def _as_array(image: QImage) -> Any:
    """Copy an image into a grey array (height, width) for the decoder."""
    import numpy as np  # loaded when the first picture comes

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()
