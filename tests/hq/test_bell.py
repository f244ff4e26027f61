"""The bell: no change between looking and waiting is slept through."""

from __future__ import annotations

import asyncio

from hq.bell import Bell


def test_a_ring_between_looking_and_waiting_is_not_lost() -> None:
    async def story() -> bool:
        bell = Bell()
        bell.attach(asyncio.get_running_loop())
        ticket = bell.ticket("a")
        bell.ring(["a"])
        await bell.wait(ticket, 10)
        return ticket.is_set()

    assert asyncio.run(story())


def test_only_the_store_that_changed_is_woken() -> None:
    async def story() -> tuple[bool, bool]:
        bell = Bell()
        bell.attach(asyncio.get_running_loop())
        one, other = bell.ticket("a"), bell.ticket("b")
        bell.ring(["a"])
        await bell.wait(one, 10)
        return one.is_set(), other.is_set()

    assert asyncio.run(story()) == (True, False)


def test_after_the_stop_nobody_waits() -> None:
    async def story() -> bool:
        bell = Bell()
        before = bell.ticket("a")
        bell.stop()
        return before.is_set() and bell.ticket("a").is_set()

    assert asyncio.run(story())


def test_a_change_that_another_process_made_is_noticed() -> None:
    seen = {"a": 1, "b": 1, "nobody waits for it": 1}

    async def heads(store_ids: frozenset[str]) -> dict[str, int]:
        assert "nobody waits for it" not in store_ids
        return {store_id: seen[store_id] for store_id in store_ids}

    async def story() -> tuple[bool, bool]:
        bell = Bell(recheck_seconds=0.001)
        watching = asyncio.create_task(bell.watch(heads))
        # The first look knows nothing yet and wakes everybody once.
        for each in (bell.ticket("a"), bell.ticket("b")):
            await bell.wait(each, 10)
        one, other = bell.ticket("a"), bell.ticket("b")
        seen["a"] = 2
        await bell.wait(one, 10)
        watching.cancel()
        return one.is_set(), other.is_set()

    assert asyncio.run(story()) == (True, False)
