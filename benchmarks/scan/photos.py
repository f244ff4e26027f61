"""Photographs with known text, and ones without a code: a folder with an `index.csv` that is no part of the project."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scan.readers import Read, by_all
from scanner.faults import ScannerFault
from scanner.reading import stills
from scanner.vision import Frame, cv2, to_uint8

USUAL_PLACE = Path(__file__).resolve().parents[3] / "shared" / "qr"
VARIABLE = "ZITI_QR_PHOTOS"


@dataclass(frozen=True, slots=True)
class Photo:
    """One photograph: `expected` are the texts of its codes, none when it shows no code."""

    path: Path
    group: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What every reader made of a photograph, as it is and, where that was asked, shrunk to fit 640 × 480."""

    photo: Photo
    reads: dict[str, Read]
    small: dict[str, Read] | None = None


def folder(chosen: str | None) -> Path | None:
    """Return the folder of the photographs: the one asked for, the variable's, or the usual one if it is there."""
    named = chosen or os.environ.get(VARIABLE)
    place = Path(named) if named else USUAL_PLACE
    return place if (place / "index.csv").is_file() else None


def listed(place: Path) -> list[Photo]:
    """Return the photographs whose truth is known."""
    with (place / "index.csv").open(encoding="utf-8", newline="") as index:
        rows = list(csv.DictReader(index))
    return [_photo(place, row) for row in rows if row["truth"] == "no-QR" or row["expected_text"]]


def _photo(place: Path, row: dict[str, str]) -> Photo:
    if row["truth"] == "no-QR":
        return Photo(place / row["file"], row["set"], ())
    return Photo(place / row["file"], row["set"], (row["expected_text"], *json.loads(row["expected_all"] or "[]")))


def seen(photos: list[Photo], *, small: bool) -> Iterator[Seen]:
    """Yield what the readers make of each photograph; one that cannot be opened is told as not read by any."""
    for photo in photos:
        try:
            grey = stills.load(photo.path)
        except ScannerFault:
            yield Seen(photo, {})
            continue
        yield Seen(photo, by_all(grey), by_all(fitted(grey)) if small and photo.expected else None)


def fitted(grey: Frame, size: tuple[int, int] = (640, 480)) -> Frame:
    """Return the picture shrunk until it fits the size; a smaller one as it is."""
    factor = min(size[0] / grey.shape[1], size[1] / grey.shape[0], 1.0)
    if factor == 1.0:
        return grey
    return to_uint8(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
