"""The frame around every page: navigation, top bar, the page's own timer; and how pages are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from dataclasses import dataclass

from fastapi import Request
from nicegui import ui

from app.errors import ZitiError
from hq.console import pages
from hq.console.gate import OPERATOR, session_token
from hq.console.pulse import Pulse
from hq.console.visit import LOG, Visit
from hq.console.widgets import nothing_here
from hq.console.words import ROLES, Word
from hq.desk import Desk
from hq.people import sign_in
from hq.people.operators import Role
from hq.problems import Rejection

TICK_SECONDS = 2.0
Draw = Callable[[Visit, Mapping[str, str]], Awaitable[None]]
_STYLE = '<link rel="stylesheet" href="/static/console.css">'
_COOKIE = "document.cookie = '{}; path=/console; max-age=31536000; samesite=strict'"


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the console. A file in `hq/console/pages` names its own in `PAGES`, and that is all.

    `draw` is given the visit and what the address says. A page with an `icon` stands in the navigation, at `place`.
    """

    path: str
    title: Word
    draw: Draw
    icon: str = ""
    place: int = 0
    role: Role = Role.VIEWER


def all_pages() -> list[Page]:
    """Return the pages of every file in `hq/console/pages`, in the navigation's order."""
    modules = [
        importlib.import_module(f"{pages.__name__}.{found.name}") for found in pkgutil.iter_modules(pages.__path__)
    ]
    return sorted((page for module in modules for page in module.PAGES), key=lambda page: (page.place, page.path))


def register(desk: Desk) -> None:
    """Tell NiceGUI of every page."""
    pulse = Pulse(desk)
    known = all_pages()
    for page in known:
        ui.page(page.path, title=f"{page.title.zh} · Ziti HQ")(_serving(page, known, desk, pulse))


def _serving(page: Page, known: list[Page], desk: Desk, pulse: Pulse) -> Callable[[Request], Awaitable[None]]:
    async def serve(request: Request) -> None:
        token = session_token(request)
        see = Visit(desk, pulse, ui.context.client, token, request.scope[OPERATOR], page.role)
        _dress(see, page)
        _navigation(see, page, known)
        await _fill(see, page, request.path_params)
        if see.may(page.role):
            ui.timer(TICK_SECONDS, see.tick)

    return serve


async def _fill(see: Visit, page: Page, told: Mapping[str, str]) -> None:
    with ui.element("main").classes("page"):
        if not see.may(page.role):
            nothing_here("lock", see.say("您的权限不足以查看此页。", "Your role does not let you see this page."))
            return
        try:
            await see.desk.write(lambda work: sign_in.seen(work, see.token))
            await page.draw(see, told)
        except Rejection as refused:
            nothing_here("search_off", see.sentence(refused.code, refused.sentence))
        except ZitiError as error:
            nothing_here("cloud_off", see.sentence("storage", str(error)))
        except Exception:  # noqa: BLE001 - the page's edge: the log gets the trace, the operator a sentence
            LOG.exception("a page failed: %s", page.path)
            nothing_here("error_outline", see.mistake())


def _dress(see: Visit, page: Page) -> None:
    ui.add_head_html(_STYLE)
    ui.page_title(f"{page.title.of(see.language)} · {see.say('自提总部', 'Ziti HQ')}")
    if see.language == "en":
        # NiceGUI gives a page one language for everybody: this visit gets a copy of its own.
        see.client.page = copy(see.client.page)
        see.client.page.language = "en-US"


def _navigation(see: Visit, page: Page, known: list[Page]) -> None:
    dark = ui.dark_mode(value=see.dark)
    with ui.header(bordered=True).classes("top"):
        ui.label(see.say("自提总部", "Ziti HQ")).classes("brand")
        ui.element("div").classes("spacer")
        trouble = ui.label().classes("trouble")
        trouble.visible = False
        _tools(see, dark)
    with ui.left_drawer(value=True, bordered=True).props("width=208 breakpoint=900").classes("side"):
        for each in known:
            if each.icon and see.may(each.role):
                _entry(see, each, is_here=each.path == page.path or _is_under(page.path, each.path))

    def show(sentence: str) -> None:
        trouble.text = sentence
        trouble.visible = bool(sentence)

    see.on_trouble = show


def _is_under(path: str, parent: str) -> bool:
    return parent != "/" and path.startswith(f"{parent}/")


def _entry(see: Visit, page: Page, *, is_here: bool) -> None:
    with ui.link(target=page.path).classes("entry here" if is_here else "entry") as entry:
        ui.icon(page.icon)
        ui.label(page.title.of(see.language))
    if is_here:
        entry.props["aria-current"] = "page"


def _tools(see: Visit, dark: ui.dark_mode) -> None:
    async def turn() -> None:
        see.dark = not see.dark
        dark.set_value(see.dark)
        lamp.props(f"icon={_lamp(see)}")
        ui.run_javascript(_COOKIE.format(f"ziti_dark={int(see.dark)}"))
        # Charts have their colours from here, not from the style sheet.
        await see.refresh(anew=True)

    def speak() -> None:
        other = "zh" if see.language == "en" else "en"
        ui.run_javascript(_COOKIE.format(f"ziti_language={other}") + "; location.reload()")

    lamp = ui.button(icon=_lamp(see), on_click=turn, color=None).props("flat round dense")
    lamp.props["aria-label"] = see.say("浅色或深色", "Light or dark")
    ui.button(see.say("English", "中文"), on_click=speak, color=None).props("flat dense no-caps")
    with ui.link(target="/account").classes("who"):
        ui.icon("account_circle")
        ui.label(see.operator.name)
        ui.label(see.word(ROLES, see.operator.role)).classes("role")
    ui.button(see.say("退出", "Sign out"), icon="logout", on_click=sign_out, color=None).props("flat dense no-caps")


def sign_out() -> None:
    """Let the browser ask the door to end the session: only that can take the cookie away."""
    ui.run_javascript("fetch('/console/sign-out', {method: 'POST'}).finally(() => location.assign('/console/sign-in'))")


def _lamp(see: Visit) -> str:
    return "light_mode" if see.dark else "dark_mode"
