"""The ways to read a picture: two decoders over what OpenCV makes of it, and the rescue of what they only see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from scanner.reading import deblur, locate, prepare, rescue, zbar, zxing
from scanner.reading.budget import Budget
from scanner.reading.locate import Place
from scanner.reading.picture import Picture
from scanner.vision import Frame, cv2, to_uint8

Read = Callable[[Picture, Budget], list[bytes]]
Prepare = Callable[[Picture], Frame]

# Larger pictures are not doubled: their codes are large enough, and a crafted one would take long.
_HALF_MEGAPIXEL = 500_000
_ANY = 4096 * 4096
# CPU seconds for one length of a movement.
_DEBLURRING = 0.006


class Worker(Enum):
    """Who does a rung's work, with the CPU seconds that a crafted picture can cost: at least, and for each pixel."""

    ZXING = (0.0, 70e-9)
    ZBAR = (0.350, 0.0)
    RESCUE = (rescue.ROUND, 0.0)
    DEBLUR = (0.012, 0.0)

    def worst(self, pixels: float) -> float:
        """Return the CPU seconds that a picture of this many pixels can cost."""
        least, each = self.value
        return least + each * pixels


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to read a picture; `growth` is how many pixels it makes of one."""

    name: str
    worker: Worker
    read: Read
    growth: float = 1.0
    most_pixels: int = _ANY


def _zxing(prepared: Prepare, scale: float = 1.0) -> Read:
    """Return a rung that also notes what zxing-cpp sees without reading it; `scale` is that of the prepared frame."""

    def read(picture: Picture, _: Budget) -> list[bytes]:
        contents, seen = zxing.look(prepared(picture))
        picture.seen += [Place(code.corners / scale, code.version) for code in seen]
        return contents

    return read


def _zbar(prepared: Prepare) -> Read:
    return lambda picture, _: zbar.read(prepared(picture))


def _of_grey(prepare_it: Callable[[Frame], Frame]) -> Prepare:
    return lambda picture: prepare_it(picture.grey)


def _raw(picture: Picture) -> Frame:
    return picture.grey


def _threshold(picture: Picture) -> Frame:
    return picture.threshold


def _half(grey: Frame) -> Frame:
    return to_uint8(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def _rescue_seen(picture: Picture, budget: Budget) -> list[bytes]:
    return rescue.read(picture.grey, picture.seen, budget)


def _rescue_found(picture: Picture, budget: Budget) -> list[bytes]:
    places = locate.places(picture.finders) + locate.places(picture.coarse_finders)
    return rescue.read(picture.grey, places, budget)


def _rescue_half(picture: Picture, budget: Budget) -> list[bytes]:
    places = locate.half_hidden(picture.finders) + locate.half_hidden(picture.coarse_finders)
    return rescue.read(picture.grey, rescue.most_promising(picture.grey, places, budget), budget)


def _deblurred(picture: Picture, budget: Budget) -> list[bytes]:
    for clear in deblur.sharpened(picture.character):
        if contents := zxing.read(clear):
            return contents
        if not budget.allows(_DEBLURRING):
            break
    return []


RAW = Rung("raw", Worker.ZXING, _zxing(_raw))
EVEN_LIGHT = Rung("even_light", Worker.ZXING, _zxing(_of_grey(prepare.even_light)))
HALF = Rung("half", Worker.ZXING, _zxing(_of_grey(_half), 0.5), growth=0.25)
SOFT = Rung("soft", Worker.ZXING, _zxing(_of_grey(prepare.soft)))
DOUBLE = Rung("double", Worker.ZXING, _zxing(_of_grey(prepare.double), 2.0), growth=4, most_pixels=_HALF_MEGAPIXEL)
THRESHOLD = Rung("threshold", Worker.ZXING, _zxing(_threshold))
ZBAR_THRESHOLD = Rung("zbar_threshold", Worker.ZBAR, _zbar(_threshold))
ZBAR_SOFT = Rung("zbar_soft", Worker.ZBAR, _zbar(_of_grey(prepare.soft)))
ZBAR_SHARP = Rung("zbar_sharp", Worker.ZBAR, _zbar(_of_grey(prepare.sharp)))
ZBAR_RAW = Rung("zbar_raw", Worker.ZBAR, _zbar(_raw))
ZBAR_EVEN_LIGHT = Rung("zbar_even_light", Worker.ZBAR, _zbar(_of_grey(prepare.even_light)))
RESCUE_SEEN = Rung("rescue_seen", Worker.RESCUE, _rescue_seen)
RESCUE_FOUND = Rung("rescue_found", Worker.RESCUE, _rescue_found)
RESCUE_HALF = Rung("rescue_half", Worker.RESCUE, _rescue_half)
DEBLUR = Rung("deblur", Worker.DEBLUR, _deblurred)

# In the order of what each adds for its time to the ones before it, over photographs and drawn phones.
FULL = (
    RAW,
    EVEN_LIGHT,
    HALF,
    SOFT,
    DOUBLE,
    THRESHOLD,
    ZBAR_THRESHOLD,
    RESCUE_SEEN,
    ZBAR_SOFT,
    RESCUE_FOUND,
    RESCUE_HALF,
    DEBLUR,
    ZBAR_SHARP,
    ZBAR_RAW,
    ZBAR_EVEN_LIGHT,
)
