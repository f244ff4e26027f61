"""What a process of HQ does: serve the stores and the mall, run the back office, or both."""

from __future__ import annotations

from enum import Flag, auto


class Role(Flag):
    """A single process has all of them; of several, one is the back office."""

    DESK = auto()
    BACK = auto()
    ALL = DESK | BACK
