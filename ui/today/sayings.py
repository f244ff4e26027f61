"""Figures in words, and as rows for a spreadsheet or for paper."""

from __future__ import annotations

import csv
import io

from PySide6.QtCore import QCoreApplication

from app.domain.document import Align, Document, Pair, Paper, Part, Rule, Size, Text
from app.domain.money import format_fen
from app.usecases.figures import StoreFigures

translate = QCoreApplication.translate
NONE = "–"


def percent(value: float | None) -> str:
    """Return a rate: `93 %`, a dash where there is nothing to divide by."""
    return NONE if value is None else f"{value * 100:.0f} %"


def seconds(value: float | None) -> str:
    """Return a mean time in its own unit: `4.2 s`, `12 min`, `1.5 h`."""
    if value is None:
        return NONE
    if value < 90:
        return translate("today", "%1 s").replace("%1", f"{value:.1f}" if value < 10 else f"{value:.0f}")
    if value < 5400:
        return translate("today", "%1 min").replace("%1", f"{value / 60:.0f}")
    return translate("today", "%1 h").replace("%1", f"{value / 3600:.1f}")


def rows(found: StoreFigures) -> list[tuple[str, str]]:
    """Return each figure with its name, as it is printed and exported."""
    whole = found.whole
    mean = NONE if whole.mean_addon_fen is None else format_fen(whole.mean_addon_fen)
    return [
        (translate("today", "Orders"), str(whole.orders)),
        (translate("today", "Due"), str(whole.due)),
        (translate("today", "Collected of those"), str(whole.redeemed)),
        (translate("today", "Collection rate"), percent(whole.redemption_rate)),
        (translate("today", "Handed over"), str(whole.handed_over)),
        (translate("today", "From scan to hand-over"), seconds(whole.mean_scan_seconds)),
        (translate("today", "From ready to collected"), seconds(whole.mean_redemption_seconds)),
        (translate("today", "Add-on rate"), percent(whole.addon_rate)),
        (translate("today", "Add-ons"), format_fen(whole.addon_fen)),
        (translate("today", "An add-on"), mean),
        (translate("today", "Overdue"), str(found.late_count)),
        (translate("today", "Incomplete"), str(found.short)),
    ]


def as_csv(found: StoreFigures, title: str) -> bytes:
    """Return a sheet that Excel opens as Chinese; what looks like a formula is kept from being one."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_plain(title)])
    for name, value in rows(found):
        writer.writerow([_plain(name), _plain(value)])
    writer.writerow([])
    writer.writerow([translate("today", "Hour"), translate("today", "Handed over")])
    for hour, count in enumerate(found.whole.by_hour):
        writer.writerow([f"{hour:02d}:00", count])
    writer.writerow([])
    writer.writerow([translate("today", "Clerk"), translate("today", "Handed over"), translate("today", "Add-on rate")])
    for name, figures in found.by_clerk:
        writer.writerow([_plain(name or NONE), figures.handed_over, percent(figures.addon_rate)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_paper(found: StoreFigures, title: str) -> Document:
    """Return the figures for the receipt printer."""
    parts: list[Part] = [Text(title, Size.LARGE, bold=True, align=Align.CENTER), Rule()]
    parts += [Pair(name, value) for name, value in rows(found)]
    parts.append(Rule())
    parts += [Pair(name or NONE, f"× {figures.handed_over}") for name, figures in found.by_clerk]
    return Document(title, Paper.RECEIPT, tuple(parts))


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and text != NONE else text
