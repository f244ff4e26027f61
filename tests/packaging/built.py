"""The built program does a shop's first day: run by `make package`, not by `make test` (building takes minutes).

It is taken from the Debian package where there is one, so that what is tried is what a shop gets.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.process import Child
from tests.packaging import unseen
from tests.packaging.story import first_day
from tests.screen import screen, surroundings
from tests.terminal import AtScreen, Till
from tools import package

pytestmark = pytest.mark.timeout(600)

PICTURES = package.ROOT / "dist"
ON_LINUX = os.name == "posix"


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["dpkg-deb", "--extract", package.deb_path(), folder], check=True)
    return folder


@pytest.fixture
def program(request: pytest.FixtureRequest) -> Path:
    if ON_LINUX:
        unpacked: Path = request.getfixturevalue("unpacked")
        return unpacked / package.PLACE / package.NAME
    # Of the two programs on Windows the one with a console.
    return package.BUNDLE / "ziti-hq.exe"


def test_a_shops_first_day_on_a_screen(program: Path, tmp_path: Path) -> None:
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("without Xvfb and xdotool there is the unseen window only")
    with screen() as display:

        def open_till(data: Path) -> Till:
            child = Child("--data", str(data), program=(str(program),), env=surroundings(DISPLAY=display))
            return Till(child, AtScreen(display, child), data, PICTURES / "on-screen.png")

        assert first_day(program, tmp_path, open_till) == 0


def test_a_shops_first_day_without_a_screen(program: Path, tmp_path: Path) -> None:
    def open_till(data: Path) -> Till:
        child = unseen.start(program, data)
        return Till(child, unseen.UnseenKeys(child), data, PICTURES / "unseen.png")

    assert first_day(program, tmp_path, open_till) == 0


def test_the_doctor_finds_nothing_missing_in_it(program: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [program, "doctor", "--data", tmp_path, "--json"], capture_output=True, text=True, check=False, timeout=300
    )
    assert [each for each in json.loads(done.stdout) if each["state"] == "fail"] == []
