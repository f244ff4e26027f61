"""One transaction under way: what every use-case of HQ is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from app.ids import NewId, RandomBits
from hq.vault import Vault

T = TypeVar("T")


@dataclass(slots=True)
class Work:
    """The connection, the moment, where ids, random bits and secrets come from, and the stores whose feed moved."""

    conn: Connection
    now: datetime
    new_id: NewId
    random_bits: RandomBits
    vault: Vault
    touched: set[str] = field(default_factory=set)


Usecase = Callable[[Work], T]
