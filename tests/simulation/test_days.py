"""A day in a store with two terminals, HQ and every fault we know: every promise is kept, whatever the seed."""

from __future__ import annotations

import pytest

from tests.simulation.day import run

SEEDS = 60
CHUNK = 10


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_every_promise_is_kept(first: int) -> None:
    for seed in range(first, first + CHUNK):
        report = run(seed)
        assert not report.broken, f"seed {seed}: {report.broken}\n" + "\n".join(report.lines)
