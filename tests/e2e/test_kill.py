"""`kill -9` of the terminal and of HQ in the middle of everything: nothing lost, nothing twice, both sides equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.doomed_hq import POINTS as POINTS_OF_HQ
from tests.e2e.kill import Siege, besiege
from tests.hq.postgres import Cluster

# A turn for each scene and each point of HQ, and some more; `make soak` dies at every step, over and over.
POINTS = 24
pytestmark = pytest.mark.timeout(400)


@pytest.mark.parametrize("seed", [1])
def test_nothing_is_lost_or_doubled_whoever_dies_wherever(tmp_path: Path, seed: int) -> None:
    kills = besiege(tmp_path, POINTS, seed)
    assert kills.total() >= POINTS
    for place in ("feed", "prepare", "grant", "hand_over", "sell", "refund", "close_shift", "push"):
        assert kills[f"terminal: {place}"]
    assert sum(count for place, count in kills.items() if place.startswith("HQ")) >= 5


def test_nothing_is_lost_or_doubled_on_postgresql_when_hq_dies(tmp_path: Path, postgres: Cluster) -> None:
    with Siege(tmp_path, 2, postgres.database()) as siege:
        for point in POINTS_OF_HQ[::2]:
            siege.kill_hq(point)
        assert siege.incidents() == []
    assert sum(count for place, count in siege.kills.items() if place != "HQ: from outside") >= 4


def test_judgement_notices_a_hand_over_that_is_gone(store: Siege) -> None:
    store.serve([store.place(1)[0].code], pull=True)
    store.judge()
    store.seen.handed_over["never-recorded"] = (1, "2026-01-01T00:00:00.000000Z")
    with pytest.raises(AssertionError, match="not in the file"):
        store.judge()
