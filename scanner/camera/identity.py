"""Who a camera is: what is remembered of it, so that the same one is found again, and no other is taken for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

_PREFIX = "camera:"

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Identity:
    """A camera's marks; what the system does not tell is empty.

    `model` is the USB vendor and product (`046d:0825`), `part` which camera of a device that holds several, `port`
    where it is plugged in. `str()` is what the settings keep.
    """

    name: str
    model: str = ""
    serial: str = ""
    part: str = ""
    port: str = ""

    def __str__(self) -> str:
        return _PREFIX + urlencode({mark: value for mark, value in asdict(self).items() if value})

    def is_of_the_kind(self, other: Identity) -> bool:
        """Tell whether both are the same model and nothing speaks against their being one camera, wherever it is."""
        kind = (self.model, self.part) if self.model else ("", self.name)
        other_kind = (other.model, other.part) if other.model else ("", other.name)
        serials_agree = not self.serial or not other.serial or self.serial == other.serial
        return kind == other_kind and serials_agree


def recalled(remembered: str) -> Identity | None:
    """Return the identity that was remembered; None for the bare name that earlier releases kept."""
    if not remembered.startswith(_PREFIX):
        return None
    marks = dict(parse_qsl(remembered.removeprefix(_PREFIX)))
    return Identity(*(marks.get(mark, "") for mark in ("name", "model", "serial", "part", "port")))


def name_of(remembered: str) -> str:
    """Return what a remembered camera is called, also while it is unplugged."""
    identity = recalled(remembered)
    return identity.name if identity else remembered


def found(cameras: Sequence[C], remembered: str, identity_of: Callable[[C], Identity]) -> C | None:
    """Return the camera that is remembered, None when it is absent; with nothing remembered the first one.

    A camera that tells a serial number may be moved to another port. One that tells none is known by its port only:
    two of the same model could not be told apart otherwise.
    """
    if not remembered:
        return next(iter(cameras), None)
    wanted = recalled(remembered)
    if wanted is None:
        return next((camera for camera in cameras if identity_of(camera).name == remembered), None)
    alike = [camera for camera in cameras if identity_of(camera).is_of_the_kind(wanted)]
    here = [camera for camera in alike if identity_of(camera).port == wanted.port]
    moved = [camera for camera in alike if wanted.serial and identity_of(camera).serial == wanted.serial]
    return here[0] if here else moved[0] if len(moved) == 1 else None
