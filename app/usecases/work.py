"""The transaction a use-case runs in, re-exported for those who may not know the storage."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from app.storage.work import Identity, Work

T = TypeVar("T")


class Submit(Protocol):
    """Runs a use-case in one transaction on the storage thread."""

    def __call__(self, usecase: Callable[[Work], T], /) -> Future[T]:
        """Queue the use-case; the future carries its result or its error."""
        ...


__all__ = ["Identity", "Submit", "Work"]
