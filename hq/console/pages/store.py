"""One store: its profile, staff, terminals, shifts, incidents, and what its terminals sent that HQ could not take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui
from sqlalchemy import Connection

from hq import stores
from hq.console import entries
from hq.console.frame import Page
from hq.console.incident_story import open_incident
from hq.console.shift_list import draw_shifts
from hq.console.staff_form import open_person
from hq.console.store_form import open_form
from hq.console.terminal_dialogs import open_code, open_terminal
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, card, facts, heading, long_text
from hq.console.words import INCIDENTS, STAFF_ROLES, Word
from hq.counters import contacts, inbox, incidents, terminals
from hq.counters.terminals import Terminal
from hq.people.operators import Role
from hq.problems import missing
from hq.stores import Person, StoreRow
from sync.wire import IncidentItem


@dataclass(frozen=True, slots=True)
class TerminalView:
    """A terminal, whether it leads, and when it was last heard."""

    terminal: Terminal
    leads: bool
    heard_at: datetime | None


async def draw(see: Visit, told: Mapping[str, str]) -> None:
    """Draw the page."""
    number = _number(told["number"])
    store = await see.read(lambda conn: stores.get(conn, number))
    with heading(f"{store.number} {store.name}", see.say("门店", "Store")):
        if see.may(Role.OPERATOR):
            button(see.say("编辑", "Edit"), lambda: _edit(see, number), icon="edit", kind="main")
    with ui.element("div").classes("columns"):
        with ui.element("div").classes("stack"):
            await _profile(see, number)
            await _staff(see, store)
        with ui.element("div").classes("stack"):
            await _terminals(see, store)
            await draw_shifts(see, store)
            await _incidents(see, store)
            await _quarantine(see, store)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise missing("store", f"There is no store {text[:20]}.")
    return int(text)


async def _edit(see: Visit, number: int) -> None:
    if found := await see.look(lambda conn: stores.get(conn, number)):
        open_form(see, found.value)


async def _profile(see: Visit, number: int) -> None:
    def show(store: StoreRow) -> None:
        place = "" if store.lat is None else f"{store.lat}, {store.lon}"
        facts(
            [
                (see.say("状态", "State"), see.say("营业中", "Active") if store.active else see.say("停业", "Closed")),
                (see.say("名称", "Name"), store.name),
                (see.say("地址", "Address"), " ".join(part for part in (store.district, store.address) if part)),
                (see.say("电话", "Phone"), store.phone),
                (see.say("经纬度", "Place"), place),
                (see.say("时区", "Time zone"), store.time_zone),
                (see.say("营业时间", "Opening hours"), _hours(see, store)),
                (
                    see.say("宽限（前 / 后）", "Tolerance (early / late)"),
                    f"{store.early_minutes} / {store.late_minutes} {see.say('分钟', 'min')}",
                ),
                (see.say("撤销核销期限", "Revoke within"), f"{store.revoke_minutes} {see.say('分钟', 'min')}"),
                (
                    see.say("每刻钟接单上限", "Orders per quarter"),
                    see.say("不限", "Unbounded") if store.capacity is None else str(store.capacity),
                ),
                (
                    see.say("最早打包", "Packed within"),
                    f"{store.pack_minutes} {see.say('分钟', 'min')}"
                    if store.pack_minutes
                    else see.say("不限", "At any time"),
                ),
                (see.say("分享链接", "Link to share"), store.share_url),
            ]
        )

    with card(see.say("门店资料", "Profile")):
        await see.region(lambda conn: stores.get(conn, number), show)


def _hours(see: Visit, store: StoreRow) -> str:
    days = entries.week(store.hours)
    if not any(days):
        return see.say("全天营业", "Always open")
    names = see.say("周一 周二 周三 周四 周五 周六 周日", "Mon Tue Wed Thu Fri Sat Sun").split()
    runs = [list(run) for _, run in groupby(zip(names, days, strict=True), key=lambda each: each[1])]
    to, closed = see.say("至", "–"), see.say("休息", "closed")
    spans = (run[0][0] if len(run) == 1 else f"{run[0][0]}{to}{run[-1][0]}" for run in runs)
    return see.say("；", "; ").join(f"{span} {run[0][1] or closed}" for span, run in zip(spans, runs, strict=True))


async def _staff(see: Visit, store: StoreRow) -> None:
    known: dict[str, Person] = {}

    def show(people: list[Person]) -> None:
        known.clear()
        known.update({person.id: person for person in people})
        table.show([_person(see, person) for person in people])

    def opened(person_id: str) -> None:
        open_person(see, store, known.get(person_id))

    with card(see.say("店员", "Staff")) as corner:
        columns = (
            Column("id", see.say("工号", "Id"), "open" if see.may(Role.OPERATOR) else ""),
            Column("name", see.say("姓名", "Name")),
            Column("role", see.say("岗位", "Role")),
            Column("pin", "PIN"),
            Column("state", see.say("状态", "State"), "chip"),
        )
        table = Table(columns, empty=see.say("还没有店员。", "Nobody works here yet."), on_open=opened)
        if see.may(Role.OPERATOR):
            with corner:
                button(see.say("新增店员", "Add staff"), lambda: open_person(see, store, None), icon="person_add")
    await see.live(lambda conn: stores.staff_of(conn, store.id), show)


def _person(see: Visit, person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "role": see.word(STAFF_ROLES, person.role),
        "pin": see.say("已设", "Set") if person.pin_hash else see.say("未设", "None"),
        "state": see.say("在职", "Active") if person.active else see.say("停用", "Inactive"),
        "state_tone": "good" if person.active else "off",
    }


async def _terminals(see: Visit, store: StoreRow) -> None:
    known: dict[str, TerminalView] = {}

    def query(conn: Connection) -> list[TerminalView]:
        now_leads = stores.by_id(conn, store.id).lead_terminal
        heard = contacts.of_store(conn, store.id, see.desk.contacts)
        found = terminals.of_store(conn, store.id)
        return [TerminalView(each, each.id == now_leads, heard.get(each.id)) for each in found]

    def show(views: list[TerminalView]) -> None:
        known.clear()
        known.update({view.terminal.id: view for view in views})
        table.show([_terminal(see, view) for view in views])

    def opened(terminal_id: str) -> None:
        if view := known.get(terminal_id):
            open_terminal(see, store, view.terminal, leads=view.leads, heard_at=view.heard_at)

    with card(see.say("收银台", "Terminals")) as corner:
        columns = (
            Column("name", see.say("名称", "Name"), "open"),
            Column("part", see.say("角色", "Part"), "chip"),
            Column("heard", see.say("最后联系", "Last contact")),
            Column("state", see.say("状态", "State"), "chip"),
        )
        table = Table(
            columns,
            empty=see.say("还没有收银台：生成注册码来添加。", "No terminal yet: issue a code to add one."),
            on_open=opened,
        )
        if see.may(Role.OPERATOR):
            with corner:
                button(see.say("生成注册码", "Enrolment code"), lambda: open_code(see, store), icon="qr_code_2")
    await see.live(query, show)


def _terminal(see: Visit, view: TerminalView) -> dict[str, Any]:
    is_silent = view.heard_at is None or see.now - view.heard_at > contacts.SILENT_AFTER
    state = (see.say("失联", "Silent"), "bad") if is_silent else (see.say("在线", "In touch"), "good")
    if view.terminal.revoked_at:
        state = see.say("已停用", "Revoked"), "off"
    return {
        "id": view.terminal.id,
        "name": view.terminal.name,
        "part": see.say("主收银台", "Leads") if view.leads else "",
        "part_tone": "info",
        "heard": see.age(view.heard_at) if view.heard_at else see.say("尚未联系", "Never"),
        "state": state[0],
        "state_tone": state[1],
    }


async def _incidents(see: Visit, store: StoreRow) -> None:
    known: dict[str, IncidentItem] = {}

    def show(items: list[IncidentItem]) -> None:
        known.clear()
        known.update({item.id: item for item in items})
        table.show(
            [_incident(see, item) for item in sorted(items, key=lambda item: (item.closed_at is not None, item.id))]
        )

    def opened(incident_id: str) -> None:
        if item := known.get(incident_id):
            open_incident(see, store.name, ZoneInfo(store.time_zone), item)

    with card(see.say("异常", "Incidents")):
        columns = (
            Column("what", see.say("异常", "Incident"), "open"),
            Column("opened", see.say("发现时间", "Found")),
            Column("state", see.say("状态", "State"), "chip"),
        )
        table = Table(columns, empty=see.say("没有异常。", "No incidents."), on_open=opened)
    await see.live(lambda conn: incidents.of_store(conn, store.id), show)


def _incident(see: Visit, item: IncidentItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "what": see.word(INCIDENTS, item.incident.value),
        "opened": see.at(item.opened_at),
        "state": see.say("已关闭", "Closed") if item.closed_at else see.say("待店长处理", "Manager closes"),
        "state_tone": "off" if item.closed_at else "bad",
    }


async def _quarantine(see: Visit, store: StoreRow) -> None:
    known: dict[str, dict[str, Any]] = {}

    def show(rows: list[dict[str, Any]]) -> None:
        known.clear()
        known.update({row["fingerprint"]: row for row in rows})
        table.show(
            [
                {"id": row["fingerprint"], "event": row["event_id"] or row["fingerprint"][:12], "reason": row["reason"],
                 "received": see.at(row["received_at"])}
                for row in rows
            ]
        )  # fmt: skip

    def opened(fingerprint: str) -> None:
        row = known.get(fingerprint)
        if row is None:
            return
        with Dialog(see, see.say("隔离的事件", "Event in quarantine"), wide=True):
            ui.label(row["reason"]).classes("whole")
            long_text(see.say("原文", "As it was sent"), row["raw"]).props("readonly")

    with card(see.say("隔离区（总部无法接收、但保留的事件）", "Quarantine (kept, but HQ could not take them)")):
        columns = (
            Column("event", see.say("事件", "Event"), "open"),
            Column("reason", see.say("原因", "Reason"), "long"),
            Column("received", see.say("收到时间", "Received")),
        )
        table = Table(columns, empty=see.say("隔离区为空。", "Nothing in quarantine."), on_open=opened)
    await see.live(lambda conn: inbox.quarantined(conn, store.id), show)


PAGES = (Page("/stores/{number}", Word("门店", "Store"), draw, place=31),)
