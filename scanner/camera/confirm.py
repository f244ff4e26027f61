"""A pure gate that lets a code through once, however many frames show it."""

from __future__ import annotations


class Confirmer:
    """Lets a text pass when it is new: out of view for `away` seconds, or its last result was acknowledged.

    One frame is enough: a pickup code is signed, a misread cannot pass for another. All times are monotonic seconds.
    """

    def __init__(self, away: float = 2.5) -> None:
        self._away = away
        self._last_seen: dict[str, float] = {}

    def see(self, text: str, at: float) -> bool:
        """Note that the text is in view; tell whether it must be passed on."""
        self._forget(at)
        fresh = text not in self._last_seen
        self._last_seen[text] = at
        return fresh

    def acknowledge(self, text: str) -> None:
        """Let the same text pass again at once: its result has been dealt with."""
        self._last_seen.pop(text, None)

    def _forget(self, at: float) -> None:
        for text in [text for text, seen in self._last_seen.items() if at - seen >= self._away]:
            del self._last_seen[text]
