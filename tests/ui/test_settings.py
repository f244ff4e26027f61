"""What a shop sets stays set, and a broken file costs nothing but the choices in it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.settings import Settings, load, save


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    wanted = Settings(language="en", theme="dark", text_size="large", camera="USB 相机", one_tap=True, clerk="李娜")
    wanted = replace(wanted, serial_scanners=("0c2e:0b6a:17", "path:COM3"), watched_folder="D:\\扫码")
    save(tmp_path / "deep" / "settings.json", wanted)
    assert load(tmp_path / "deep" / "settings.json").settings == wanted


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json").settings == Settings()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"theme": 7}',
        b'{"theme": "pink"}',
        b'{"sounds": "yes"}',
        b'{"serial_scanners": [7]}',
    ],
)
def test_a_broken_file_is_set_aside_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded = load(path)
    assert loaded.settings == Settings()
    assert loaded.set_aside is not None
    assert loaded.set_aside.read_bytes() == content
    assert not path.exists()


def test_a_field_of_another_release_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "hologram": True}), "utf-8")
    assert load(path).settings == Settings(theme="dark")


def test_saving_leaves_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for text_size in ("normal", "large", "larger"):
        save(path, Settings(text_size=text_size))
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]
    assert load(path).settings.text_size == "larger"
