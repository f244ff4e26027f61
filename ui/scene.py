"""One picture of the gallery: how the window gets there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from app.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture's name and how the window gets there; `seen`: what the picture is of, where it is not the window."""

    name: str
    play: Callable[[], None]
    seen: QWidget | None = None


class Run(Protocol):
    """Runs a use-case and waits for its answer."""

    def __call__(self, usecase: Callable[[Work], Any], /) -> None:
        """Return once the answer is here."""
        ...


Until = Callable[[Callable[[], bool]], None]
