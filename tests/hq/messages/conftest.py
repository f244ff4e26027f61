"""What the tests of messages share: apprise's pool of threads, which lives as long as the process."""

from __future__ import annotations

import threading

import pytest
from apprise.apprise import get_shared_executor


@pytest.fixture(scope="session")
def apprise_pool() -> None:
    """Start the thread that apprise keeps, so that no single test is blamed for it."""
    get_shared_executor().submit(threading.get_ident).result()
