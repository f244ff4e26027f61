"""The simulation itself: it finds planted mistakes, and from each seed it is the same day."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.bugs import PLANTED, Plant
from tests.simulation.day import run
from tests.simulation.world import Broken, Give, Goods, World

ENOUGH_SEEDS = 40


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_mistake_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    assert any(run(seed).broken for seed in range(ENOUGH_SEEDS))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_is_the_same_day(seed: int) -> None:
    assert run(seed) == run(seed)


def test_the_same_seed_is_the_same_day_in_another_process() -> None:
    program = "from tests.simulation.day import run; print(run(3).digest)"
    digests = [
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert digests[0] == digests[1] != ""


def test_other_seeds_are_other_days() -> None:
    assert run(0).digest != run(1).digest


def test_the_days_have_everything_in_them() -> None:
    lines = "\n".join(line for seed in range(14) for line in run(seed).lines)
    wanted = ["GAVE", "(unguarded)", "TOOK BACK", "power cut", "is gone", "still here", "arrived late", "hq: down"]
    wanted += ["hq: stops before", "hq: stops after", "renew the feed", "offline"]
    wanted += ["→ ready", "→ needs_lead", "→ already_handed_over", "→ cancelled", "→ superseded"]
    wanted += ["→ unknown_order_verified", "→ not_prepared", "→ too_early", "→ overdue"]
    assert [word for word in wanted if word not in lines] == []


def test_a_second_parcel_without_a_managers_word_breaks_a_promise() -> None:
    goods = Goods()
    goods.give(Give(1, "a", "front", unguarded=False))
    goods.give(Give(1, "b", "side", unguarded=True))
    with pytest.raises(Broken, match="twice"):
        goods.give(Give(1, "c", "front", unguarded=False))


def test_a_returned_parcel_may_go_out_again() -> None:
    goods = Goods()
    goods.give(Give(1, "a", "front", unguarded=False))
    goods.take_back("a")
    goods.give(Give(1, "b", "front", unguarded=False))
    assert [give.attempt_id for give in goods.outside(1)] == ["b"]


def test_moods_go_from_calm_to_rough() -> None:
    moods = [World(seed).mood for seed in range(100)]
    assert any(mood.message_fault == mood.power_cut == 0 for mood in moods)
    assert any(mood.message_fault == 0.5 and mood.power_cut > 0 for mood in moods)
