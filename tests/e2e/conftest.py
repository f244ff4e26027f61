"""One store with a running HQ and an enrolled terminal, both real processes, for each test that asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.kill import Siege


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Siege]:
    """Start HQ and enrol a terminal; its window, if one is opened, speaks English."""
    with Siege(tmp_path, seed=1) as siege:
        (siege.terminal / "settings.json").write_text(json.dumps({"language": "en", "camera_on": False}), "utf-8")
        yield siege
