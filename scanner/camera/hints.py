"""Which hint the customer sees now: what each frame says, and a foreign code once for each time it is shown."""

from __future__ import annotations

from scanner.camera.confirm import Confirmer
from scanner.reading.sight import Hint, Look

FOREIGN_FOR = 2.0


class Hints:
    """Turns the looks of a stream into what to say; all times are monotonic seconds."""

    def __init__(self, *, foreign_for: float = FOREIGN_FOR) -> None:
        self._foreign_for = foreign_for
        self._foreign = Confirmer()
        self._foreign_until = float("-inf")

    def after(self, look: Look, at: float) -> Hint | None:
        """Take one frame's look; return the hint to show, None for nothing to say."""
        fresh = [self._foreign.see(text, at) for text in look.foreign]
        if any(fresh):
            self._foreign_until = at + self._foreign_for
        if look.texts:
            self._foreign_until = float("-inf")
            return None
        if at < self._foreign_until:
            return Hint.FOREIGN
        return None if look.hint is Hint.FOREIGN else look.hint
