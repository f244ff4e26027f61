"""`python -m benchmarks [name …]` measures and prints; `soak` is memory over a working day and an hour of video."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from benchmarks import report
from benchmarks.measure import FULL, Figure, Sizes

NAMES = ("verdict", "hand_over", "feed", "back_room", "board", "whole", "start", "memory", "stall", "hq")
# Only when they are asked for: they take a minute and more.
LONG = ("video",)
SOAKED = ("memory", "video")
OUTPUT = Path("bench-output") / "figures.json"
SOAK = replace(FULL, scans=12 * FULL.scans, window_scans=12 * FULL.scans, film_frames=108_150)


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked for (everything by default); a missed figure is told, not punished."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="The figures beside their floors.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"{', '.join((*NAMES, *LONG))}, or soak")
    names = parser.parse_args(argv).names or list(NAMES)
    unknown = [name for name in names if name not in (*NAMES, *LONG, "soak")]
    if unknown:
        parser.error(f"there is no benchmark called {unknown[0]}")
    keep_to_ourselves()
    figures: dict[str, list[Figure]] = {}
    for name in names:
        print(f"\n{name}", flush=True)
        figures[name] = []
        for figure in measured(name):
            figures[name].append(figure)
            print(report.line(figure), flush=True)
    report.write(OUTPUT, figures)
    print(report.summary(figures, OUTPUT))
    return 0


def keep_to_ourselves() -> None:
    """Show no window on a screen and ask no keyring, here and in child processes."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ["QT_LOGGING_RULES"] = "*.info=false;*.debug=false"


def measured(name: str, sizes: Sizes | None = None) -> Iterator[Figure]:
    """Yield one benchmark's figures, measured in a folder of their own."""
    chosen = sizes or (SOAK if name == "soak" else FULL)
    for part in SOAKED if name == "soak" else (name,):
        module = import_module(f"benchmarks.{part}")
        with tempfile.TemporaryDirectory(prefix="ziti-bench-") as folder:
            yield from module.run(chosen, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
