"""What can be chosen, by subject and by field of `app.settings.Settings`: its title, its hint, its choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.settings_page.choices import Said

translate = QCoreApplication.translate
Table = dict[str, tuple[Said, Said, Sequence[tuple[Any, Said]]]]

# Where people sign in, these are a manager's: they decide who worked, and how surely the right bag goes out.
MANAGERS = frozenset({"sign_in", "lock_minutes", "kiosk", "one_tap", "confirm_by_same_code"})


def looks() -> Table:
    """Return how the screen looks."""
    return {
        "language": (
            lambda: translate("settings", "Language"),
            _nothing,
            (("zh_CN", lambda: "中文"), ("en", lambda: "English")),
        ),
        "theme": (
            lambda: translate("settings", "Colours"),
            _nothing,
            (("light", lambda: translate("settings", "Light")), ("dark", lambda: translate("settings", "Dark"))),
        ),
        "text_size": (
            lambda: translate("settings", "Text size"),
            _nothing,
            (
                ("normal", lambda: "100 %"),
                ("large", lambda: "115 %"),
                ("larger", lambda: "130 %"),
                ("largest", lambda: "150 %"),
            ),
        ),
        "full_screen": (lambda: translate("settings", "Full screen"), _nothing, _on_off()),
        "customer_display": (
            lambda: translate("settings", "Customer display"),
            lambda: translate("settings", "On a second screen: what goes over the counter, and a code to pass on."),
            _on_off(),
        ),
    }


def sounds() -> Table:
    """Return what is to be heard."""
    return {
        "sounds": (
            lambda: translate("settings", "Sounds"),
            lambda: translate("settings", "One for yes, one for wait, one for no."),
            _on_off(),
        ),
        "new_task_sound": (
            lambda: translate("settings", "Sound for new orders"),
            lambda: translate("settings", "One for a burst of them, if sounds are on."),
            _on_off(),
        ),
    }


def hand_over() -> Table:
    """Return how a hand-over goes."""
    return {
        "one_tap": (
            lambda: translate("settings", "Hand over with one tap"),
            lambda: translate(
                "settings", "The second question is left out: for a counter where the goods are at hand."
            ),
            _on_off(),
        ),
        "confirm_by_same_code": (
            lambda: translate("settings", "The same code again confirms"),
            lambda: translate("settings", "Scanning the customer's code a second time says: the customer has it."),
            _on_off(),
        ),
    }


def seeing() -> Table:
    """Return what the camera does."""
    return {
        "camera_on": (
            lambda: translate("settings", "Camera"),
            lambda: translate("settings", "A USB scanner works without it."),
            _on_off(),
        ),
        "mirrored": (
            lambda: translate("settings", "Mirrored picture"),
            lambda: translate("settings", "As in a mirror: right for a camera that faces the customer."),
            _on_off(),
        ),
    }


def staff() -> Table:
    """Return who may work here, and who may leave."""
    return {
        "sign_in": (
            lambda: translate("settings", "Sign in by PIN"),
            lambda: translate("settings", "Everybody works under the own name; PINs are set at HQ."),
            _on_off(),
        ),
        "lock_minutes": (
            lambda: translate("settings", "Lock by itself"),
            lambda: translate("settings", "So long after the last touch, with sign-in."),
            (
                (0, lambda: translate("settings", "Never")),
                (2, lambda: translate("settings", "2 min")),
                (5, lambda: translate("settings", "5 min")),
                (15, lambda: translate("settings", "15 min")),
            ),
        ),
        "kiosk": (
            lambda: translate("settings", "Kiosk"),
            lambda: translate("settings", "Always the whole screen; only a manager's PIN closes the program."),
            _on_off(),
        ),
    }


def _nothing() -> str:
    return ""


def _on_off() -> tuple[tuple[bool, Said], tuple[bool, Said]]:
    return (True, lambda: translate("settings", "On")), (False, lambda: translate("settings", "Off"))
