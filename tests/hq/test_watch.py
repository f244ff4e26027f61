"""Open order pages: what changes while a look is taken is told by the next one, not by the slow recheck."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

import pytest

from hq.bell import Bell
from hq.storefront import watch
from hq.storefront.watch import Watch


class Changing(Watch):
    """Whose every look but the last is overtaken by a change: it is answered with what was true before."""

    def __init__(self, bell: Bell, changes: int) -> None:
        desk: Any = SimpleNamespace(bell=bell)
        super().__init__(desk)
        self.version, self.changes, self.bell = 0, changes, bell

    async def look(self, store_id: str, numbers: Collection[int]) -> dict[int, str]:
        seen = dict.fromkeys(numbers, str(self.version))
        if self.version < self.changes:
            self.version += 1
            self.bell.ring([store_id])
        # As long as a query in another thread takes: the bell has rung by then.
        await asyncio.sleep(0.01)
        return seen


def test_no_change_during_a_look_waits_for_the_recheck(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "RECHECK_SECONDS", 1e6)
    monkeypatch.setattr(watch, "GAP_SECONDS", 0.0)

    async def story() -> list[str]:
        bell = Bell()
        bell.attach(asyncio.get_running_loop())
        told = []
        async with asyncio.timeout(20):
            async for state in Changing(bell, 4).states("s", 1):
                told.append(state)
                if state == "4":
                    return told
        return told

    assert asyncio.run(story())[-1] == "4"
