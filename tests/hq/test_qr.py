"""The drawn code is the one that scans best: measured on the picture itself, by a decoder that did not draw it."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from hq import qr

LONGEST = "1" * 254
LENGTHS = (120, 171, 220, 225, 254)


def _drawn(digits: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(qr.png(digits))).convert("L"))


def _measured(digits: str) -> Any:
    (found,) = zxingcpp.read_barcodes(_drawn(digits))
    return found


@pytest.mark.parametrize("length", LENGTHS)
def test_it_reads_back_as_drawn_at_level_m(length: int) -> None:
    digits = "7" * length
    found = _measured(digits)

    assert (found.text, found.ec_level) == (digits, "M")


def test_the_longest_code_still_is_of_version_six_which_only_digits_are() -> None:
    assert int(_measured(LONGEST).extra["Version"]) == 6


@pytest.mark.parametrize("length", LENGTHS)
def test_the_smallest_version_that_holds_it_is_drawn(length: int) -> None:
    holds = {4: 149, 5: 202, 6: 255}  # digits at level M, ISO/IEC 18004 table 7
    smallest = min(version for version, digits in holds.items() if digits >= length)

    assert int(_measured("7" * length).extra["Version"]) == smallest


def test_the_border_is_four_white_modules_on_each_side() -> None:
    dark = np.argwhere(_drawn(LONGEST) == 0)
    low, high = dark.min(axis=0), dark.max(axis=0) + 1
    height, width = _drawn(LONGEST).shape
    module = (high[0] - low[0]) / 41

    assert (low / module).tolist() == [4, 4]
    assert ((height - high[0]) / module, (width - high[1]) / module) == (4, 4)


def test_it_is_black_on_white_and_nothing_else() -> None:
    assert set(np.unique(_drawn(LONGEST))) == {0, 255}


def test_modules_are_whole_pixels_and_enough_for_a_sharp_screen() -> None:
    drawn = _drawn(LONGEST)
    modules = drawn[qr.BOX // 2 :: qr.BOX, qr.BOX // 2 :: qr.BOX]

    assert (np.kron(modules, np.ones((qr.BOX, qr.BOX), np.uint8)) == drawn).all()
    assert len(drawn) >= 3 * 240


def test_nobody_else_at_hq_draws_codes() -> None:
    rooms = Path(qr.__file__).parent.rglob("*.py")
    drawing = [path.name for path in rooms if _imports(path, "qrcode")]

    assert drawing == ["qr.py"]


def _imports(path: Path, package: str) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return any(name.split(".")[0] == package for name in names)
