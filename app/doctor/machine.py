"""The machine: Python, the packages, Qt and what it needs of the system, the camera and its decoder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app import bundle
from app.doctor.child import Told, ask_child
from app.doctor.finding import Finding, fail, ok, warn

OLDEST_PYTHON, TOO_NEW_PYTHON = (3, 11), (3, 15)
OLDEST_QT, TOO_NEW_QT = (6, 11, 3), (6, 12)
REINSTALL = (
    "Install the program again."
    if bundle.INSTALLED
    else "Run `make setup` (or `python -m tools.setup`) in the program's folder."
)

PACKAGES = (
    "PySide6-Addons",
    "sqlite-utils",
    "requests",
    "qrcode",
    "opencv-python",
    "pyzbar",
    "zxing-cpp",
    "reedsolo",
    "pyserial",
    "apscheduler",
    "cryptography",
    "argon2-cffi",
    "pydantic",
    "platformdirs",
    "keyring",
)

WINDOW = """
import json
from PySide6.QtWidgets import QApplication
app = QApplication([])
size = app.primaryScreen().availableSize()
print(json.dumps([app.platformName(), size.width(), size.height()]))
"""
XCB_PLUGIN = """
import ctypes, pathlib, PySide6
ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))
print("true")
"""
FONTS = """
import json
from PySide6.QtGui import QFontDatabase, QGuiApplication
app = QGuiApplication([])
print(json.dumps(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)))
"""
SOUND = """
import json
from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QMediaDevices
app = QCoreApplication([])
print(json.dumps([device.description() for device in QMediaDevices.audioOutputs()]))
"""
OPENCV = """
import json, cv2
print(json.dumps(cv2.__version__))
"""
QR_CODES = """
import json, numpy, qrcode
from scanner.reading.ladder import missing_decoders, read
code = qrcode.QRCode()
code.add_data("20251122")
dots = numpy.kron(numpy.array(code.get_matrix()), numpy.ones((8, 8)))
print(json.dumps([read(numpy.where(dots, 0, 255).astype("uint8")).texts, missing_decoders()]))
"""
CAMERAS = """
import json
from scanner.camera.listing import list_cameras
print(json.dumps([camera.name for camera in list_cameras()]))
"""


def python(_: Path) -> Sequence[Finding]:
    """Check the version of Python."""
    name, seen = "Python", sys.version.split()[0]
    if OLDEST_PYTHON <= sys.version_info[:2] < TOO_NEW_PYTHON:
        return [ok(name, seen)]
    return [fail(name, f"{seen}, needed 3.11 to 3.14", "Install one of these, delete .venv and run `make setup`.")]


def packages(_: Path) -> Sequence[Finding]:
    """Check that the packages are installed."""
    name, missing = "Packages", [package for package in PACKAGES if _version(package) is None]
    return [fail(name, f"missing: {', '.join(missing)}", REINSTALL)] if missing else [ok(name, "all are installed")]


def qt(_: Path) -> Sequence[Finding]:
    """Check that this release of PySide6 is one that works."""
    name, found = "PySide6", _version("PySide6-Addons")
    if found is None:
        return [fail(name, "not installed", REINSTALL)]
    if OLDEST_QT <= _numbers(found) < TOO_NEW_QT:
        return [ok(name, found)]
    if _numbers(found) >= TOO_NEW_QT and sys.version_info < (3, 12):
        return [fail(name, f"{found} loses references to None on this Python and aborts within the hour", REINSTALL)]
    return [warn(name, f"{found}, tried with 6.11.3", REINSTALL)]


def window(_: Path) -> Sequence[Finding]:
    """Open Qt as the terminal would."""
    name, told = "Window", ask_child(WINDOW, _platform())
    if told.complaint:
        return [fail(name, told.complaint, f"{REINSTALL} It installs or names what Qt needs.")]
    platform, width, height = told.answer
    return [ok(name, f"{platform}, {width}×{height}" if _has_display() else "no display here; works offscreen")]


def display_libraries(_: Path) -> Sequence[Finding]:
    """Load Qt's X11 plugin, which needs the most libraries of the system, also when there is no display now."""
    if not sys.platform.startswith("linux"):
        return []
    name, told = "Qt on X11", ask_child(XCB_PLUGIN)
    if told.complaint:
        return [warn(name, _reason(told), f"{REINSTALL} The terminal's window on X11 needs it.")]
    return [ok(name, "its libraries are here")]


def fonts(_: Path) -> Sequence[Finding]:
    """Ask Qt for fonts with Chinese characters."""
    name, told = "Chinese font", ask_child(FONTS, _platform())
    if told.complaint:
        return [fail(name, told.complaint, REINSTALL)]
    if not told.answer:
        return [fail(name, "none: the words would be empty boxes", "sudo apt-get install fonts-noto-cjk")]
    return [ok(name, f"{told.answer[0]} and {len(told.answer) - 1} more")]


def sound(_: Path) -> Sequence[Finding]:
    """Ask Qt for a sound output."""
    name, told = "Sound", ask_child(SOUND)
    if told.complaint:
        return [warn(name, _reason(told), f"{REINSTALL} Until then the terminal beeps.")]
    if not told.answer:
        return [warn(name, "no output", "Connect a loudspeaker; colour, icon and word tell a verdict without it.")]
    return [ok(name, told.answer[0])]


def opencv(_: Path) -> Sequence[Finding]:
    """Load OpenCV."""
    name, told = "OpenCV", ask_child(OPENCV)
    if told.complaint:
        return [fail(name, _reason(told), f"{REINSTALL} Until then a USB scanner and typing still work.")]
    return [ok(name, told.answer)]


def qr_codes(_: Path) -> Sequence[Finding]:
    """Draw a QR code and read it."""
    name, told = "Reading QR codes", ask_child(QR_CODES)
    if told.complaint:
        return [fail(name, _reason(told), f"{REINSTALL} Until then a USB scanner and typing still work.")]
    texts, missing = told.answer
    if texts != ["20251122"]:
        return [fail(name, f"a drawn code was read as {texts}", REINSTALL)]
    if missing:
        return [warn(name, "a drawn code was read back, by one decoder of two", " ".join(missing))]
    return [ok(name, "a drawn code was read back by both decoders")]


def cameras(_: Path) -> Sequence[Finding]:
    """List the cameras, and those that this user may not open."""
    name, told = "Camera", ask_child(CAMERAS)
    if told.complaint:
        return [warn(name, _reason(told), REINSTALL)]
    closed = [str(device) for device in Path("/dev").glob("video*") if not os.access(device, os.R_OK | os.W_OK)]
    if closed:
        return [
            warn(name, f"{', '.join(closed)} may not be opened", "sudo usermod -aG video $USER, then log in again.")
        ]
    if not told.answer:
        return [warn(name, "none", "Plug one in, or use a USB scanner or type the short code.")]
    return [ok(name, ", ".join(told.answer))]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def _has_display() -> bool:
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if asked:
        return asked not in {"offscreen", "minimal"}
    has_server = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return has_server or not sys.platform.startswith("linux")


def _platform() -> dict[str, str]:
    return {} if _has_display() else {"QT_QPA_PLATFORM": "offscreen"}


def _reason(told: Told) -> str:
    """Return the complaint without the exception's class in front of it."""
    kind, colon, sentence = told.complaint.partition(": ")
    return sentence if colon and kind.endswith(("Error", "Missing")) else told.complaint
