"""What holds for every test: noise fails it, the user's data and secrets are out of reach, no thread outlives it."""

from __future__ import annotations

import logging
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

# Nothing is timed in tests: a machine that is slow or busy has no fault.
settings.register_profile("ziti", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("ziti")

if TYPE_CHECKING:
    from tests.hq.postgres import Cluster

ExpectLog = Callable[[str], None]

_LONGEST_GOODBYE = 5.0  # seconds for a thread to end after it was told to
_USER_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "data",
    "LOCALAPPDATA": "data",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}


def pytest_configure(config: pytest.Config) -> None:
    """Turn this process, and every process it starts, away from the user's folders, screen and keyring."""
    folder = tempfile.TemporaryDirectory(prefix="ziti-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    for variable, name in _USER_FOLDERS.items():
        place = Path(folder.name, name)
        place.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(place)
    for variable in [name for name in os.environ if name.startswith("ZITI_")]:
        del os.environ[variable]
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


class LogWatch(logging.Handler):
    """Collects what is logged as WARNING or worse, and holds it against what the test said it would cause."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._heard: list[str] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(f"{record.name} {record.levelname}: {record.getMessage()}")

    def expect(self, pattern: str) -> None:
        self._expected.append(pattern)

    def complaints(self) -> list[str]:
        unexpected = [line for line in self._heard if not any(re.search(each, line) for each in self._expected)]
        unheard = [each for each in self._expected if not any(re.search(each, line) for line in self._heard)]
        return [f"unexpected log: {line}" for line in unexpected] + [f"never logged: {each}" for each in unheard]


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fail a test that logs a warning or worse which it did not announce through `expect_log`."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(log_watch: LogWatch) -> ExpectLog:
    """Return a function that announces a warning (a pattern over "logger LEVEL: message"), which must then come."""
    return log_watch.expect


@pytest.fixture(autouse=True)
def no_thread_outlives_its_test() -> Iterator[None]:
    """Fail a test that leaves a Python thread behind."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):
            continue  # Qt's own thread passed through Python; it cannot be joined and is not ours to end
        thread.join(_LONGEST_GOODBYE)
        if thread.is_alive():
            pytest.fail(f"the thread {thread.name!r} outlives the test", pytrace=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Run a PostgreSQL of the tests' own, from the first test that asks to the last of all."""
    from tests.hq.postgres import cluster

    with cluster() as one:
        yield one


@pytest.fixture
def display() -> Iterator[str]:
    """Start a virtual screen, with what moves its mouse and presses its keys; return its name."""
    from tests.programs import needed
    from tests.screen import screen

    needed("Xvfb", "xvfb")
    needed("xdotool", "xdotool")
    with screen() as name:
        yield name
