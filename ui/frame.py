"""The decisions of the frame: which page, which badge, whose settings; the window itself decides nothing."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.changes import Changes
from app.domain.verdict import Role
from app.errors import ZitiError
from app.settings import Settings
from app.usecases.enrol import enrolment
from app.usecases.health import Health, health
from app.usecases.sign_in import Member, members
from app.usecases.work import Work
from ui import link, theme, words
from ui.customer_display import CustomerScreen
from ui.genuine import Genuine, trusted_keys
from ui.i18n import Language
from ui.idle_watch import IdleWatch
from ui.keys.binding import Keys
from ui.leaving import Leaving
from ui.new_tasks import NewTasks
from ui.parts import Parts
from ui.printer_watch import PrinterWatch
from ui.reminder import Reminder
from ui.update_watch import UpdateWatch
from ui.wedge_filter import WedgeFilter
from ui.whole_screen import WholeScreen
from ui.window import Window
from ui.workers import WedgeAssembler, is_code

CLOCK_MS = 1_000
HEALTH_MS = 15_000
SOON_MS = 200
# The counter's first picture goes before what loads the network, the camera and the sounds.
LATE_MS = 50
SOUNDS_MS = 500


@runtime_checkable
class HasParts(Protocol):
    """A page with several sheets."""

    def show_part(self, name: str) -> None:
        """Bring one of them forward."""
        ...


class Frame(QObject):
    """Drives a window from the parts: start it once, before the window is shown."""

    def __init__(self, app: QApplication, window: Window, parts: Parts) -> None:
        super().__init__(window)
        self._app, self._window, self._parts = app, window, parts
        self._language = Language(app, self)
        self._health: Health | None = None
        self._camera: str | None = None
        self._enrolled_here = False
        self._newly_enrolled = False
        self._behind = ""
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._ask_health)
        self._genuine = Genuine()
        self._wedge = WedgeFilter(WedgeAssembler(is_code, self._genuine), parent=self)
        self._wedge.watch(app)
        self.screen = WholeScreen(window, parts)
        self._leaving = Leaving(window, parts)
        self.keys = Keys(
            window, parts.preferences, {"lock": self._choose_clerk, "full_screen": self.screen.switch}
        ).shortcuts
        self._connect()
        self._dress(parts.preferences.now)
        for interval, act in ((CLOCK_MS, self._show_clock), (HEALTH_MS, self._ask_health)):
            timer = QTimer(self, interval=interval)
            timer.timeout.connect(act)
            timer.start()

    def start(self) -> None:
        """Open the counter, or the enrolment where the terminal belongs to no store yet."""
        self._window.show_frame(False)
        self._window.waiting.say("clock", self.tr("Opening this store's data."))
        self._parts.tasks.ask(_opening, then=self._open, failed=self._cannot_open)
        QTimer.singleShot(SOUNDS_MS, self._prepare_sounds)
        QTimer.singleShot(SOUNDS_MS, self.customer_screen.settle)
        if aside := self._parts.settings_set_aside:
            text = self.tr("The settings could not be read and begin anew; the old file is kept as %1.")
            self._window.banner.warn(text.replace("%1", aside.name))

    @Slot()
    def _prepare_sounds(self) -> None:
        with self._language.unasked():
            self._parts.sounds.prepare()

    def _connect(self) -> None:
        parts, window = self._parts, self._window
        parts.tasks.changed.connect(self._ask_health_soon)
        parts.tasks.problem.connect(window.banner.warn)
        parts.preferences.changed.connect(self._dress)
        parts.sync.link_changed.connect(self._show_link)
        parts.sync.enrolled.connect(self._enrolled)
        parts.tasks.changed.connect(parts.printers.follow)
        self._printer_watch = PrinterWatch(window, parts, self)
        self.customer_screen = CustomerScreen(window, parts)
        window.closing.connect(self.customer_screen.close)
        self._update_watch = UpdateWatch(window, parts, self)
        self._reminder, self._new_tasks = Reminder(window, parts, self), NewTasks(parts, self)
        parts.tasks.order_wanted.connect(self._show_counter)
        parts.tasks.page_wanted.connect(self._bring_page)
        self._wedge.scanned.connect(parts.scan.hear_wedge)
        self._wedge.reading.connect(parts.scan.reading)
        self._wedge.swallowed_by_input_method.connect(self._warn_of_input_method)
        self._wedge.stroke.connect(parts.scan.stroke)
        parts.scan.testing_changed.connect(self._wedge.record)
        parts.devices.scanned.connect(parts.scan.hear_wedge)
        parts.devices.picture.connect(parts.scan.read_picture)
        parts.scan.text.connect(self._bring_counter)
        parts.scan.divert_to(self._divert)
        parts.scan.picture_without_code.connect(self._no_code)
        window.picture_given.connect(parts.scan.read_picture)
        parts.scan.picture_wanted.connect(window.choose_picture)
        window.language_changed.connect(self._show_all)
        window.top.badge.clicked.connect(self._explain_line)
        window.top.queue.clicked.connect(self._explain_line)
        window.top.clerk.clicked.connect(self._choose_clerk)
        parts.session.changed.connect(self._let_in)
        self._idle = IdleWatch(self)
        self._idle.fell_idle.connect(self._lock)

    def _open(self, found: Health | None) -> None:
        if self._parts.shop and not self._parts.shop.ready:
            # Enrolled or not, the set-up goes on where it was.
            self._window.go("shop")
            return
        self._window.show_frame(found is not None)
        if found:
            # Before any page is read: a machine whose own zone is not the store's would show the wrong hours.
            self._parts.times.use_zone(found.time_zone)
        self._window.go(self._first_page(found))
        self._enrolled_here = found is not None
        if found:
            self._lock()
            self._show_health(found)
            self._show_all()
            self._ask_health_soon()
            QTimer.singleShot(LATE_MS, self._begin)

    def _first_page(self, found: Health | None) -> str:
        if found is None:
            return "enrol"
        if not self._newly_enrolled or self._parts.preferences.now.welcomed or self._parts.shop:
            return "counter"
        self._parts.preferences.set(welcomed=True)
        return "ready"

    @Slot()
    def _begin(self) -> None:
        self._parts.sync.start()
        self._parts.printers.start()
        self._use_devices(self._parts.preferences.now)

    def _cannot_open(self, error: ZitiError) -> None:
        self._window.waiting.say("attention", words.error(error))

    def _use_devices(self, settings: Settings) -> None:
        if self._enrolled_here:
            self._parts.devices.follow(settings)
        wanted = settings.camera if settings.camera_on else None
        if self._enrolled_here and wanted != self._camera:
            self._camera = wanted
            if wanted is None:
                self._parts.scan.rest()
            else:
                self._parts.scan.start(wanted)

    @Slot(object)
    def _enrolled(self, _result: object) -> None:
        self._newly_enrolled = not self._enrolled_here
        self._parts.sync.forget()
        self._parts.tasks.ask(_opening, then=self._open)

    @Slot(object)
    def _dress(self, settings: Settings) -> None:
        self._language.speak(settings.language)
        shown = (settings.theme, settings.text_size)
        if self._window.property("look") != shown:
            self._window.setProperty("look", shown)
            theme.apply(self._app, *shown)
        self._parts.sounds.on = settings.sounds
        self._idle.set_minutes(settings.lock_minutes if settings.sign_in else 0)
        self._parts.scan.mirrored = settings.mirrored
        self._use_devices(settings)
        self._show_clerk()

    @Slot(str, str)
    def _bring_counter(self, _text: str, _source: str) -> None:
        if self._window.current not in self._typing_pages:
            self._window.go("counter")

    def _divert(self, text: str) -> bool:
        """Let the sale page have a barcode of its products while it is shown."""
        take = getattr(self._window.page(self._window.current), "take_scan", None) if self._window.current else None
        return bool(take and take(text))

    @property
    def _typing_pages(self) -> set[str]:
        """The pages that a scan does not leave."""
        return {"counter", "enrol"} if self._enrolled_here else {"counter", "enrol", "shop"}

    @Slot(str)
    def _bring_page(self, wanted: str) -> None:
        """Go where a page sends somebody: "settings/scanner" is a sheet of a page."""
        special = {"sign_in": self._lock, "leave": self._leaving.ask, "keys": self._show_keys}
        if act := special.get(wanted):
            act()
            return
        key, _, part = wanted.partition("/")
        self._window.go(key)
        page = self._window.page(key)
        if part and isinstance(page, HasParts):
            page.show_part(part)

    @Slot()
    def _show_counter(self) -> None:
        self._window.go("counter")

    @Slot()
    def _explain_line(self) -> None:
        self._window.go("sync")

    @Slot()
    def _choose_clerk(self) -> None:
        if self._parts.preferences.now.sign_in:
            self._lock()
        else:
            self._window.go("settings")

    # ── who is here ────────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _lock(self) -> None:
        """Let nobody work until somebody signs in; what is open on the pages stays as it is."""
        if self._enrolled_here and self._parts.preferences.now.sign_in:
            self._behind = self._window.current if self._window.current != "sign_in" else self._behind
            self._parts.session.leave()
            self._window.show_frame(False)
            self._window.keep_to("sign_in")

    @Slot()
    def _let_in(self) -> None:
        self._show_clerk()
        if self._parts.session.present:
            self._window.keep_to("")
            self._window.show_frame(True)
            self._window.go(self._behind or "counter")

    def _show_keys(self) -> None:
        self._window.visit("keys")

    def _know_staff(self, found: tuple[Member, ...]) -> None:
        managers = (each for each in found if each.has_pin and each.role is Role.MANAGER)
        self._parts.session.know(has_managers=any(managers))

    @Slot()
    def _no_code(self) -> None:
        self._window.banner.warn(self.tr("There is no code in this picture that can be read."))

    @Slot()
    def _warn_of_input_method(self) -> None:
        self._window.banner.warn(
            self.tr("Switch the keyboard to English (中/英, usually Shift): the input method swallows the scan.")
        )

    @Slot()
    def _ask_health_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _ask_health(self) -> None:
        if self._enrolled_here:
            self._parts.tasks.ask_quietly(health, then=self._show_health)
            self._parts.tasks.ask_quietly(members, then=self._know_staff)
            self._parts.tasks.ask_quietly(trusted_keys, then=self._genuine.trust)

    def _show_health(self, found: Health) -> None:
        self._health = found
        self._leaving.know(found)
        zone = self._parts.times.zone
        self._parts.times.use_zone(found.time_zone)
        if self._parts.times.zone != zone:
            # What is on screen was read in another zone, as on a machine whose own is not the store's.
            self._parts.tasks.changed.emit(Changes(all_orders=True))
        self._window.top.store.setText(found.store_name)
        waiting = [
            self.tr("%n to send", "", found.unsent) if found.unsent else "",
            self.tr("%n put aside", "", found.parked) if found.parked else "",
        ]
        self._window.top.show_queue(" · ".join(filter(None, waiting)))

    @Slot()
    def _show_all(self) -> None:
        self._show_link(self._parts.sync.link)
        self._show_clock()
        self._show_clerk()
        if self._health:
            self._show_health(self._health)

    @Slot(object)
    def _show_link(self, now: link.Link) -> None:
        self._window.top.show_badge(link.badge(now, self._parts.times))

    @Slot()
    def _show_clock(self) -> None:
        self._window.top.clock.setText(self._parts.times.hour(self._parts.times.now()))

    def _show_clerk(self) -> None:
        self._window.top.clerk.setText(self._parts.clerk or self.tr("Who is here?"))


def _opening(work: Work) -> Health | None:
    """Return how this terminal stands, or `None` for one that belongs to no store yet."""
    return health(work) if enrolment(work) else None
