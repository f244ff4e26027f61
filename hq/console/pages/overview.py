"""Overview: today's orders by state, silent stores, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import ui

from app.domain.order import Status
from hq.console.frame import Page
from hq.console.visit import HOME, Visit
from hq.console.widgets import Column, Table, card, heading
from hq.console.words import STATUS, TONES, Word
from hq.counters.contacts import Silence
from hq.reports import overview
from hq.reports.overview import Overview

_ALWAYS_SHOWN = (
    Status.ASSIGNED,
    Status.PREPARING,
    Status.PREPARED,
    Status.AWAITING_PICKUP,
    Status.COMPLETED,
    Status.SHORTAGE,
    Status.CANCELLED,
)


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    with heading(see.say("概览", "Overview"), see.say("实时数据，自动刷新", "Live: refreshes by itself")):
        pass
    contacts = see.desk.contacts
    await see.region(
        lambda conn: overview.look(conn, contacts, see.now, HOME), lambda found: _figures(see, found), "stack"
    )


def _figures(see: Visit, found: Overview) -> None:
    counts = dict(found.by_state)
    with (
        card(see.say("今日订单（按自提时段）", "Today's orders (by pickup window)")),
        ui.element("div").classes("figures"),
    ):
        for status in Status:
            if status in _ALWAYS_SHOWN or status in counts:
                _figure(
                    see.word(STATUS, status), str(counts.get(status, 0)), f"/orders?status={status}&day=today",
                    TONES[status] if counts.get(status) else "off",
                )  # fmt: skip
    with ui.element("div").classes("figures wide"):
        _figure(
            see.say("未处理异常", "Open incidents"),
            str(found.open_incidents),
            "/incidents",
            _alarm(found.open_incidents),
        )
        _figure(see.say("未处理提醒", "Open alerts"), str(found.open_alerts), "/incidents", _alarm(found.open_alerts))
        _figure(see.say("失联门店", "Silent stores"), str(len(found.silent)), "/stores", _alarm(len(found.silent)))
        _figure(see.say("营业门店", "Active stores"), str(found.stores), "/stores", "off")
        _figure(see.say("在用收银台", "Terminals in use"), str(found.terminals), "/stores", "off")
    with card(see.say("超过 5 分钟没有联系的门店", "Stores without a contact for more than 5 minutes")):
        columns = (
            Column("number", see.say("编号", "Number"), "link"),
            Column("name", see.say("门店", "Store")),
            Column("heard", see.say("最后联系", "Last contact")),
        )
        table = Table(columns, empty=see.say("所有门店都在线。", "Every store is in touch."))
        table.show([_silence(see, each) for each in found.silent])


def _silence(see: Visit, each: Silence) -> dict[str, str]:
    since = see.say("总部启动后尚未联系", "Not since HQ started")
    heard = f"{see.at(each.heard_at)}（{see.age(each.heard_at)}）" if each.heard_at else since
    number = str(each.number)
    return {"id": number, "number": number, "name": each.name, "heard": heard, "href": f"/console/stores/{number}"}


def _alarm(count: int) -> str:
    return "bad" if count else "good"


def _figure(name: str, value: str, target: str, tone: str) -> None:
    with ui.link(target=target).classes(f"figure {tone}"):
        ui.label(value).classes("value")
        ui.label(name).classes("name")


PAGES = (Page("/", Word("概览", "Overview"), draw, icon="dashboard", place=10),)
