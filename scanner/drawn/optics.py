"""From light to a frame: what glass mirrors, what the lens blurs, what the sensor and the camera's chip make of it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.drawn.shot import Floats, Glare, Matrix, Shot, Size
from scanner.vision import Frame, cv2, to_uint8

_STEPS = 4096


@lru_cache(maxsize=1)
def to_light() -> Floats:
    """Return the table from a display's value (0 to 255) to the light it gives (0 to 1)."""
    value = np.arange(256, dtype=np.float32) / 255
    return np.asarray(np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4), dtype=np.float32)


def mirrored(glare: Glare, seen: Matrix, size: Size) -> Floats:
    """Return the light that the glass adds, height × width: the lamp is out of focus by its own softness."""
    width, height = size
    lamp = np.zeros((height, width), np.uint8)
    for outline in _outlines(glare):
        points = np.column_stack([outline, np.ones(len(outline))]) @ seen.T
        flat = np.round(16 * points[:, :2] / points[:, 2:]).astype(np.int32)
        cv2.fillPoly(lamp, [flat], (255,), cv2.LINE_AA, shift=4)
    side = math.sqrt(abs(float(np.linalg.det(seen))))
    return softened(lamp.astype(np.float32), max(0.6, glare.softness * side)) * np.float32(glare.strength / 255)


def _outlines(glare: Glare) -> list[NDArray[np.float64]]:
    """Return the light's outlines in parts of the code's side: a window has four panes."""
    if glare.shape == "window":
        pane = np.array([[0.06, 0.06], [0.96, 0.06], [0.96, 0.96], [0.06, 0.96]])
        flat = [pane * sign for sign in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
    else:
        around = np.linspace(0, 2 * math.pi, 40, endpoint=False)
        flat = [np.column_stack([np.cos(around), np.sin(around)])]
    turn = math.radians(glare.angle)
    about = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    return [(outline * glare.extent) @ about.T + glare.centre for outline in flat]


def softened(picture: Floats, sigma: float) -> Floats:
    """Blur widely, on a small copy: nothing fine is left that the copy could lose."""
    height, width = picture.shape[:2]
    factor = max(1, int(sigma / 2.5))
    small = cv2.resize(picture, (width // factor, height // factor), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def blurred(light: Floats, shot: Shot, scale: float = 1.0) -> Floats:
    """Return the light after hand and lens: motion, defocus (a disc), the lens's own softness."""
    light = filtered(light, _trail(shot.motion * scale, shot.motion_angle, shot.bend))
    light = filtered(light, disc(shot.defocus * scale))
    return np.asarray(cv2.GaussianBlur(light, (0, 0), max(0.2, shot.lens * scale)), dtype=np.float32)


def filtered(light: Floats, kernel: Floats) -> Floats:
    """Return the light after a blur; a kernel of one pixel is none."""
    if kernel.size <= 1:
        return light
    return np.asarray(cv2.filter2D(light, -1, kernel, borderType=cv2.BORDER_REPLICATE), dtype=np.float32)


def disc(radius: float) -> Floats:
    """Return what a lens out of focus makes of a point: a disc, `radius` in pixels."""
    if radius < 0.3:
        return np.ones((1, 1), np.float32)
    reach = math.ceil(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    spot = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return np.asarray(spot / spot.sum(), dtype=np.float32)


def _trail(length: float, angle: float, bend: float) -> Floats:
    """Return the way the picture moves while the shutter is open, bent by `bend` parts of its length."""
    if length < 0.8:
        return np.ones((1, 1), np.float32)
    reach = math.ceil(length / 2 + abs(bend) * length) + 1
    along = np.linspace(-0.5, 0.5, 33) * length
    aside = bend * length * (1 - (2 * along / length) ** 2)
    turn = math.radians(angle)
    x = along * math.cos(turn) - aside * math.sin(turn)
    y = along * math.sin(turn) + aside * math.cos(turn)
    points = np.round(16 * (np.column_stack([x, y]) + reach)).astype(np.int32)
    trail = np.zeros((2 * reach + 1, 2 * reach + 1), np.uint8)
    cv2.polylines(trail, [points], False, (255,), 1, cv2.LINE_AA, shift=4)
    return np.asarray(trail / trail.sum(dtype=np.float32), dtype=np.float32)


def developed(light: Floats, shot: Shot) -> Frame:
    """Return the BGR frame that the camera makes of the light: bloom, vignette, noise, gamma, sharpening, JPEG."""
    light += 0.035 * softened(light, 0.02 * shot.size[1])
    light *= np.float32(shot.white) * _vignette(shot.size)[..., None]
    raw = _sensed(light, shot)
    table = np.clip(np.arange(_STEPS, dtype=np.float32) / (_STEPS - 1) * shot.isp_gain, 0, 1)
    values = to_uint8(np.round(255 * np.where(table <= 0.0031308, 12.92 * table, 1.055 * table ** (1 / 2.4) - 0.055)))
    frame = values[raw]
    if shot.sharpen > 0:
        soft = cv2.GaussianBlur(frame, (0, 0), 1.0)
        frame = to_uint8(cv2.addWeighted(frame, 1 + shot.sharpen, soft, -shot.sharpen, 0))
    _, packed = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, shot.jpeg])
    return to_uint8(cv2.imdecode(packed, cv2.IMREAD_COLOR))


def _sensed(light: Floats, shot: Shot) -> NDArray[np.uint16]:
    """Return the sensor's counts as BGR, 0 to 4095: shot and read noise before the clip, one colour for each pixel."""
    rng = np.random.default_rng((shot.seed, 9))
    wells = _mosaic(light) if shot.bayer else light
    wells = np.clip(wells, 0, 1.5)
    grain = rng.standard_normal(wells.shape, dtype=np.float32)
    wells += grain * (np.float32(shot.noise) * (np.float32(0.25) + np.sqrt(wells)))
    counts = np.asarray(np.clip(wells, 0, 1) * (_STEPS - 1), dtype=np.uint16)
    return np.asarray(cv2.cvtColor(counts, cv2.COLOR_BayerRGGB2BGR) if shot.bayer else counts, dtype=np.uint16)


def _mosaic(light: Floats) -> Floats:
    wells = light[..., 1].copy()
    wells[0::2, 0::2] = light[0::2, 0::2, 2]
    wells[1::2, 1::2] = light[1::2, 1::2, 0]
    return np.asarray(wells, dtype=np.float32)


@lru_cache(maxsize=2)
def _vignette(size: Size) -> Floats:
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) * 2
    return np.asarray(1.0 - 0.3 * far, dtype=np.float32)
