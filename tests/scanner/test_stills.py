"""A dropped or pasted picture is read, or refused with a sentence; nothing else comes of it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from scanner.faults import ImageTooLarge, NotAnImage
from scanner.reading import stills
from scanner.vision import Frame, cv2

Draw = Callable[[str], Frame]
DATA = Path(__file__).parent / "data"
PNG_START = b"\x89PNG\r\n\x1a\n"


def _file(picture: NDArray[np.uint8 | np.uint16], ending: str = ".png") -> bytes:
    return cv2.imencode(ending, picture)[1].tobytes()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG_START + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(999))) + _chunk(b"IEND", b"")


def _with_exif_orientation(jpeg: bytes, orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 1) + entry + bytes(4)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def test_a_path_its_bytes_and_its_pixels_read_the_same(draw: Draw, tmp_path: Path) -> None:
    picture = draw("4821")
    path = tmp_path / "提货码.png"
    path.write_bytes(_file(picture))

    assert stills.read(path) == stills.read(str(path)) == stills.read(path.read_bytes()) == stills.read(picture)
    assert stills.read(picture) == ["4821"]


def test_a_sixteen_bit_picture_is_read(draw: Draw) -> None:
    assert stills.read(_file(draw("4821").astype(np.uint16) * 257)) == ["4821"]


def test_a_cmyk_picture_is_read() -> None:
    assert stills.read(DATA / "cmyk.jpg") == ["CMYK 4821"]


def test_a_code_on_a_transparent_ground_is_read(draw: Draw) -> None:
    ink = 255 - draw("4821")

    assert stills.read(_file(np.dstack([np.zeros_like(ink)] * 3 + [ink]))) == ["4821"]


def test_a_very_large_photo_is_read(draw: Draw) -> None:
    photo = cv2.resize(draw("4821"), (5600, 5600), interpolation=cv2.INTER_NEAREST)

    assert stills.read(photo) == ["4821"]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_of_a_photo_does_not_matter(draw: Draw, orientation: int) -> None:
    assert stills.read(_with_exif_orientation(_file(draw("4821"), ".jpg"), orientation)) == ["4821"]


@pytest.mark.parametrize("shape", [(1, 1), (1, 9000), (9000, 1), (23, 23), (10, 10, 4)])
def test_a_picture_too_small_for_any_code_holds_none(shape: tuple[int, ...]) -> None:
    assert stills.read(np.zeros(shape, np.uint8)) == []


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"four thousand words",
        PNG_START,
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        _png_that_claims(2**31 - 1, 1),
        np.zeros((0, 40), np.uint8),
        np.zeros((40, 40), np.int32),
        np.zeros((40, 40, 2), np.uint8),
        np.zeros(40, np.uint8),
        "no such file.png",
        "a\0name.png",
        Path(__file__).parent,
        Path(__file__),
    ],
)
def test_what_is_no_picture_is_refused_in_words(source: stills.Source) -> None:
    with pytest.raises(NotAnImage, match=r"\.$"):
        stills.read(source)


@pytest.mark.parametrize("side", [20_000, 60_000])
def test_a_small_file_that_claims_endless_pixels_is_refused(side: int) -> None:
    with pytest.raises(ImageTooLarge, match="smaller"):
        stills.read(_png_that_claims(side, side))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "film.mov"
    with path.open("wb") as film:
        film.truncate(stills.MAX_FILE_BYTES + 1)

    with pytest.raises(ImageTooLarge):
        stills.read(path)


def _read_or_refused(content: bytes) -> bool:
    try:
        return isinstance(stills.read(content), list)
    except (NotAnImage, ImageTooLarge) as refusal:
        return str(refusal).endswith(".")


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp", ".bmp"])
def test_a_truncated_file_is_read_or_refused(draw: Draw, ending: str) -> None:
    whole = _file(draw("4821"), ending)

    assert all(_read_or_refused(whole[:length]) for length in range(0, len(whole), max(1, len(whole) // 25)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(draw: Draw, data: st.DataObject) -> None:
    content = bytearray(_file(draw("4821"), data.draw(st.sampled_from([".png", ".jpg", ".webp"]))))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))

    assert _read_or_refused(bytes(content))


def test_a_png_whose_part_claims_gigabytes_is_refused_before_room_is_made(draw: Draw) -> None:
    _, packed = cv2.imencode(".png", draw("4821"))
    content = bytearray(packed.tobytes())
    content[33] = 0xF1  # the highest byte of the length of the part after the header

    with pytest.raises(NotAnImage):
        stills.read(bytes(content))
