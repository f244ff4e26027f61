"""On a display: Qt opens a real window, and a scanner's keys reach it whatever has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.doctor import machine
from app.doctor.finding import State
from tests.e2e.process import Child, Line
from tests.screen import Hands, surroundings

pytestmark = pytest.mark.display


def test_qt_opens_on_x11(display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    (finding,) = machine.window(tmp_path)
    assert (finding.state, finding.seen) == (State.OK, "xcb, 1366×768")


# -- a scanner types into the real window ----------------------------------------------------------------------------

# A busy machine may hold the typist up in the middle of a scan, as no scanner does: such a scan is typed again.
ATTEMPTS = 6
TORN_MS = 110
KINDS = (
    "line edit",
    "search field",
    "PIN field",
    "spin box",
    "editable combo box",
    "button",
    "check box",
    "combo box",
    "open list",
    "list",
    "table",
    "scroll area",
    "page",
    "counter",
    "nothing",
)
TYPED = {"line edit": "A-12", "search field": "4821", "PIN field": "12", "editable combo box": "box 3"}
LEFT = TYPED | {"spin box": "7"}


@pytest.fixture
def desk(display: str) -> Iterator[Child]:
    desk = Child("tests.platform.desk", env=surroundings(DISPLAY=display))
    yield desk
    assert desk.close() == 0, desk.stderr()


def _scanned(desk: Child, typist: Hands, on: str, text: str) -> Line:
    """Set the focus, let the clerk type, then scan; return what came of it."""
    for _ in range(ATTEMPTS):
        desk.tell("focus", on=on)
        desk.hear("focused")
        typist.type(TYPED.get(on, ""), gap_ms=220)
        desk.tell("listen")
        desk.hear("listening")
        typist.type(text, gap_ms=8)
        desk.tell("report")
        found = desk.hear("report")
        if found["longest"] <= TORN_MS:
            return found
    pytest.skip("this machine is too busy to type as evenly as a scanner")


def test_a_scan_arrives_whole_whatever_has_the_focus(desk: Child, display: str) -> None:
    typist = Hands(display)
    code = desk.hear("ready")["code"]
    found = {on: _scanned(desk, typist, on, f"{code}\n") for on in KINDS}
    assert {on: line["heard"] for on, line in found.items()} == {on: [code] for on in KINDS}
    assert {on: line["done"] for on, line in found.items()} == {on: [] for on in KINDS}
    assert {on: line["text"] for on, line in found.items()} == {on: LEFT.get(on, "") for on in KINDS}


def test_what_a_person_types_is_no_scan(desk: Child, display: str) -> None:
    desk.hear("ready")
    desk.tell("focus", on="line edit")
    desk.hear("focused")
    Hands(display).type("shelf 12 B", gap_ms=120)
    desk.tell("report")
    found = desk.hear("report")
    assert (found["heard"], found["text"]) == ([], "shelf 12 B")
