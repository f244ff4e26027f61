"""What is printed, before any printer: a short run of texts, amounts, rules and codes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Paper(StrEnum):
    """Which of the store's printers a document is for."""

    RECEIPT = "receipt"
    LABEL = "label"


class Size(StrEnum):
    """How large a text is: one, two or three times the printer's own letters."""

    NORMAL = "normal"
    LARGE = "large"
    HUGE = "huge"


class Align(StrEnum):
    """Where a text stands on the paper."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Symbol(StrEnum):
    """How a code is drawn."""

    QR = "qr"
    CODE128 = "code128"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; it wraps where the paper ends."""

    text: str
    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Pair:
    """Something on the left and its amount on the right; the left side wraps, the right never does."""

    left: str
    right: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Space:
    """So many empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be scanned, centred."""

    text: str
    symbol: Symbol = Symbol.QR


Part = Text | Pair | Rule | Space | Code
_PARTS: dict[str, type[Part]] = {"text": Text, "pair": Pair, "rule": Rule, "space": Space, "code": Code}
_ENUMS: dict[str, type[StrEnum]] = {"size": Size, "align": Align, "symbol": Symbol}


@dataclass(frozen=True, slots=True)
class Document:
    """One piece of paper, cut off at its end; `opens_drawer`: the cash drawer opens with it."""

    title: str
    paper: Paper
    parts: tuple[Part, ...]
    opens_drawer: bool = False

    @property
    def as_json(self) -> dict[str, Any]:
        """The form that `from_json` reads."""
        return {
            "title": self.title,
            "paper": self.paper.value,
            "opens_drawer": self.opens_drawer,
            "parts": [_part_json(part) for part in self.parts],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Document:
        """Read what `as_json` returned; raise `KeyError`, `TypeError` or `ValueError` for anything else."""
        parts = tuple(_part(each) for each in data["parts"])
        return cls(data["title"], Paper(data["paper"]), parts, bool(data["opens_drawer"]))


def _part_json(part: Part) -> dict[str, Any]:
    name = next(name for name, kind in _PARTS.items() if isinstance(part, kind))
    return {"part": name, **{field.name: getattr(part, field.name) for field in fields(part)}}


def _part(data: dict[str, Any]) -> Part:
    kind: Any = _PARTS[data["part"]]
    values = {name: _ENUMS[name](value) if name in _ENUMS else value for name, value in data.items() if name != "part"}
    part: Part = kind(**values)
    return part
