"""The terminal's end of an exchange: its file, and its clock that learns from every answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from app.changes import Changes
from app.usecases.feed import note_contact
from app.usecases.work import Submit, Work
from sync.wire import Answer

T = TypeVar("T")

LearnTime = Callable[[datetime, float], None]


class Local:
    """Runs use-cases and waits for them; `learn_time` is told HQ's time and the seconds its answer was under way."""

    def __init__(self, submit: Submit, learn_time: LearnTime, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.learn_time = learn_time
        self._submit = submit

    def run(self, usecase: Callable[[Work], T]) -> T:
        """Run a use-case in a transaction of its own."""
        return self._submit(usecase).result()

    def take(self, answer: Answer, usecase: Callable[[Work], Changes]) -> None:
        """Run what follows from an answer, and note in the same transaction that HQ was heard."""

        def noted(work: Work) -> Changes:
            note_contact(work, answer.hq_time)
            return usecase(work)

        self.run(noted)
