"""`python -m benchmarks.scan` measures the scanner beside each decoder alone; `--write-docs` renews table and plots."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scan import photos, results, told
from scanner.vision import cv2

OUTPUT = Path("bench-output") / "scan.json"
DOCUMENT = Path("docs") / "scanner.md"
IMAGES = Path("docs") / "images"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and tell; a missed figure is told, not punished."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scan", description="What the scanner reads, and when.")
    parser.add_argument("--photos", help=f"folder with index.csv (or {photos.VARIABLE}; else {photos.USUAL_PLACE})")
    parser.add_argument("--quick", action="store_true", help="a few pictures of each sort: only whether it runs")
    parser.add_argument("--write-docs", action="store_true", help="renew the table and the plots in docs/")
    chosen = parser.parse_args(argv)
    # One thread, so that CPU time is comparable between decoders.
    cv2.setNumThreads(1)
    began = time.monotonic()
    place = photos.folder(chosen.photos)
    if place is None:
        print("There are no photographs here: only drawn frames are measured.")
    measured = results.run(results.QUICK if chosen.quick else results.FULL, place, _say)
    _tell(measured, write_docs=chosen.write_docs)
    print(f"{time.monotonic() - began:.0f} s")
    return 0


def _tell(measured: results.Results, *, write_docs: bool) -> None:
    figures = list(results.judged(measured))
    print("\n".join(told.lines(figures)))
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(told.kept(measured, figures), "utf-8")
    print(f"written to {OUTPUT}")
    if write_docs:
        # Late: matplotlib is slow to import, and only the document needs it.
        from benchmarks.scan import plots

        DOCUMENT.write_text(told.written(DOCUMENT.read_text("utf-8"), told.tables(measured, figures)), "utf-8")
        plots.draw(measured, IMAGES)
        print(f"renewed {DOCUMENT} and its plots")


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    sys.exit(main())
