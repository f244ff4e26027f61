"""Data only: icons, sounds, the style sheet's template, translations."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent


@cache
def read_text(name: str) -> str:
    """Return a text file of this folder."""
    return (ROOT / name).read_text("utf-8")
