"""Draws a customer's phone with a code on its screen, as a camera at a counter would see it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.drawn.optics import disc, filtered, softened
from scanner.drawn.phone_art import BODY, CODE_CENTRE, CODE_SIDE, counter, hand_and_phone
from scanner.vision import Frame, cv2, to_grey, to_uint8

HD = (1280, 720)
VGA = (640, 480)

# The mean brightness that the camera's exposure aims at.
_EXPOSED = 122

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class View:
    """How the phone is held and what the camera makes of it.

    `code_height`, `x`, `y` are in parts of the frame's height (the code with its border; its centre off the frame's),
    angles in degrees, `defocus` (radius) and `motion` (length) in pixels. `seed` fixes the people and the place,
    `moment` the noise of one frame.
    """

    size: tuple[int, int] = HD
    code_height: float = 0.55
    x: float = 0.0
    y: float = 0.0
    roll: float = 0.0
    tilt_x: float = 0.0
    tilt_y: float = 0.0
    defocus: float = 0.0
    motion: float = 0.0
    motion_angle: float = 90.0
    noise: float = 4.0
    glare: float = 0.0
    glare_at: tuple[float, float] = (0.3, 0.3)
    screen_light: float = 1.0
    room_light: float = 0.8
    seed: int = 0
    moment: int = 0


def hold(seed: int, size: tuple[int, int] = HD, *, care: float = 0.5) -> View:
    """Return how customer `seed` holds the phone; `care` 1 is straight and steady, 0 is tilted, blurred and shiny."""
    rng = np.random.default_rng(seed)
    haste = 1.0 - care
    pixels = size[1] / 720

    def around(spread: float) -> float:
        return float(np.clip(rng.normal(0.0, spread), -2.2 * spread, 2.2 * spread)) * haste

    return View(
        size=size,
        code_height=float(rng.uniform(0.42, 0.68)),
        x=float(rng.uniform(-0.18, 0.18)),
        y=float(rng.uniform(-0.06, 0.06)),
        roll=around(16),
        tilt_x=around(24),
        tilt_y=around(24),
        defocus=abs(around(3.0)) * pixels,
        motion=abs(around(7.0)) * pixels,
        motion_angle=float(rng.uniform(0, 180)),
        noise=float(rng.uniform(2, 4 + 10 * haste)),
        glare=float(rng.uniform(0, 1.2) * haste) if rng.random() < 0.5 else 0.0,
        glare_at=(float(rng.uniform(0, 1)), float(rng.uniform(0, 1))),
        screen_light=float(rng.uniform(1 - 0.6 * haste, 1.1)),
        room_light=float(rng.uniform(0.95 - 0.7 * haste, 1.0)),
        seed=seed,
    )


def frame(code: Frame | bytes, view: View) -> Frame:
    """Return the BGR picture of a phone that shows `code` (a PNG, or its pixels), held as `view` says."""
    scene = _surroundings(view)
    _put_phone(scene, _pixels(code), view)
    return _through_the_lens(scene, view)


def empty_counter(view: View) -> Frame:
    """Return the BGR picture of the same place without the phone."""
    return _through_the_lens(_surroundings(view), replace(view, defocus=0.0, motion=0.0))


def approach(
    code: Frame | bytes,
    seed: int,
    size: tuple[int, int] = HD,
    *,
    empty: int = 8,
    coming: int = 10,
    steady: int = 20,
    care: float = 0.7,
) -> list[Frame]:
    """Return the frames of a phone being brought into view: an empty counter, then moving and blurred, then steady."""
    held = hold(seed, size, care=care)
    frames = [empty_counter(replace(held, moment=number)) for number in range(empty)]
    frames += [frame(code, _on_the_way(held, (step + 1) / (coming + 1), empty + step)) for step in range(coming)]
    frames += [frame(code, _trembling(held, empty + coming + step)) for step in range(steady)]
    return frames


def _on_the_way(held: View, progress: float, moment: int) -> View:
    left = (1.0 - progress) ** 2
    pixels = held.size[1] / 720
    return replace(
        held,
        y=held.y + 1.1 * left,
        x=held.x + 0.25 * left,
        roll=held.roll + 25 * left,
        tilt_x=held.tilt_x - 20 * left,
        code_height=held.code_height * (1.0 - 0.25 * left),
        motion=held.motion + 45 * (1.0 - progress) * pixels,
        motion_angle=80.0,
        defocus=held.defocus + 5 * left * pixels,
        moment=moment,
    )


def _trembling(held: View, moment: int) -> View:
    sway = math.sin(moment * 0.9)
    return replace(
        held,
        x=held.x + 0.004 * sway,
        y=held.y + 0.003 * math.cos(moment * 0.7),
        roll=held.roll + 0.5 * sway,
        moment=moment,
    )


def _pixels(code: Frame | bytes) -> Frame:
    if not isinstance(code, bytes):
        return to_grey(code)
    pixels = cv2.imdecode(np.frombuffer(code, np.uint8), cv2.IMREAD_GRAYSCALE) if code else None
    if pixels is None:
        raise ValueError("The code to show is not a PNG.")
    return to_uint8(pixels)


def _surroundings(view: View) -> Floats:
    return counter(view.seed, view.size).astype(np.float32) * np.float32(view.room_light)


def _put_phone(scene: Floats, code: Frame, view: View) -> None:
    """Lay the phone, its shadow and what the screen mirrors over the scene, in place."""
    art, glow = hand_and_phone(code, view.seed)
    shrink = min(1.0, 1.3 * view.code_height * view.size[1] / CODE_SIDE)
    art, glow = _shrunk(art, shrink), _shrunk(glow, shrink)
    placed = _placing(view) @ np.diag([1 / shrink, 1 / shrink, 1.0])
    seen, glowing = _warp(art, placed, view.size), _warp(glow, placed, view.size)
    cover, lit = _part(seen[..., 3]), _part(glowing)
    shadow = 1 - 0.35 * softened(cover, 12 * view.size[1] / 720)
    # The room lights hand and case; the screen shines by itself, and mirrors a lamp.
    light = view.room_light + (view.screen_light - view.room_light) * lit
    scene *= ((1 - cover) * shadow)[..., None]
    scene += seen[..., :3] * (light * cover)[..., None]
    scene += (_mirrored_lamp(view, placed, shrink) * lit * cover)[..., None]


def _part(mask: Frame) -> Floats:
    return mask.astype(np.float32) / np.float32(255)


def _shrunk(drawing: Frame, factor: float) -> Frame:
    return to_uint8(cv2.resize(drawing, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))


def _placing(view: View) -> NDArray[np.float64]:
    """Return the homography from the flat drawing to the frame."""
    width, height = view.size
    focal = 1.1 * width
    distance = focal * CODE_SIDE / (view.code_height * height)
    turn = _rotation(view.tilt_x, view.tilt_y, view.roll)
    flat = np.array([[1.0, 0, -CODE_CENTRE[0]], [0, 1.0, -CODE_CENTRE[1]], [0, 0, 1.0]])
    place = np.array([view.x * height, view.y * height, focal]) * distance / focal
    plane = np.column_stack([turn[:, 0], turn[:, 1], place])
    lens = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1.0]])
    return np.asarray(lens @ plane @ flat, dtype=np.float64)


def _rotation(tilt_x: float, tilt_y: float, roll: float) -> NDArray[np.float64]:
    a, b, c = (math.radians(angle) for angle in (tilt_x, tilt_y, roll))
    about_x = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    about_y = np.array([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]])
    about_z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    return np.asarray(about_x @ about_y @ about_z, dtype=np.float64)


def _warp(drawing: Frame, placing: NDArray[np.float64], size: tuple[int, int]) -> Frame:
    return to_uint8(cv2.warpPerspective(drawing, placing, size, flags=cv2.INTER_LINEAR))


def _mirrored_lamp(view: View, placing: NDArray[np.float64], shrink: float) -> Floats:
    """Return the brightness that a ceiling lamp adds where the glass mirrors it."""
    width, height = view.size
    lamp = np.zeros((height, width), np.uint8)
    if view.glare > 0:
        left, top, right, bottom = (edge * shrink for edge in BODY)
        spot = np.array([left + view.glare_at[0] * (right - left), top + view.glare_at[1] * (bottom - top), 1.0])
        x, y, depth = placing @ spot
        axes = (int(0.16 * height), int(0.035 * height))
        cv2.ellipse(lamp, (int(x / depth), int(y / depth)), axes, view.motion_angle, 0, 360, 255, -1)
    return softened(lamp.astype(np.float32), 0.022 * height) * np.float32(view.glare)


def _through_the_lens(scene: Floats, view: View) -> Frame:
    """Return what the sensor makes of the scene: blur, bloom, vignette, exposure, noise, JPEG."""
    seen = filtered(_moved(scene, view), disc(view.defocus))
    seen += 0.06 * softened(seen, 14 * view.size[1] / 720)
    exposure = np.clip(_EXPOSED / max(20.0, float(seen[::4, ::4].mean())), 0.75, 1.7)
    seen *= (_vignette(view.size) * np.float32(exposure))[..., None]
    seen += _grain(seen, view)[..., None]
    _, packed = cv2.imencode(".jpg", to_uint8(np.clip(seen, 0, 255)), [cv2.IMWRITE_JPEG_QUALITY, 85])
    return to_uint8(cv2.imdecode(packed, cv2.IMREAD_COLOR))


def _grain(seen: Floats, view: View) -> Floats:
    """Return the sensor's noise: brightness only, as its own smoothing leaves it, and more where it is bright."""
    rng = np.random.default_rng((view.seed, view.moment))
    shot = rng.standard_normal(seen.shape[:2], dtype=np.float32)
    return np.asarray(shot * (view.noise * (0.4 + np.sqrt(np.clip(seen[..., 1], 0, 255)) / 28)), dtype=np.float32)


def _moved(scene: Floats, view: View) -> Floats:
    if view.motion < 1:
        return scene
    reach = math.ceil(view.motion / 2) + 1
    trail = np.zeros((2 * reach + 1, 2 * reach + 1), np.uint8)
    angle = math.radians(view.motion_angle)
    # Sixteen times finer than a pixel, so that short trails keep their length.
    step = (int(8 * view.motion * math.cos(angle)), int(8 * view.motion * math.sin(angle)))
    centre = 16 * reach
    ends = ((centre - step[0], centre - step[1]), (centre + step[0], centre + step[1]))
    cv2.line(trail, *ends, 255, 1, cv2.LINE_AA, shift=4)
    kernel = trail.astype(np.float32) / trail.sum(dtype=np.float32)
    return np.asarray(cv2.filter2D(scene, -1, kernel, borderType=cv2.BORDER_REPLICATE), dtype=np.float32)


@lru_cache(maxsize=2)
def _vignette(size: tuple[int, int]) -> Floats:
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) * 2
    return np.asarray(1.0 - 0.3 * far, dtype=np.float32)
