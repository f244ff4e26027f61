"""One message: what was said to whom, every try, and sending it again when it was given up."""

from __future__ import annotations

import json
from typing import Any

from nicegui import ui

from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, chip, facts
from hq.console.words import AUDIENCES, CHANNELS, MESSAGE_TONES, MESSAGES, STANDING, TRIES
from hq.messages import log, texts
from hq.messages.kinds import Kind, Standing
from hq.messages.log import DeliveryRow
from hq.messages.queue import MessageRow
from hq.people.operators import Role

_CAN_REVIVE = {Standing.DEAD.value, Standing.SKIPPED.value}


async def open_message(see: Visit, row: MessageRow) -> None:
    """Show a message."""
    found = await see.look(lambda conn: log.deliveries_of(conn, row.store_id, row.id))
    if found is None:
        return
    with Dialog(see, see.word(MESSAGES, row.kind), wide=True) as dialog:
        with ui.element("div").classes("whole tools"):
            chip(see.word(STANDING, row.status), MESSAGE_TONES.get(row.status, "off"))
            chip(see.word(AUDIENCES, row.audience), "off")
            if row.order_number is not None:
                ui.link(f"#{row.order_number % 10_000:04d}", f"/orders/{row.order_number}").classes("row-link")
            ui.label(see.at(row.created_at))
        with ui.element("div").classes("whole message"):
            title, words = said(see, row, found.value)
            ui.label(title).classes("section")
            ui.label(words)
        if row.error:
            with ui.element("div").classes("whole"):
                facts([(see.say("最后的错误", "Last error"), row.error)])
        with ui.element("div").classes("whole"):
            _tries(see, found.value)
        if row.status in _CAN_REVIVE and see.may(Role.OPERATOR):
            with ui.element("div").classes("whole"):
                again = see.say("重新发送", "Send again")
                button(again, lambda: revive(see, row, dialog), icon="send", kind="main")


def said(see: Visit, row: MessageRow, tries: list[DeliveryRow]) -> tuple[str, str]:
    """Return the words that went out, or those that would; long after, they are forgotten.

    They hold the short code that stands for the pickup code: only those who may act on an order read them.
    """
    if not see.may(Role.OPERATOR):
        return "", see.say("（内容仅运营可见）", "(only operators read it)")
    for each in reversed(tries):
        if each.text:
            return each.title, each.text
    try:
        told: Any = json.loads(row.facts)
        kind = Kind(row.kind)
    except ValueError:
        return "", see.say("（内容无法读取）", "(cannot be read)")
    if not told:
        return "", see.say("（内容已按期清除）", "(the words were dropped by age)")
    text = texts.preview(kind, row.language, told, see.site)
    return text.title, text.text


async def revive(see: Visit, row: MessageRow, dialog: Dialog) -> None:
    """Put a message back into the queue."""
    what = f"{row.kind} · {row.order_number or ''}".strip(" ·")
    done = await see.act("message_revived", what, lambda work: log.revive(work, row.store_id, row.id))
    if done:
        see.toast(see.say("已重新排队发送", "Queued again"))
        dialog.close()


def _tries(see: Visit, tries: list[DeliveryRow]) -> None:
    columns = (
        Column("no", see.say("次", "Try"), "number"),
        Column("at", see.say("时间", "At")),
        Column("channel", see.say("渠道", "Channel")),
        Column("outcome", see.say("结果", "Outcome"), "chip"),
        Column("detail", see.say("详情", "Detail"), "long"),
    )
    Table(columns, empty=see.say("还没有发送过。", "Not tried yet."), sort=False).show(
        [
            {
                "id": each.no,
                "no": each.no,
                "at": see.at(each.at),
                "channel": see.word(CHANNELS, each.channel),
                "outcome": see.word(TRIES, each.outcome),
                "outcome_tone": "good" if each.outcome == "sent" else "bad",
                "detail": " ".join(part for part in (each.detail, each.provider_ref) if part),
            }
            for each in tries
        ]
    )
