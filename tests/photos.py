"""Photos as a camera takes them, small and drawn: for every test that needs a JPEG."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image


def jpeg(seed: int = 1, size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a JPEG of noise: another seed is another picture, and a large one a large file."""
    width, height = size
    image = Image.frombytes("RGB", size, Random(seed).randbytes(width * height * 3))
    packed = BytesIO()
    image.save(packed, "JPEG", quality=80)
    return packed.getvalue()
