"""The one door through which cv2 enters the program: quiet, and without the Qt settings it brings along."""

from __future__ import annotations

import os
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

# opencv-python points Qt at its own plugins when it is imported; PySide6 would then load the wrong ones.
_QT_SETTINGS = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_BEFORE = {name: os.environ.get(name) for name in _QT_SETTINGS}

# What it cannot do it answers; that a dropped file is no picture is nothing for the log.
os.environ.setdefault("OPENCV_LOG_LEVEL", "FATAL")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
# A picture of a few kilobytes can claim gigabytes of pixels.
MAX_IMAGE_PIXELS = 32_000_000
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_IMAGE_PIXELS))
# Hardware transforms make opening a camera through Media Foundation take up to half a minute.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

import cv2  # noqa: E402  the variables above only count before the import

for _name, _value in _BEFORE.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# The frames are small, and the other cores are the window's and the shop's: threads of cv2 would only spin.
cv2.setNumThreads(1)

# uint8: 2-D grey, or 3-D with 3 (BGR) or 4 (BGRA) channels.
Frame: TypeAlias = NDArray[np.uint8]

__all__ = ["MAX_IMAGE_PIXELS", "Frame", "cv2", "to_grey", "to_uint8"]


def to_grey(frame: Frame) -> Frame:
    """Return the frame's brightness; a grey frame is returned as it is."""
    if frame.ndim == 2:
        return frame
    code = cv2.COLOR_BGRA2GRAY if frame.shape[2] == 4 else cv2.COLOR_BGR2GRAY
    return to_uint8(cv2.cvtColor(frame, code))


def to_uint8(array: Any) -> Frame:
    """Return cv2's loosely typed answer as the frame that it is."""
    return np.asarray(array, dtype=np.uint8)
