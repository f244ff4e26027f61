"""The figures of the scanner, each with what it must reach at least and what it should reach."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure beside its minimum and its goal; `at_most` when less is better."""

    name: str
    value: float
    unit: str
    minimum: float
    goal: float
    at_most: bool = False
    note: str = ""

    @property
    def outcome(self) -> str:
        """Say which of the two is reached."""
        if self._reaches(self.goal):
            return "goal reached"
        return "minimum reached" if self._reaches(self.minimum) else "MISSED"

    def _reaches(self, mark: float) -> bool:
        return self.value <= mark + 1e-9 if self.at_most else self.value >= mark - 1e-9

    @property
    def row(self) -> tuple[str, str, str, str, str]:
        """Return the figure as a row of a table: name, value, minimum, goal, outcome."""
        sign = "≤" if self.at_most else "≥"
        told = f"{self.name} ({self.note})" if self.note else self.name
        minimum, goal = f"{sign} {number(self.minimum)}", f"{sign} {number(self.goal)}"
        return told, f"{number(self.value)} {self.unit}".strip(), minimum, goal, self.outcome

    def fields(self) -> dict[str, object]:
        """Return what a program wants to know."""
        return {**asdict(self), "outcome": self.outcome}


def number(value: float) -> str:
    """Return a number with one decimal where it has any."""
    return f"{value:.1f}".removesuffix(".0")
