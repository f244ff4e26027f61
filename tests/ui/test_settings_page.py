"""The settings page: each choice is in force at once and kept."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from app.settings import Settings
from tests.ui.shop import Shop
from ui import theme
from ui.settings_page.page import SettingsPage
from ui.window import Window


@pytest.fixture
def settings(window: Window) -> SettingsPage:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def choose(settings: SettingsPage, name: str, text: str) -> None:
    group = settings._choices[name]
    next(button for button in group.findChildren(QPushButton) if button.text() == text).click()


def test_a_choice_is_in_force_at_once(settings: SettingsPage, shop: Shop) -> None:
    choose(settings, "theme", "Dark")
    assert shop.parts.preferences.now.theme == "dark"
    assert theme.look().colours is theme.DARK


def test_a_choice_is_kept(settings: SettingsPage, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Settings] = []
    monkeypatch.setattr(shop.parts.preferences, "_keep", kept.append)
    choose(settings, "one_tap", "On")
    assert [each.one_tap for each in kept] == [True]


def test_the_choice_in_force_stays_marked_when_tapped_again(settings: SettingsPage) -> None:
    choose(settings, "language", "English")
    marked = [button.text() for button in settings._choices["language"].findChildren(QPushButton) if button.isChecked()]
    assert marked == ["English"]


def test_the_clerks_name_stands_in_the_top_bar(settings: SettingsPage, window: Window, shop: Shop) -> None:
    settings._clerk.setText("  Chen ")
    settings._clerk.editingFinished.emit()
    assert shop.parts.clerk == "Chen"
    assert window.top.clerk.text() == "Chen"


def test_a_camera_is_chosen_by_its_name(settings: SettingsPage, shop: Shop) -> None:
    settings._show_cameras((("camera:name=Front", "Front"), ("camera:name=Desk", "Desk")))
    settings._camera.setCurrentIndex(2)
    settings._camera.activated.emit(2)
    assert shop.parts.preferences.now.camera == "camera:name=Desk"


def test_a_chosen_camera_that_is_unplugged_stays_chosen(settings: SettingsPage, shop: Shop) -> None:
    shop.parts.preferences.set(camera="camera:name=Desk+cam&port=2")
    settings._show_cameras(())
    assert settings._camera.currentData() == "camera:name=Desk+cam&port=2"
    assert settings._camera.currentText() == "Desk cam"


def test_a_camera_that_was_chosen_by_its_name_stays_chosen(settings: SettingsPage, shop: Shop) -> None:
    shop.parts.preferences.set(camera="Desk")
    settings._show_cameras((("camera:name=Front", "Front"), ("camera:name=Desk", "Desk")))
    assert settings._camera.currentText() == "Desk"
    assert settings._camera.count() == 3
