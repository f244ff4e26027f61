"""Each house rule finds its breach, lets the right way pass, and gives its reason."""

from __future__ import annotations

import pytest

from tools.house import LONGEST_FILE, LONGEST_FUNCTION, ROOT, Source, breaches, sources

DOC = '"""A module."""\n'

BREACHES = {
    "silent insert by replace": ("app/storage/a.py", 'db["orders"].insert(row, replace=True)', "silent insert"),
    "silent insert by ignore": ("app/usecases/a.py", 'db["orders"].insert_all(rows, ignore=True)', "silent insert"),
    "silent insert by alter": ("app/storage/a.py", "table.insert(row, alter=True)", "silent insert"),
    "silent insert in SQL": ("app/storage/a.py", 'run("insert or ignore into t values (1)")', "silent insert"),
    "atomic": ("app/usecases/a.py", "with db.atomic():\n    pass", "atomic"),
    "colour in hex": ("ui/counter/page.py", 'label.setStyleSheet("color: #ff0000")', "colour"),
    "colour by function": ("ui/counter/page.py", 'css = "color: rgb(1, 2, 3)"', "colour"),
    "colour by number": ("ui/board/model.py", "brush = QColor(255, 0, 0)", "colour"),
    "colour by name": ("ui/board/model.py", "brush = Qt.GlobalColor.red", "colour"),
    "bare except": ("sync/a.py", "try:\n    run()\nexcept:\n    pass", "broad except"),
    "broad except": ("sync/a.py", "try:\n    run()\nexcept Exception:\n    pass", "broad except"),
    "broad except in a tuple": ("sync/a.py", "try:\n    run()\nexcept (OSError, Exception):\n    pass", "broad except"),
    "broad except without a reason": (
        "sync/a.py",
        "try:\n    run()\nexcept Exception:  # noqa: BLE001\n    pass",
        "broad except",
    ),
    "lambda": ("ui/a.py", "button.clicked.connect(lambda: act())", "lambda on a signal"),
    "partial": ("ui/a.py", "worker.done.connect(functools.partial(act, 1))", "lambda on a signal"),
    "long file": ("hq/a.py", "\n" * LONGEST_FILE, "long file"),
    "long function": ("hq/a.py", "def act():\n" + "    run()\n" * LONGEST_FUNCTION, "long function"),
    "utils": ("app/utils.py", "", "empty name"),
    "helpers": ("ui/helpers/dates.py", "", "empty name"),
    "Qt in sync": ("sync/a.py", "from PySide6.QtCore import QObject", "Qt outside ui"),
    "Qt in main": ("main.py", "import PySide6.QtWidgets", "Qt outside ui"),
    "one screen in another": ("ui/board/page.py", "from ui.counter.model import rows", "screen to screen"),
    "one screen's package in another": ("ui/board/page.py", "from ui import counter", "screen to screen"),
    "OpenCV window": ("scanner/a.py", 'cv2.imshow("frame", frame)', "OpenCV window"),
    "OpenCV by itself": ("tests/scanner/a.py", "import cv2", "OpenCV past its door"),
    "promise": ("app/a.py", "# TODO: later", "promise"),
    "workaround without a link": ("app/a.py", "# WORKAROUND for a bug", "promise"),
}

RIGHT_WAYS = {
    "plain insert": ("app/storage/a.py", 'db["orders"].insert(row)'),
    "replace of a dataclass": ("app/usecases/a.py", "order = replace(order, note=True)"),
    "upsert that says what wins": (
        "app/storage/a.py",
        'run("INSERT INTO t VALUES (1) ON CONFLICT (k) DO UPDATE SET v = 1")',
    ),
    "the theme's colours": ("ui/theme.py", 'RED = "#b3261e"'),
    "a colour token": ("ui/board/model.py", 'brush = QColor(theme.token("danger"))'),
    "transparent": ("ui/a.py", "pixmap.fill(Qt.GlobalColor.transparent)"),
    "order number in words": ("ui/a.py", 'title = "order #{number}"'),
    "broad except with a reason": (
        "sync/a.py",
        "try:\n    run()\nexcept Exception:  # thread edge: must live on\n    pass",
    ),
    "reason on its own line": ("sync/a.py", "try:\n    run()\nexcept Exception:\n    # Thread edge.\n    pass"),
    "cleaning up and passing on": ("sync/a.py", "try:\n    run()\nexcept BaseException:\n    close()\n    raise"),
    "a method on a signal": ("ui/a.py", "button.clicked.connect(self.act)"),
    "Qt in ui": ("ui/a.py", "from PySide6.QtCore import QObject"),
    "a screen's own parts": ("ui/board/page.py", "from ui.board.model import rows"),
    "what screens share": ("ui/board/page.py", "from ui.words import Times"),
    "the frame knows the screens": ("ui/frame.py", "from ui.counter.page import CounterPage"),
    "workaround with a link": ("app/a.py", "# WORKAROUND(https://example.org/1): the reason"),
}


@pytest.mark.parametrize(("path", "code", "rule"), BREACHES.values(), ids=BREACHES)
def test_breach_is_found_with_its_reason(path: str, code: str, rule: str) -> None:
    found = breaches(Source(path, DOC + code))
    assert len(found) == 1
    assert found[0].startswith(f"{path}:")
    assert f": {rule}: " in found[0]


@pytest.mark.parametrize(("path", "code"), RIGHT_WAYS.values(), ids=RIGHT_WAYS)
def test_right_way_passes(path: str, code: str) -> None:
    assert breaches(Source(path, DOC + code)) == []


def test_module_without_docstring_is_found() -> None:
    assert ": no docstring: " in breaches(Source("app/a.py", "import os"))[0]


def test_breach_names_its_line() -> None:
    assert breaches(Source("app/a.py", DOC + "\n\n# FIXME"))[0].startswith("app/a.py:4:")


def test_every_room_is_looked_at() -> None:
    rooms = {source.path.split("/")[0] for source in sources(ROOT)}
    assert {"app", "sync", "scanner", "ui", "hq", "tests", "tools"} <= rooms
