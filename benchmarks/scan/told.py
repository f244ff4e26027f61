"""Tells the scanner's results: lines on the terminal, JSON, and the tables between the marks in the document."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import median, millis, percentile
from benchmarks.scan import live
from benchmarks.scan.judged import Judged, number
from benchmarks.scan.readers import LADDER, READERS, SINGLES
from benchmarks.scan.results import HD, PPM, VGA, Results
from scanner.drawn.counter_frames import KINDS

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

Rows = Sequence[Sequence[str]]


def lines(figures: Sequence[Judged]) -> Iterator[str]:
    """Yield the figures for the terminal, the missed ones named once more at the end."""
    for figure in figures:
        name, value, minimum, goal, outcome = figure.row
        yield f"  {name:<66} {value:>10}   minimum {minimum:<7} goal {goal:<7} {outcome}"
    missed = [figure.name for figure in figures if figure.outcome == "MISSED"]
    yield f"\nmissed: {'; '.join(missed)}" if missed else "\nevery minimum is reached"


def kept(results: Results, figures: Sequence[Judged]) -> str:
    """Return everything as JSON."""
    told: dict[str, Any] = {
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()},
        "figures": [figure.fields() for figure in figures],
        "photographs": _photo_counts(results),
        "drawn": {
            f"{size[0]}x{size[1]} {kind}": {name: results.rate(size, name, kind) for name in READERS}
            for size in (VGA, HD)
            for kind in KINDS
        },
        "combination": {str(ppm): {name: results.ppm_rate(ppm, name) for name in READERS} for ppm in PPM},
        "unread": [
            str(Path(seen.photo.group) / seen.photo.path.name)
            for seen in results.with_code
            if LADDER not in seen.reads or not seen.reads[LADDER].has(*seen.photo.expected)
        ],
        "false reads": results.false_photos + results.false_drawn,
        "other texts": results.other_texts,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _photo_counts(results: Results) -> dict[str, dict[str, int]]:
    groups = sorted({seen.photo.group for seen in results.with_code})
    sizes = {group: sum(seen.photo.group == group for seen in results.with_code) for group in groups}
    return {group: {"of": sizes[group], **{name: results.right(name, group) for name in READERS}} for group in groups}


def tables(results: Results, figures: Sequence[Judged]) -> str:
    """Return the document's tables as Markdown."""
    parts = [_table(("figure", "measured", "minimum", "goal", ""), [figure.row for figure in figures])]
    parts.append(_table(("read correctly", *READERS), list(_read_rows(results))))
    parts.append(_table(("milliseconds", *READERS), list(_time_rows(results))))
    return "\n\n".join(parts)


def written(document: str, measured: str) -> str:
    """Return the document with what is between its marks replaced."""
    before, rest = document.split(BEGIN)
    return f"{before}{BEGIN}\n\n{measured}\n\n{END}{rest.split(END)[1]}"


def _read_rows(results: Results) -> Iterator[Sequence[str]]:
    if whole := len(results.with_code):
        yield (f"photographs, of {whole}", *(str(results.right(name)) for name in READERS))
    for size in (VGA, HD):
        yield (f"drawn, {size[0]} × {size[1]}, %", *(number(results.rate(size, name)) for name in READERS))
    for ppm in PPM:
        yield (f"combination at {ppm} px per module, %", *(f"{results.ppm_rate(ppm, name):.0f}" for name in READERS))


def _time_rows(results: Results) -> Iterator[Sequence[str]]:
    yield ("CPU, drawn, 640 × 480, median / p95", *(_spread(results.drawn_seconds[name]) for name in READERS))
    if results.with_code:
        yield ("CPU, photographs within 640 × 480", *(_spread(results.small_seconds(name)) for name in READERS))
        whole = {name: [seen.reads[name].seconds for seen in results.with_code if seen.reads] for name in READERS}
        yield ("CPU, photographs as they are", *(_spread(whole[name]) for name in READERS))
    yield ("first readable frame → text, median / p90", *(_delays(results, name) for name in READERS))


def _delays(results: Results, name: str) -> str:
    if name not in (*SINGLES, LADDER):
        return "–"
    delays = [delay for size in (VGA, HD) for delay in live.delays(results.watched[size], name)]
    return " / ".join(f"{millis(percentile(delays, part)):.0f}" for part in (50, 90)) if delays else "–"


def _spread(seconds: list[float]) -> str:
    return f"{millis(median(seconds)):.1f} / {millis(percentile(seconds, 95)):.0f}"


def _table(head: Sequence[str], rows: Rows) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
