"""What people are told about the link to HQ: a state, and the pure function that moves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sync.failures import Failure, Reason


class LinkKind(StrEnum):
    """Online, offline (normal: the work waits), or attention (a person must act)."""

    ONLINE = "online"
    OFFLINE = "offline"
    ATTENTION = "attention"


class Direction(StrEnum):
    """The two conversations with HQ; neither waits for the other."""

    PUSH = "push"
    PULL = "pull"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A run of failures: the latest one's reason and words, and when the run began (trusted time)."""

    reason: Reason
    sentence: str
    since: datetime
    needs_attention: bool = False


@dataclass(frozen=True, slots=True)
class LinkState:
    """The link as it was last seen; `last_contact` is when HQ last answered in its own words."""

    push: Trouble | None = None
    pull: Trouble | None = None
    last_contact: datetime | None = None

    @property
    def trouble(self) -> Trouble | None:
        """The trouble to speak of: one that needs a person first, then the pull's, whose long poll is always on."""
        found = [trouble for trouble in (self.pull, self.push) if trouble]
        return next((trouble for trouble in found if trouble.needs_attention), found[0] if found else None)

    @property
    def kind(self) -> LinkKind:
        """Online only when HQ has answered and neither direction is failing."""
        if self.trouble is None:
            return LinkKind.ONLINE if self.last_contact else LinkKind.OFFLINE
        return LinkKind.ATTENTION if self.trouble.needs_attention else LinkKind.OFFLINE

    @property
    def reason(self) -> Reason | None:
        """Why the link is not online."""
        if self.trouble:
            return self.trouble.reason
        return None if self.last_contact else Reason.NOT_TRIED

    @property
    def since(self) -> datetime | None:
        """When the present trouble began."""
        return self.trouble.since if self.trouble else None


def trouble_of(state: LinkState, direction: Direction) -> Trouble | None:
    """Return one direction's trouble."""
    return state.push if direction is Direction.PUSH else state.pull


def heard(state: LinkState, direction: Direction, at: datetime) -> LinkState:
    """Return the state after HQ answered."""
    state = replace(state, last_contact=at)
    return _with(state, direction, None)


def failed(state: LinkState, direction: Direction, failure: Failure, at: datetime) -> LinkState:
    """Return the state after a try failed; the run's beginning is kept."""
    before = trouble_of(state, direction)
    since = before.since if before else at
    return _with(state, direction, Trouble(failure.reason, str(failure), since, failure.needs_attention))


def at_rest(state: LinkState, direction: Direction) -> LinkState:
    """Return the state when there is nothing to do in a direction: no trouble, and no news of HQ either."""
    return _with(state, direction, None)


def _with(state: LinkState, direction: Direction, trouble: Trouble | None) -> LinkState:
    if direction is Direction.PUSH:
        return replace(state, push=trouble)
    return replace(state, pull=trouble)
