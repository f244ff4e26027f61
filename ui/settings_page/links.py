"""The ways from the settings to pages that are not on the rail."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from ui.parts import Parts
from ui.settings_page.choices import LinkRow

translate = QCoreApplication.translate


def keys(parts: Parts) -> LinkRow:
    """Return the row that leads to the keys."""
    return LinkRow(
        "keyboard",
        lambda: translate("settings", "Keys"),
        lambda: translate("settings", "What each key does; every one can be changed."),
        lambda: translate("settings", "Show the keys"),
        partial(parts.tasks.page_wanted.emit, "keys"),
    )


def first_steps(parts: Parts) -> LinkRow:
    """Return the row that leads to what a newcomer sees after the enrolment."""
    return LinkRow(
        "check",
        lambda: translate("settings", "First steps"),
        lambda: translate("settings", "What is ready for the first customer, and what is not yet."),
        lambda: translate("settings", "Show them"),
        partial(parts.tasks.page_wanted.emit, "ready"),
    )


def close_program(parts: Parts) -> LinkRow:
    """Return the row that closes the program: a touch screen in a kiosk has no other way out."""
    return LinkRow(
        "close",
        lambda: translate("settings", "Close the program"),
        lambda: translate("settings", "Says first what has not been sent to HQ yet."),
        lambda: translate("settings", "Close…"),
        partial(parts.tasks.page_wanted.emit, "leave"),
    )
