"""Shows the main job: driven and told step by step without a display, or for one's own hands with one."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_OUTPUT = Path("demo-output")


def run(argv: Sequence[str]) -> int:
    """Run the demo; return 0 when every step went as told."""
    parser = argparse.ArgumentParser(prog="main.py demo", description="Ziti POS from enrolment to recovery, all real")
    parser.add_argument("--output", type=Path, default=_OUTPUT, help="where pictures and summary.json go")
    parser.add_argument("--offscreen", action="store_true", help="drive the window unseen, even with a display")
    options = parser.parse_args(argv)
    try:
        if options.offscreen or not _has_display():
            return _tell(options.output)
        from demo.beside import show

        return show()
    except KeyboardInterrupt:
        print("stopped")
        return 130


def _tell(output: Path) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from demo.counter import Counter
    from demo.hands import interrupt
    from demo.mall import Mall
    from demo.outage import Outage
    from demo.stage import set_up
    from demo.story import Day
    from demo.telling import Telling

    # HQ's process must not be left behind, whichever way this one is ended.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, interrupt)
    _empty(output)
    _log_to(output / "log.txt")
    began = time.monotonic()
    with set_up() as stage:
        counter, mall = Counter(stage), Mall(stage, Counter(stage))
        telling = Telling(output, stage.hands.draw, stage.mistakes)
        good = telling.tell(Day(stage, counter).steps() + mall.steps() + Outage(stage, counter).steps())
        mall.close()
    took = time.monotonic() - began
    if good:
        print(f"all {len(telling.entries)} steps as told, in {took:.0f} s; pictures and summary.json in {output}/")
        return 0
    print(f"NOT as told after {took:.0f} s: see {output}/summary.json and {output}/log.txt")
    return 1


def _log_to(path: Path) -> None:
    """Keep what Qt and the program remark beside the pictures: the story stays readable, and nothing is lost."""
    file = path.open("w", encoding="utf-8")
    # Qt writes to the descriptor itself; a handler of ours would be called inside its plugins, where Python must wait.
    os.dup2(file.fileno(), sys.stderr.fileno())
    logging.basicConfig(
        stream=file, level=logging.INFO, format="%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
    )


def _empty(output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for old in [*output.glob("[0-9][0-9]-*.png"), output / "summary.json"]:
        old.unlink(missing_ok=True)


def _has_display() -> bool:
    on_linux = sys.platform.startswith("linux")
    return not on_linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
