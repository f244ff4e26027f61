"""What the scanner's tests share: pickup-like codes, drawn as HQ draws them."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
import qrcode

from scanner.vision import Frame

Draw = Callable[[str | bytes], Frame]


def _draw(text: str | bytes) -> Frame:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make()
    modules = np.where(np.array(code.get_matrix()), 0, 255).astype(np.uint8)
    return np.kron(modules, np.ones((8, 8), np.uint8))


def _digits(seed: int) -> str:
    chance = random.Random(seed)
    return "1" + "".join(chance.choices("0123456789", k=219 + seed % 35))


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Return what draws a text as a QR code: level M, a border of four modules, eight pixels each."""
    return _draw


@pytest.fixture(scope="session")
def digits() -> Callable[[int], str]:
    """Return what makes a text of 220 to 254 digits, as long as a pickup code, from a seed."""
    return _digits
