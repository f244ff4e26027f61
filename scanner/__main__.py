"""`python -m scanner IMAGE…` prints what each picture says, one JSON line each, whatever the file turns out to be."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from scanner.faults import ScannerFault
from scanner.reading import stills


def main(argv: Sequence[str] | None = None) -> int:
    """Read every picture by the whole ladder; a file that is no picture has an `error` in words and no texts."""
    parser = argparse.ArgumentParser(prog="python -m scanner", description="Read the QR codes of pictures.")
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="PNG, JPEG, WebP, TIFF, BMP or GIF")
    for image in parser.parse_args(argv).images:
        sys.stdout.write(json.dumps(report(image), ensure_ascii=True) + "\n")
        sys.stdout.flush()
    return 0


def report(image: str) -> dict[str, Any]:
    """Return a picture's `file`, `texts`, the `rung` that read them, and `ms` of CPU time without loading the file."""
    try:
        frame = stills.load(image)
    except ScannerFault as fault:
        return {"file": image, "texts": [], "rung": "", "ms": 0.0, "error": str(fault)}
    began = time.thread_time()
    reading = stills.look(frame)
    spent = (time.thread_time() - began) * 1000
    return {"file": image, "texts": reading.texts, "rung": reading.rung, "ms": round(spent, 3)}


if __name__ == "__main__":
    sys.exit(main())
