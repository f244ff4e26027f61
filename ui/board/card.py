"""What a card says, strip by strip, from the order to the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from app.domain.order import Line, Status
from app.domain.window import Window
from app.usecases.board import Task
from ui import words
from ui.board.columns import Column, Row, column_of, is_packed
from ui.words import Times

translate = QCoreApplication.translate

MOST_LINES = 2
HURRY = timedelta(minutes=30)
SOON = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of a card: a drawing, words, and a few at the right; where room is short the others are cut.

    `tone` is a soft tone of the theme, "text" or "muted". `keeps_text`: the words at the right are cut first.
    """

    icon: str
    text: str
    tone: str = "text"
    right: str = ""
    right_icon: str = ""
    keeps_text: bool = False


def strip_count(task: Task) -> int:
    """Return how many strips the card has: what its height depends on, and nothing that the clock changes."""
    return max(1, min(len(task.lines), MOST_LINES)) + bool(task.note) + _is_due(task) + _has_pack_rule(task) + 1


def strips(task: Task, now: datetime, times: Times) -> list[Strip]:
    """Return what stands under the card's number."""
    found = _lines(task)
    if task.note:
        found.append(Strip("info", task.note, "muted"))
    if _is_due(task):
        found.append(_made_to_order(task, now, times))
    if _has_pack_rule(task):
        found.append(_pack_rule(task, now, times))
    return [*found, _foot(task, now, times)]


def countdown(task: Task, now: datetime) -> str:
    """Return how long until the window opens, then until it closes, then since it closed."""
    if now < task.window.opens:
        return translate("board", "opens in %1").replace("%1", words.span(task.window.opens - now))
    if now < task.window.closes:
        return translate("board", "closes in %1").replace("%1", words.span(task.window.closes - now))
    return translate("board", "%1 late").replace("%1", words.span(now - task.window.closes))


def hours(window: Window, times: Times) -> str:
    """Return a window; on a board that is of today, today goes without saying."""
    return times.window(window).removeprefix(f"{times.day(times.now())} ")


def head_text(row: Row, times: Times) -> str:
    """Return what stands over cards: their window, or that they must be begun."""
    return translate("board", "Begin now") if row.is_due else hours(row.window, times)


def spoken(task: Task) -> str:
    """Return the card in one sentence for a screen reader."""
    lines = ", ".join(_line(line) for line in task.lines)
    here = f", {words.here()}" if task.here_since else ""
    return f"{task.label}, {words.status(task.status)}, {lines}, {task.customer}{here}"


def _lines(task: Task) -> list[Strip]:
    if not task.lines:
        return [Strip("question", translate("board", "not known which products"), "muted")]
    more = len(task.lines) - MOST_LINES
    shown = [Strip(words.zone_icon(line.zone), _line(line)) for line in task.lines[:MOST_LINES]]
    if more > 0:
        last = shown.pop()
        shown.append(Strip(last.icon, last.text, right=f"+{more}"))
    return shown


def _line(line: Line) -> str:
    return f"{line.quantity} × {words.product(line)}"


def _is_due(task: Task) -> bool:
    return task.made_to_order and not is_packed(task)


def _has_pack_rule(task: Task) -> bool:
    return task.pack_from is not None and not is_packed(task)


def _pack_rule(task: Task, now: datetime, times: Times) -> Strip:
    if task.pack_from is None or now >= task.pack_from:
        return Strip("clock", translate("board", "may be packed now"), "muted")
    return Strip("clock", translate("board", "pack from %1").replace("%1", times.moment(task.pack_from)), "accent")


def _made_to_order(task: Task, now: datetime, times: Times) -> Strip:
    if task.start_by is None or task.status is not Status.ASSIGNED or task.overdue:
        return Strip("cake", words.made_to_order(), "muted")
    if now >= task.start_by:
        return Strip("cake", translate("board", "begin now"), "no", since_due(task, now), keeps_text=True)
    if task.start_by - now <= SOON:
        return Strip("cake", translate("board", "begin in %1").replace("%1", words.span(task.start_by - now)), "wait")
    return Strip("cake", translate("board", "begin by %1").replace("%1", times.moment(task.start_by)), "muted")


def since_due(task: Task, now: datetime) -> str:
    """Return since how long something made to order should have been begun; empty within the first minute."""
    late = now - task.start_by if task.start_by else timedelta(0)
    return translate("board", "%1 late").replace("%1", words.span(late)) if late >= _MINUTE else ""


def _foot(task: Task, now: datetime, times: Times) -> Strip:
    if task.overdue:
        tone = "no"
    elif task.window.closes - now < HURRY:
        tone = "wait"
    else:
        tone = "muted"
    if task.status is Status.SHORTAGE:
        return Strip("attention", words.status(task.status), "wait")
    text = countdown(task, now)
    if task.must_begin and not task.overdue:
        return Strip("clock", hours(task.window, times), tone)
    if task.shelf and is_packed(task):
        return Strip("clock", text, tone, task.shelf, "shelf", keeps_text=True)
    if task.status is Status.PUT_BACK or (column_of(task) is Column.OVERDUE and not is_packed(task)):
        return Strip("clock", text, tone, words.status(task.status), keeps_text=True)
    return Strip("clock", text, tone)
