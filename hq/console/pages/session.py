"""One live session: its link as a QR code, what it sells under which rules, and what has come of it so far."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nicegui import ui
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from hq import qr
from hq.console import entries
from hq.console.frame import Page
from hq.console.pages.sessions import around, state_of
from hq.console.rule_words import overdue_in_words, reschedule_in_words, rule_in_words
from hq.console.session_form import open_form
from hq.console.slowly import Slowly
from hq.console.visit import Visit
from hq.console.widgets import Column, Table, button, card, chip, facts, heading
from hq.console.words import GROUPS, SESSION_STATES, SESSION_TONES, STATUS, TONES, Word
from hq.goods import catalogue
from hq.mall import session_figures, sessions
from hq.mall.session_figures import SessionFigures
from hq.mall.sessions import Session
from hq.people.operators import Role
from hq.problems import Rejection, missing

_COPY = """
(() => {{
  const text = {text};
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text; document.body.append(area); area.select(); document.execCommand('copy'); area.remove();
}})()
"""
# Beyond these the grid of what is left would be wider than any screen.
_MOST_COLUMNS = 8
_ASK_EVERY = 10.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A session with the names of what it sells."""

    session: Session
    names: Mapping[int, str]


async def draw(see: Visit, told: Mapping[str, str]) -> None:
    """Draw the page."""
    slug = told["slug"]
    first = await see.read(lambda conn: _find(conn, slug))
    link = f"{see.site}/live/{slug}"
    picture = base64.b64encode(await run_in_threadpool(qr.text_png, link)).decode()
    await see.region(lambda conn: _find(conn, slug), lambda found: _head(see, found))
    with ui.element("div").classes("columns"):
        with ui.element("div").classes("stack"):
            _link(see, link, picture)
            with card(see.say("规则", "Rules")):
                await see.region(lambda conn: _find(conn, slug), lambda found: _rules(see, found))
        figures = Slowly(see.desk.office.clock, lambda conn: _figures(conn, slug), lambda: slug, _ASK_EVERY)
        await see.region(figures, lambda found: _told(see, first.names, *found), "stack")


def _find(conn: Connection, slug: str) -> Shown:
    try:
        session = sessions.by_slug(conn, slug)
    except Rejection as refused:
        raise missing("live_session", "There is no such live session.") from refused
    found = catalogue.find(conn, [offer.product_number for offer in session.offers])
    return Shown(session, {number: product.name for number, product in found.items()})


def _figures(conn: Connection, slug: str) -> tuple[Shown, SessionFigures]:
    shown = _find(conn, slug)
    return shown, session_figures.figures(conn, shown.session)


def _head(see: Visit, shown: Shown) -> None:
    session = shown.session
    state = state_of(see, session)

    async def edit() -> None:
        if found := await see.look(around):
            open_form(see, found.value, session)

    what = f"{session.slug} {session.title}"

    async def publish() -> None:
        if await see.act("session_published", what, lambda work: sessions.publish(work, session.slug, published=True)):
            see.toast(see.say("已发布", "Published"))

    async def unpublish() -> None:
        if await see.act(
            "session_unpublished", what, lambda work: sessions.publish(work, session.slug, published=False)
        ):
            see.toast(see.say("已下架", "Taken off"))

    with heading(session.title, see.say("直播场次", "Live session")):
        chip(see.word(SESSION_STATES, state), SESSION_TONES[state])
        if see.may(Role.OPERATOR):
            if session.published:
                button(see.say("下架", "Unpublish"), unpublish, icon="visibility_off")
            else:
                button(see.say("发布", "Publish"), publish, icon="visibility")
            button(see.say("编辑", "Edit"), edit, icon="edit", kind="main")


def _link(see: Visit, link: str, picture: str) -> None:
    def copy() -> None:
        ui.run_javascript(_COPY.format(text=json.dumps(link)))
        see.toast(see.say("链接已复制", "Link copied"))

    with card(see.say("顾客链接", "Customers' link")), ui.element("div").classes("link-card"):
        drawn = ui.element("img").props(f'src="data:image/png;base64,{picture}"')
        drawn.props["alt"] = see.say("顾客链接二维码", "QR code of the customers' link")
        with ui.element("div").classes("stack"):
            ui.label(link).classes("mono")
            with ui.element("div").classes("tools"):
                button(see.say("复制链接", "Copy link"), copy, icon="content_copy")
                ui.link(see.say("打开", "Open"), link, new_tab=True).classes("row-link")


def _rules(see: Visit, shown: Shown) -> None:
    session = shown.session
    everywhere = see.say("所有门店", "Every store")
    count = 0 if session.store_ids is None else len(session.store_ids)
    facts(
        [
            (see.say("时间", "Time"), f"{see.at(session.starts_at)} – {see.at(session.ends_at)}"),
            (see.say("主播", "Host"), session.host),
            (
                see.say("参加门店", "Stores"),
                everywhere if session.store_ids is None else see.say(f"{count} 家", str(count)),
            ),
            (see.say("到店自提优惠", "Discount for collecting"), f"{session.discount_percent} %"),
            (see.say("自提时段", "Windows"), rule_in_words(see, session.rules.window)),
            (see.say("改期", "Rescheduling"), reschedule_in_words(see, session.rules.reschedule)),
            (see.say("逾期", "Overdue"), overdue_in_words(see, session.rules.overdue)),
        ]
    )


def _told(see: Visit, names: Mapping[int, str], shown: Shown, figures: SessionFigures) -> None:
    names = {**names, **shown.names}
    with card(see.say("本场订单", "Orders of this session")):
        with ui.element("div").classes("tools"):
            for status, many in sorted(figures.by_state.items()):
                chip(f"{see.word(STATUS, status)} {many}", TONES.get(status, "off"))
        if not figures.by_state:
            ui.label(see.say("还没有订单。", "No orders yet.")).classes("hint")
        total = entries.yuan(figures.total_fen)
        ui.label(see.say(f"成交（不含取消）¥{total}", f"Sold (without cancelled) ¥{total}")).classes("total")
    with card(see.say("商品", "Products")):
        _products(see, shown, names, figures)
    if figures.groups:
        with card(see.say("拼团", "Groups")):
            _groups(see, figures)
    with card(see.say("各门店余量", "Left per store")):
        _left(see, shown, names, figures)


def _products(see: Visit, shown: Shown, names: Mapping[int, str], figures: SessionFigures) -> None:
    columns = (
        Column("name", see.say("商品", "Product"), "long"),
        Column("price", see.say("直播价（元）", "Live price"), "number"),
        Column("most", see.say("限购", "Limit"), "number"),
        Column("sold", see.say("已售", "Sold"), "number"),
        Column("left", see.say("余量", "Left"), "number"),
    )
    left: dict[int, int] = {}
    for store in figures.stores:
        for number, many in store.left.items():
            left[number] = left.get(number, 0) + max(0, many)
    Table(columns, empty="", sort=False).show(
        [
            {
                "id": offer.product_number,
                "name": names.get(offer.product_number, str(offer.product_number)),
                "price": entries.yuan(offer.price_fen),
                "most": offer.most,
                "sold": figures.sold.get(offer.product_number, 0),
                "left": left.get(offer.product_number, "—"),
            }
            for offer in shown.session.offers
        ]
    )


def _left(see: Visit, shown: Shown, names: Mapping[int, str], figures: SessionFigures) -> None:
    numbers = [offer.product_number for offer in shown.session.offers][:_MOST_COLUMNS]
    columns = (
        Column("store", see.say("门店", "Store"), "link"),
        *(Column(f"p{number}", names.get(number, str(number)), "number") for number in numbers),
    )
    rows: list[dict[str, Any]] = [
        {
            "id": store.number,
            "store": f"{store.number} {store.name}",
            "href": f"/console/stock?store={store.number}",
            **{f"p{number}": store.left.get(number, "—") for number in numbers},
        }
        for store in figures.stores
    ]
    Table(columns, empty=see.say("没有门店参加。", "No store takes part.")).show(rows)
    if len(shown.session.offers) > _MOST_COLUMNS:
        ui.label(see.say(f"只列出前 {_MOST_COLUMNS} 种商品。", f"The first {_MOST_COLUMNS} products.")).classes("hint")
    if len(figures.stores) == session_figures.MOST_STORES:
        most = session_figures.MOST_STORES
        ui.label(see.say(f"只列出前 {most} 家门店。", f"The first {most} stores.")).classes("hint")


def _groups(see: Visit, figures: SessionFigures) -> None:
    with ui.element("div").classes("tools"):
        for status, many in sorted(figures.groups.items()):
            chip(f"{see.word(GROUPS, status)} {many}", {"complete": "good", "failed": "bad"}.get(status, "wait"))
    columns = (
        Column("group", see.say("团", "Group")),
        Column("joined", see.say("人数", "Members")),
        Column("until", see.say("截止", "Until")),
    )
    Table(columns, empty=see.say("没有正在拼的团。", "No group is forming."), sort=False).show(
        [
            {
                "id": group.id,
                "group": group.id[-6:],
                "joined": f"{group.joined} / {group.wanted}",
                "until": see.at(group.deadline_at),
            }
            for group in figures.forming
        ]
    )


PAGES = (Page("/sessions/{slug}", Word("直播场次", "Live session"), draw, place=36),)
