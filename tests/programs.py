"""Programs of the system that some tests need: without one they are skipped aloud on a laptop and fail in CI."""

from __future__ import annotations

import os

import pytest

from tools.system import find_program


def needed(name: str, package: str) -> str:
    """Return where a program is; skip the test that asks, or fail it where `CI` is set."""
    found = find_program(name)
    if found:
        return found
    sentence = f"{name} is missing (Debian package {package}): `make setup` installs it where it may"
    if os.environ.get("CI"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
