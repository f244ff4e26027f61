"""The message log: what was said to whom, what waits, what was given up and can be sent again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nicegui import events, ui
from sqlalchemy import Connection

from hq import stores
from hq.console.downloads import export_buttons
from hq.console.frame import Page
from hq.console.message_dialog import open_message, said
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, card, chip, choice, facts, heading, long_text, search_box
from hq.console.words import AUDIENCES, CHANNELS, MESSAGE_TONES, MESSAGES, STANDING, Word
from hq.messages import log
from hq.messages.kinds import Kind, Standing
from hq.messages.log import DeliveryRow, Filter, HookRow
from hq.messages.queue import MessageRow
from hq.people.operators import Role
from hq.stores import StoreRow

_PAGE = 25
_LONGEST_WORDS = 60


@dataclass(slots=True)
class _Chosen:
    """What is looked for; `trail` holds the id below which each page behind began."""

    store_id: str = ""
    status: str = ""
    kind: str = ""
    order: str = ""
    trail: list[str | None] = field(default_factory=lambda: [None])

    def filter(self) -> Filter:
        return Filter(
            self.store_id or None,
            Standing(self.status) if self.status else None,
            Kind(self.kind) if self.kind else None,
            int(self.order) if self.order else None,
        )


@dataclass(frozen=True, slots=True)
class _Shown:
    rows: tuple[MessageRow, ...]
    tries: Mapping[str, list[DeliveryRow]]
    counts: Mapping[Standing, int]


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    known = {store.id: store for store in await see.read(stores.all_stores)}
    asked = see.client.request.query_params
    chosen = _Chosen(order=_digits(asked.get("order", "")))
    if asked.get("status") in set(Standing):
        chosen.status = asked["status"]
    with heading(
        see.say("消息记录", "Message log"),
        see.say("发给顾客和运营的每一条消息", "Every message to customers and operators"),
    ):
        export_buttons(
            see, "messages", lambda: {name: getattr(chosen, name) for name in ("store_id", "status", "kind", "order")}
        )
        button(see.say("模板预览", "Templates"), lambda: ui.navigate.to("/messages/templates"), icon="preview")
    counts = ui.element("div").classes("tools counts")
    _filters(see, chosen, known)
    await _log(see, chosen, known, counts)
    await _hooks(see, known)


def _digits(text: str) -> str:
    digits = text.strip().removeprefix("#")
    return digits if digits.isascii() and digits.isdigit() and len(digits) <= 18 else ""


def _filters(see: Visit, chosen: _Chosen, known: Mapping[str, StoreRow]) -> None:
    async def search(text: str) -> None:
        chosen.order, chosen.trail = _digits(text), [None]
        await see.refresh()

    def setter(name: str) -> Any:
        async def changed(event: events.ValueChangeEventArguments[Any]) -> None:
            setattr(chosen, name, str(event.value or ""))
            chosen.trail = [None]
            await see.refresh()

        return changed

    with ui.element("div").classes("filters"):
        search_box(see.say("完整订单号", "Whole order number"), search).value = chosen.order
        its_stores = {"": see.say("全部门店", "All stores")} | {
            each.id: f"{each.number} {each.name}" for each in known.values()
        }
        choice(see.say("门店", "Store"), its_stores, "").on_value_change(setter("store_id"))
        states = {"": see.say("全部状态", "All states")} | see.choices(STANDING)
        choice(see.say("状态", "State"), states, chosen.status).on_value_change(setter("status"))
        kinds = {"": see.say("全部类型", "All kinds")} | see.choices(MESSAGES)
        choice(see.say("类型", "Kind"), kinds, "").on_value_change(setter("kind"))


async def _log(see: Visit, chosen: _Chosen, known: Mapping[str, StoreRow], counts: ui.element) -> None:
    shown: dict[str, MessageRow] = {}

    def opened(message_id: str) -> Any:
        return open_message(see, shown[message_id]) if message_id in shown else None

    columns = (
        Column("kind", see.say("消息", "Message"), "open"),
        Column("state", see.say("状态", "State"), "chip"),
        Column("words", see.say("内容", "Words"), "long"),
        Column("audience", see.say("对象", "To")),
        Column("store", see.say("门店", "Store")),
        Column("order", see.say("订单", "Order"), "link"),
        Column("channel", see.say("渠道", "Channel")),
        Column("tries", see.say("次数", "Tries"), "number"),
        Column("at", see.say("时间", "At")),
    )
    table = Table(columns, empty=see.say("没有符合条件的消息。", "No message matches."), on_open=opened, sort=False)
    turn = _turning(see, chosen)

    def query(conn: Connection) -> _Shown:
        rows = tuple(log.page(conn, chosen.filter(), before=chosen.trail[-1], limit=_PAGE + 1))
        tries = {row.id: log.deliveries_of(conn, row.store_id, row.id) for row in rows[:_PAGE]}
        return _Shown(rows, tries, log.counts(conn))

    def show(found: _Shown) -> None:
        shown.clear()
        shown.update({row.id: row for row in found.rows[:_PAGE]})
        table.show([_row(see, row, found.tries[row.id], known.get(row.store_id)) for row in shown.values()])
        turn(found.rows)
        counts.clear()
        with counts:
            for standing, many in found.counts.items():
                chip(f"{see.word(STANDING, standing)} {many}", MESSAGE_TONES[standing] if many else "off")

    await see.live(query, show)


def _turning(see: Visit, chosen: _Chosen) -> Any:
    last: list[str | None] = [None]

    async def newer() -> None:
        chosen.trail = chosen.trail[:-1] or [None]
        await see.refresh()

    async def older() -> None:
        chosen.trail.append(last[0])
        await see.refresh()

    with ui.element("div").classes("turning"):
        back = button(see.say("较新", "Newer"), newer, icon="chevron_left")
        which = ui.label()
        forth = button(see.say("较旧", "Older"), older, icon="chevron_right")

    def turn(found: tuple[MessageRow, ...]) -> None:
        last[0] = found[:_PAGE][-1].id if found else None
        back.set_enabled(len(chosen.trail) > 1)
        forth.set_enabled(len(found) > _PAGE)
        which.text = see.say(f"第 {len(chosen.trail)} 页", f"Page {len(chosen.trail)}")

    return turn


def _row(see: Visit, row: MessageRow, tries: list[DeliveryRow], store: StoreRow | None) -> dict[str, Any]:
    title, words = said(see, row, tries)
    return {
        "id": row.id,
        "kind": see.word(MESSAGES, row.kind),
        "state": see.word(STANDING, row.status),
        "state_tone": MESSAGE_TONES.get(row.status, "off"),
        "words": row.error
        if row.status == Standing.DEAD
        else _cut(" · ".join(part for part in (title, words) if part)),
        "audience": see.word(AUDIENCES, row.audience),
        "store": f"{store.number} {store.name}" if store else "",
        "order": "" if row.order_number is None else f"#{row.order_number % 10_000:04d}",
        "href": f"/console/orders/{row.order_number}",
        "channel": see.word(CHANNELS, row.channel),
        "tries": row.attempts,
        "at": see.at(row.done_at or row.created_at),
    }


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}…"


async def _hooks(see: Visit, known: Mapping[str, StoreRow]) -> None:
    shown: dict[str, HookRow] = {}

    def show(found: list[HookRow]) -> None:
        shown.clear()
        shown.update({row.id: row for row in found})
        table.show(
            [
                {"id": row.id, "kind": row.kind, "store": known[row.store_id].name if row.store_id in known else "",
                 "tries": row.attempts, "error": row.error, "at": see.at(row.created_at)}
                for row in found
            ]
        )  # fmt: skip

    def opened(hook_id: str) -> None:
        if row := shown.get(hook_id):
            _open_hook(see, row)

    title = see.say("未送达的画像回调（已放弃）", "Webhooks to the customer profile that were given up")
    with card(title):
        columns = (
            Column("kind", see.say("事件", "Event"), "open"),
            Column("store", see.say("门店", "Store")),
            Column("tries", see.say("次数", "Tries"), "number"),
            Column("error", see.say("错误", "Error"), "long"),
            Column("at", see.say("时间", "At")),
        )
        table = Table(columns, empty=see.say("全部送达。", "All were delivered."), on_open=opened, sort=False)
    await see.live(log.dead_hooks, show)


def _open_hook(see: Visit, row: HookRow) -> None:
    may = see.may(Role.OPERATOR)
    with Dialog(see, row.kind, save=see.say("重新发送", "Send again") if may else "", wide=True) as dialog:
        with ui.element("div").classes("whole"):
            facts([(see.say("错误", "Error"), row.error), (see.say("次数", "Tries"), str(row.attempts))])
        if may:
            long_text(see.say("内容", "Body"), row.body).props("readonly")

    async def save() -> bool:
        done = await see.act("webhook_revived", row.kind, lambda work: log.revive_hook(work, row.store_id, row.id))
        if done:
            see.toast(see.say("已重新排队发送", "Queued again"))
        return done is not None

    dialog.on_save = save


PAGES = (Page("/messages", Word("消息记录", "Message log"), draw, icon="forum", place=27),)
