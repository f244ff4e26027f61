"""Alerts to work off, and incidents of all stores with both their stories."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui
from sqlalchemy import Connection

from hq import alerts, stores
from hq.alerts import Alert
from hq.console.alert_story import story_of, subject_of, what_to_do
from hq.console.frame import Page
from hq.console.incident_story import open_incident
from hq.console.shortage_dialog import open_shortage
from hq.console.visit import HOME, Visit
from hq.console.widgets import Column, Dialog, Table, button, card, chip, facts, heading, long_text, typed
from hq.console.words import ALERTS, INCIDENTS, Word
from hq.counters import incidents
from hq.goods import catalogue
from hq.people.operators import Role
from hq.stores import StoreRow
from sync.wire import IncidentItem


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    with heading(see.say("提醒与异常", "Alerts and incidents"), see.say("未处理的在前", "Open ones first")):
        pass
    known = {store.id: store for store in await see.read(stores.all_stores)}
    names = {each.number: each.name for each in await see.read(catalogue.all_products)}
    await _alerts(see, known, names)
    await _incidents(see, known)


async def _alerts(see: Visit, known: Mapping[str, StoreRow], names: Mapping[int, str]) -> None:
    shown: dict[str, Alert] = {}

    def query(conn: Connection) -> list[Alert]:
        return [*alerts.open_ones(conn), *alerts.closed_ones(conn)[:50]]

    def show(found: list[Alert]) -> None:
        shown.clear()
        shown.update({alert.id: alert for alert in found})
        table.show([_alert(see, alert, known, names) for alert in found])

    def opened(alert_id: str) -> None:
        if alert := shown.get(alert_id):
            _open_alert(see, alert, known, names)

    with card(see.say("提醒（由运营处理）", "Alerts (operators work them off)")):
        columns = (
            Column("kind", see.say("提醒", "Alert"), "open"),
            Column("order", see.say("订单", "Order"), "link"),
            Column("subject", see.say("事由", "Subject"), "long"),
            Column("store", see.say("门店", "Store")),
            Column("opened", see.say("时间", "Since")),
            Column("state", see.say("状态", "State"), "chip"),
        )
        table = Table(
            columns, empty=see.say("没有提醒，一切正常。", "No alerts: all is well."), on_open=opened, sort=False
        )
    await see.live(query, show)


def _alert(see: Visit, alert: Alert, known: Mapping[str, StoreRow], names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": alert.id,
        "kind": see.word(ALERTS, alert.kind),
        "order": f"#{alert.order_number % 10_000:04d}" if alert.order_number is not None else "",
        "href": f"/console/orders/{alert.order_number}",
        "subject": subject_of(see, alert, names),
        "store": _name(known, alert.store_id),
        "opened": see.at(alert.opened_at),
        "state": see.say("已关闭", "Closed") if alert.closed_at else see.say("未处理", "Open"),
        "state_tone": "off" if alert.closed_at else "bad",
    }


def _open_alert(see: Visit, alert: Alert, known: Mapping[str, StoreRow], names: Mapping[int, str]) -> None:
    may_close = alert.closed_at is None and see.may(Role.OPERATOR)
    close = see.say("关闭提醒", "Close alert") if may_close else ""
    with Dialog(see, see.word(ALERTS, alert.kind), save=close, wide=True) as dialog:
        with ui.element("div").classes("whole tools"):
            chip(_name(known, alert.store_id), "info")
            if alert.order_number is not None:
                ui.link(f"#{alert.order_number % 10_000:04d}", f"/orders/{alert.order_number}").classes("row-link")
            ui.label(see.at(alert.opened_at))
        with ui.element("div").classes("whole"):
            facts(story_of(see, alert, names, _zone(known, alert.store_id)))
        if to_do := what_to_do(see, alert.kind):
            chip(to_do, "wait").classes("whole")
        if alert.kind == "shortage" and alert.order_number is not None:
            with ui.element("div").classes("whole"):
                work_off = partial(_work_off, see, alert.order_number, dialog)
                button(see.say("处理缺货", "Work it off"), work_off, icon="support_agent", kind="main")
        if alert.closed_at:
            with ui.element("div").classes("whole"):
                facts(
                    [
                        (see.say("关闭时间", "Closed"), see.at(alert.closed_at)),
                        (see.say("关闭人", "By"), alert.closed_by),
                        (see.say("原因", "Reason"), alert.reason),
                    ]
                )
        reason = long_text(see.say("处理结果 / 原因", "What was done, and why")) if may_close else None

    async def save() -> bool:
        said = typed(reason) if reason else ""
        store_id, alert_id, by = alert.store_id, alert.id, see.operator.login
        done = await see.act(
            "alert_closed",
            f"{_name(known, store_id)} · {alert.kind} · {alert.subject}",
            lambda work: alerts.close(work, store_id, alert_id, by=by, reason=said),
            detail=said,
        )
        if done:
            see.toast(see.say("已关闭", "Closed"))
        return done is not None

    dialog.on_save = save


async def _work_off(see: Visit, number: int, dialog: Dialog) -> None:
    dialog.close()
    with see.client:
        await open_shortage(see, number)


async def _incidents(see: Visit, known: Mapping[str, StoreRow]) -> None:
    shown: dict[str, tuple[str, IncidentItem]] = {}

    def show(found: list[tuple[str, IncidentItem]]) -> None:
        shown.clear()
        shown.update({item.id: (store_id, item) for store_id, item in found})
        table.show([_incident(see, store_id, item, known) for store_id, item in found])

    def opened(incident_id: str) -> None:
        if incident_id in shown:
            store_id, item = shown[incident_id]
            open_incident(see, _name(known, store_id), _zone(known, store_id), item)

    with card(see.say("异常（由店长在收银台处理）", "Incidents (the store's manager closes them at the counter)")):
        columns = (
            Column("what", see.say("异常", "Incident"), "open"),
            Column("order", see.say("订单", "Order")),
            Column("store", see.say("门店", "Store")),
            Column("opened", see.say("发现时间", "Found")),
            Column("state", see.say("状态", "State"), "chip"),
        )
        table = Table(columns, empty=see.say("没有异常。", "No incidents."), on_open=opened, sort=False)
    await see.live(incidents.everywhere, show)


def _incident(see: Visit, store_id: str, item: IncidentItem, known: Mapping[str, StoreRow]) -> dict[str, Any]:
    waits = see.say("待店长处理", "Manager closes")
    return {
        "id": item.id,
        "what": see.word(INCIDENTS, item.incident.value),
        "order": f"#{item.order_number % 10_000:04d}" if item.order_number is not None else "—",
        "store": _name(known, store_id),
        "opened": see.at(item.opened_at),
        "state": see.say(f"已关闭（{item.closed_by}）", f"Closed ({item.closed_by})") if item.closed_at else waits,
        "state_tone": "off" if item.closed_at else "bad",
    }


def _zone(known: Mapping[str, StoreRow], store_id: str) -> ZoneInfo:
    store = known.get(store_id)
    return ZoneInfo(store.time_zone) if store else HOME


def _name(known: Mapping[str, StoreRow], store_id: str) -> str:
    store = known.get(store_id)
    return f"{store.number} {store.name}" if store else store_id


PAGES = (Page("/incidents", Word("提醒与异常", "Alerts"), draw, icon="notification_important", place=25),)
