"""The evening list: what is left tonight, counted and listed for all of a session's products in one grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nicegui import events, ui
from sqlalchemy import Connection

from app.domain.rules import EveningRule
from hq import stores
from hq.console import entries
from hq.console.frame import Page
from hq.console.pages.stock import state_of
from hq.console.visit import Visit
from hq.console.widgets import button, chip, choice, heading, nothing_here, typed
from hq.console.words import Word
from hq.goods import catalogue, shelving, stock
from hq.goods.shelving import Change
from hq.mall import sessions
from hq.mall.sessions import Session
from hq.people.operators import Role
from hq.problems import Rejection
from hq.routing import Balance
from hq.stores import StoreRow

_MOST_ON_HAND = 1_000_000


@dataclass(slots=True)
class _Chosen:
    session: str
    store: int


@dataclass(frozen=True, slots=True)
class _Grid:
    """A session's products in a store: number, name, and what is known of it."""

    session: Session
    store: StoreRow
    lines: tuple[tuple[int, str, Balance | None], ...]


@dataclass(frozen=True, slots=True)
class _Cells:
    number: int
    before: Balance | None
    on_hand: ui.input
    listed: ui.checkbox


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    now = see.now
    every = await see.read(sessions.all_sessions)
    evenings = [each for each in every if isinstance(each.rules.window, EveningRule) and each.ends_at > now]
    known = {store.number: store for store in await see.read(stores.all_stores) if store.active}
    with heading(
        see.say("今晚清单", "Evening list"),
        see.say("今晚还剩多少，一张表改完", "What is left tonight, in one grid"),
    ):
        pass
    if not evenings or not known:
        nothing_here(
            "nightlife",
            see.say(
                "没有当晚自提的场次：先新增一个“当晚”规则的场次。",
                "No session with a same-evening rule: add one first.",
            ),
        )
        return
    chosen = _Chosen(evenings[0].slug, next(iter(known)))
    box = ui.element("div")

    async def redraw() -> None:
        found = await see.look(lambda conn: _grid(conn, chosen, known))
        box.clear()
        if found:
            with box:
                _draw_grid(see, found.value, redraw)

    _filters(see, chosen, evenings, known, redraw)
    box.move(target_index=-1)
    await redraw()


def _filters(see: Visit, chosen: _Chosen, evenings: list[Session], known: Mapping[int, StoreRow], redraw: Any) -> None:
    def setter(name: str) -> Any:
        async def changed(event: events.ValueChangeEventArguments[Any]) -> None:
            setattr(chosen, name, event.value)
            await redraw()

        return changed

    with ui.element("div").classes("filters"):
        titles = {each.slug: each.title for each in evenings}
        choice(see.say("场次", "Session"), titles, chosen.session).classes("wide").on_value_change(setter("session"))
        its = {number: f"{number} {store.name}" for number, store in known.items()}
        choice(see.say("门店", "Store"), its, chosen.store).classes("wide").on_value_change(setter("store"))


def _grid(conn: Connection, chosen: _Chosen, known: Mapping[int, StoreRow]) -> _Grid:
    session, store = sessions.by_slug(conn, chosen.session), known[chosen.store]
    numbers = [offer.product_number for offer in session.offers]
    products = catalogue.find(conn, numbers)
    balances = stock.balances(conn, store.id, numbers)
    lines = tuple((number, products[number].name, balances.get(number)) for number in numbers if number in products)
    return _Grid(session, store, lines)


def _draw_grid(see: Visit, grid: _Grid, redraw: Any) -> None:
    may = see.may(Role.OPERATOR)
    cells: list[_Cells] = []
    with ui.element("section").classes("card"), ui.element("div").classes("grid-sheet"):
        for title in ("商品 Product", "在库 On hand", "已承诺 Promised", "上架 Listed", "状态 State"):
            zh, en = title.split(" ", 1)
            ui.label(see.say(zh, en)).classes("grid-head")
        for number, name, balance in grid.lines:
            ui.label(f"{number} {name}")
            on_hand = ui.input(value=str(balance.on_hand) if balance else "").props("dense outlined").classes("short")
            on_hand.props["aria-label"] = f"{see.say('在库', 'On hand')} {name}"
            ui.label(str(balance.reserved) if balance else "—").classes("count")
            listed = ui.checkbox(value=balance.listed if balance else False)
            listed.props["aria-label"] = f"{see.say('上架', 'Listed')} {name}"
            chip(*(state_of(see, balance) if balance else (see.say("未登记", "Not counted"), "off")))
            on_hand.set_enabled(may)
            listed.set_enabled(may)
            cells.append(_Cells(number, balance, on_hand, listed))
    if may:
        with ui.element("div").classes("tools page-end"):
            button(
                see.say("保存清单", "Save the list"), lambda: _save(see, grid, cells, redraw), icon="save", kind="main"
            )


async def _save(see: Visit, grid: _Grid, cells: list[_Cells], redraw: Any) -> None:
    try:
        changes = _changes(cells)
    except Rejection as refused:
        see.refuse(refused)
        return
    if not changes:
        see.toast(see.say("没有改动。", "Nothing has changed."))
        return
    number, by = grid.store.number, see.operator.login
    before = {each.number: each.before for each in cells}
    told = ", ".join(f"{each}: {change.told(before[each])}" for each, change in changes.items())
    done = await see.act(
        "evening_saved",
        f"{number} {grid.store.name} · {grid.session.slug}",
        lambda work: shelving.set_stock(work, number, changes, by),
        detail=told,
    )
    if done:
        see.toast(see.say(f"已保存 {len(changes)} 种商品", f"Saved {len(changes)} products"))
        await redraw()


def _changes(cells: list[_Cells]) -> dict[int, Change]:
    found: dict[int, Change] = {}
    for each in cells:
        said = typed(each.on_hand)
        if not said and each.before is None:
            continue
        on_hand = entries.whole(said, "on_hand", 0, _MOST_ON_HAND)
        change = Change.of(each.before, on_hand, listed=bool(each.listed.value))
        if change.differs(each.before):
            found[each.number] = change
    return found


PAGES = (Page("/evening", Word("今晚清单", "Evening list"), draw, icon="nightlife", place=42),)
