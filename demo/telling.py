"""Tells the story: one sentence and one picture for each step, and a summary for programs."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)


class NotAsTold(Exception):
    """A step went another way: what was expected, and what was seen instead."""

    def __init__(self, expected: str, seen: str) -> None:
        super().__init__(f"expected {expected}; seen: {seen}")
        self.expected = expected
        self.seen = seen


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the story; `act` does it, returns what was seen, or raises `NotAsTold`."""

    name: str
    title: str
    act: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the summary; `picture` is a file's name beside it, empty when there is none."""

    name: str
    title: str
    ok: bool
    seen: str
    expected: str = ""
    picture: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Telling:
    """Runs steps until one is not as told.

    `draw` saves a picture of the window; `mistakes` fills with what the program stumbled over on the way.
    """

    folder: Path
    draw: Callable[[Path], None]
    mistakes: list[str]
    entries: list[Entry] = field(default_factory=list)

    def tell(self, steps: list[Step]) -> bool:
        """Run the steps in their order; tell whether all of them went as told."""
        for number, step in enumerate(steps, 1):
            print(f"{number:2}/{len(steps)}  {step.title}", flush=True)
            entry = self._run(step, f"{number:02}-{step.name}.png")
            self._note(entry)
            if not entry.ok:
                self._skip(steps[number:])
                return False
        return True

    def _run(self, step: Step, picture: str) -> Entry:
        began = time.monotonic()
        try:
            seen, expected = step.act(), ""
        except NotAsTold as other:
            seen, expected = other.seen, other.expected
        except Exception as error:
            # The story's edge: whatever happens, it is told as this step's end, with a picture.
            log.exception("the step %s stumbled", step.name)
            seen, expected = f"{type(error).__name__}: {error}", "no mistake of the program's own"
        if self.mistakes and not expected:
            seen, expected = " / ".join(self.mistakes), "no mistake of the program's own"
        took = round(time.monotonic() - began, 2)
        self.draw(self.folder / picture)
        return Entry(step.name, step.title, not expected, seen, expected, picture, took)

    def _skip(self, steps: list[Step]) -> None:
        for step in steps:
            self._note(Entry(step.name, step.title, ok=False, seen="not reached", expected="the steps before it"))

    def _note(self, entry: Entry) -> None:
        self.entries.append(entry)
        mark = "ok  " if entry.ok else "FAIL"
        if entry.expected:
            print(f"       expected: {entry.expected}")
        print(f"  {mark} seen: {entry.seen}", flush=True)
        text = json.dumps([asdict(entry) for entry in self.entries], ensure_ascii=False, indent=2)
        (self.folder / "summary.json").write_text(text + "\n", "utf-8")
