"""The customer in front of the counter: what is known of her, and questions about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.changes import Changes
from app.domain.code import MAX_TEXT, normalise
from app.domain.verdict import Verdict
from app.usecases.board import Task
from app.usecases.check import Checked, check_order, check_text
from app.usecases.hand_over import Unfinished, release
from app.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Case:
    """The customer in front: what was scanned, the verdict, and the attempt that the clerk's intent gave birth to.

    `also` are the customer's other orders, `together` the attempts of all that go out at once; `parcels` are those
    whose labels were scanned.
    """

    text: str = ""
    verdict: Verdict | None = None
    attempt_id: str = ""
    left: Unfinished | None = None
    scanned_at: datetime | None = None
    also: tuple[Task, ...] = ()
    together: tuple[str, ...] = ()
    parcels: frozenset[int] = frozenset()


def is_same(text: str, before: str) -> bool:
    """Tell whether a text is the one before, however the scanner spelt it."""
    if not text or len(text) > MAX_TEXT:
        return False
    return normalise(text) == normalise(before)


def keep_all(work: Work, attempt_ids: Sequence[str], by: str) -> Changes:
    """Call hand-overs off that were begun: the goods stay here."""
    changes = Changes()
    for attempt_id in attempt_ids:
        changes |= release(work, attempt_id, by=by, reason="")
    return changes


def ask_again(case: Case, by: str) -> Callable[[Work], Checked]:
    """Return the question that the case began with."""
    if case.text:
        return partial(check_text, text=case.text, by=by, source="typed")
    number = case.verdict.order_number if case.verdict else None
    return partial(check_order, order_number=number or 0, by=by, source="typed")
