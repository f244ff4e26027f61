"""The fixtures of the terminal's inside: a blank one, one of store 7, and a prepared order in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.order import Status
from app.domain.records import KeyRecord, NeighbourRecord, OrderRecord, ProductRecord, StaffRecord
from tests.core.till import NOON, PIN_HASH, STORE, Till, order


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Till]:
    """Open a terminal that belongs to no store yet."""
    till = Till(tmp_path)
    yield till
    till.storage.close()


@pytest.fixture
def till(blank: Till) -> Till:
    """Make it the lead terminal of store 7, with its catalogue, keys and one manager."""
    blank.enrol()
    blank.feed(
        STORE,
        NeighbourRecord(8, "Hillside", "8 Hill Street", 1200),
        StaffRecord("staff-1", "Wang", "manager", PIN_HASH, True),
        KeyRecord(1, blank.key.public_key().public_bytes_raw(), False),
        ProductRecord(1001, "PORK", "Braised pork", "chilled", 0, 3800, True),
        ProductRecord(1002, "CROI", "Croissant", "ambient", 0, 900, True),
        ProductRecord(1003, "CAKE", "Birthday cake", "chilled", 180, 19800, True),
    )
    return blank


@pytest.fixture
def ready(till: Till) -> OrderRecord:
    """Give that terminal a prepared order."""
    made = order(status=Status.PREPARED, prepared_at=NOON - timedelta(hours=1))
    till.feed(made)
    return made
