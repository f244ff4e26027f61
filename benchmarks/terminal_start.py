"""The terminal's own process, from its own command line, telling what it has reached."""

from __future__ import annotations

import sys
from typing import Any

import main
from app.paths import Paths

_PARTS = {"usable", "storage", "sync", "scan"}


class Watched(main.Terminal):
    """Tells of the counter, the file, the line to HQ and the camera; then ends."""

    def __init__(self, paths: Paths, *, kiosk: bool = False) -> None:
        super().__init__(paths, make_camera=grey_camera, kiosk=kiosk)

    def open(self) -> Any:
        """Open as ever, and watch."""
        app = super().open()
        # Only now: where Qt is imported first, every import after it takes longer.
        from benchmarks.frames import FirstPicture, say

        self._say, self._watch = say, FirstPicture
        self._left = set(_PARTS)
        self._app = app
        self.window.page_shown.connect(self._watch_page)
        self.storage.opened.add_done_callback(lambda _: self._reached("storage"))
        self.parts.sync.link_changed.connect(self._watch_link)
        self.parts.scan.state_changed.connect(self._watch_scan)
        return app

    def _watch_page(self, key: str) -> None:
        if key == "counter":
            self._watch(self.window.page("counter"), lambda: self._reached("usable"))

    def _watch_link(self, link: Any) -> None:
        if link.kind == "online":
            self._reached("sync")

    def _watch_scan(self, state: str) -> None:
        if state == "running":
            self._reached("scan")

    def _reached(self, part: str) -> None:
        if part in self._left:
            self._left.discard(part)
            self._say(part)
            if not self._left:
                self._app.exit(0)


def grey_camera(_: str) -> Any:
    """Return a camera that sees a grey wall."""
    import numpy as np

    from scanner.camera.device import SequenceCamera

    rng = np.random.default_rng(1)
    wall = rng.integers(100, 140, (720, 1280, 3), np.uint8)
    # Two pictures: one that stands still would be a camera that hangs, and be opened again and again.
    return SequenceCamera([wall, wall[::-1].copy()], loop=True)


if __name__ == "__main__":
    main.Terminal = Watched  # type: ignore[assignment, misc]
    sys.exit(main.run_terminal(sys.argv[1:]))
