"""What a shop sets once on this machine, kept as a small JSON file of its own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from app.files import write_whole

LANGUAGES = ("zh_CN", "en")
THEMES = ("light", "dark")
TEXT_SIZES = ("normal", "large", "larger", "largest")
PAPERS = (58, 80)
LOCK_MINUTES = (0, 2, 5, 15)
_CHOICES: dict[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "theme": THEMES,
    "text_size": TEXT_SIZES,
    "receipt_paper": PAPERS,
    "label_paper": PAPERS,
    "lock_minutes": LOCK_MINUTES,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices; `camera` is what finds a camera again (empty: the first one), `clerk` who stands at the counter.

    With `sign_in` that is who gave a PIN last, for `lock_minutes` after the last touch (0: until somebody locks).
    `welcomed`: somebody has seen the page after the enrolment. `shortcuts`: those that were changed, as "action=keys".
    `kiosk`: always the whole screen, and only a manager's PIN closes the program.

    `serial_scanners` are the identities of the serial ports that are opened, `watched_folder` is where pictures arrive
    (empty: nowhere). Printers are addresses as `printing.address` spells them (empty: none), papers are millimetres.
    Earlier releases kept a camera's name; it still finds the first one that is called so.
    """

    language: str = "zh_CN"
    theme: str = "light"
    text_size: str = "normal"
    camera_on: bool = True
    camera: str = ""
    mirrored: bool = True
    serial_scanners: tuple[str, ...] = ()
    watched_folder: str = ""
    sounds: bool = True
    new_task_sound: bool = True
    one_tap: bool = False
    confirm_by_same_code: bool = True
    full_screen: bool = False
    customer_display: bool = False
    clerk: str = ""
    sign_in: bool = False
    lock_minutes: int = 5
    kiosk: bool = False
    welcomed: bool = False
    shortcuts: tuple[str, ...] = ()
    receipt_printer: str = ""
    receipt_paper: int = 80
    label_printer: str = ""
    label_paper: int = 58


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and where a file that could not be used was set aside."""

    settings: Settings
    set_aside: Path | None = None


def load(path: Path) -> Loaded:
    """Read the file; without one the defaults, and one that is broken is set aside, never lost."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Loaded(Settings())
    except (OSError, UnicodeDecodeError):
        return Loaded(Settings(), _set_aside(path))
    try:
        return Loaded(_checked(json.loads(text)))
    except ValueError:
        return Loaded(Settings(), _set_aside(path))


def save(path: Path, settings: Settings) -> None:
    """Write the file as a whole: a power cut leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(settings), ensure_ascii=False, indent=2).encode())


def _checked(data: Any) -> Settings:
    """Take the fields that are known; raise `ValueError` for a value that no release could have written."""
    if not isinstance(data, dict):
        raise ValueError("settings are not an object")
    known = {field.name: _thawed(data[field.name]) for field in fields(Settings) if field.name in data}
    for name, value in known.items():
        if type(value) is not type(getattr(Settings(), name)):
            raise ValueError(f"{name} has the wrong type")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise ValueError(f"{name} has no choice {value!r}")
    return Settings(**known)


def _thawed(value: Any) -> Any:
    """Return a list of texts, which JSON knows, as the tuple that the settings hold."""
    is_texts = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return tuple(value) if is_texts else value


def _set_aside(path: Path) -> Path | None:
    """Rename the file out of the way; `None` if even that is not allowed."""
    aside = path.with_suffix(".broken.json")
    try:
        path.replace(aside)
    except OSError:
        return None
    return aside
