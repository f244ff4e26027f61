"""The bell: wakes long polls when their store's feed moves, without a thread or a connection for each."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping

from app.errors import StorageFault

Heads = Callable[[], Awaitable[Mapping[str, int]]]


class Bell:
    """Rings per store. Take a ticket, look, and only then wait for it: a change in between has rung it already."""

    # Changes by another process on the same database are seen this often, with one query for all polls.
    RECHECK_SECONDS = 1.0

    def __init__(self) -> None:
        self._tickets: dict[str, asyncio.Event] = {}
        self._seen: Mapping[str, int] = {}
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
            await asyncio.sleep(self.RECHECK_SECONDS)
            if not self._tickets:
                continue
            try:
                now = await heads()
            except StorageFault:
                # Whoever asks HQ for something is told; this look is taken again in a second.
                continue
            self._ring(store_id for store_id, seq in now.items() if self._seen.get(store_id) != seq)
            self._seen = now

    def _ring(self, store_ids: Iterable[str]) -> None:
        for store_id in store_ids:
            event = self._tickets.pop(store_id, None)
            if event:
                event.set()
