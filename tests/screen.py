"""A virtual screen with a keyboard and a mouse of its own, which know nothing of the program on it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60.0
_LEFT = "1"
_SIZE = "1366x768x24"
_PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


@contextmanager
def screen() -> Iterator[str]:
    """Start a virtual screen and return its name."""
    reader, writer = os.pipe()
    # Without -noreset it begins anew whenever its last client goes, and turns away who comes at that moment.
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server, os.fdopen(reader) as answer:
        os.close(writer)
        try:
            yield f":{answer.readline().strip()}"
        finally:
            server.terminate()


def surroundings(**more: str) -> dict[str, str]:
    """Return the environment as a shop's PC has it: nothing of the source's Python, no platform chosen."""
    away = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONHOME"}
    return {name: value for name, value in os.environ.items() if name not in away} | more


class Hands:
    """Keys and clicks of the screen itself (xdotool): they reach what has the focus or lies under the pointer."""

    def __init__(self, display: str) -> None:
        self._display = display
        self._surroundings = surroundings(DISPLAY=display)

    def type(self, text: str, gap_ms: int) -> None:
        """Press the keys of a text."""
        self._xdotool("type", "--delay", str(gap_ms), "--", text)

    def press(self, key: str) -> None:
        """Press one key, or several together as xdotool names them (ctrl+a)."""
        self._xdotool("key", key)

    def click(self, x: int, y: int) -> None:
        """Move the mouse to a place and press its left button."""
        self._xdotool("mousemove", str(x), str(y), "click", _LEFT)

    def picture(self, path: Path) -> None:
        """Save what the screen shows."""
        command = [sys.executable, "-c", _PICTURE, str(path)]
        subprocess.run(command, env=self._surroundings, check=True, timeout=SECONDS)

    def window_of(self, process: int) -> int:
        """Return the window that a process shows, 0 while there is none."""
        command = ["xdotool", "search", "--onlyvisible", "--pid", str(process)]
        done = subprocess.run(command, env=self._surroundings, capture_output=True, text=True, check=False)
        return int(done.stdout.split()[-1]) if done.stdout.strip() else 0

    def focus(self, window: int) -> None:
        """Give the keyboard to a window: there is no window manager to do it."""
        self._xdotool("windowfocus", "--sync", str(window))

    def close(self, window: int) -> None:
        """Ask a window to close, as a window manager does; xdotool can only destroy it."""
        _ask_to_close(self._display, window)

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._surroundings, check=True, timeout=SECONDS)


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


def _ask_to_close(display: str, window: int) -> None:
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
