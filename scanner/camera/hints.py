"""Which hint the customer sees now: what each frame says, and a foreign code once for each time it is shown."""

from __future__ import annotations

from scanner.camera.confirm import Confirmer
from scanner.reading.sight import Hint, Look

FOREIGN_FOR = 2.0
# The phone that was read is taken away, and on its way nothing that it shows needs any help.
QUIET_FOR = 3.0


class Hints:
    """Turns the looks of a stream into what to say; all times are monotonic seconds."""

    def __init__(self) -> None:
        self._foreign = Confirmer()
        self._foreign_until = self._quiet_until = float("-inf")

    def after(self, look: Look, at: float) -> Hint | None:
        """Take one frame's look; return the hint to show, None for nothing to say."""
        fresh = [self._foreign.see(text, at) for text in look.foreign]
        if any(fresh):
            self._foreign_until = at + FOREIGN_FOR
        if look.texts:
            self._foreign_until, self._quiet_until = float("-inf"), at + QUIET_FOR
        if at < self._foreign_until:
            return Hint.FOREIGN
        return None if look.hint is Hint.FOREIGN or at < self._quiet_until else look.hint
