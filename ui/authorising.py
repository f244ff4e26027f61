"""Ask whether a PIN is a manager's, and say in the panel when it is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.usecases.authorise import authorise
from ui.manager_panel import ManagerPanel
from ui.tasks import Tasks


def check(tasks: Tasks, panel: ManagerPanel, pin: str, allowed: Callable[[str], None]) -> None:
    """Call `allowed(name)` once the PIN turns out to be a manager's; at once where the panel knows the manager."""
    if panel.known:
        allowed(panel.known)
        return
    tasks.ask(partial(authorise, pin=pin), then=partial(panel.take_answer, allowed))
