"""A program that tests need and do not find: a loud skip on a laptop, a failure where `CI` is set."""

from __future__ import annotations

import pytest

from tests.programs import needed


def test_a_program_that_is_there_is_named_with_its_path() -> None:
    assert needed("sh", "dash").endswith("/sh")


def test_on_a_laptop_its_absence_skips_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Debian package none1"):
        needed("program-of-nobody", "none1")


def test_in_ci_its_absence_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="Debian package none1"):
        needed("program-of-nobody", "none1")
