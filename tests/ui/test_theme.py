"""Everything that is shown reads well: contrast, sizes, one table of colours."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from ui import theme
from ui.theme import Colours

ON = [field.name for field in fields(Colours) if field.name.startswith("on_")]
PAIRS = [(name, name.removeprefix("on_")) for name in ON] + [
    (text, ground) for text in ("text", "muted", "accent") for ground in ("ground", "surface", "raised")
]
GROUNDS = [(edge, ground) for edge in ("focus",) for ground in ("ground", "surface", "raised", "rail")]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_reads_on_what_it_stands_on(name: str, ink: str, paper: str) -> None:
    colours = theme.THEMES[name]
    assert contrast(getattr(colours, ink), getattr(colours, paper)) >= 4.5


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("edge", "ground"), GROUNDS)
def test_the_focus_is_seen(name: str, edge: str, ground: str) -> None:
    colours = theme.THEMES[name]
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3


@pytest.mark.parametrize("scale", theme.TEXT_SCALES.values())
def test_body_text_is_at_least_16_pixels(scale: float) -> None:
    assert theme.Sizes.at(scale).body >= 16


def test_the_verdicts_word_is_at_least_40_pixels() -> None:
    assert theme.Sizes.at(1.0).word >= 40


def test_yes_wait_and_no_differ_without_colour() -> None:
    assert abs(luminance(theme.LIGHT.wait) - luminance(theme.LIGHT.yes)) > 0.2
    assert abs(luminance(theme.LIGHT.wait) - luminance(theme.LIGHT.no)) > 0.2


def test_every_token_of_the_sheet_is_filled_in() -> None:
    assert "$" not in theme.style_sheet(theme.Look(theme.DARK, theme.Sizes.at(1.0)))


def test_no_widget_names_a_colour() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|QColor\(\s*[\"'\d]|Qt\.GlobalColor\.(?!transparent)")
    named = {
        f"{path.name}:{number}"
        for path in Path("ui").rglob("*.py")
        if path.name != "theme.py"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if literal.search(line)
    }
    assert not named


def test_no_style_sheet_names_a_colour() -> None:
    for sheet in Path("resources").glob("*.qss"):
        assert not re.search(r"#[0-9A-Fa-f]{3,6}\b", sheet.read_text("utf-8"))
