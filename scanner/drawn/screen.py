"""Draws the flat phone of a `Shot`: body, page, code with its quiet zone, fingers, and a display's pixel grid."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import QRData

from scanner.drawn.phone_art import SKINS, Colour, finger, muted, pick, rounded, shade
from scanner.drawn.shot import Finger, Floats, Shot, Spot
from scanner.vision import Frame, cv2, to_uint8

_PAGES: tuple[Colour, ...] = ((236, 240, 242), (214, 232, 214), (200, 222, 246), (250, 250, 250), (120, 160, 70))
_DARK_PAGES: tuple[Colour, ...] = ((18, 18, 18), (40, 34, 30), (48, 48, 48), (60, 40, 24))
_INKS: tuple[Colour, ...] = ((0, 0, 0), (0, 0, 0), (20, 20, 20), (60, 30, 10), (40, 60, 10))
_WORDS = ("Pickup code", "Store 12", "4821 0937", "Today 14:00", "2 x set menu", "Show at the counter", "Paid 36.80")


@dataclass(slots=True)
class Art:
    """A drawing in texels: colours, what covers the room, what shines; where the code lies and its modules' size."""

    colour: Frame
    cover: Frame
    glow: Frame
    origin: tuple[int, int]
    texels: int
    modules: int
    screen: tuple[int, int, int, int]
    rng: np.random.Generator = field(repr=False)

    def texel(self, spot: Spot) -> tuple[int, int]:
        """Return the texel at a place given in parts of the code's side."""
        side = self.modules * self.texels
        return round(self.origin[0] + spot[0] * side), round(self.origin[1] + spot[1] * side)


@lru_cache(maxsize=512)
def matrix(text: str, mask: int) -> NDArray[np.bool_]:
    """Return the modules (True is dark) of the digits at level M, without a border."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)  # type: ignore[type-arg]
    code.add_data(QRData(text, mode=1), optimize=0)
    code.make(fit=True)
    return np.array(code.modules, dtype=np.bool_)


def draw(shot: Shot, texels: int) -> Art:
    """Return the phone that the shot shows, a module `texels` wide."""
    code = matrix(shot.text, shot.mask)
    art = _blank(shot, len(code), texels)
    _body(art)
    _page(art, shot)
    _code(art, shot, code)
    for each in shot.fingers:
        _on_top(art, each)
    return art


def display_grid(colour: Floats, screen: tuple[int, int, int, int]) -> None:
    """Lay the display's red, green and blue stripes over the screen, in place: a display pixel is 3 × 3 texels."""
    stripes = np.full((3, 3, 3), 0.06, np.float32)
    for stripe in range(3):
        stripes[:2, stripe, 2 - stripe] = 1.0
    stripes /= stripes.mean(axis=(0, 1))
    left, top, right, bottom = screen
    part = colour[top:bottom, left:right]
    tiles = (part.shape[0] // 3 + 1, part.shape[1] // 3 + 1, 1)
    part *= np.tile(stripes, tiles)[: part.shape[0], : part.shape[1]]


def _blank(shot: Shot, modules: int, texels: int) -> Art:
    rng = np.random.default_rng((shot.seed, 3))
    half = modules / 2 + max(shot.quiet, 2) + rng.uniform(1.5, 6)
    tall = 2 * half * rng.uniform(1.8, 2.15)
    above = max(half, tall * rng.uniform(0.36, 0.5))
    # A finger from the front is seen up to where it leaves the frame, or nearly so.
    bezel, hand = rng.uniform(1.0, 2.5), modules if shot.fingers else 9
    left, top = round((half + bezel + hand) * texels), round((above + bezel + hand) * texels)
    width, height = 2 * left, round((tall + 2 * bezel + 2 * hand) * texels)
    code = (left - modules * texels // 2, top - modules * texels // 2)
    edge = round(half * texels)
    screen = (left - edge, top - round(above * texels), left + edge, top + round((tall - above) * texels))
    cover = np.zeros((height, width), np.uint8)
    return Art(np.zeros((height, width, 3), np.uint8), cover, cover.copy(), code, texels, modules, screen, rng)


def _body(art: Art) -> None:
    """Draw the hand behind, the phone's body and its shining screen."""
    left, top, right, bottom = art.screen
    bezel = round(art.rng.uniform(0.8, 2.2) * art.texels)
    skin, case = pick(art.rng, SKINS), muted(art.rng)
    body = (left - bezel, top - bezel, right + bezel, bottom + bezel)
    for number in range(4):
        y = round(top + (bottom - top) * (0.5 + 0.1 * number))
        reach = round(art.texels * art.rng.uniform(1, 6))
        finger(art.colour, art.cover, (left - reach, y), (left + 8 * art.texels, y), 4 * art.texels, skin)
    rounded(art.colour, body, 4 * art.texels, shade(case, 0.5))
    rounded(art.cover, body, 4 * art.texels, 255)
    rounded(art.glow, art.screen, 3 * art.texels, 255)


def _page(art: Art, shot: Shot) -> None:
    dark = shot.inverted or art.rng.random() < (0.5 if shot.busy else 0.12)
    page = pick(art.rng, _DARK_PAGES if dark else _PAGES)
    rounded(art.colour, art.screen, 3 * art.texels, page)
    ink = (225, 225, 225) if dark else (52, 44, 40)
    left, top, right, bottom = art.screen
    middle = (left + right) // 2
    reach = round((art.modules / 2 + max(4.0, shot.quiet) + 2) * art.texels)
    centre = art.texel((0.5, 0.5))[1]
    for y in (top + 4 * art.texels, centre - reach - 3 * art.texels, centre + reach + 3 * art.texels):
        _write(art, str(art.rng.choice(_WORDS)), (middle, y), art.rng.uniform(1.6, 3.2), ink)
    button = (left + 4 * art.texels, bottom - 14 * art.texels, right - 4 * art.texels, bottom - 7 * art.texels)
    rounded(art.colour, button, 2 * art.texels, muted(art.rng))
    if shot.busy:
        _busy(art, reach)


def _busy(art: Art, reach: int) -> None:
    """Crowd the code: stripes, writing, or a coarse picture right up to its quiet zone."""
    x, y = art.texel((0.5, 0.5))
    left, right = max(x - reach, art.screen[0]), min(x + reach, art.screen[2])
    part = art.colour[y - reach : y + reach, left:right]
    kind = art.rng.integers(4)
    if kind == 0:
        size = (int(art.rng.integers(8, 30)), int(art.rng.integers(8, 30)))
        coarse = art.rng.integers(0, 255, (*size, 3), dtype=np.uint8)
        part[:] = cv2.resize(coarse, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_CUBIC)
    elif kind == 1:
        wide = round(art.texels * art.rng.uniform(0.6, 3))
        colours = np.array([muted(art.rng), shade(muted(art.rng), 0.4)], np.uint8)
        along = np.arange(part.shape[1])[None, :] + int(art.rng.integers(0, 2)) * np.arange(part.shape[0])[:, None]
        part[:] = colours[(along // wide) % 2]
    elif kind == 2:
        for line in range(y - reach, y + reach, round(2.6 * art.texels)):
            _write(art, " ".join(art.rng.choice(_WORDS, 6)), (x, line), 1.6, (20, 20, 20))


def _code(art: Art, shot: Shot, code: NDArray[np.bool_]) -> None:
    dark, light = np.array(pick(art.rng, _INKS)), np.array([255, 255, 255])
    if shot.inverted:
        dark, light = np.full(3, art.rng.integers(205, 256)), np.full(3, art.rng.integers(0, 56))
    paper = tuple(int(part) for part in light)
    quiet = round(shot.quiet * art.texels)
    (left, top), (right, bottom) = art.texel((0, 0)), art.texel((1, 1))
    card = (left - quiet, top - quiet, right + quiet, bottom + quiet)
    radius = min(quiet, round(2 * art.texels)) if shot.quiet >= 4 else 0
    rounded(art.colour, card, radius, (paper[0], paper[1], paper[2]))
    drawn = np.where(code[..., None], dark, light).astype(np.uint8)
    art.colour[top:bottom, left:right] = np.kron(drawn, np.ones((art.texels, art.texels, 1), np.uint8))


def _on_top(art: Art, each: Finger) -> None:
    """Lay a finger on the screen: it hides what shines and is lit by the room."""
    tip, root = art.texel(each.tip), art.texel(each.root)
    width = max(1, round(each.width * art.modules * art.texels / 2))
    skin = pick(art.rng, SKINS)
    finger(art.colour, art.cover, tip, root, width, skin)
    cv2.line(art.glow, tip, root, (0,), 2 * width, cv2.LINE_AA)
    away = math.atan2(root[1] - tip[1], root[0] - tip[0])
    nail = (round(tip[0] - 0.35 * width * math.cos(away)), round(tip[1] - 0.35 * width * math.sin(away)))
    axes = (round(0.45 * width), round(0.36 * width))
    cv2.ellipse(art.colour, nail, axes, math.degrees(away), 0, 360, shade(skin, 1.16), -1, cv2.LINE_AA)


def hidden(shot: Shot) -> float:
    """Return the part of the code's area that the fingers hide."""
    side = 200
    mask = np.zeros((side, side), np.uint8)
    for each in shot.fingers:
        tip, root = ((round(x * side), round(y * side)) for x, y in (each.tip, each.root))
        cv2.line(mask, tip, root, (255,), max(1, round(each.width * side)))
    return float((mask > 0).mean())


def _write(art: Art, text: str, centre: tuple[int, int], modules: float, ink: Colour) -> None:
    """Write a line, its capitals `modules` high, no wider than the screen's margins."""
    scale = modules * art.texels / 22
    weight = max(1, round(scale * 2))
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, scale, weight)
    place = (max(art.screen[0] + art.texels, centre[0] - width // 2), centre[1] + height // 2)
    clean = to_uint8(art.colour[:, : art.screen[2] - art.texels])
    cv2.putText(clean, text, place, cv2.FONT_HERSHEY_DUPLEX, scale, ink, weight, cv2.LINE_AA)
    art.colour[:, : art.screen[2] - art.texels] = clean
