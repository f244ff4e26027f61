"""Ask whether a PIN is a manager's, and say in the panel when it is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.usecases import Answer, authorise
from ui.manager_panel import ManagerPanel
from ui.tasks import Tasks

translate = QCoreApplication.translate


def check(tasks: Tasks, panel: ManagerPanel, pin: str, allowed: Callable[[str], None]) -> None:
    """Call `allowed(name)` once the PIN turns out to be a manager's."""

    def answered(answer: Answer) -> None:
        if answer.manager:
            allowed(answer.manager)
        else:
            panel.refuse(translate("authorising", "This PIN was not taken. After several wrong ones there is a pause."))

    tasks.ask(partial(authorise, pin=pin), then=answered)
