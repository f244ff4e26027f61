"""The bell: wakes long polls when their store's feed moves, without a thread or a connection for each."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping

from app.errors import StorageFault

# Of the stores that it is given, what their feeds' latest numbers are.
Heads = Callable[[frozenset[str]], Awaitable[Mapping[str, int]]]


class Bell:
    """Rings per store. Take a ticket, look, and only then wait for it: a change in between has rung it already."""

    def __init__(self, recheck_seconds: float = 1.0) -> None:
        # Changes by another process on the same database are seen this often, with one query for all polls.
        self._recheck_seconds = recheck_seconds
        self._tickets: dict[str, asyncio.Event] = {}
        self._seen: dict[str, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self.stopped = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Name the event loop that the polls wait in."""
        self._loop = loop

    def ticket(self, store_id: str) -> asyncio.Event:
        """Return what the next ring of this store sets."""
        event = self._tickets.setdefault(store_id, asyncio.Event())
        if self.stopped:
            event.set()
        return event

    async def wait(self, ticket: asyncio.Event, seconds: float) -> None:
        """Wait until the ticket is rung, HQ stops, or the time is over."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ticket.wait(), seconds)

    def ring(self, store_ids: Iterable[str]) -> None:
        """Wake the polls of these stores; any thread may call."""
        loop = self._loop
        if loop and not loop.is_closed():
            loop.call_soon_threadsafe(self._ring, frozenset(store_ids))

    def stop(self) -> None:
        """Wake every poll for good: HQ stops. To be called in the loop."""
        self.stopped = True
        self._ring(frozenset(self._tickets))

    async def watch(self, heads: Heads) -> None:
        """Ring for changes that other processes made, for as long as the loop runs."""
        while True:
            await asyncio.sleep(self._recheck_seconds)
            if not self._tickets:
                continue
            try:
                now = await heads(frozenset(self._tickets))
            except StorageFault:
                # Whoever asks HQ for something is told; this look is taken again soon.
                continue
            self._ring(store_id for store_id, seq in now.items() if self._seen.get(store_id) != seq)
            # What is not waited for now keeps its old number: should it differ later, one ring too many is harmless.
            self._seen.update(now)

    def _ring(self, store_ids: Iterable[str]) -> None:
        for store_id in store_ids:
            event = self._tickets.pop(store_id, None)
            if event:
                event.set()
