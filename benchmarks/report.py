"""The figures as a table for people and as JSON for programs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.measure import Figure

Figures = Mapping[str, Sequence[Figure]]


def line(figure: Figure) -> str:
    """Return a row of the table: value, floor, ratio, what is allowed, outcome, note."""
    value = f"{_number(figure.value)} {figure.unit}"
    floor = f"floor {_number(figure.floor)}" if figure.floor is not None else ""
    ratio = f"× {figure.ratio:.2f}" if figure.ratio is not None else ""
    allowed = f"{'≥' if figure.more_is_better else '≤'} {figure.allowed:,.4g}" if figure.allowed is not None else ""
    numbers = f"{value:>12} {floor:>12} {ratio:>8} {allowed:>9}"
    return f"  {figure.name:<44} {numbers}  {figure.outcome:<16} {figure.note}".rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def write(path: Path, figures: Figures) -> None:
    """Keep the figures, with what they were measured on."""
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    told = {name: [_fields(figure) for figure in group] for name, group in figures.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine, "figures": told}, ensure_ascii=False, indent=2) + "\n", "utf-8")


def summary(figures: Figures, path: Path) -> str:
    """Return the last word: what was missed, and where the numbers are."""
    missed = [figure.name for group in figures.values() for figure in group if figure.reached is False]
    word = f"missed: {'; '.join(missed)}" if missed else "every figure is reached"
    return f"\n{word}\nwritten to {path}"


def _fields(figure: Figure) -> dict[str, object]:
    return {**asdict(figure), "ratio": figure.ratio, "allowed": figure.allowed, "reached": figure.reached}
