"""What a camera is asked to give, what it grants, and whatever it then sends as a frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scanner.vision import Frame, cv2, to_uint8

WANTED_SIZES = ((1280, 720), (640, 480))
WANTED_FPS = 30
# A picture that is this slow (large and uncompressed over USB 2) reads worse than a small one at full speed.
_SLOWEST_FPS = 15
_YUYV_CHANNELS = 2


@dataclass(frozen=True, slots=True)
class Granted:
    """What the camera really gives, whatever was asked for; 0 fps and no format when it does not say."""

    width: int
    height: int
    fps: float
    pixel_format: str


def negotiate(capture: cv2.VideoCapture) -> Granted:
    """Ask for the wanted sizes in turn until the camera takes one; return what it granted last."""
    granted = granted_by(capture)
    for width, height in WANTED_SIZES:
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        capture.set(cv2.CAP_PROP_FPS, WANTED_FPS)
        granted = granted_by(capture)
        if (granted.width, granted.height) == (width, height) and not 0 < granted.fps < _SLOWEST_FPS:
            break
    return granted


def granted_by(capture: cv2.VideoCapture) -> Granted:
    """Return what the capture says that it gives."""
    code = int(capture.get(cv2.CAP_PROP_FOURCC))
    letters = code.to_bytes(4, "little").decode("ascii", "replace") if 0 < code < 2**32 else ""
    return Granted(
        int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
        int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        float(capture.get(cv2.CAP_PROP_FPS)),
        letters,
    )


def as_frame(raw: object) -> Frame | None:
    """Return what a driver sent as a frame of 8 bits; None for what is no picture.

    Some drivers send grey as one channel, YUYV as two, infrared with 16 bits, a still compressed picture as one row.
    """
    if not isinstance(raw, np.ndarray) or raw.size == 0 or raw.dtype.kind not in "uf":
        return None
    pixels = _eight_bits(raw)
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = to_uint8(pixels[:, :, 0])
    if pixels.ndim == 3 and pixels.shape[2] == _YUYV_CHANNELS:
        return to_uint8(cv2.cvtColor(pixels, cv2.COLOR_YUV2GRAY_YUY2)) if pixels.shape[1] % 2 == 0 else None
    if pixels.ndim == 1 or (pixels.ndim == 2 and pixels.shape[0] == 1):
        return _decompressed(pixels)
    return pixels if pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in (3, 4)) else None


def _eight_bits(raw: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Frame:
    if raw.dtype == np.uint8:
        return to_uint8(raw)
    if raw.dtype.kind == "u":
        highest = max(255.0, float(raw.max()))
        return to_uint8(raw.astype(np.float32) * (255.0 / highest))
    whole = np.nan_to_num(raw.astype(np.float32), posinf=0.0, neginf=0.0)
    return to_uint8(np.clip(whole * (255.0 if float(whole.max()) <= 1.0 else 1.0), 0, 255))


def _decompressed(row: Frame) -> Frame | None:
    try:
        picture = cv2.imdecode(np.ascontiguousarray(row).reshape(-1), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if picture is None else to_uint8(picture)
