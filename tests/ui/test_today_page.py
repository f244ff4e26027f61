"""The figures on screen, on paper and in a sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.order import Status
from app.usecases.figures import figures
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over
from tests.core.till import NOON, order
from tests.ui.shop import Shop
from ui.today import sayings
from ui.today.page import TodayPage
from ui.window import Window

FIRST = 4_503_599_627_370_000


def test_a_day_on_screen_on_paper_and_in_a_sheet(shop: Shop, window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window.go("today")
    page = window.page("today")
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: "No order" in page.nothing.text.text())
    assert not page.export.isEnabled()
    late = order(FIRST + 1, opens=int(NOON.timestamp()) // 60 - 120, length=60)
    shop.feed([order(FIRST, status=Status.PREPARED, prepared_at=NOON), late])
    shop.till(grant, GrantRequest("attempt-1", FIRST, "=cmd|x", scanned_at=NOON))
    shop.till(hand_over, "attempt-1", by="=cmd|x")
    qtbot.waitUntil(lambda: page.tiles[0].value.text() == "0 %")
    assert page.tiles[0].before.text() == "0 of 1 due"
    assert page.tiles[1].value.text() == "0.0 s"
    assert page._late.count() == 1
    wanted: list[object] = []
    shop.parts.tasks.order_wanted.connect(wanted.append)
    row = page._late.itemAt(0)
    assert row
    button = row.widget()
    assert button
    button.click()  # type: ignore[attr-defined]
    assert wanted == [FIRST + 1]

    page.save(str(tmp_path / "day.csv"))
    sheet = (tmp_path / "day.csv").read_bytes()
    assert sheet.startswith(b"\xef\xbb\xbf")
    assert "12:00,1" in sheet.decode("utf-8-sig")
    assert "'=cmd|x,1" in sheet.decode("utf-8-sig")
    page.save(str(tmp_path / "gone" / "day.csv"))
    assert "could not be written" in window.banner.text
    page._print()
    qtbot.waitUntil(lambda: bool(shop.till.sql("SELECT 1 FROM print_jobs")))

    page.earlier.click()
    qtbot.waitUntil(lambda: page.when.text() == "yesterday" and page._stack.currentIndex() == 1)
    page.spans[1].click()
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 0 and "07-27" in page.when.text())


def test_a_figure_without_a_denominator_is_a_dash(shop: Shop) -> None:
    found = shop.till(figures, NOON, NOON)
    said = dict(sayings.rows(found))
    assert (said["Collection rate"], said["An add-on"], said["Add-on rate"]) == ("–", "–", "–")
    long = replace(found, whole=replace(found.whole, mean_redemption_seconds=7200.0, mean_scan_seconds=95.0))
    said = dict(sayings.rows(long))
    assert (said["From ready to collected"], said["From scan to hand-over"]) == ("2.0 h", "2 min")
