"""The operators' console: NiceGUI's pages under /console, in the process that serves HQ."""

from __future__ import annotations

from fastapi import FastAPI
from nicegui import __version__, ui

from hq.console import door, downloads, frame, photos
from hq.console.gate import Gate
from hq.desk import Desk

PATH = "/console"


def mount(app: FastAPI, desk: Desk) -> None:
    """Put the console under /console; NiceGUI keeps one set of pages per process, so once in a process."""
    app.include_router(door.router)
    app.include_router(downloads.router)
    app.include_router(photos.router)
    app.add_middleware(Gate, desk=desk, files=f"{PATH}/_nicegui/{__version__}/")
    frame.register(desk)
    ui.run_with(
        app,
        mount_path=PATH,
        title="Ziti HQ",
        favicon="🥡",
        language="zh-CN",
        # Our own style sheet does it; Tailwind would compile in the browser at each load.
        tailwind=False,
        # Pages are refreshed by their data, not by watching variables.
        binding_refresh_interval=None,
        reconnect_timeout=10,
        show_welcome_message=False,
    )
