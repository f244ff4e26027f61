"""`python -m scanner IMAGE…`: one JSON line a picture, whatever it is, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scanner.__main__ import main, report
from scanner.reading import stills
from scanner.vision import Frame, cv2

Draw = Callable[[str | bytes], Frame]


def _saved(folder: Path, name: str, pixels: np.ndarray) -> str:
    path = folder / name
    cv2.imwrite(str(path), pixels)
    return str(path)


def test_each_picture_is_a_line_in_their_order(tmp_path: Path, draw: Draw) -> None:
    pictures = [_saved(tmp_path, f"{text}.png", draw(text)) for text in ("4821", "0937")]
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    done = subprocess.run(
        [sys.executable, "-m", "scanner", pictures[0], str(broken), pictures[1]], capture_output=True, check=False
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]

    assert (done.returncode, done.stderr) == (0, b"")
    assert [line["texts"] for line in lines] == [["4821"], [], ["0937"]]
    assert [line["file"] for line in lines] == [pictures[0], str(broken), pictures[1]]
    assert [line["rung"] for line in lines] == ["raw", "", "raw"]
    assert all(isinstance(line["ms"], float) for line in lines)


def test_text_of_any_alphabet_is_plain_ascii_json(
    tmp_path: Path, draw: Draw, capsys: pytest.CaptureFixture[str]
) -> None:
    main([_saved(tmp_path, "a.png", draw("自提"))])
    line = capsys.readouterr().out

    assert line.isascii()
    assert json.loads(line)["texts"] == ["自提"]


def _animated(folder: Path, code: Frame) -> str:
    frames = cv2.Animation()
    colour = cv2.cvtColor(code, cv2.COLOR_GRAY2BGRA)
    frames.frames, frames.durations = [colour, 255 - colour], [100, 100]
    path = folder / "animated.gif"
    cv2.imwriteanimation(str(path), frames)
    return str(path)


def _cmyk(folder: Path, code: Frame) -> str:
    from PIL import Image

    path = folder / "cmyk.jpg"
    Image.fromarray(code).convert("CMYK").save(path, quality=90)
    return str(path)


@pytest.mark.parametrize(
    "make",
    [
        _animated,
        _cmyk,
        lambda folder, code: _saved(folder, "deep.png", code.astype(np.uint16) * 257),
        lambda folder, code: _saved(folder, "deep.tiff", code.astype(np.uint16) * 257),
        lambda folder, code: _saved(folder, "light.tiff", code.astype(np.float32) / 255),
        lambda folder, code: _saved(folder, "large.png", np.kron(code, np.ones((12, 12), np.uint8))),
        lambda folder, code: _saved(folder, "clear.png", np.dstack([np.zeros((*code.shape, 3), np.uint8), 255 - code])),
        lambda folder, code: _saved(folder, "a.webp", code),
        lambda folder, code: _saved(folder, "a.bmp", code),
    ],
    ids=["animated", "cmyk", "16-bit", "16-bit tiff", "float", "large", "transparent", "webp", "bmp"],
)
def test_every_sort_of_picture_is_read(tmp_path: Path, draw: Draw, make: Callable[[Path, Frame], str]) -> None:
    assert report(make(tmp_path, draw("4821")))["texts"] == ["4821"]


def _is_refused(answer: dict[str, Any]) -> bool:
    return answer["texts"] == [] and answer["rung"] == "" and str(answer["error"]).endswith(".")


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0", b"GIF89a", b"\x00" * 4096])
def test_a_file_that_is_no_picture_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    assert _is_refused(report(str(path)))


def test_a_picture_cut_off_is_read_or_refused_in_words(tmp_path: Path, draw: Draw) -> None:
    whole = Path(_saved(tmp_path, "whole.jpg", draw("4821"))).read_bytes()
    for tenths in range(10):
        path = tmp_path / f"{tenths}.jpg"
        path.write_bytes(whole[: len(whole) * tenths // 10])
        answer = report(str(path))

        assert answer["texts"] == ["4821"] or _is_refused(answer)


@pytest.mark.parametrize("name", ["missing.png", "", "a\0b.png", "x" * 5000])
def test_a_path_that_leads_nowhere_is_refused_in_words(tmp_path: Path, name: str) -> None:
    assert _is_refused(report(str(tmp_path / name)))


def test_a_fault_that_nobody_foresaw_is_a_line_too(tmp_path: Path, draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(frame: Frame) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(stills, "look", fail)

    assert "unforeseen" in report(_saved(tmp_path, "a.png", draw("4821")))["error"]


def test_a_picture_that_claims_gigabytes_is_refused_in_words(tmp_path: Path) -> None:
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    path = tmp_path / "huge.png"
    path.write_bytes(header + b"\x00" * 64)

    assert _is_refused(report(str(path)))
