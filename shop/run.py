"""Runs a small shop: one instance, HQ kept beside the terminal's window, both ended together."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import AnotherPort, NeedsAttention, ZitiError
from app.instance import OnlyInstance
from app.paths import Paths, find_paths, make_folders
from main import Terminal, log_to
from shop import address
from shop.child import Headquarters
from shop.keeper import HERE, NETWORK, Keeper
from shop.papers import Papers
from shop.setting_up import PUBLIC, Machine, ShopSetup, public_base

if TYPE_CHECKING:
    from ui.parts import Parts

log = logging.getLogger(__name__)

_FOLDER = "shop"


class Shop:
    """HQ, what is known of the shop, and the terminal beside it; `root` is the shop's folder."""

    def __init__(self, root: Path, port: int | None = None, host: str | None = None) -> None:
        self.papers = Papers(root)
        facts = self.papers.now
        usual = NETWORK if facts.ready and facts.draft.on_network else HERE
        # HQ of a small shop is one file on this PC, whatever the environment says to other HQs.
        hq = Headquarters(root / "hq", told={"ZITI_HQ_DATABASE_URL": ""})
        self.keeper = Keeper(
            hq,
            port or facts.port or address.USUAL_PORT,
            host or usual,
            pinned=host is not None,
            before_start=self._tell_hq,
            on_ready=self._say_where,
            told=self._tell,
        )
        self.terminal = ShopTerminal(find_paths(root / "terminal"), self.keeper)
        self.setup = ShopSetup(self.papers, self.keeper, Machine(self.terminal.enrolment, self.terminal.take_in))
        self.terminal.setup = self.setup
        self._untold: deque[ZitiError] = deque()

    def open(self) -> Any:
        """Start HQ, open the window and return the application."""
        self.keeper.start()
        application = self.terminal.open()
        self._tell_untold()
        return application

    def close(self) -> None:
        """End the terminal, then HQ."""
        self.terminal.close()
        self.keeper.stop()

    def _tell_hq(self, port: int) -> None:
        facts = self.papers.now
        self.keeper.hq.told[PUBLIC] = public_base(facts.address, port, on_network=facts.draft.on_network)

    def _tell(self, news: ZitiError) -> None:
        if isinstance(news, AnotherPort):
            address.say([str(news)])
        self._untold.append(news)
        if self.terminal.is_open:
            self._tell_untold()

    def _tell_untold(self) -> None:
        # HQ's thread and the window's may both come here: each piece of news is taken by one of them.
        with contextlib.suppress(IndexError):
            while True:
                self.terminal.parts.tasks.tell(self._untold.popleft())

    def _say_where(self) -> None:
        if self.papers.now.ready:
            link = self.setup.storefront().link
            address.say([address.qr_text(link).rstrip(), f"Storefront: {link}"])


class ShopTerminal(Terminal):
    """A terminal whose HQ runs on the same PC and may move to another port."""

    setup: ShopSetup

    def __init__(self, paths: Paths, keeper: Keeper) -> None:
        super().__init__(paths)
        self._keeper = keeper
        self.is_open = False

    def open(self) -> Any:
        """Make the application and its window."""
        application = super().open()
        self.is_open = True
        return application

    def enrolment(self) -> Any:
        """Return who this terminal is, or `None`; waits for its file."""
        from app.usecases.enrol import enrolment

        return self.storage.submit(enrolment).result()

    def take_in(self, url: str, code: str, name: str) -> object:
        """Enrol this terminal."""
        return self._enrol(url, code, name)

    def _make_parts(self) -> Parts:
        from ui.shop_worker import ShopWorker

        return replace(super()._make_parts(), shop=ShopWorker(self.setup))

    def _hq_url(self, enrolled_at: str) -> str:
        try:
            return self._keeper.wait()
        except ZitiError:
            # Its thread goes on trying; what was right the last time most probably still is.
            return enrolled_at


def run(argv: Sequence[str]) -> int:
    """Open the shop; return the exit code, 1 with a sentence when it cannot open."""
    parser = argparse.ArgumentParser(prog="main.py shop", description="Ziti POS for a small shop: HQ and the terminal")
    parser.add_argument("--data", type=Path, help="keep everything in this folder")
    parser.add_argument("--port", type=int, help=f"where phones reach the storefront (default: {address.USUAL_PORT})")
    parser.add_argument("--host", help="listen there, whatever was said in the set-up")
    options = parser.parse_args(argv)
    try:
        if options.port is not None and not 1 <= options.port <= 65_535:
            raise NeedsAttention(f"{options.port} is no port: take one from 1 to 65535.")
        root = folder(options.data)
        paths = find_paths(root / "terminal")
        make_folders(find_paths(root))
        make_folders(paths)
        with OnlyInstance(root):
            log_to(paths.log)
            return serve(Shop(root, options.port, options.host))
    except ZitiError as error:
        from ui import sorry

        if sys.stderr is not None:  # a bundle without a console has none
            print(error, file=sys.stderr)
        sorry.say(error)
        return 1


def folder(named: Path | None) -> Path:
    """Return the shop's folder: as named, else beside this user's terminal of a chain."""
    if named or os.environ.get("ZITI_DATA"):
        return find_paths(named).data
    return find_paths().data / _FOLDER


def serve(shop: Shop, opened: Callable[[Any], None] = lambda _: None) -> int:
    """Show the window and serve it until it is closed."""
    from ui.application import obey_signals

    try:
        app = shop.open()
        listening = obey_signals(app)
        opened(app)
        code = int(app.exec())
        listening.stop()
        return code
    finally:
        shop.close()
