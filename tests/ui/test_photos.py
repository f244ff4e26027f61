"""A photo of what stays here, at the counter: when it may be taken, what is kept of it, and what lets it go."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain import photo
from app.usecases.photos import ROOM_FOR_PHOTOS
from tests.conftest import ExpectLog
from tests.photos import jpeg
from tests.ui.shop import Shop
from tests.ui.test_counter_extras import Clerk, ready
from ui.counter import jpeg as packing
from ui.counter.details_panel import DetailsPanel
from ui.counter.model import Act
from ui.counter.photo_box import PhotoBox
from ui.counter.presenter import Phase
from ui.sync_page.diagnostics import export
from ui.window import Window

LEFT, RIGHT = 40, 210


def scene(side: int = 640) -> np.ndarray:
    """Return what a camera sees: dark on the left, light on the right."""
    frame = np.full((side * 3 // 4, side, 3), LEFT, np.uint8)
    frame[:, side // 2 :] = RIGHT
    return frame


def noise(width: int, height: int) -> QImage:
    dice = np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)
    return QImage(dice.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).copy()


class Camera:
    """What the scanner's thread tells of a camera."""

    def __init__(self, shop: Shop) -> None:
        self.scan = shop.parts.scan

    def turn(self, state: str) -> None:
        self.scan._take_state(state)

    def see(self, frame: np.ndarray) -> None:
        self.scan._hear_whole(frame)


@pytest.fixture
def clerk(shop: Shop, window: Window, qtbot: QtBot) -> Clerk:
    return Clerk(shop, window, qtbot)


@pytest.fixture
def camera(shop: Shop) -> Camera:
    one = Camera(shop)
    one.turn("running")
    one.see(scene())
    return one


@pytest.fixture
def panel(clerk: Clerk) -> DetailsPanel:
    """Open the panel of an order that is being handed over; the first of its lines stays here."""
    made = ready()
    clerk.shop.feed([made])
    clerk.begin(made)
    clerk.act(Act.DETAILS)
    found = clerk.page.card.details
    found.lines[1].click()
    return found


def kept(clerk: Clerk) -> bytes:
    (row,) = clerk.shop.till.sql("SELECT jpeg FROM photos")
    return bytes(row[0])


def test_a_photo_may_be_taken_while_something_stays_here_and_the_camera_sees(
    clerk: Clerk, camera: Camera, panel: DetailsPanel
) -> None:
    box = panel.photo
    assert (box.take.isEnabled(), box.take.toolTip(), box.take.text()) == (True, "", "Take a photo")
    panel.lines[1].click()
    assert (box.take.isEnabled(), box.take.toolTip()) == (False, "First tap what stays here.")
    panel.lines[0].click()
    for state in ("missing", "busy", "lost", "stuck", "opening", "off"):
        camera.turn(state)
        told = (box.take.isEnabled(), box.take.toolTip(), box.take.text())
        assert told == (False, "There is no picture from the camera.", "Photo: only with a camera")
    camera.turn("running")
    assert box.take.isEnabled()


def test_the_photo_goes_with_the_hand_over(clerk: Clerk, camera: Camera, panel: DetailsPanel) -> None:
    panel.photo.take.click()
    assert panel.photo.picture.isVisible()
    panel.go.click()
    clerk.reach(Phase.DONE)
    (body,) = clerk.shop.till.sql("SELECT body FROM events WHERE kind = 'handed_over'")
    assert json.loads(body[0])["photo"] == photo.digest(kept(clerk))
    assert photo.flaw(kept(clerk)) is None


def test_enter_confirms_also_after_a_tap_on_the_photos_button(
    clerk: Clerk, camera: Camera, panel: DetailsPanel
) -> None:
    QTest.mouseClick(panel.photo.take, Qt.MouseButton.LeftButton)
    QTest.keyClick(panel.photo.take, Qt.Key.Key_Return)
    clerk.reach(Phase.DONE)
    assert photo.flaw(kept(clerk)) is None


def test_a_hand_over_without_a_photo_is_as_it_was(clerk: Clerk, camera: Camera, panel: DetailsPanel) -> None:
    panel.go.click()
    clerk.reach(Phase.DONE)
    assert clerk.shop.till.sql("SELECT count(*) FROM photos") == [(0,)]


@pytest.mark.parametrize("mirrored", [True, False])
def test_the_photo_is_never_mirrored(clerk: Clerk, camera: Camera, panel: DetailsPanel, mirrored: bool) -> None:
    clerk.shop.parts.scan.mirrored = mirrored
    camera.see(scene())
    panel.photo.take.click()
    panel.go.click()
    clerk.reach(Phase.DONE)
    image = QImage.fromData(kept(clerk))
    assert image.size() == QSize(640, 480)
    assert QColor(image.pixel(60, 200)).value() < 90
    assert QColor(image.pixel(580, 200)).value() > 160


def test_the_photo_is_what_the_camera_saw_last(clerk: Clerk, camera: Camera, panel: DetailsPanel) -> None:
    camera.see(np.full((48, 64), 250, np.uint8))
    panel.photo.take.click()
    assert panel.photo.take.text() == "Take again"
    camera.see(np.full((48, 64), 5, np.uint8))
    panel.photo.take.click()
    panel.go.click()
    clerk.reach(Phase.DONE)
    assert QColor(QImage.fromData(kept(clerk)).pixel(30, 20)).value() < 30


def test_a_photo_that_was_removed_does_not_go(clerk: Clerk, camera: Camera, panel: DetailsPanel) -> None:
    panel.photo.take.click()
    panel.photo.remove.click()
    assert not panel.photo.picture.isVisible()
    assert panel.photo.take.text() == "Take a photo"
    panel.go.click()
    clerk.reach(Phase.DONE)
    assert clerk.shop.till.sql("SELECT count(*) FROM photos") == [(0,)]


@pytest.mark.parametrize(
    "leave",
    [lambda panel: QTest.keyClick(panel, Qt.Key.Key_Escape), lambda panel: panel.back.click()],
    ids=["escape", "back"],
)
def test_who_leaves_the_panel_forgets_the_photo(
    clerk: Clerk, camera: Camera, panel: DetailsPanel, leave: Callable[[DetailsPanel], object]
) -> None:
    panel.photo.take.click()
    leave(panel)
    assert panel.photo.photo is None
    clerk.act(Act.DETAILS)
    assert not panel.photo.picture.isVisible()
    assert clerk.presenter.phase is Phase.GRANTED


def test_when_everything_goes_out_after_all_no_photo_goes_along(
    clerk: Clerk, camera: Camera, panel: DetailsPanel
) -> None:
    panel.photo.take.click()
    panel.lines[1].click()
    panel.collector.setText("his wife")
    panel.go.click()
    clerk.reach(Phase.DONE)
    assert clerk.shop.till.sql("SELECT short FROM redemptions") == [("",)]
    assert clerk.shop.till.sql("SELECT count(*) FROM photos") == [(0,)]


def test_a_customers_code_in_view_changes_nothing_of_the_photo(
    clerk: Clerk, camera: Camera, panel: DetailsPanel
) -> None:
    panel.photo.take.click()
    clerk.scan(clerk.shop.till.code(ready(ready().number + 7)))
    assert "First finish #4821" in clerk.window.banner.text
    assert panel.photo.photo is not None
    assert panel.isVisible()


def test_the_photo_of_one_customer_never_goes_with_the_next(clerk: Clerk, camera: Camera, panel: DetailsPanel) -> None:
    panel.photo.take.click()
    panel.go.click()
    clerk.reach(Phase.DONE)
    other = ready(ready().number + 7)
    clerk.shop.feed([other])
    clerk.begin(other)
    clerk.act(Act.DETAILS)
    panel.lines[0].click()
    panel.go.click()
    clerk.reach(Phase.DONE)
    assert clerk.shop.till.sql("SELECT order_number FROM photos") == [(ready().number,)]


def test_a_disk_that_is_almost_full_costs_the_photo_and_says_so(
    clerk: Clerk, camera: Camera, panel: DetailsPanel, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("was dropped: disk_full")
    monkeypatch.setattr(type(clerk.shop.till.storage), "_free_bytes", ROOM_FOR_PHOTOS - 1)
    panel.photo.take.click()
    panel.go.click()
    clerk.reach(Phase.DONE)
    assert "The photo could not be kept" in clerk.window.banner.text
    assert clerk.shop.till.status(ready().number) == "completed"


# ── what is made of the picture ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [(640, 480), (1920, 1080), (1080, 1920), (3840, 2160)])
def test_a_photo_is_no_larger_than_1280_pixels_and_200_kb_whatever_the_camera_sees(size: tuple[int, int]) -> None:
    packed = packing.packed(noise(*size))
    image = QImage.fromData(packed)
    assert len(packed) <= packing.LARGEST
    assert max(image.width(), image.height()) <= packing.LONGEST_SIDE
    assert abs(image.width() / image.height() - size[0] / size[1]) < 0.02
    assert photo.flaw(packed) is None


def test_a_small_picture_is_not_made_larger() -> None:
    image = QImage(QSize(320, 240), QImage.Format.Format_Grayscale8)
    image.fill(128)
    assert QImage.fromData(packing.packed(image)).size() == QSize(320, 240)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_box_says_itself_in_both_languages(
    clerk: Clerk, panel: DetailsPanel, camera: Camera, language: str
) -> None:
    clerk.shop.parts.preferences.set(language=language)
    panel.photo.take.click()
    said = {button.text() for button in (panel.photo.take, panel.photo.remove)}
    assert said == ({"重拍", "删除"} if language == "zh_CN" else {"Take again", "Remove"})


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_panel_with_a_photo_fits_the_smallest_screen_in_the_largest_letters(
    clerk: Clerk, panel: DetailsPanel, camera: Camera, language: str
) -> None:
    clerk.shop.parts.preferences.set(language=language, text_size="largest")
    panel.photo.take.click()
    for line in panel.lines:
        line.missing = line.line.quantity
    panel.go.click()
    clerk.wait(panel._trouble.isVisible)
    needed = clerk.window.minimumSizeHint()
    assert (needed.width() <= 1366, needed.height() <= 768) == (True, True), needed
    clerk.window.resize(1366, 768)
    clerk.wait(lambda: panel.photo.geometry().bottom() < panel.collector.geometry().top())


def test_a_line_without_a_camera_leaves_the_box_grey(qtbot: QtBot) -> None:
    box = PhotoBox()
    qtbot.addWidget(box)
    box.show_short(short=True)
    assert not box.take.isEnabled()


# ── what leaves the machine otherwise ──────────────────────────────────────────────────────────────────────


def test_the_diagnostics_say_how_many_photos_there_are_and_hold_none(clerk: Clerk, tmp_path: Path) -> None:
    till, content = clerk.shop.till, jpeg()
    till.sql(
        "INSERT INTO photos (attempt_id, order_number, event_seq, at, by, jpeg) VALUES ('a', 1, 1, 0, '李娜', ?)",
        content,
    )
    settings = clerk.shop.parts.preferences.now
    made = till(lambda work: export(work, settings=settings, folder=tmp_path / "out"))
    with zipfile.ZipFile(made) as packed:
        texts = [packed.read(name) for name in packed.namelist()]
    assert json.loads(texts[0])["counts"]["photos"] == 1
    assert not any(content[:40] in text or photo.digest(content).encode() in text for text in texts)
