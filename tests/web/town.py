"""A mall with something on every page of the console, and the people who sit at it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

from app.domain.events import EventKind
from hq import alerts, stores
from hq.office import Office
from hq.people import operators, passwords
from hq.people.operators import Role
from hq.stores import Profile
from hq.work import Work
from tests.hq.server import Mall, Running, Teller, running, settings_in, window

PASSWORD = "violet-harbour-92"
STORE = 101
PEOPLE = (("chen", "陈经理", Role.ADMIN), ("li", "李运营", Role.OPERATOR), ("wang", "王只读", Role.VIEWER))
LOCKABLE = "zhao"
DEMOTED = "sun"
LEAVING = "zheng"
RETIRED = "zhou"
OTHERS = (
    (LOCKABLE, "赵某", Role.OPERATOR),
    (DEMOTED, "孙某", Role.OPERATOR),
    (LEAVING, "郑某", Role.VIEWER),
    (RETIRED, "周某", Role.OPERATOR),
)


@dataclass
class Console:
    """A running HQ with a filled mall; `orders` by what they show."""

    hq: Running
    browser: Browser
    orders: dict[str, dict[str, Any]]
    _contexts: dict[tuple[str, str, bool], BrowserContext] = field(default_factory=dict)

    def sign_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        """Fill in the form without a browser; return the answer."""
        with httpx.Client(base_url=self.hq.url, headers={"Origin": self.hq.url}, timeout=30) as client:
            found = re.search(r'name="form" value="([0-9a-f]+)"', client.get("/console/sign-in").text)
            form = found[1] if found else ""
            return client.post("/console/sign-in", data={"form": form, "login": login, "password": password})

    def token(self, login: str) -> str:
        """Return the token of a new session."""
        return self.sign_in(login).cookies["ziti_console"]

    @contextlib.contextmanager
    def seat(self, login: str, *, language: str = "zh", dark: bool = False) -> Iterator[Page]:
        """Sit somebody down in front of the browser that they always sit at."""
        key = (login, language, dark)
        if key not in self._contexts:
            self._contexts[key] = self._context(login, language, dark=dark)
        page = self._contexts[key].new_page()
        yield page
        page.close()

    @contextlib.contextmanager
    def other_seat(self, login: str = "") -> Iterator[Page]:
        """Sit somebody, or a stranger, down in front of another browser."""
        context = self._context(login, "zh", dark=False)
        yield context.new_page()
        context.close()

    def _context(self, login: str, language: str, *, dark: bool) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.hq.url, viewport={"width": 1280, "height": 720}, reduced_motion="reduce"
        )
        context.set_default_timeout(10_000)
        told = {"ziti_language": language, "ziti_dark": str(int(dark))}
        told |= {"ziti_console": self.token(login)} if login else {}
        for name, value in told.items():
            context.add_cookies([{"name": name, "value": value, "url": f"{self.hq.url}/console/"}])
        return context


@contextlib.contextmanager
def console(data: Path, browser: Browser) -> Iterator[Console]:
    """Fill a mall, and serve it until the block ends."""
    office = Office.open(settings_in(data))
    office.write(_people)
    office.write(_stores)
    office.close()
    with running(data) as hq:
        mall = Mall(hq.operator, STORE)
        try:
            yield Console(hq, browser, _orders(mall))
        finally:
            mall.close()


@contextlib.contextmanager
def seated(data: Path, browser: Browser) -> Iterator[Console]:
    """Serve what is in `data` already, with people who may sign in, until the block ends."""
    office = Office.open(settings_in(data))
    office.write(_people)
    office.close()
    with running(data) as hq:
        yield Console(hq, browser, {})


def _people(work: Work) -> None:
    hashed = passwords.hashed(PASSWORD, "nobody")
    for login, name, role in (*PEOPLE, *OTHERS):
        operators.create(work, login, name, role, hashed)


def _stores(work: Work) -> None:
    hours = '{"weekly": {"mon": ["08:00-22:00"], "sat": ["09:00-12:00", "14:00-20:00"]}, "exceptions": {}}'
    where = {"address": "天钥桥路 1111 号", "district": "徐汇区", "phone": "021-64381234", "lat": 31.19, "lon": 121.44}
    store = stores.put(work, STORE, Profile(name="徐家汇店", hours=hours, capacity=12, **where))  # type: ignore[arg-type]
    stores.put(work, 102, Profile(name="陆家嘴店", address="世纪大道 8 号", district="浦东新区", active=False))
    facts = {"reason": "门店只剩 1 份", "terminal": "Counter 1"}
    alerts.record(work, store.id, "shortage", "草莓蛋糕 × 2", facts)
    alerts.record(work, store.id, "message", "短信发送失败 3 次", {"reason": "通道无响应"})


def _orders(mall: Mall) -> dict[str, dict[str, Any]]:
    mall.add_product(7)
    mall.add_product(8, name="可颂（原味）", sku="CROI-8", price_fen=1_800)
    first, second = mall.enrol("一号台"), mall.enrol("二号台")
    names = ("assigned", "prepared", "completed", "twice")
    found = {name: mall.place(note="请放冰袋" if name == "assigned" else "") for name in names}
    found["later"] = mall.place(**window(in_hours=30))
    teller = first.teller
    first.push(
        teller.tell(EventKind.PREPARED, found["prepared"]["number"], shelf="A-3"),
        teller.hand_over(found["completed"]["number"], "a-1"),
        teller.hand_over(found["twice"]["number"], "a-2"),
    )
    second.push(Teller("inc-2", "Zhang").hand_over(found["twice"]["number"], "b-1", terminal="二号台"))
    second.try_to_push({"id": "broken", "kind": "?"})
    return found
