"""Pictures of every page and every verdict, in both languages and themes, from real data in a fresh terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer, Slot
from PySide6.QtGui import QImage

from app.domain.window import WhyNot, Window, WindowOffer
from app.errors import DiskFull
from app.usecases.revoke import RecentHandOver, recent_hand_overs
from app.usecases.work import Work
from ui import words
from ui.board.gallery import scenes as board_scenes
from ui.counter.page import CounterPage
from ui.counter.presenter import Phase, Presenter
from ui.customer_display import CustomerDisplay
from ui.link import Link
from ui.manage_gallery import scenes as manage_scenes
from ui.parts import Parts
from ui.sample_shop import STORE_NAME, SampleShop
from ui.scene import Scene
from ui.settings_page.gallery import scenes as printer_scenes
from ui.settings_page.page import SettingsPage
from ui.sign_in.page import SignInPage
from ui.stock.gallery import scenes as stock_scenes
from ui.till.gallery import scenes as till_scenes
from ui.today.page import TodayPage
from ui.window import Window as ShopWindow

T = TypeVar("T")
SHARE_URL = "https://mall.example/s/7"
SIZES = ((1366, 768), (1920, 1080))
_PATIENCE_MS = 10_000
_SETTLE_MS = 120


class Gallery:
    """Plays every scene on a window whose terminal is new, and saves what it looks like.

    `customer` is a picture file's content: what the camera sees of a customer who shows a code.
    """

    def __init__(self, window: ShopWindow, parts: Parts, out: Path, customer: bytes) -> None:
        self._window, self._parts, self._out = window, parts, out
        self._customer = QImage.fromData(customer)
        self._shop = SampleShop(parts.times.now())
        self._out.mkdir(parents=True, exist_ok=True)

    def render(self) -> int:
        """Save every picture; return how many."""
        self._until(lambda: self._window.current == "enrol")
        count = self._shoot([Scene("enrol", lambda: None)])
        for usecase in self._shop.open():
            self._run(usecase)
        self._parts.sync.enrolled.emit(None)
        self._until(lambda: self._window.current == "ready")
        return count + self._shoot(list(self._scenes()))

    def _shoot(self, scenes: list[Scene]) -> int:
        for language, theme in product(("zh_CN", "en"), ("light", "dark")):
            self._parts.preferences.set(
                language=language, theme=theme, clerk="李娜" if language == "zh_CN" else "Li Na"
            )
            for scene in scenes:
                self._parts.sync.take_link(Link("online", "", last_contact=self._parts.times.now()))
                self._window.banner.hide()
                scene.play()
                seen = scene.seen or self._window
                for width, height in SIZES:
                    seen.resize(width, height)
                    self._settle()
                    seen.grab().save(str(self._out / f"{scene.name}-{language}-{theme}-{width}.png"))
        return 4 * len(SIZES) * len(scenes)

    def _scenes(self) -> Iterator[Scene]:
        display = CustomerDisplay()
        display.show_store(STORE_NAME, SHARE_URL)
        mirror = partial(self._mirror, display)
        yield Scene("counter-idle", self._clear)
        yield Scene("customer-idle", mirror, display)
        for name, text in self._shop.codes().items():
            yield Scene(f"counter-{name}", partial(self._scan, text))
        yield Scene("counter-needs_lead", self._needs_lead)
        yield Scene("counter-locked_out", self._lock_out)
        yield Scene("counter-manager", self._manager)
        yield Scene("counter-another_time", self._another_time)
        yield Scene("counter-granted", self._grant)
        yield Scene("customer-giving", mirror, display)
        yield Scene("counter-details", self._details)
        yield Scene("counter-details_photo", self._photo)
        yield Scene("counter-handed_over", self._hand_over)
        yield Scene("customer-given", mirror, display)
        yield Scene("counter-take_back", self._take_back)
        yield Scene("counter-unfinished", self._unfinished)
        yield Scene("counter-camera", self._camera)
        yield Scene("counter-hint", self._hint)
        yield Scene("counter-offline", self._offline)
        yield Scene("counter-shortage", lambda: self._scan(self._shop.short_order()))
        yield from board_scenes(self._window, self._shop, self._until)
        yield from till_scenes(self._window, self._parts, self._run, self._until)
        yield from stock_scenes(self._window, self._until)
        yield Scene("today", self._today)
        yield Scene("sync", partial(self._window.go, "sync"))
        yield Scene("sign-in", self._sign_in)
        yield Scene("settings", self._settings_after_sign_in)
        yield Scene("settings-scanner", partial(self._settings, 1))
        yield from printer_scenes(self._window, self._parts, self._run, self._until)
        yield from manage_scenes(self._window, self._parts, self._until)

    # ── how to get there ────────────────────────────────────────────────────────────────────────────────────

    def _clear(self) -> None:
        self._window.go("counter")
        self._presenter.clear()

    def _scan(self, text: str) -> None:
        self._clear()
        self._presenter.take(text, "scanner")
        self._until(lambda: self._presenter.phase in {Phase.SHOWN, Phase.ASKING})

    def _needs_lead(self) -> None:
        self._run(self._shop.lead("another-terminal"))
        self._scan(self._shop.codes()["ready"])
        self._run(self._shop.lead(self._shop.terminal_id))

    def _another_time(self) -> None:
        self._scan(self._shop.codes()["ready"])
        panel = self._page.card.moving
        panel.open_panel()
        first = self._parts.times.now().replace(minute=0, second=0, microsecond=0)
        windows = [Window(first + timedelta(hours=20 + 2 * n), first + timedelta(hours=22 + 2 * n)) for n in range(5)]
        panel.take_offers(
            tuple(WindowOffer(each, why=WhyNot.FULL if n == 1 else None) for n, each in enumerate(windows))
        )
        panel.buttons[2].click()

    def _lock_out(self) -> None:
        for text in self._shop.wrong_short_codes():
            self._scan(text)

    def _manager(self) -> None:
        self._scan(self._shop.codes()["overdue"])
        self._page.card.acted.emit("ask_manager")

    def _grant(self) -> None:
        self._scan(self._shop.codes()["ready"])
        self._page.entered.emit()
        self._until(lambda: self._presenter.phase is Phase.GRANTED)

    def _details(self) -> None:
        self._see("off")
        self._page.card.acted.emit("details")
        self._page.card.details.lines[0].click()

    def _photo(self) -> None:
        self._see_customer()
        self._page.card.details.photo.show_photo(self._customer.flipped(Qt.Orientation.Horizontal))

    def _hand_over(self) -> None:
        self._see("off")
        self._page.card.details.close_panel()
        self._page.entered.emit()
        self._until(lambda: self._presenter.phase is Phase.DONE)

    def _mirror(self, display: CustomerDisplay) -> None:
        display.show_view(self._parts.customer.now)

    def _take_back(self) -> None:
        self._clear()
        done: list[RecentHandOver] = []
        self._parts.tasks.ask(recent_hand_overs, then=done.extend)
        self._until(lambda: bool(done))
        self._page.side.revoke_asked.emit(done[0])

    def _unfinished(self) -> None:
        self._page.side.manager.close_panel()
        self._run(self._shop.take_back())
        self._grant()
        self._presenter.clear()
        self._until(lambda: self._presenter.phase is Phase.ASKING)

    def _camera(self) -> None:
        self._page.card.acted.emit("still_here")
        self._until(lambda: self._presenter.phase is Phase.IDLE)
        self._see_customer()

    def _see_customer(self) -> None:
        self._see("running")
        self._parts.scan.frame.emit(self._customer)

    def _see(self, state: str) -> None:
        self._parts.scan.state = state
        self._parts.scan.state_changed.emit(state)

    def _hint(self) -> None:
        self._parts.scan.hint_changed.emit("tilt")

    def _offline(self) -> None:
        self._parts.scan.state_changed.emit("missing")
        now = self._parts.times.now()
        since, heard = now - timedelta(minutes=12), now - timedelta(minutes=15)
        self._parts.sync.take_link(Link("offline", "unreachable", since, heard))
        self._parts.tasks.problem.emit(words.error(DiskFull()))

    def _settings(self, sheet: int) -> None:
        self._window.go("settings")
        page = self._window.page("settings")
        assert isinstance(page, SettingsPage)  # noqa: S101 - for the type checker
        page.show_sheet(sheet)
        self._see_customer()

    def _today(self) -> None:
        self._window.go("today")
        page = self._window.page("today")
        assert isinstance(page, TodayPage)  # noqa: S101 - for the type checker
        self._until(page.export.isEnabled)

    def _sign_in(self) -> None:
        self._parts.preferences.set(sign_in=True)
        self._parts.tasks.page_wanted.emit("sign_in")
        page = self._window.page("sign_in")
        assert isinstance(page, SignInPage)  # noqa: S101 - for the type checker
        self._until(lambda: len(page.names) > 1)
        page.pin.insert("1234")

    def _settings_after_sign_in(self) -> None:
        self._parts.session.enter(None)
        self._parts.preferences.set(sign_in=False)
        self._settings(0)

    @property
    def _page(self) -> CounterPage:
        page = self._window.page("counter")
        assert isinstance(page, CounterPage)  # noqa: S101 - for the type checker
        return page

    @property
    def _presenter(self) -> Presenter:
        found = self._page.findChild(Presenter)
        assert found is not None  # noqa: S101 - for the type checker
        return found

    # ── waiting ─────────────────────────────────────────────────────────────────────────────────────────────

    def _run(self, usecase: Callable[[Work], T]) -> None:
        answers: list[T] = []
        self._parts.tasks.ask(usecase, then=answers.append)
        self._until(lambda: bool(answers))

    def _until(self, arrived: Callable[[], bool]) -> None:
        if not _Wait(arrived).wait():
            raise TimeoutError("the window did not get to the scene")

    def _settle(self) -> None:
        # The lists are read after everything else: once this answer is here, theirs are too.
        answers: list[None] = []
        self._parts.tasks.ask_quietly(lambda _: None, then=answers.append)
        self._until(lambda: bool(answers))
        loop = QEventLoop()
        QTimer.singleShot(_SETTLE_MS, loop.quit)
        loop.exec()


class _Wait(QEventLoop):
    """Lets the window live until something has arrived, or patience ends."""

    def __init__(self, arrived: Callable[[], bool]) -> None:
        super().__init__()
        self._arrived = arrived
        self._watch = QTimer(self, interval=5)
        self._watch.timeout.connect(self._look)
        self._watch.start()
        QTimer.singleShot(_PATIENCE_MS, self, self.quit)

    def wait(self) -> bool:
        """Return whether it has arrived."""
        self.exec()
        return self._arrived()

    @Slot()
    def _look(self) -> None:
        if self._arrived():
            self.quit()
