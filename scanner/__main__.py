"""`python -m scanner IMAGE…` prints what each picture says, one JSON line each, whatever the file turns out to be."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from scanner.faults import DecoderMissing, ScannerFault
from scanner.reading import stills
from scanner.reading.ladder import require_decoder


def main(argv: Sequence[str] | None = None) -> int:
    """Read every picture by the whole ladder; a file that is no picture has an `error` in words and no texts."""
    parser = argparse.ArgumentParser(prog="python -m scanner", description="Read the QR codes of pictures.")
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="PNG, JPEG, WebP, TIFF, BMP or GIF")
    images = parser.parse_args(argv).images
    with suppress(DecoderMissing):  # each picture will say so
        require_decoder()  # now: loading a library is no picture's time
    for image in images:
        sys.stdout.write(json.dumps(report(image), ensure_ascii=True) + "\n")
        sys.stdout.flush()
    return 0


def report(image: str) -> dict[str, Any]:
    """Return a picture's `file`, `texts`, the `rung` that read them, and `ms` of CPU time without loading the file."""
    try:
        frame = stills.load(image)
        began = time.thread_time()
        reading = stills.look(frame)
    except ScannerFault as fault:
        return _refused(image, str(fault))
    except Exception as error:  # noqa: BLE001  the edge: one file that nobody foresaw must not end the others
        return _refused(image, f"This picture cannot be read ({type(error).__name__}: {error}).")
    spent = (time.thread_time() - began) * 1000
    return {"file": image, "texts": reading.texts, "rung": reading.rung, "ms": round(spent, 3)}


def _refused(image: str, sentence: str) -> dict[str, Any]:
    return {"file": image, "texts": [], "rung": "", "ms": 0.0, "error": sentence}


if __name__ == "__main__":
    sys.exit(main())
