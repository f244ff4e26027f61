"""The demo for one's own hands: the terminal's window beside a running HQ, enrolled and with orders."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app import settings
from app.clock import SystemClock, TrustedClock
from app.ids import id_maker
from app.keystore import Keystore
from app.paths import Paths, find_paths, make_folders
from app.storage.storage import Storage
from demo import shop
from demo.headquarters import Headquarters, Operator, Placed
from main import Terminal
from sync.enrolment import enrol
from ui.application import obey_signals


def show() -> int:
    """Open the window and serve it until it is closed; HQ ends with it."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with tempfile.TemporaryDirectory(prefix="ziti-demo-", ignore_cleanup_errors=True) as folder:
        hq = Headquarters(Path(folder, "hq"))
        try:
            hq.start()
            with closing(hq.operator()) as operator:
                shop.load(operator)
                paths = find_paths(Path(folder, "terminal"))
                _enrol(operator, hq.url, paths)
                orders = [operator.place(f"usual-{n}", order) for n, order in enumerate(shop.usual_orders())]
            print(_what_to_try(hq, orders), flush=True)
            return _serve(paths)
        finally:
            hq.stop()


def _enrol(operator: Operator, url: str, paths: Paths) -> None:
    make_folders(paths)
    settings.save(paths.config / "settings.json", replace(settings.Settings(), clerk=shop.CLERK))
    code = operator.post(f"/v1/stores/{shop.STORE}/enrolment-codes")["code"]
    clock = TrustedClock(SystemClock())
    storage = Storage(paths.data, clock, id_maker(clock))
    try:
        enrol(url, code, shop.TERMINAL, storage.submit, Keystore(paths.data))
    finally:
        storage.close()


def _serve(paths: Paths) -> int:
    terminal = Terminal(paths)
    app = terminal.open()
    try:
        listening = obey_signals(app)
        code = int(app.exec())
        listening.stop()
        return code
    finally:
        terminal.close()


def _what_to_try(hq: Headquarters, orders: list[Placed]) -> str:
    pages = "\n".join(
        f"  {placed.label}  {placed.short_code[:4]} {placed.short_code[4:]}  {placed.page}" for placed in orders
    )
    return f"""HQ runs on {hq.url} and ends with the window. Today's orders, with the digits a customer may say:
{pages}
Try this:
  · Board: tap a card twice, and it waits at the counter.
  · Open an order's page, and hold it to the webcam, or drop a picture of its code on the window, or type the digits.
  · Enter grants the hand-over, Enter confirms it; the page says so a moment later. Scan the code once more.
  · A manager's PIN is {shop.PIN} ({shop.MANAGER})."""
