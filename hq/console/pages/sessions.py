"""Live sessions: what is planned, live, over or not published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from hq import stores
from hq.console.frame import Page
from hq.console.session_form import Around, open_form
from hq.console.visit import Visit
from hq.console.widgets import Column, Table, button, heading
from hq.console.words import SESSION_STATES, SESSION_TONES, Word
from hq.goods import catalogue
from hq.mall import sessions
from hq.mall.sessions import Session
from hq.people.operators import Role


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""

    async def add() -> None:
        if found := await see.look(around):
            open_form(see, found.value, None)

    with heading(see.say("直播场次", "Live sessions"), see.say("购物车链接、商品、自提规则", "Links, products, rules")):
        if see.may(Role.OPERATOR):
            button(see.say("新增场次", "Add a session"), add, icon="add", kind="main")
    columns = (
        Column("title", see.say("标题", "Title"), "link"),
        Column("state", see.say("状态", "State"), "chip"),
        Column("slug", see.say("链接名", "Link")),
        Column("host", see.say("主播", "Host")),
        Column("starts", see.say("开始", "Starts")),
        Column("ends", see.say("结束", "Ends")),
        Column("products", see.say("商品", "Products"), "number"),
        Column("stores", see.say("门店", "Stores")),
    )
    table = Table(columns, empty=see.say("还没有直播场次。", "No live session yet."))
    await see.live(sessions.all_sessions, lambda found: table.show([_row(see, each) for each in found]))


def around(conn: Connection) -> Around:
    """Return what a session's form offers to choose from."""
    return Around(stores.all_stores(conn), catalogue.all_products(conn))


def state_of(see: Visit, session: Session) -> str:
    """Return where a session stands: planned, live, over or unpublished."""
    if not session.published:
        return "unpublished"
    if see.now < session.starts_at:
        return "planned"
    return "live" if see.now < session.ends_at else "over"


def _row(see: Visit, each: Session) -> dict[str, Any]:
    state = state_of(see, each)
    everywhere = see.say("全部", "All")
    return {
        "id": each.id,
        "title": each.title,
        "state": see.word(SESSION_STATES, state),
        "state_tone": SESSION_TONES[state],
        "slug": each.slug,
        "host": each.host,
        "starts": see.at(each.starts_at),
        "ends": see.at(each.ends_at),
        "products": len(each.offers),
        "stores": everywhere if each.store_ids is None else str(len(each.store_ids)),
        "href": f"/console/sessions/{each.slug}",
    }


PAGES = (Page("/sessions", Word("直播场次", "Live sessions"), draw, icon="live_tv", place=35),)
