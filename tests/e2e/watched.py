"""A terminal on a screen whose mouse goes to what its eye sees there (eye.py): no place is known before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.e2e.process import Child, Silent
from tests.patience import NotAsTold, insist, until
from tests.screen import surroundings
from tests.terminal import AtScreen, Till, check_alive

T = TypeVar("T")
# A click is lost only when the page moved under the mouse: until it is tried again there is time.
CLICK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be seen: a button, a field, a text or an item of a list, and where the mouse would go."""

    kind: str
    words: str
    name: str
    at: tuple[int, int]
    in_reach: bool


class WatchedTill(Till):
    """Till, mouse and eye; whatever is clicked is first found by what it says."""

    def __init__(self, display: str, data: Path, picture: Path) -> None:
        program = Child("tests.e2e.eye", "--data", str(data), env=surroundings(DISPLAY=display))
        keys = AtScreen(display, program)
        super().__init__(program, keys, data, picture)
        self._mouse = keys.hands

    def seen(self) -> list[Thing]:
        """Return everything that can be read or pressed now."""
        check_alive(self.program)
        self.program.tell("look")
        return [Thing(**thing) for thing in self.program.hear("seen")["things"]]

    def reads(self, *words: str) -> bool:
        """Tell whether all of this can be read, each as one text."""
        return {thing.words for thing in self.seen()}.issuperset(words)

    def in_reach(self, words: str, kind: str = "button") -> Thing | None:
        """Return what says this, or is called so, and can be clicked."""
        found = (thing for thing in self.seen() if thing.kind == kind and words in (thing.words, thing.name))
        return next((thing for thing in found if thing.in_reach), None)

    def wait_for(self, *words: str) -> None:
        """Wait until all of this can be read."""
        until(" and ".join(f"“{each}”" for each in words), lambda: self.reads(*words))

    def choose(self, words: str, outcome: Callable[[], T], kind: str = "button") -> T:
        """Click on what says this until there is an outcome, and return that."""
        until(f"the {kind} “{words}”", lambda: self.in_reach(words, kind))
        return insist(f"what the {kind} “{words}” does", lambda: self._click(words, kind), outcome, CLICK_SECONDS)

    def fill(self, name: str, text: str) -> None:
        """Click into the field of this name and type, in place of what stands there."""

        def act() -> None:
            self._click(name, "field")
            self.press("ctrl+a")
            self.write(text)

        until(f"the field “{name}”", lambda: self.in_reach(name, "field"))
        insist(f"“{text}” in the field “{name}”", act, lambda: self._field(name) == text)

    def _leave_traces(self, error: BaseException) -> None:
        super()._leave_traces(error)
        with suppress(NotAsTold, Silent):
            error.add_note(f"to be read there: {' | '.join(filter(None, (thing.words for thing in self.seen())))}")

    def _click(self, words: str, kind: str) -> None:
        # Gone is as good as done: what it said a moment ago was answered meanwhile.
        if thing := self.in_reach(words, kind):
            self._mouse.click(*thing.at)

    def _field(self, name: str) -> str:
        return next((thing.words for thing in self.seen() if thing.kind == "field" and thing.name == name), "")
