"""A day in a store with two terminals, HQ and every fault we know; from each seed the same day."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.bugs import PLANTED, Plant
from tests.simulation.day import run
from tests.simulation.world import CALM, Broken, Give, Goods, World

SEEDS = 200
CHUNK = 10
ENOUGH_SEEDS = 40


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_every_promise_is_kept_on_every_day(first: int) -> None:
    for seed in range(first, first + CHUNK):
        report = run(seed)
        assert not report.broken, f"seed {seed}: {report.broken}\n" + "\n".join(report.lines)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_mistake_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    assert any(run(seed).broken for seed in range(ENOUGH_SEEDS))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_seed_is_the_same_day(seed: int) -> None:
    assert run(seed) == run(seed)


def test_the_same_seed_is_the_same_day_in_another_process() -> None:
    program = "from tests.simulation.day import run; print(run(4).digest)"
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_other_seeds_are_other_days() -> None:
    assert len({run(seed).digest for seed in range(4)}) == 4


def test_the_days_are_worth_living() -> None:
    lines = "\n".join(line for seed in range(12) for line in run(seed).lines)
    wanted = ["GAVE", "(unguarded)", "power cut", "needs_lead", "already_handed_over", "cancelled", "superseded"]
    wanted += ["unknown_order_verified", "TOOK BACK", "is gone", "still here", "arrived late", "hq: down"]
    assert [word for word in wanted if word not in lines] == []


def test_a_second_parcel_without_a_managers_word_breaks_a_promise() -> None:
    goods = Goods()
    goods.give(Give(1, "a", "front", unguarded=False))
    goods.give(Give(1, "b", "side", unguarded=True))
    with pytest.raises(Broken, match="twice"):
        goods.give(Give(1, "c", "front", unguarded=False))


def test_moods_differ_from_calm_to_rough() -> None:
    moods = {World(seed).mood for seed in range(100)}
    assert any(mood.message_fault == CALM.message_fault for mood in moods)
    assert any(mood.message_fault >= 0.5 and mood.power_cut > 0 for mood in moods)
