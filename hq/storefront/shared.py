"""What many ask for at the same time is made once, and kept for a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from app.clock import Clock
from hq.goods.shelf import Fresh

K = TypeVar("K")
V = TypeVar("V")


class Shared(Generic[K, V]):
    """Values by key; whoever asks while one is made waits for the same making. For one event loop.

    `at_once`: making never waits, so nobody can ask meanwhile. Then no task is made either: where hundreds of requests
    are ready, each change of task costs a round of all of them.
    """

    def __init__(self, clock: Clock, seconds: float, most: int = 2_000, *, at_once: bool = False) -> None:
        self._fresh: Fresh[K, V] = Fresh(clock, seconds, most)
        self._at_once = at_once
        self._under_way: dict[K, asyncio.Task[V]] = {}

    def at_hand(self, key: K) -> V | None:
        """Return what is kept and fresh."""
        return self._fresh.get(key)

    def forget(self, key: K) -> None:
        """Make a value anew, even if one is under way."""
        self._fresh.forget(key)
        self._under_way.pop(key, None)

    async def get(self, key: K, make: Callable[[], Coroutine[Any, Any, V]]) -> V:
        """Return a value, made at most a moment ago; a refusal reaches everybody who asked."""
        kept = self._fresh.get(key)
        if kept is not None:
            return kept
        if self._at_once:
            return self._fresh.put(key, await make())
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(make())
            task.add_done_callback(lambda done: self._made(key, done))
        # One reader who leaves must not take it from the others.
        return await asyncio.shield(task)

    def _made(self, key: K, task: asyncio.Task[V]) -> None:
        if self._under_way.get(key) is not task:
            return
        del self._under_way[key]
        if not task.cancelled() and not task.exception():
            self._fresh.put(key, task.result())
