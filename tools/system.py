"""The parts of a Linux system that the packages need and do not bring along: what is missing, and how apt adds it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Part(NamedTuple):
    """Something of the system; `needed`: without it nothing runs (the others serve a display, sound or the tests)."""

    name: str
    package: str
    serves: str
    needed: bool


_QT = "Qt's libraries"
_WINDOW = "Qt's window on a display"
_SOUND = "Qt's sound"

# From `ldd` over PySide6's libraries, its platform, TLS and multimedia plugins, and cv2 (PySide6 6.11, OpenCV 5).
LIBRARIES = (
    Part("libEGL.so.1", "libegl1", _QT, True),
    Part("libGL.so.1", "libgl1", _QT, True),
    Part("libX11.so.6", "libx11-6", _QT, True),
    Part("libxcb.so.1", "libxcb1", _QT, True),
    Part("libxkbcommon.so.0", "libxkbcommon0", _QT, True),
    Part("libdbus-1.so.3", "libdbus-1-3", _QT, True),
    Part("libfontconfig.so.1", "libfontconfig1", _QT, True),
    Part("libfreetype.so.6", "libfreetype6", _QT, True),
    Part("libglib-2.0.so.0", "libglib2.0-0", _QT, True),
    Part("libgthread-2.0.so.0", "libglib2.0-0", _QT, True),
    Part("libzstd.so.1", "libzstd1", _QT, True),
    Part("libz.so.1", "zlib1g", _QT, True),
    Part("libzbar.so.0", "libzbar0", "reading QR codes", True),
    Part("libpulse.so.0", "libpulse0", _SOUND, False),
    Part("libbrotlidec.so.1", "libbrotli1", _SOUND, False),
    Part("libgssapi_krb5.so.2", "libgssapi-krb5-2", _SOUND, False),
    Part("libXext.so.6", "libxext6", _SOUND, False),
    Part("libXrandr.so.2", "libxrandr2", _SOUND, False),
    Part("libdrm.so.2", "libdrm2", _SOUND, False),
    Part("libbz2.so.1", "libbz2-1.0", _SOUND, False),
    Part("libX11-xcb.so.1", "libx11-xcb1", _WINDOW, False),
    Part("libxcb-cursor.so.0", "libxcb-cursor0", _WINDOW, False),
    Part("libxcb-glx.so.0", "libxcb-glx0", _WINDOW, False),
    Part("libxcb-icccm.so.4", "libxcb-icccm4", _WINDOW, False),
    Part("libxcb-image.so.0", "libxcb-image0", _WINDOW, False),
    Part("libxcb-keysyms.so.1", "libxcb-keysyms1", _WINDOW, False),
    Part("libxcb-randr.so.0", "libxcb-randr0", _WINDOW, False),
    Part("libxcb-render.so.0", "libxcb-render0", _WINDOW, False),
    Part("libxcb-render-util.so.0", "libxcb-render-util0", _WINDOW, False),
    Part("libxcb-shape.so.0", "libxcb-shape0", _WINDOW, False),
    Part("libxcb-shm.so.0", "libxcb-shm0", _WINDOW, False),
    Part("libxcb-sync.so.1", "libxcb-sync1", _WINDOW, False),
    Part("libxcb-util.so.1", "libxcb-util1", _WINDOW, False),
    Part("libxcb-xfixes.so.0", "libxcb-xfixes0", _WINDOW, False),
    Part("libxcb-xkb.so.1", "libxcb-xkb1", _WINDOW, False),
    Part("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", _WINDOW, False),
    Part("libwayland-client.so.0", "libwayland-client0", _WINDOW, False),
    Part("libwayland-cursor.so.0", "libwayland-cursor0", _WINDOW, False),
)
PROGRAMS = (
    Part("Xvfb", "xvfb", "tests of the window on a display", False),
    Part("xdotool", "xdotool", "tests of the window on a display", False),
    Part("desktop-file-validate", "desktop-file-utils", "tests of what is installed", False),
    Part("initdb", "postgresql", "tests of HQ on PostgreSQL", False),
    Part("chromium", "chromium", "tests of HQ's pages in a browser", False),
)
CHINESE_FONT = Part("a Chinese font", "fonts-noto-cjk", "Chinese text", True)

# Debian keeps each PostgreSQL's programs in a folder of its own, beside the PATH.
_POSTGRESQL = Path("/usr/lib/postgresql")
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_FONT_FILES = ("*CJK*", "wqy-*", "DroidSansFallback*", "SourceHan*", "uming*", "ukai*", "LXGW*")


def missing_parts() -> list[Part]:
    """Return what this machine lacks; always empty where the packages bring everything (Windows, macOS)."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [part for part in LIBRARIES if not _loads(part.name)]
    missing += [part for part in PROGRAMS if find_program(part.name) is None]
    return missing if _has_chinese_font() else [*missing, CHINESE_FONT]


def find_program(name: str) -> str | None:
    """Return where a program is, of several versions the newest."""
    beside = sorted(_POSTGRESQL.glob(f"*/bin/{name}"), key=_version)
    return shutil.which(name) or (str(beside[-1]) if beside else None)


def apt_command() -> list[str] | None:
    """Return how this user may call apt-get without being asked anything; `None` if not at all."""
    if shutil.which("apt-get") is None:
        return None
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return apt
    if shutil.which("sudo") and not _complaint(["sudo", "--non-interactive", "true"]):
        return ["sudo", "--non-interactive", *apt]
    return None


def apt_install(apt: list[str], packages: list[str]) -> str:
    """Install the packages; return apt's last words if it could not, else an empty text."""
    install = [*apt, "install", "--yes", "--no-install-recommends", "-qq", *packages]
    if not _complaint(install):
        return ""
    # The lists of a new machine are empty or old, those of a used one mostly right: ask only when it failed.
    _complaint([*apt, "update", "-qq"])
    return _complaint(install)


def _version(path: Path) -> int:
    number = path.parts[-3]
    return int(number) if number.isdigit() else 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_chinese_font() -> bool:
    if shutil.which("fc-list"):
        return bool(subprocess.run(["fc-list", ":lang=zh-cn", "file"], stdout=subprocess.PIPE, check=False).stdout)
    folders = [Path(folder).expanduser() for folder in _FONT_FOLDERS]
    return any(next(folder.rglob(name), None) for folder in folders for name in _FONT_FILES)


def _complaint(command: list[str]) -> str:
    """Run a command without input; return its last line if it failed, else an empty text."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode == 0:
        return ""
    lines = done.stdout.strip().splitlines()
    return lines[-1] if lines else f"{command[0]} answered {done.returncode}"
