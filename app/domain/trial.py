"""A page that shows whether a printer does all that the shop's papers need."""

from __future__ import annotations

from app.domain.document import Align, Code, Document, Pair, Paper, Rule, Size, Space, Text


def trial_page(paper: Paper, store: str, language: str) -> Document:
    """Return a page with Chinese and Latin letters in every size, amounts, and a code to scan."""
    title = "Test page" if language == "en" else "打印测试"
    parts = (
        Text(store or "Ziti POS", Size.LARGE, bold=True, align=Align.CENTER),
        Text(title, align=Align.CENTER),
        Rule(),
        Text("#4821", Size.HUGE, bold=True),
        Pair("海盐黄油可颂 × 2", "¥24.00"),
        Pair("Sea salt croissant × 2", "¥24.00", bold=True),
        Rule(),
        Code("8000000000000000482101010"),
        Space(),
    )
    return Document(title, paper, parts)
