"""What each kind of event says beyond its order and time, checked where it enters HQ."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(max_length=200)]
AttemptId = Annotated[str, Field(min_length=1, max_length=64)]


class Body(BaseModel):
    """The root: immutable, tolerant of fields that a newer terminal adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Nothing(Body):
    """The kind says it all."""


class Prepared(Body):
    """Where the parcel stands."""

    shelf: Name = ""


class Undone(Body):
    """Which state the preparation went back to."""

    to: Literal["assigned", "preparing"]


class HandedOver(Body):
    """How a hand-over came about."""

    attempt_id: AttemptId
    terminal: Name = ""
    verdict: Name = ""
    manager: Name = ""
    reason: Annotated[str, Field(max_length=1000)] = ""
    unguarded: bool = False


class Revoked(Body):
    """Which hand-over was taken back."""

    attempt_id: AttemptId


class IncidentClosed(Body):
    """Which incident, and why."""

    incident_id: Annotated[str, Field(max_length=64)]
    reason: Annotated[str, Field(max_length=1000)] = ""
