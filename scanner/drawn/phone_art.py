"""The flat drawings behind `scanner.drawn.phone`: a phone in a hand, and the counters it is held over."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from scanner.vision import Frame, cv2, to_uint8

Colour = tuple[int, int, int]
Point = tuple[int, int]
Rect = tuple[int, int, int, int]

# One canvas for hand and phone, in drawing pixels: the hand reaches over the phone's edges.
_CANVAS = (1400, 2100)
BODY: Rect = (310, 170, 1090, 1790)
_SCREEN: Rect = (330, 190, 1070, 1770)
_CARD: Rect = (366, 500, 1034, 1330)
CODE_SIDE = 620
CODE_CENTRE = (700.0, 840.0)

_WHITE: Colour = (255, 255, 255)
_INK: Colour = (52, 44, 40)
SKINS: tuple[Colour, ...] = ((150, 178, 226), (120, 150, 205), (96, 124, 178), (60, 84, 128))
_CASES: tuple[Colour, ...] = ((34, 32, 32), (70, 62, 58), (150, 110, 60), (60, 60, 150), (190, 180, 200))
_APPS: tuple[Colour, ...] = ((236, 240, 242), (214, 232, 214), (200, 222, 246), (240, 226, 214))
_BRANDS: tuple[Colour, ...] = ((60, 140, 40), (40, 90, 220), (160, 90, 30))


def hand_and_phone(code: Frame, seed: int) -> tuple[Frame, Frame]:
    """Return a BGRA drawing of the phone showing `code` in a hand, and a mask of what shines by itself."""
    return _hand_and_phone(code.tobytes(), (code.shape[0], code.shape[1]), seed)


@lru_cache(maxsize=4)
def _hand_and_phone(code: bytes, shape: tuple[int, int], seed: int) -> tuple[Frame, Frame]:
    rng = np.random.default_rng(seed)
    skin, case = pick(rng, SKINS), pick(rng, _CASES)
    colour = np.zeros((_CANVAS[1], _CANVAS[0], 3), np.uint8)
    cover = np.zeros((_CANVAS[1], _CANVAS[0]), np.uint8)
    _fingers(colour, cover, skin)
    rounded(colour, BODY, 96, case)
    rounded(cover, BODY, 96, 255)
    glow = np.zeros_like(cover)
    rounded(glow, _SCREEN, 80, 255)
    _app(colour, np.frombuffer(code, np.uint8).reshape(shape), pick(rng, _APPS), pick(rng, _BRANDS))
    _thumb(colour, cover, glow, skin)
    return np.dstack([colour, cover]), glow


def pick(rng: np.random.Generator, colours: tuple[Colour, ...]) -> Colour:
    """Return one of the colours."""
    return colours[int(rng.integers(len(colours)))]


def muted(rng: np.random.Generator) -> Colour:
    """Return the colour of packaging or cloth: half of it is grey."""
    grey = int(rng.integers(60, 215))
    blue, green, red = ((grey + int(part)) // 2 for part in rng.integers(40, 230, 3))
    return (blue, green, red)


def shade(colour: Colour, factor: float) -> Colour:
    """Return a darker (below 1) or lighter shade of a colour."""
    blue, green, red = (min(255, int(part * factor)) for part in colour)
    return (blue, green, red)


def rounded(picture: Frame, rect: Rect, radius: int, colour: Colour | int) -> None:
    """Fill a rectangle with round corners, in place."""
    left, top, right, bottom = rect
    paint = (colour,) if isinstance(colour, int) else colour
    cv2.rectangle(picture, (left + radius, top), (right - radius, bottom), paint, -1)
    cv2.rectangle(picture, (left, top + radius), (right, bottom - radius), paint, -1)
    for x in (left + radius, right - radius):
        for y in (top + radius, bottom - radius):
            cv2.circle(picture, (x, y), radius, paint, -1, cv2.LINE_AA)


def _app(colour: Frame, code: Frame, paper: Colour, brand: Colour) -> None:
    """Draw the pickup page: status bar, title, a white card with the code and its short number."""
    rounded(colour, _SCREEN, 80, paper)
    _status_bar(colour)
    _write(colour, "Pickup code", (700, 350), 1.9, _INK, 4)
    _write(colour, "Show this at the counter", (700, 430), 1.1, shade(_INK, 2.2), 2)
    rounded(colour, _CARD, 36, _WHITE)
    left, top = int(CODE_CENTRE[0]) - CODE_SIDE // 2, int(CODE_CENTRE[1]) - CODE_SIDE // 2
    side = (CODE_SIDE, CODE_SIDE)
    drawn = to_uint8(
        cv2.resize(code, side, interpolation=cv2.INTER_AREA if code.shape[0] > CODE_SIDE else cv2.INTER_NEAREST)
    )
    colour[top : top + CODE_SIDE, left : left + CODE_SIDE] = drawn[..., None]
    _write(colour, "4821 0937", (700, 1260), 2.3, _INK, 5)
    rounded(colour, (366, 1400, 1034, 1530), 40, brand)
    _write(colour, "Directions", (700, 1482), 1.5, _WHITE, 3)
    for row, width in enumerate((520, 400)):
        cv2.rectangle(colour, (366, 1590 + 56 * row), (366 + width, 1612 + 56 * row), shade(paper, 0.82), -1)


def _status_bar(colour: Frame) -> None:
    _write(colour, "14:02", (452, 262), 1.2, _INK, 3)
    cv2.circle(colour, (700, 246), 20, (20, 18, 18), -1, cv2.LINE_AA)
    for bar in range(4):
        cv2.rectangle(colour, (870 + 16 * bar, 258 - 8 * bar), (879 + 16 * bar, 264), _INK, -1)
    cv2.rectangle(colour, (950, 234), (1006, 262), _INK, 3)
    cv2.rectangle(colour, (956, 240), (990, 256), _INK, -1)


def _write(colour: Frame, text: str, centre: Point, size: float, ink: Colour, weight: int) -> None:
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, size, weight)
    place = (centre[0] - width // 2, centre[1] + height // 2)
    cv2.putText(colour, text, place, cv2.FONT_HERSHEY_DUPLEX, size, ink, weight, cv2.LINE_AA)


def _fingers(colour: Frame, cover: Frame, skin: Colour) -> None:
    """Draw the palm and the finger tips that show behind the phone's edges."""
    cv2.ellipse(colour, (820, 1900), (430, 420), -12, 0, 360, shade(skin, 0.82), -1, cv2.LINE_AA)
    cv2.ellipse(cover, (820, 1900), (430, 420), -12, 0, 360, (255,), -1, cv2.LINE_AA)
    for number in range(4):
        tip, root = (262 + 8 * number, 1110 + 150 * number), (480, 1150 + 150 * number)
        finger(colour, cover, tip, root, 62, skin)


def _thumb(colour: Frame, cover: Frame, glow: Frame, skin: Colour) -> None:
    """Draw the thumb that holds the phone from the front, beside the card."""
    for tip, root, width in (((1060, 1420), (1230, 1660), 72), ((1230, 1660), (1160, 2000), 120)):
        finger(colour, cover, tip, root, width, skin)
        cv2.line(glow, tip, root, (0,), 2 * width, cv2.LINE_AA)
    cv2.ellipse(colour, (1046, 1402), (30, 44), -38, 0, 360, shade(skin, 1.16), -1, cv2.LINE_AA)


def finger(colour: Frame, cover: Frame, tip: Point, root: Point, width: int, skin: Colour) -> None:
    """Draw a finger of twice that width from tip to root, in place."""
    # Three strokes, each narrower and lighter, make it round.
    for factor, part in ((0.72, 1.0), (0.88, 0.8), (1.0, 0.5)):
        cv2.line(colour, tip, root, shade(skin, factor), int(2 * width * part), cv2.LINE_AA)
    cv2.line(cover, tip, root, (255,), 2 * width, cv2.LINE_AA)


@lru_cache(maxsize=4)
def counter(seed: int, size: tuple[int, int]) -> Frame:
    """Return the place without light and phone: seen from above (even seeds) or towards the shop (odd seeds)."""
    rng = np.random.default_rng((seed, 7))
    return _worktop(rng, size) if seed % 2 == 0 else _shop(rng, size)


def _worktop(rng: np.random.Generator, size: tuple[int, int]) -> Frame:
    width, height = size
    base = np.array(pick(rng, ((96, 128, 168), (176, 184, 188), (70, 74, 80), (150, 170, 190))), np.float32)
    grain = cv2.resize(rng.standard_normal((90, 12), dtype=np.float32), size, interpolation=cv2.INTER_CUBIC)
    picture = to_uint8(np.clip(base + 9 * grain[..., None], 0, 255))
    edge = int(height * rng.uniform(0.06, 0.16))
    cv2.rectangle(picture, (0, 0), (width, edge), (58, 54, 52), -1)
    mat = (int(width * 0.06), int(height * 0.45), int(width * 0.24), int(height * 0.86))
    rounded(picture, mat, height // 40, (84, 70, 60))
    cv2.rectangle(picture, (int(width * 0.8), edge), (int(width * 0.93), int(height * 0.42)), (232, 236, 238), -1)
    return to_uint8(cv2.GaussianBlur(picture, (0, 0), height / 260))


def _shop(rng: np.random.Generator, size: tuple[int, int]) -> Frame:
    width, height = size
    picture = np.full((height, width, 3), (150, 158, 164), np.uint8)
    for shelf in range(4):
        floor = int(height * (0.2 + 0.22 * shelf))
        x = 0
        while x < width:
            wide, tall = int(width * rng.uniform(0.03, 0.08)), int(height * rng.uniform(0.08, 0.17))
            cv2.rectangle(picture, (x, floor - tall), (x + wide, floor), muted(rng), -1)
            x += wide + int(width * 0.006)
        cv2.rectangle(picture, (0, floor), (width, floor + height // 60), (112, 116, 122), -1)
    for lamp in range(3):
        left = int(width * (0.1 + 0.32 * lamp))
        cv2.rectangle(picture, (left, 0), (left + width // 8, height // 40), _WHITE, -1)
    _customer(picture, rng)
    # The shop lies far behind the plane that is in focus.
    return to_uint8(cv2.GaussianBlur(picture, (0, 0), height / 60))


def _customer(picture: Frame, rng: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    centre = int(width * rng.uniform(0.35, 0.65))
    coat = shade(muted(rng), 0.55)
    cv2.ellipse(picture, (centre, height), (int(height * 0.52), int(height * 0.55)), 0, 180, 360, coat, -1)
    head = (int(height * 0.13), int(height * 0.18))
    cv2.ellipse(picture, (centre, int(height * 0.27)), head, 0, 0, 360, (34, 38, 46), -1)
    cv2.ellipse(picture, (centre, int(height * 0.33)), head, 0, 0, 360, pick(rng, SKINS), -1)
