"""What the customer may see of her own hand-over: no name, no phone, nothing of anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.domain.order import Line


class Moment(StrEnum):
    """What the second screen is about."""

    IDLE = "idle"
    GIVING = "giving"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class CustomerView:
    """An order on its way over the counter: its label and its goods."""

    moment: Moment = Moment.IDLE
    label: str = ""
    lines: tuple[Line, ...] = ()


class CustomerSide(QObject):
    """The counter tells it what happens; whoever shows it to the customer listens."""

    changed = Signal(object)  # CustomerView

    def __init__(self) -> None:
        super().__init__()
        self.now = CustomerView()

    def show(self, view: CustomerView) -> None:
        """Show the customer something else."""
        if view != self.now:
            self.now = view
            self.changed.emit(view)
