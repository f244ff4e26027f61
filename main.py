"""Bolts Ziti POS together: `python main.py` is the terminal, `shop`, `hq`, `demo` and `doctor` are its companions."""

from __future__ import annotations

import argparse
import gc
import logging
import logging.handlers
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import bundle
from app.background import Idle, InOrder, Late

if TYPE_CHECKING:
    from app.changes import Changes
    from app.errors import ZitiError
    from app.paths import Paths
    from app.settings import Settings
    from app.usecases.work import Work
    from sync.client import HqClient
    from ui.parts import Parts

log = logging.getLogger("ziti")

LOG_NAME = "ziti.log"
# At Python's own 5 ms the window's thread, which asks for the lock at every call of Qt, stood still three times as long
# while a page of HQ's rows was read (docs/benchmarks.md).
SWITCH_SECONDS = 0.0005
_MOST_WORKERS = 64
JOBS_PAUSE_SECONDS = 2.0
SYNC_SECONDS, REMINDER_SECONDS, RELEASE_SECONDS, BACKUP_SECONDS, INSPECT_SECONDS = 60.0, 30.0, 900.0, 3600.0, 6 * 3600.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the subcommand and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    commands = {**_COMMANDS, **bundle.COMMANDS}
    command = arguments.pop(0) if arguments and arguments[0] in commands else "terminal"
    return commands[command](arguments)


def run_terminal(argv: Sequence[str]) -> int:
    """Open the terminal's window; return its exit code, 1 with a sentence when it cannot open."""
    from app.errors import ZitiError
    from app.instance import OnlyInstance
    from app.paths import find_paths, make_folders

    # What a start makes is here to stay: looking through it for garbage took a tenth of the time. `open` ends this.
    gc.disable()
    parser = argparse.ArgumentParser(prog="main.py", description="Ziti POS terminal (also: shop, hq, demo, doctor)")
    parser.add_argument("--data", type=Path, help="keep everything in this folder")
    parser.add_argument("--kiosk", action="store_true", help="the whole screen; only a manager's PIN closes it")
    options = parser.parse_args(argv)
    paths = find_paths(options.data)
    try:
        make_folders(paths)
        with OnlyInstance(paths.data):
            log_to(paths.log)
            return Terminal(paths, kiosk=options.kiosk).run()
    except ZitiError as error:
        from ui import sorry

        if sys.stderr is not None:  # a bundle without a console has none
            print(error, file=sys.stderr)
        sorry.say(error)
        return 1


def run_hq(argv: Sequence[str]) -> int:
    """Serve HQ until it is told to stop."""
    parser = argparse.ArgumentParser(prog="main.py hq", description="Ziti POS headquarters")
    parser.add_argument("--data", type=Path, default=Path("hq-data"), help="HQ's database and keys")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--workers", type=_count, default=1, help="processes that serve; several need PostgreSQL")
    parser.add_argument("--console-port", type=int, help="the back office's, with several workers (default: port + 1)")
    options = parser.parse_args(argv)
    from hq.serve import run

    return run(options.data, options.host, options.port, workers=options.workers, console_port=options.console_port)


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_WORKERS:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to {_MOST_WORKERS}")


def run_shop(argv: Sequence[str]) -> int:
    """Run HQ and the terminal together on one PC."""
    gc.disable()
    from shop.run import run

    return run(argv)


def run_demo(argv: Sequence[str]) -> int:
    """Show the main job from end to end."""
    from demo.run import run

    return run(argv)


def run_doctor(argv: Sequence[str]) -> int:
    """Say what is missing or wrong on this machine."""
    from app.doctor import run

    return run(list(argv))


def run_screenshots(argv: Sequence[str]) -> int:
    """Save a picture of every page and verdict, in both languages, themes and sizes."""
    import os
    import tempfile

    from app.paths import find_paths, make_folders

    parser = argparse.ArgumentParser(prog="main.py screenshots")
    parser.add_argument("--output", type=Path, default=Path("screenshots"))
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        paths = find_paths(folder)
        make_folders(paths)
        terminal = _Showcase(paths)
        terminal.open()
        from ui.gallery import Gallery

        count = Gallery(terminal.window, terminal.parts, options.output, _customer_in_the_mirror()).render()
        terminal.close()
    print(f"{count} pictures in {options.output}")
    return 0


def _customer_in_the_mirror() -> bytes:
    """Return a PNG of a customer who shows a code, as the mirrored preview has it."""
    from hq import qr
    from scanner.drawn import phone
    from scanner.vision import cv2

    seen = phone.frame(qr.png("1" * 220), phone.hold(3, phone.VGA, care=0.7))
    _, packed = cv2.imencode(".png", cv2.flip(seen, 1))
    return packed.tobytes()


_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "terminal": run_terminal,
    "shop": run_shop,
    "hq": run_hq,
    "demo": run_demo,
    "doctor": run_doctor,
    "screenshots": run_screenshots,
}


class Terminal:
    """Everything behind the window. Made once in the process; `make_camera` lets the demo hold a phone up."""

    def __init__(self, paths: Paths, *, make_camera: Callable[[str], Any] | None = None, kiosk: bool = False) -> None:
        from app import settings
        from app.clock import SystemClock, TrustedClock
        from app.ids import id_maker
        from app.storage.thread import StorageThread

        self.paths = paths
        self.clock = TrustedClock(SystemClock())
        self.new_id = id_maker(self.clock)
        self.storage = StorageThread(self._open_storage)
        self.settings_path = paths.config / "settings.json"
        loaded = settings.load(self.settings_path)
        self.settings: Settings = loaded.settings
        self._settings_set_aside = loaded.set_aside
        self._finder: Any = None
        self._kiosk = kiosk
        self._make_camera = make_camera or self._find_camera
        self._keep_settings: InOrder[Settings] = InOrder(lambda wanted: settings.save(self.settings_path, wanted))
        self._jobs: Late | None = None
        self.parts: Parts
        self.window: Any = None

    def run(self) -> int:
        """Show the window and serve it until it is closed."""
        app = self.open()
        code = int(app.exec())
        self.close()
        return code

    def open(self) -> Any:
        """Make the application and its window, and start to open the file; return the application."""
        from ui.application import make_application, make_window

        sys.setswitchinterval(SWITCH_SECONDS)
        application = make_application()
        self.parts = self._make_parts()
        self.storage.opened.add_done_callback(lambda opened: self._file_opened(opened.exception()))
        self.storage.start()
        self.window = make_window(application, self.parts)
        gc.freeze()
        gc.enable()
        return application

    def close(self) -> None:
        """Stop every thread, the file's last."""
        self.parts.scan.stop()
        self.parts.devices.stop()
        self.parts.printers.stop()
        self.parts.sync.stop()
        if self._jobs:
            self._jobs.stop()
        self._keep_settings.stop()
        self.storage.stop()

    # ── the file ───────────────────────────────────────────────────────────────────────────────────────────

    def _open_storage(self) -> Any:
        from app.storage.storage import Storage
        from app.usecases.recover import open_or_recover

        storage = open_or_recover(
            self.paths.data,
            lambda: Storage(self.paths.data, self.clock, self.new_id, on_changes=self._heard),
            told=self._tell,
        )
        storage.lookup_key = self._lookup_key()
        return storage

    def _file_opened(self, failure: BaseException | None) -> None:
        from app.errors import ZitiError

        if isinstance(failure, ZitiError):
            self._tell(failure)
            return
        if failure:
            raise failure
        self._jobs = Late(self._make_jobs, pause=JOBS_PAUSE_SECONDS)

    def _heard(self, changes: Changes) -> None:
        self.parts.tasks.hear(changes)
        if changes.outbox:
            self.parts.sync.nudge()

    def _tell(self, news: ZitiError) -> None:
        log.warning("%s", news)
        self.parts.tasks.tell(news)

    def _keystore(self) -> Any:
        from app.keystore import Keystore

        return Keystore(self.paths.data)

    def _secrets(self) -> Any:
        from app.errors import SecretsLost

        try:
            return self._keystore().load()
        except SecretsLost:
            # Codes are verified with public keys: the counter goes on. The start of sync tells the manager.
            log.exception("the secrets cannot be read")
            return None

    def _lookup_key(self) -> bytes:
        secrets = self._secrets()
        return secrets.lookup_key if secrets else b""

    # ── the parts ──────────────────────────────────────────────────────────────────────────────────────────

    def _make_parts(self) -> Parts:
        from app.safe_copies import SafeCopies
        from app.version import VERSION
        from ui.moving import Moving
        from ui.parts import Machine, Parts
        from ui.preferences import Preferences
        from ui.printers import Printers
        from ui.sounds import Sounds
        from ui.tasks import Tasks
        from ui.updates import Updates
        from ui.words import Times
        from ui.workers import ScanWorker, SyncWorker

        preferences = Preferences(self.settings, self._keep_settings)
        return Parts(
            tasks=Tasks(self.storage.submit, background=self.storage.submit_background),
            times=Times(self.clock),
            preferences=preferences,
            printers=Printers(self.storage.submit_background, lambda: preferences.now),
            scan=ScanWorker(self._start_scan, _read_picture),
            sync=SyncWorker(self._start_sync, self._enrol),
            moving=Moving(self._reach_desk),
            sounds=Sounds(),
            settings_set_aside=self._settings_set_aside,
            machine=Machine(
                self._secrets_in,
                self.clock.offset,
                self._diagnostics,
                SafeCopies(self.paths.data, self.clock, self.storage),
                self._kiosk,
            ),
            updates=Updates(VERSION, self._ask_release),
        )

    def _secrets_in(self) -> str:
        from app.errors import SecretsLost

        try:
            return self._keystore().place or ""
        except SecretsLost:
            return ""

    def _diagnostics(self, work: Work, /, *, settings: Settings) -> Path:
        from ui.sync_page.diagnostics import export, last_lines

        log_file = self.paths.log / LOG_NAME
        folder = self.paths.data / "diagnostics"
        return export(work, settings=settings, folder=folder, log_lines=lambda: last_lines(log_file))

    def _start_sync(self, on_link: Callable[[Any], None]) -> Late:
        return Late(lambda: self._make_sync(on_link))

    def _reach_desk(self) -> Any:
        """Return HQ's desk for moving orders; called on a thread that may wait."""
        from app.errors import NotEnrolled
        from sync.moving import Moving

        client = self._new_client()
        if client is None:
            raise NotEnrolled("this terminal does not belong to a store")
        return Moving(client)

    def _make_sync(self, on_link: Callable[[Any], None]) -> Any:
        from app.errors import SecretsLost
        from sync.engine import Engine
        from sync.local import Local
        from sync.loops import SyncLoops
        from sync.photos import Photos

        client = self._new_client()
        if client is None:
            self._tell(SecretsLost("This terminal's key for HQ is gone. What is unsent is safe."))
            return Idle()
        engine = Engine(client, self.storage.submit_background, self._learn_time)
        photos = Photos(client, Local(self.storage.submit_background, self._learn_time))
        return SyncLoops(engine, client, clock=self.clock, on_link=on_link, photos=photos)

    def _new_client(self) -> HqClient | None:
        """Return a client with this terminal's token, None when there is none; waits for the storage."""
        from app.usecases.enrol import enrolment
        from sync.client import HqClient

        me = self.storage.submit(enrolment).result()
        secrets = self._secrets()
        return HqClient(self._hq_url(me.hq_url), secrets.token) if me and secrets else None

    def _ask_release(self) -> Any:
        from app.domain.release import Release
        from app.errors import TransportFailure

        client = self._new_client()
        if client is None:
            return None
        try:
            with closing(client):
                told = client.release()
        except TransportFailure:
            return None  # offline, or an HQ of an earlier release: there is time
        return Release(told.version, told.url, told.notes)

    def _hq_url(self, enrolled_at: str) -> str:
        return enrolled_at

    def _learn_time(self, hq_time: Any, round_trip: float) -> None:
        self.clock.learn(hq_time, round_trip=round_trip)

    def _enrol(self, url: str, code: str, name: str) -> object:
        from sync.enrolment import enrol

        result = enrol(url, code, name, self.storage.submit, self._keystore())
        self.storage.opened.result().lookup_key = self._lookup_key()
        return result

    def _start_scan(
        self, camera: str, *, on_text: Any, on_frame: Any, on_whole: Any, on_state: Any, on_hint: Any
    ) -> Late:
        def build() -> Any:
            from scanner.camera.loop import ScanLoop
            from scanner.reading.live import LiveDecoder

            make_camera, decode = partial(self._make_camera, camera), LiveDecoder(_is_pickup_code)
            return ScanLoop(make_camera, on_text, on_frame, on_state, decode=decode, on_hint=on_hint, on_whole=on_whole)

        return Late(build)

    def _find_camera(self, remembered: str) -> Any:
        from scanner.camera.finder import Finder

        self._finder = self._finder or Finder()
        return self._finder.camera(remembered)

    def _make_jobs(self) -> Any:
        from app.clock import SystemClock
        from app.jobs import Jobs
        from app.rounds import Rounds

        rounds = Rounds(self.paths.data, self.clock, self.storage, tell=self._tell)
        return Jobs(
            SystemClock(),
            {
                "sync": (SYNC_SECONDS, self.parts.sync.nudge),
                "reminders": (REMINDER_SECONDS, self._remind),
                "release": (RELEASE_SECONDS, self.parts.updates.check),
                "backup": (BACKUP_SECONDS, rounds.back_up),
                "integrity": (INSPECT_SECONDS, rounds.inspect),
            },
        )

    def _remind(self) -> None:
        from app.usecases.board import due_reminders

        def due(work: Work) -> Any:
            return due_reminders(work)

        self.parts.tasks.remind(self.storage.submit_background(due).result())


class _Showcase(Terminal):
    """A terminal to look at: no HQ and no camera behind it."""

    def _start_sync(self, on_link: Callable[[Any], None]) -> Late:  # noqa: ARG002 - there is no line to speak of
        return Late(Idle)

    def _start_scan(self, camera: str, **listeners: Any) -> Late:  # noqa: ARG002
        return Late(Idle)


def _is_pickup_code(content: bytes) -> bool:
    from ui.workers import is_code

    return is_code(content.decode("latin-1"))


def _read_picture(picture: Any) -> list[str]:
    from scanner.reading.stills import read

    return list(read(picture))


def log_to(folder: Path) -> None:
    """Keep the program's log in a folder."""
    handler = logging.handlers.RotatingFileHandler(folder / LOG_NAME, maxBytes=1_000_000, backupCount=3)
    logging.basicConfig(
        level=logging.INFO, handlers=[handler], format="%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
    )


if __name__ == "__main__":
    bundle.begin()
    sys.exit(main())
