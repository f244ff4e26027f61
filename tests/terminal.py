"""The terminal as a process of its own, with the hands at it and a look into its file."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from app.storage.database import FILE_NAME
from tests.e2e.process import Child
from tests.patience import NotAsTold, until
from tests.screen import Hands

# A person types so, a scanner so (milliseconds between two keys).
BY_HAND, BY_SCANNER = 140, 8
# So long after a key the next one is no part of a scan.
PAUSE = 0.6


class Keys(Protocol):
    """What hands can do at a window."""

    def type(self, text: str, gap_ms: int) -> None:
        """Press the keys of a text."""

    def press(self, key: str) -> None:
        """Press one key."""

    def close(self) -> None:
        """Close the window."""

    def picture(self, path: Path) -> None:
        """Save what can be seen."""


class Till:
    """A terminal in the shop; leaves a picture when the story goes wrong, and says where."""

    def __init__(self, program: Child, keys: Keys, data: Path, picture: Path) -> None:
        self.program, self._keys, self._data, self._picture = program, keys, data, picture

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if error:
                self._leave_traces(error)
        finally:
            self.program.kill()

    def write(self, text: str) -> None:
        """Type as a person does."""
        self._keys.type(text, BY_HAND)

    def scan(self, text: str) -> None:
        """Type as a scanner does, and let its silence end the scan."""
        time.sleep(PAUSE)
        self._keys.type(text, BY_SCANNER)
        time.sleep(PAUSE)

    def press(self, key: str) -> None:
        """Press one key."""
        self._keys.press(key)

    def close(self) -> int:
        """Leave a picture, close the window as its user does, and return the program's exit code."""
        self._keys.picture(self._picture)
        self.ask_to_close()
        return self.program.wait()

    def ask_to_close(self) -> None:
        """Do what closes the window, unless it has something to say first."""
        self._keys.close()

    def facts(self, query: str) -> list[tuple[object, ...]]:
        """Ask the terminal's file; empty while there is none."""
        check_alive(self.program)
        file = self._data / FILE_NAME
        if not file.exists():
            return []
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as conn:
            try:
                return conn.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []  # its tables are being made

    def _leave_traces(self, error: BaseException) -> None:
        if self.program.code is None:
            self._keys.picture(self._picture)
            error.add_note(f"the screen at that moment: {self._picture}")
        if complaints := self.program.stderr():
            error.add_note(f"the terminal complained: {complaints[-1500:]}")


def check_alive(program: Child) -> None:
    """Raise `NotAsTold` when the program has ended."""
    if program.code is not None:
        raise NotAsTold(f"the program ended with {program.code}: {program.stderr()[-1500:]}")


class AtScreen:
    """Keys and mouse on a screen, at the one window of a program."""

    def __init__(self, display: str, program: Child) -> None:
        self.hands = Hands(display)
        self._program = program
        try:
            self._window = until("the program's window", self._find)
        except NotAsTold:
            program.kill()
            raise
        self.hands.focus(self._window)

    def type(self, text: str, gap_ms: int) -> None:
        """Press the keys of a text."""
        self.hands.type(text, gap_ms)

    def press(self, key: str) -> None:
        """Press one key."""
        self.hands.press(key)

    def close(self) -> None:
        """Close the window."""
        self.hands.close(self._window)

    def picture(self, path: Path) -> None:
        """Save what can be seen."""
        self.hands.picture(path)

    def _find(self) -> int:
        check_alive(self._program)
        return self.hands.window_of(self._program.pid)
