"""Debian's Chromium for tests: found or loudly missed, shut off from the network, its pictures kept on request."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=15_000)  # a busy machine has no fault
_PICTURES = os.environ.get("ZITI_WEB_PICTURES", "")


def chromium() -> str:
    """Return where Chromium is; without one CI fails and a bare laptop skips."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    if not found:
        sentence = "No Chromium: `apt-get install chromium`, or these pages are not tested at all."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(sentence)
    return found


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    """Run Chromium until the block ends; nothing else may run an event loop in this thread meanwhile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def picture(page: Page, name: str) -> Path:
    """Save what the page shows; `ZITI_WEB_PICTURES=folder` keeps it."""
    folder = Path(_PICTURES or Path(tempfile.gettempdir()) / "ziti-web-pictures")
    folder.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready.then(() => null)")
    # Playwright itself would write the file from a thread that it keeps.
    (folder / f"{name}.png").write_bytes(page.screenshot(animations="disabled"))
    return folder / f"{name}.png"
