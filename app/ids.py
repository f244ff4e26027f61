"""UUIDv7 (RFC 9562): ids that sort by the time they were made; seedable for the simulation."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable

from app.clock import Clock

RandomBits = Callable[[int], int]
NewId = Callable[[], str]


def uuid7(millis: int, random_bits: RandomBits = secrets.randbits) -> str:
    """Return a UUIDv7 for a Unix time in milliseconds."""
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | random_bits(12) << 64 | 0b10 << 62 | random_bits(62)
    return str(uuid.UUID(int=value))


def id_maker(clock: Clock, random_bits: RandomBits = secrets.randbits) -> NewId:
    """Return a function that makes a new id at each call."""
    return lambda: uuid7(int(clock.now().timestamp() * 1000), random_bits)
