"""The built terminal where there is no screen: its window is drawn unseen, and a hand inside presses the keys."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.process import Child
from tests.screen import surroundings

HAND = Path(__file__).with_name("hand.py")


class UnseenKeys:
    """Tells the hand inside (hand.py) what to do, and waits until it is done."""

    def __init__(self, program: Child) -> None:
        self._program = program

    def type(self, text: str, gap_ms: int) -> None:
        """Press the keys of a text."""
        self._tell("type", text=text, gap_ms=gap_ms)

    def press(self, key: str) -> None:
        """Press one key."""
        self._tell("press", key=key)

    def close(self) -> None:
        """Close the window."""
        self._tell("close")

    def picture(self, path: Path) -> None:
        """Save what the window shows."""
        self._tell("picture", path=str(path))

    def _tell(self, do: str, **facts: object) -> None:
        self._program.tell(do, **facts)
        self._program.hear("done")


def start(program: Path, data: Path) -> Child:
    """Start the terminal with the hand inside."""
    said = surroundings(QT_QPA_PLATFORM="offscreen")
    return Child("-c", HAND.read_text("utf-8"), str(data), program=(str(program),), env=said)
