"""The built terminal and the hands at it: on a virtual screen with real keys, or unseen where there is no screen."""

from __future__ import annotations

import ctypes
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from app.storage.database import FILE_NAME

PATIENCE = 60.0
POLL = 0.05
# A person types so, a scanner so (milliseconds between two keys).
BY_HAND, BY_SCANNER = 140, 8
# So long after a key the next one is no part of a scan.
PAUSE = 0.6
HAND = Path(__file__).with_name("hand.py")
_PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


class NotAsTold(Exception):
    """The bundle did not do what it should; the message says what was waited for."""


class Keys(Protocol):
    """What hands can do at a window."""

    def type(self, text: str, gap_ms: int) -> None:
        """Press the keys of a text."""

    def press(self, key: str) -> None:
        """Press one key."""

    def close(self) -> None:
        """Close the window."""

    def picture(self, path: Path) -> None:
        """Save what can be seen."""


class Till:
    """The terminal's process, its keyboard, and a look into its file; leaves a picture when the story goes wrong."""

    def __init__(self, process: subprocess.Popen[str], keys: Keys, data: Path, picture: Path) -> None:
        self.process, self._keys, self._data, self._picture = process, keys, data, picture

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if self.process.poll() is None:
                self._keys.picture(self._picture)
        finally:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def write(self, text: str) -> None:
        """Type as a person does."""
        self._keys.type(text, BY_HAND)

    def scan(self, text: str) -> None:
        """Type as a scanner does, and let its silence end the scan."""
        time.sleep(PAUSE)
        self._keys.type(text, BY_SCANNER)
        time.sleep(PAUSE)

    def press(self, key: str) -> None:
        """Press one key."""
        self._keys.press(key)

    def close(self) -> int:
        """Leave a picture, close the window as its user does, and return the program's exit code."""
        self._keys.picture(self._picture)
        self._keys.close()
        return self.process.wait(PATIENCE)

    def facts(self, query: str) -> list[tuple[object, ...]]:
        """Ask the terminal's file; empty while there is none."""
        if self.process.poll() is not None:
            raise NotAsTold(f"the program ended with {self.process.returncode}")
        file = self._data / FILE_NAME
        if not file.exists():
            return []
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as conn:
            try:
                return conn.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []  # its tables are being made


# ── on a screen ────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def screen() -> Iterator[str]:
    """Start a virtual screen and return its name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server, os.fdopen(reader) as answer:
        os.close(writer)
        try:
            yield f":{answer.readline().strip()}"
        finally:
            server.terminate()


def on_screen(program: Path, display: str, data: Path, picture: Path) -> Till:
    """Start the terminal on a screen and wait for its window."""
    surroundings = _surroundings() | {"DISPLAY": display}
    process = subprocess.Popen([program, "--data", data], env=surroundings, text=True)
    keys = ScreenKeys(display, surroundings, process)
    return Till(process, keys, data, picture)


class ScreenKeys:
    """Keys of the screen itself (xdotool), which reach whatever window has the focus."""

    def __init__(self, display: str, surroundings: dict[str, str], process: subprocess.Popen[str]) -> None:
        self._display, self._surroundings = display, surroundings
        deadline = time.monotonic() + PATIENCE
        while not (window := self._find_window(process)):
            if time.monotonic() > deadline:
                process.kill()
                raise NotAsTold(f"waited {PATIENCE:.0f} s for the window")
            time.sleep(POLL)
        self._window = window
        self._xdotool("windowfocus", "--sync", window)

    def type(self, text: str, gap_ms: int) -> None:
        """Press the keys of a text."""
        self._xdotool("type", "--delay", str(gap_ms), "--", text)

    def press(self, key: str) -> None:
        """Press one key."""
        self._xdotool("key", key)

    def close(self) -> None:
        """Ask the window to close, as a window manager does; xdotool can only destroy it."""
        ask_to_close(self._display, int(self._window))

    def picture(self, path: Path) -> None:
        """Save what the screen shows."""
        subprocess.run([sys.executable, "-c", _PICTURE, path], env=self._surroundings, check=True, timeout=PATIENCE)

    def _find_window(self, process: subprocess.Popen[str]) -> str:
        if process.poll() is not None:
            raise NotAsTold(f"the program ended with {process.returncode} before its window was there")
        command = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)]
        done = subprocess.run(command, env=self._surroundings, capture_output=True, text=True, check=False)
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._surroundings, check=True, timeout=PATIENCE)


class _ClientMessage(ctypes.Structure):
    """X11's XClientMessageEvent, as long as any XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 12),
    )


_CLIENT_MESSAGE = 33


def ask_to_close(display: str, window: int) -> None:
    """Send WM_DELETE_WINDOW: there is no window manager on the virtual screen to do it."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    connection = x11.XOpenDisplay(display.encode())
    message = _ClientMessage(type=_CLIENT_MESSAGE, window=window, format=32)
    message.message_type = x11.XInternAtom(connection, b"WM_PROTOCOLS", 0)
    message.data[0] = x11.XInternAtom(connection, b"WM_DELETE_WINDOW", 0)
    x11.XSendEvent(connection, window, 0, 0, ctypes.byref(message))
    x11.XCloseDisplay(connection)  # sends what waits


# ── unseen ─────────────────────────────────────────────────────────────────────────────────────────────────


def unseen(program: Path, data: Path, picture: Path) -> Till:
    """Start the terminal without a screen, with a hand inside."""
    process = subprocess.Popen(
        [program, "-c", HAND.read_text("utf-8"), data],
        env=_surroundings() | {"QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Till(process, UnseenKeys(process), data, picture)


class UnseenKeys:
    """Tells the hand inside (hand.py) what to do, and waits until it is done."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def type(self, text: str, gap_ms: int) -> None:
        """Press the keys of a text."""
        self._tell(do="type", text=text, gap_ms=gap_ms)

    def press(self, key: str) -> None:
        """Press one key."""
        self._tell(do="press", key=key)

    def close(self) -> None:
        """Close the window."""
        self._tell(do="close")

    def picture(self, path: Path) -> None:
        """Save what the window shows."""
        self._tell(do="picture", path=str(path))

    def _tell(self, **what: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        if not self._process.stdout.readline():
            raise NotAsTold(f"the program ended with {self._process.wait(PATIENCE)} at {what}")


def _surroundings() -> dict[str, str]:
    """Return the environment as a shop's PC has it: nothing of the source's Python, no platform chosen."""
    away = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONHOME"}
    return {name: value for name, value in os.environ.items() if name not in away}
