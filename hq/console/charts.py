"""Charts in the colours of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nicegui import ui

from hq.console.visit import Visit

_GREEN, _AMBER, _RED = ("#0b6b3a", "#5ccb8f"), ("#b06a00", "#f6c583"), ("#a3211a", "#ffb4ab")


def bars(see: Visit, labels: Sequence[str], values: Sequence[float], name: str, *, limit: int | None = None) -> None:
    """Draw bars; those above `limit` are red, and a line shows it."""
    red, green = _RED[see.dark], _GREEN[see.dark]
    data = [
        {"value": value, "itemStyle": {"color": red if limit is not None and value > limit else green}}
        for value in values
    ]
    series: dict[str, Any] = {"type": "bar", "name": name, "data": data, "barMaxWidth": 28}
    if limit is not None:
        line = {
            "yAxis": limit,
            "label": {"formatter": see.say(f"上限 {limit}", f"capacity {limit}"), "position": "insideEndTop"},
        }
        series["markLine"] = {"symbol": "none", "data": [line], "lineStyle": {"color": _AMBER[see.dark]}}
        series["markLine"]["label"] = {"color": _ink(see)}
    _chart(see, labels, [series])


def lines(
    see: Visit, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], *, percent: str = ""
) -> None:
    """Draw lines over the same labels; the one named `percent` has an axis of its own from 0 to 100 %."""
    colours = (_GREEN, _AMBER, _RED)
    drawn = [
        {
            "type": "line",
            "name": name,
            "data": list(values),
            "symbol": "circle",
            "symbolSize": 7,
            "connectNulls": False,
            "yAxisIndex": int(name == percent),
            "itemStyle": {"color": colours[at % 3][see.dark]},
            "lineStyle": {"color": colours[at % 3][see.dark], "width": 2},
        }
        for at, (name, values) in enumerate(series)
    ]
    _chart(see, labels, drawn, legend=True, second=bool(percent))


def _chart(
    see: Visit, labels: Sequence[str], series: list[dict[str, Any]], *, legend: bool = False, second: bool = False
) -> None:
    text = {"color": _ink(see), "fontFamily": "inherit"}
    grid = "#343b37" if see.dark else "#dfe3e0"
    axis = {"axisLabel": text, "axisLine": {"lineStyle": {"color": grid}}, "axisTick": {"show": False}}
    counted = {"type": "value", "minInterval": 1, "splitLine": {"lineStyle": {"color": grid}}, **axis}
    parts = {"type": "value", "min": 0, "max": 100, "splitLine": {"show": False}, **axis}
    parts["axisLabel"] = {**text, "formatter": "{value} %"}
    ui.echart(
        {
            "animation": False,
            "textStyle": text,
            "tooltip": {"trigger": "axis", "confine": True},
            "legend": {"show": legend, "textStyle": text, "top": 0},
            "grid": {"left": 8, "right": 12, "top": 34 if legend else 14, "bottom": 4, "containLabel": True},
            "xAxis": {"type": "category", "data": list(labels), **axis},
            "yAxis": [counted, parts] if second else counted,
            "series": series,
        }
    ).classes("chart")


def _ink(see: Visit) -> str:
    return "#a3ada8" if see.dark else "#5c6661"
