"""The scanner's box says what would help, in words and a drawing, and nothing around it moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from scanner.camera.inbox import State
from scanner.reading.sight import Hint
from tests.ui.shop import Shop
from ui import theme
from ui.counter.page import CounterPage
from ui.counter.scan_box import PREVIEW, ScanBox
from ui.window import Window

STATES = [*State, "off"]


@pytest.fixture
def box(page: CounterPage) -> ScanBox:
    return page.side.scan


@pytest.fixture
def running(box: ScanBox) -> ScanBox:
    box.show_state("running")
    box.show_frame(_picture("yes"))
    return box


def _picture(tint: str) -> QImage:
    image = QImage(QSize(480, 270), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.colour(tint)))
    return image


def _said(box: ScanBox) -> str:
    return next(label.text() for label in box.words.findChildren(QLabel) if label.text())


def test_every_hint_has_its_own_words(running: ScanBox) -> None:
    plain, said = _said(running), set()
    for hint in Hint:
        running.show_hint(hint)
        said.add(_said(running))
    assert len(said - {plain}) == len(Hint)
    running.show_hint("")
    assert _said(running) == plain


def test_every_state_has_its_own_words(box: ScanBox) -> None:
    said = set()
    for state in STATES:
        box.show_state("off")
        box.show_state(state)
        said.add(_said(box))
    assert len(said) == len(STATES) - 1, "a loop that is stopped is off"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("text_size", ["normal", "larger"])
def test_no_hint_is_cut_off_or_moves_what_is_around_it(
    window: Window, running: ScanBox, prefer: Callable[..., None], qtbot: QtBot, language: str, text_size: str
) -> None:
    prefer(language=language, text_size=text_size)
    # The rail takes its new width in a second pass of the layout.
    qtbot.waitUntil(lambda: window._rail.width() == window._rail.sizeHint().width())
    qtbot.wait(1)
    sizes = {running.size().toTuple()}
    for hint in Hint:
        running.show_hint(hint)
        qtbot.wait(1)
        text = running._text
        assert text.heightForWidth(text.width()) <= text.height() + 1, hint
        sizes.add(running.size().toTuple())
    running.show_state("lost")
    qtbot.wait(1)
    sizes.add(running.size().toTuple())
    assert len(sizes) == 1


def test_a_hint_is_said_only_while_the_camera_sees(running: ScanBox) -> None:
    running.show_hint("tilt")
    running.show_state("lost")
    assert "Tilt" not in _said(running)


def test_a_usb_scanner_that_types_goes_before_a_hint(running: ScanBox) -> None:
    running.show_hint("tilt")
    running.show_reading(12)
    assert _said(running) == "Reading: 12 characters"
    running.show_reading(0)
    assert "Tilt" in _said(running)


def test_the_picture_fills_its_box_and_has_four_corners(running: ScanBox) -> None:
    seen = running.preview.grab().toImage()
    light = QColor(theme.colour("on_rail_active")).rgb()
    middle, side = PREVIEW.width() // 2, round(0.8 * PREVIEW.height() / 2)
    assert seen.size() == PREVIEW * running.preview.devicePixelRatioF()
    assert seen.pixel(middle, PREVIEW.height() // 2) == QColor(theme.colour("yes")).rgb()
    assert seen.pixel(middle - side, PREVIEW.height() // 2 - side + 25) == light
    assert seen.pixel(middle + side, PREVIEW.height() // 2 + side - 25) == light


def test_a_picture_that_comes_after_its_camera_went_is_not_shown(running: ScanBox) -> None:
    running.show_state("lost")
    running.show_frame(_picture("no"))
    assert running.preview._image is None
    assert not running.preview.isHidden()


def test_a_camera_that_is_looked_for_does_not_flicker(box: ScanBox, qtbot: QtBot) -> None:
    box._later.setInterval(60_000)
    box.show_state("missing")
    said = _said(box)
    for state in ("opening", "missing", "opening"):
        box.show_state(state)
        assert _said(box) == said
    box._later.timeout.emit()
    assert _said(box) == "The camera is being opened."


def test_a_foreign_code_leaves_the_verdict_where_it_is(
    page: CounterPage, shop: Shop, running: ScanBox, qtbot: QtBot
) -> None:
    from tests.ui.verdicts import EVERY
    from ui.counter.model import of_verdict

    page.card.show_view(of_verdict(EVERY[0], shop.parts.times))
    before = page.card.grab().toImage()
    shop.parts.scan.hint_changed.emit("foreign")
    assert _said(running) == "Not a pickup code"
    assert page.card.grab().toImage() == before
