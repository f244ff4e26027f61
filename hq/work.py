"""One transaction under way: what every use-case of HQ is given."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.ids import NewId, RandomBits
from hq import db
from hq.vault import Signer, Vault

if TYPE_CHECKING:
    from hq.goods.shelf import Shelf

T = TypeVar("T")


@dataclass(slots=True)
class Work:
    """The connection, the moment, where ids, random bits and secrets come from, and the stores whose feed moved."""

    conn: Connection
    now: datetime
    new_id: NewId
    random_bits: RandomBits
    vault: Vault
    shelf: Shelf
    # Which of how many processes this is: numbers that two of them give out never meet.
    slot: tuple[int, int] = (0, 1)
    touched: set[str] = field(default_factory=set)
    signer: Signer | None = None
    # Whether there is a customer profile that wants to be told.
    profile_hooks: bool = False

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Take back what the block wrote when it raises."""
        # Plain SQL: SQLAlchemy's nested transaction costs as much as two statements of ours.
        self.conn.exec_driver_sql("SAVEPOINT one")
        try:
            yield
        except BaseException as error:
            # When the machine failed, the database may have given up the whole transaction, and this point with it.
            if not (isinstance(error, DBAPIError) and db.is_storage(error)):
                self.conn.exec_driver_sql("ROLLBACK TO SAVEPOINT one")
                self.conn.exec_driver_sql("RELEASE SAVEPOINT one")
            raise
        self.conn.exec_driver_sql("RELEASE SAVEPOINT one")


Usecase = Callable[[Work], T]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one use-case in a common transaction: its answer, or why it was rolled back."""

    value: Any = None
    error: Exception | None = None

    def answer(self) -> Any:
        """Return the answer, or raise why there is none."""
        if self.error:
            raise self.error
        return self.settled().value

    def settled(self) -> Done:
        """Put an answer together that was left for later."""
        return Done(self.value.make()) if isinstance(self.value, Later) else self


@dataclass(frozen=True, slots=True)
class Later:
    """An answer that needs the transaction no more: it is put together while the disk is waited for."""

    make: Callable[[], Any]


@runtime_checkable
class Together(Protocol):
    """A use-case that is done for many at once at little more than the price of one."""

    def __call__(self, work: Work, /) -> Any:
        """Do it alone."""
        ...

    def with_others(self, work: Work, same: Sequence[Any], /) -> list[Done]:
        """Do it for several of its kind, itself among them; each has its own answer."""
        ...
