"""The lock file covers what the project asks for, with a hash for everything and no word of where it came from."""

from __future__ import annotations

import re
import tomllib

import pytest

from tools.house import ROOT

LOCK = (ROOT / "requirements.lock").read_text("ascii")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WISHES = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]


@pytest.mark.parametrize("wish", WISHES)
def test_wish_is_locked(wish: str) -> None:
    name = re.split(r"[<>=!~ \[]", wish)[0].lower().replace("_", "-")
    assert re.search(rf"^{name}==", LOCK, re.MULTILINE)


def test_every_package_has_a_hash() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_address_is_in_the_lock() -> None:
    assert "//" not in LOCK
    assert not re.search(r"^\s*-[^-]|--(index|find|extra)", LOCK, re.MULTILINE)
