"""What OpenCV does to a grey frame so that a decoder reads it; each takes and returns a grey frame."""

from __future__ import annotations

from scanner.vision import Frame, cv2, to_uint8


def threshold(grey: Frame) -> Frame:
    """Return the frame in black and white, by the light around each point: shadows and shine are gone."""
    block = max(21, min(grey.shape) // 16 | 1)
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.2)
    return to_uint8(cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, block, 3))


def coarse_threshold(grey: Frame) -> Frame:
    """Return the frame in black and white by a wider neighbourhood, without its finest detail."""
    block = max(21, min(grey.shape) // 8 | 1)
    smooth = cv2.GaussianBlur(grey, (0, 0), 2.2)
    return to_uint8(cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, block, 2))


def double(grey: Frame) -> Frame:
    """Return the frame twice as large and sharper: for codes of less than three pixels to the module."""
    large = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return _unsharp(to_uint8(large), 3, 2)


def sharp(grey: Frame) -> Frame:
    """Return the frame with more contrast at its edges."""
    return _unsharp(grey, 2, 1.5)


def even_light(grey: Frame) -> Frame:
    """Return the frame with each part's contrast stretched."""
    return to_uint8(cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(grey))


def soft(grey: Frame) -> Frame:
    """Return the frame with the pixel grid of a photographed display, or a print's dots, melted into modules."""
    return to_uint8(cv2.GaussianBlur(grey, (0, 0), 1.5))


def _unsharp(grey: Frame, sigma: float, amount: float) -> Frame:
    return to_uint8(cv2.addWeighted(grey, 1 + amount, cv2.GaussianBlur(grey, (0, 0), sigma), -amount, 0))
