"""Everything the story is played with: HQ's process, the line, the terminal in its window, the camera, the hands."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.paths import find_paths, make_folders
from app.usecases.work import Work
from demo import ledgers, shop
from demo.camera import CounterCamera, approaching
from demo.hands import Hands
from demo.headquarters import Headquarters, Operator
from demo.ledgers import Ledger
from demo.relay import Relay
from main import Terminal
from scanner.vision import Frame

T = TypeVar("T")


@dataclass(slots=True)
class Stage:
    """What the steps act on; `hq_operator` speaks to HQ directly, the terminal only through `relay`."""

    hq: Headquarters
    relay: Relay
    camera: CounterCamera
    terminal: Terminal
    hands: Hands
    artist: ThreadPoolExecutor
    mistakes: list[str] = field(default_factory=list)

    def ask(self, question: Callable[[Operator], T]) -> T:
        """Have an operator do something at HQ while the window works."""

        def errand() -> T:
            operator = self.hq.operator()
            try:
                return question(operator)
            finally:
                operator.close()

        return self.hands.meanwhile(errand)

    def look(self, usecase: Callable[[Work], T]) -> T:
        """Ask the terminal's own file something."""
        return self.hands.meanwhile(lambda: self.terminal.storage.submit(usecase).result())

    def phone(self, code: Frame | bytes, seed: int) -> Future[list[Frame]]:
        """Begin to draw a customer who holds up a phone with this code."""
        return self.artist.submit(approaching, code, seed)

    def both_sides(self) -> tuple[Ledger, Ledger]:
        """Return what the terminal and HQ have written down."""
        here = self.look(lambda work: ledgers.of_terminal(work.conn))
        return here, ledgers.of_hq(self.hq.data / "hq.sqlite3", shop.STORE)


@contextmanager
def set_up() -> Iterator[Stage]:
    """Start HQ, open the terminal's window on an empty folder, and end everything afterwards, whatever happens."""
    # The demo's secrets are nobody's: they stay out of this user's keyring.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with ExitStack() as at_end:
        folder = Path(
            at_end.enter_context(tempfile.TemporaryDirectory(prefix="ziti-demo-", ignore_cleanup_errors=True))
        )
        hq = Headquarters(folder / "hq")
        at_end.callback(hq.kill)
        hq.start()
        relay = Relay()
        at_end.callback(relay.close)
        relay.lead_to(hq.port)
        artist = ThreadPoolExecutor(1, thread_name_prefix="artist")
        at_end.callback(partial(artist.shutdown, wait=True, cancel_futures=True))
        paths = find_paths(folder / "terminal")
        make_folders(paths)
        camera = CounterCamera()
        terminal = Terminal(paths, make_camera=lambda _name: camera)
        terminal.open()
        at_end.callback(terminal.close)
        hands = Hands(terminal.window)
        at_end.callback(hands.close)
        stage = Stage(hq, relay, camera, terminal, hands, artist)
        at_end.enter_context(_noticed(stage.mistakes))
        yield stage


@contextmanager
def _noticed(mistakes: list[str]) -> Iterator[None]:
    """Collect exceptions that nobody catches: Qt only prints those of a slot, and Python those of a thread."""

    def in_a_slot(kind: type[BaseException], error: BaseException, _where: object) -> None:
        mistakes.append("".join(traceback.format_exception(kind, error, error.__traceback__)))

    def in_a_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value:
            in_a_slot(told.exc_type, told.exc_value, None)

    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = in_a_slot, in_a_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before
