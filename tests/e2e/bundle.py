"""Uses the bundle as a shop does, on a screen of its own and with real keys: enrol, scan a code, hand over, close.

`python -m tests.e2e.bundle dist/ziti-pos/ziti-pos [--picture dist/smoke.png]`. HQ runs from the bundle as well.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from app.domain.order import Status
from app.storage.database import FILE_NAME
from demo import shop
from demo.headquarters import Headquarters, Operator, Placed

T = TypeVar("T")
PATIENCE = 60.0
POLL = 0.05
# A person types so, a scanner so (milliseconds between two keys).
BY_HAND, BY_SCANNER = 110, 8
# A busy machine may hold the typist up in the middle of a scan, as no scanner does: such a scan is typed again.
SCANS = 5
SCAN_SECONDS = 6.0
_PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


class NotAsTold(Exception):
    """The bundle did not do what it should; the message says what was waited for."""


class Till:
    """The terminal's window on a virtual screen, its keyboard, and a look into its file."""

    def __init__(self, bundle: Path, data: Path, display: str) -> None:
        away = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONHOME"}
        self._surroundings = {name: value for name, value in os.environ.items() if name not in away}
        self._surroundings["DISPLAY"] = display
        self._data = data
        began = time.monotonic()
        self.process = subprocess.Popen([bundle, "--data", data], env=self._surroundings, cwd=data.parent)
        self._window = until("the window", self._find_window)
        self.start_seconds = time.monotonic() - began
        self._xdotool("windowfocus", "--sync", self._window)

    def type(self, text: str, *, gap_ms: int) -> None:
        """Press the keys of a text and Enter."""
        self._xdotool("type", "--delay", str(gap_ms), "--", f"{text}\n")

    def press(self, key: str) -> None:
        """Press one key."""
        self._xdotool("key", key)

    def close(self) -> int:
        """Close the window as its user does; return the program's exit code."""
        self._xdotool("windowquit", self._window)
        return self.process.wait(PATIENCE)

    def picture(self, path: Path) -> None:
        """Save what the screen shows."""
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-c", _PICTURE, path], env=self._surroundings, check=True, timeout=PATIENCE)

    def facts(self, query: str) -> list[tuple[object, ...]]:
        """Ask the terminal's file; empty while there is none."""
        file = self._data / FILE_NAME
        if not file.exists():
            return []
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as conn:
            try:
                return conn.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []  # its tables are being made

    def _find_window(self) -> str:
        if self.process.poll() is not None:
            raise NotAsTold(f"the program ended with {self.process.returncode} before its window was there")
        command = ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)]
        done = subprocess.run(command, env=self._surroundings, capture_output=True, text=True, check=False)
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._surroundings, check=True, timeout=PATIENCE)


def until(what: str, look: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Return the first answer that is something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise NotAsTold(f"waited {seconds:.0f} s for {what}")
        time.sleep(POLL)
    return found


@contextmanager
def screen() -> Iterator[str]:
    """Start a virtual screen and return its name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server, os.fdopen(reader) as answer:
        os.close(writer)
        yield f":{answer.readline().strip()}"
        server.terminate()


def place(operator: Operator) -> Placed:
    """Order something that can be collected now."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    window = {"opens": (now - timedelta(hours=1)).isoformat(), "closes": (now + timedelta(hours=3)).isoformat()}
    return operator.place("smoke-1", shop.order("张三", "13800004821", {shop.PORK: 2}) | window)


def serve(till: Till, operator: Operator, hq: str) -> None:
    """Enrol, redeem one order, and wait until HQ knows."""
    code = operator.post(f"/v1/stores/{shop.STORE}/enrolment-codes")["code"]
    for text in (hq, code, "Till 1"):
        till.type(text, gap_ms=BY_HAND)
    placed = place(operator)
    until("the order at the terminal", lambda: till.facts(f"SELECT 1 FROM orders WHERE number = {placed.number}"))
    scan(till, placed)
    till.press("Return")
    until("the hand-over", lambda: till.facts("SELECT 1 FROM redemptions"))
    until("HQ's word of it", lambda: operator.status(placed.number) == Status.COMPLETED)


def scan(till: Till, placed: Placed) -> None:
    """Type a code as a scanner does, say that it goes out, and wait for the claim."""
    for attempt in range(1, SCANS + 1):
        till.type(placed.code, gap_ms=BY_SCANNER)
        try:
            till.press("Return")
            until("the claim", lambda: till.facts("SELECT 1 FROM claims"), SCAN_SECONDS)
        except NotAsTold:
            if attempt == SCANS:
                raise
        else:
            return


def size(folder: Path) -> float:
    """Return what a folder takes, in MB."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def run(bundle: Path, picture: Path) -> str:
    """Tell the story; return the line that sums it up."""
    with tempfile.TemporaryDirectory() as place_for_data, screen() as display:
        folder = Path(place_for_data)
        hq = Headquarters(folder / "hq", (str(bundle), "-m", "shop.leashed", "hq"), {"ZITI_HQ_DATABASE_URL": ""})
        hq.start()
        try:
            with closing(hq.operator()) as operator:
                shop.load(operator)
                till = Till(bundle, folder / "till", display)
                try:
                    serve(till, operator, hq.url)
                finally:
                    till.picture(picture)
                    code = till.close()
        finally:
            hq.stop()
    if code:
        raise NotAsTold(f"the program ended with {code}")
    return f"{size(bundle.parent):.0f} MB, window after {till.start_seconds:.1f} s, one order redeemed: {picture}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; return 0 when all went as told."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.bundle")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--picture", type=Path, default=Path("dist/smoke.png"))
    options = parser.parse_args(argv)
    try:
        told = run(options.bundle.resolve(), options.picture)
    except NotAsTold as error:
        sys.stderr.write(f"NOT as told: {error}; the screen: {options.picture}\n")
        return 1
    sys.stdout.write(f"{told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
