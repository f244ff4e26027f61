"""Pages that show whether a printer does all that the shop needs: its papers, and its cash drawer."""

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


def drawer_slip(by: str, when: str, language: str) -> Document:
    """Return a slip that opens the cash drawer and says who opened it when: it never opens without a trace."""
    title, who = ("Cash drawer opened", "By") if language == "en" else ("打开钱箱", "操作人")
    parts = (Text(title, Size.LARGE, bold=True), Pair(who, by or "-"), Text(when), Space())
    return Document(title, Paper.RECEIPT, parts, opens_drawer=True)
