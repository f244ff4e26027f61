"""One open page: who looks at it, how it reads, acts and stays fresh; every action asks anew whether it may."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from nicegui import ui
from nicegui.client import Client
from sqlalchemy import Connection

from app.errors import ZitiError
from hq.console.pulse import Pulse
from hq.console.words import REFUSALS, Word, named
from hq.desk import Desk
from hq.people import audit, sign_in
from hq.people.operators import Operator, Role
from hq.problems import Rejection
from hq.work import Usecase, Work

LOG = logging.getLogger("ziti.hq.console")
T = TypeVar("T")
# Ages on the page grow although nothing changed.
_REDRAW_EVERY = 15
# Whether the session still holds is asked also while nothing changes.
_ASK_EVERY = 5
# What belongs to no store is told in the time of HQ's country.
HOME = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """An action that was carried out, and its answer."""

    value: T


@dataclass(slots=True)
class Part:
    """Something on the page that follows the data: read again, shown again when it differs."""

    query: Callable[[Connection], Any]
    show: Callable[[Any], None]
    shown: Any = None
    is_shown: bool = False


class Visit:
    """Given to every page."""

    def __init__(
        self, desk: Desk, pulse: Pulse, client: Client, token: str, operator: Operator, needs: Role = Role.VIEWER
    ) -> None:
        self.desk = desk
        self.client = client
        self.token = token
        self.operator = operator
        self.address = client.ip
        cookies = client.request.cookies
        self.language = "en" if cookies.get("ziti_language") == "en" else "zh"
        self.dark = cookies.get("ziti_dark") == "1"
        self._needs = needs
        self._pulse = pulse
        self._parts: list[Part] = []
        self._seen: tuple[Any, ...] | None = None
        self._ticks = 0
        self.on_trouble: Callable[[str], None] = lambda _sentence: None

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────────

    def say(self, zh: str, en: str) -> str:
        """Return a sentence in the page's language."""
        return en if self.language == "en" else zh

    def word(self, words: Any, key: str) -> str:
        """Return a word of the catalogue."""
        return named(words, key, self.language)

    def sentence(self, code: str, english: str) -> str:
        """Return a refusal in the page's language."""
        return english if self.language == "en" else REFUSALS.get(code, english)

    def mistake(self) -> str:
        """Return what is said when the fault is ours."""
        return self.say("总部出错了，详情见日志。", "HQ made a mistake; it is in its log.")

    def choices(self, words: Any) -> dict[str, str]:
        """Return a catalogue as the options of a select box."""
        return {key: word.of(self.language) for key, word in words.items() if isinstance(word, Word)}

    def at(self, moment: datetime | None, zone: ZoneInfo = HOME) -> str:
        """Return a moment as people write it."""
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "—"

    def age(self, moment: datetime | None) -> str:
        """Return how long ago a moment was."""
        if moment is None:
            return "—"
        seconds = max(0, int((self.now - moment).total_seconds()))
        if seconds < 60:
            return self.say("刚刚", "just now")
        for size, zh, en in ((86_400, "天前", "d ago"), (3_600, "小时前", "h ago"), (60, "分钟前", "min ago")):
            if seconds >= size:
                return f"{seconds // size} {self.say(zh, en)}"
        return ""

    @property
    def site(self) -> str:
        """HQ's address as customers and terminals know it."""
        asked = str(self.client.request.base_url).removesuffix("/console/")
        return (self.desk.office.settings.public_url or asked).rstrip("/")

    @property
    def now(self) -> datetime:
        """HQ's time."""
        return self.desk.office.now()

    def may(self, role: Role) -> bool:
        """Tell whether to offer an action; whether it is allowed is asked again when it is carried out."""
        return self.operator.role.covers(role)

    # ── reading ────────────────────────────────────────────────────────────────────────────────────────────

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query for whoever still is signed in, and still may see this page."""

        def checked(conn: Connection) -> T:
            sign_in.looking(conn, self.token, self.now, self._needs)
            return query(conn)

        return await self.desk.read(checked)

    async def live(self, query: Callable[[Connection], T], show: Callable[[T], None]) -> Part:
        """Show what a query says, now and whenever that changes."""
        part = Part(query, show)
        await self._refresh(part)
        # Only now: what was refused at once is not asked for again and again.
        self._parts.append(part)
        return part

    async def region(self, query: Callable[[Connection], T], draw: Callable[[T], None], classes: str = "") -> Part:
        """Draw a piece of the page from a query, anew whenever its answer changes; the rest stays as it is."""
        box = ui.element("div").classes(classes)

        def redraw(data: T) -> None:
            box.clear()
            with box:
                draw(data)

        return await self.live(query, redraw)

    async def look(self, query: Callable[[Connection], T]) -> Done[T] | None:
        """Run a query for an action; `None` when it is refused, with a toast."""
        try:
            return Done(await self.read(query))
        except Rejection as refused:
            self.refuse(refused)
        except ZitiError as error:
            self.toast(self.sentence("storage", str(error)), bad=True)
        return None

    async def refresh(self, *, anew: bool = False) -> None:
        """Read everything again and show what differs; `anew` also what does not, since ages grow."""
        try:
            for part in list(self._parts):
                await self._refresh(part, anew=anew)
            self.on_trouble("")
        except Rejection as refused:
            self._stop_showing(refused)
        except ZitiError as error:
            self.on_trouble(self.sentence("storage", str(error)))

    async def tick(self) -> None:
        """Look whether anything changed; what the page shows is read again only then."""
        if self.client.is_deleted:
            return
        self._ticks += 1
        try:
            version = await self._pulse.version()
            if self._ticks % _ASK_EVERY == 0:
                await self.read(lambda _conn: None)
        except Rejection as refused:
            self._stop_showing(refused)
            return
        except ZitiError as error:
            self.on_trouble(self.sentence("storage", str(error)))
            return
        anew = self._ticks % _REDRAW_EVERY == 0
        if version != self._seen or anew:
            self._seen = version
            await self.refresh(anew=anew)

    async def _refresh(self, part: Part, *, anew: bool = False) -> None:
        data = await self.read(part.query)
        if anew or not part.is_shown or data != part.shown:
            part.shown, part.is_shown = data, True
            part.show(data)

    def _stop_showing(self, refused: Rejection) -> None:
        if refused.code == "role" and not self.client.is_deleted:
            # The page itself may not be seen any more: loaded again it says so.
            with self.client:
                ui.navigate.reload()
            return
        self.refuse(refused)

    # ── acting ─────────────────────────────────────────────────────────────────────────────────────────────

    async def act(
        self, action: str, subject: str, usecase: Usecase[T], *, detail: str = "", role: Role = Role.OPERATOR
    ) -> Done[T] | None:
        """Carry out an action and write down who did it, in one transaction; `None` when it is refused, with a toast.

        Whether the session still holds and its role suffices is asked in the same transaction.
        """

        def audited(work: Work) -> T:
            who = sign_in.acting(work, self.token, role)
            value = usecase(work)
            audit.record(work, who.login, action, subject, detail)
            return value

        done = await self._carried_out(audited, action)
        if done:
            await self.refresh()
        return done

    async def step(self, usecase: Usecase[T], *, role: Role = Role.OPERATOR) -> Done[T] | None:
        """Carry out one step of an action whose last step is written down by `act`; `None` when it is refused."""

        def checked(work: Work) -> T:
            sign_in.acting(work, self.token, role)
            return usecase(work)

        return await self._carried_out(checked, "step")

    async def _carried_out(self, usecase: Usecase[T], action: str) -> Done[T] | None:
        try:
            return Done(await self.desk.write(usecase))
        except Rejection as refused:
            self.refuse(refused)
        except ZitiError as error:
            self.toast(self.sentence("storage", str(error)), bad=True)
        except Exception:  # the page's edge: the log gets the trace, the operator a sentence, and the page lives on
            LOG.exception("an action failed: %s", action)
            self.toast(self.mistake(), bad=True)
        return None

    def toast(self, sentence: str, *, bad: bool = False) -> None:
        """Show a sentence for a moment, unless nobody looks any more."""
        if self.client.is_deleted:
            return
        with self.client:
            ui.notify(sentence, type="negative" if bad else "positive", position="top", timeout=6000 if bad else 2500)

    def refuse(self, refused: Rejection) -> None:
        """Show why something is not done; whose session is over is led to the door."""
        self.toast(self.sentence(refused.code, refused.sentence), bad=True)
        if refused.status == HTTPStatus.UNAUTHORIZED and not self.client.is_deleted:
            with self.client:
                ui.navigate.to("/sign-in?over=1")
