"""A broken, truncated or lying picture file is a fault in words or a result, never anything else."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest

from scanner.__main__ import report
from scanner.drawn import screen
from scanner.faults import ImageTooLarge, NotAnImage
from scanner.reading import stills
from scanner.vision import cv2, to_uint8

TEXT = "48210937" * 3
CODE = to_uint8(np.kron(np.where(np.pad(screen.matrix(TEXT, 2), 4), 0, 255), np.ones((3, 3))))
FORMATS = ("png", "jpg", "webp", "tiff", "bmp", "gif")
EACH = 60


def packed(form: str) -> bytes:
    """Return the code's picture as a file of that format, in colour."""
    return cv2.imencode(f".{form}", cv2.cvtColor(CODE, cv2.COLOR_GRAY2BGR))[1].tobytes()


def outcome(content: bytes) -> str:
    """Read it and say what came of it; only the faults of pictures pass."""
    try:
        texts = stills.read(content)
    except (NotAnImage, ImageTooLarge) as fault:
        return f"refused: {fault}"
    assert all(isinstance(text, str) for text in texts)
    return "read" if TEXT in texts else "nothing"


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 20])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def repeated(content: bytes, chance: random.Random) -> bytes:
    begin, end = sorted(chance.sample(range(len(content)), 2))
    return content[:end] + content[begin:]


def header_flipped(content: bytes, chance: random.Random) -> bytes:
    return flipped(content[:64], chance) + content[64:]


@pytest.mark.parametrize("form", FORMATS)
def test_an_unharmed_file_is_read(form: str) -> None:
    assert outcome(packed(form)) == "read"


@pytest.mark.parametrize("spoil", [flipped, truncated, repeated, header_flipped])
@pytest.mark.parametrize("form", FORMATS)
def test_a_spoilt_file_is_read_or_refused_in_words(
    form: str, spoil: Callable[[bytes, random.Random], bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    content, chance = packed(form), random.Random(form)

    outcomes = [outcome(spoil(content, chance)) for _ in range(EACH)]

    assert all(each in {"read", "nothing"} or each.endswith((".", "code.")) for each in outcomes)
    capfd.readouterr()  # what the libraries behind cv2 say of it


def claiming(form: str, side: int) -> bytes:
    """Return a small file whose header claims a picture of side × side."""
    content = bytearray(packed(form))
    if form == "png":
        content[16:24] = struct.pack(">II", side, side)
        content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    elif form == "bmp":
        content[18:26] = struct.pack("<ii", side, side)
    elif form == "gif":
        content[6:10] = struct.pack("<HH", min(side, 65535), min(side, 65535))
    elif form == "jpg":
        frame = content.index(b"\xff\xc0")
        content[frame + 5 : frame + 9] = struct.pack(">HH", min(side, 65535), min(side, 65535))
    return bytes(content)


@pytest.mark.parametrize("side", [0, 1, 12_000, 65_500, 2_000_000_000])
@pytest.mark.parametrize("form", ["png", "bmp", "gif", "jpg"])
def test_a_file_that_claims_another_size_is_read_or_refused_in_words(
    form: str, side: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert outcome(claiming(form, side)) != ""
    capfd.readouterr()


def test_what_is_no_picture_at_all_is_refused() -> None:
    chance = random.Random(1)
    junk = [
        b"",
        b"\x00",
        b"%PDF-1.7\n",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"II*\x00",
        b"BM",
    ]
    junk += [chance.randbytes(chance.randrange(1, 3000)) for _ in range(200)]

    assert all(outcome(content).startswith("refused") for content in junk)


def test_the_command_tells_a_fault_in_words() -> None:
    told = report("/nowhere/at/all.png")

    assert told["texts"] == []
    assert str(told["error"]).endswith(".")


@pytest.mark.parametrize("value", [0, 127, 255])
@pytest.mark.parametrize("shape", [(24, 24), (1, 4000), (4000, 1), (24, 4096), (1200, 1600)])
def test_a_flat_picture_of_any_shape_holds_nothing(shape: tuple[int, int], value: int) -> None:
    assert stills.read(np.full(shape, value, np.uint8)) == []
