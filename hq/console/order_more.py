"""What else an order's page tells: its money, the messages about it, and how it was routed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui
from sqlalchemy import Connection

from hq.console import entries
from hq.console.message_dialog import open_message
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, card, facts, long_text, typed
from hq.console.words import CHANNELS, MESSAGE_TONES, MESSAGES, OUTCOMES, REFUNDS, STANDING, TAKINGS, WHY
from hq.messages import log
from hq.messages.queue import MessageRow
from hq.money import refunds, takings
from hq.money.refunds import RefundRow
from hq.money.takings import Payment
from hq.ordering import decisions
from hq.ordering.book import OrderLineRow, OrderRow
from hq.ordering.rerouting import offer_elsewhere
from hq.stores import StoreRow


@dataclass(frozen=True, slots=True)
class More:
    """An order's payment with its refunds, messages, and decisions as rows of strings and JSON."""

    payment: Payment | None
    refunds: tuple[RefundRow, ...]
    messages: tuple[MessageRow, ...]
    decisions: tuple[Mapping[str, Any], ...]


def look(conn: Connection, order: OrderRow) -> More:
    """Return it."""
    return More(
        takings.of_order(conn, order.store_id, order.number),
        tuple(refunds.of_order(conn, order.store_id, order.number)),
        tuple(log.page(conn, log.Filter(store_id=order.store_id, order_number=order.number))),
        tuple(decisions.of_order(conn, order.store_id, order.number)),
    )


def money(see: Visit, more: More) -> None:
    """Show payment and refunds; an order from another mall has none."""
    if more.payment is None and not more.refunds:
        return
    with card(see.say("付款与退款", "Payment and refunds")):
        if more.payment:
            _payment(see, more.payment)
        if more.refunds:
            columns = (
                Column("amount", see.say("退款（元）", "Refund (yuan)"), "number"),
                Column("state", see.say("状态", "State"), "chip"),
                Column("reason", see.say("原因", "Reason"), "long"),
                Column("at", see.say("时间", "At")),
            )
            Table(columns, empty="", sort=False).show([_refund(see, each) for each in more.refunds])


def _payment(see: Visit, payment: Payment) -> None:
    facts(
        [
            (see.say("金额", "Amount"), f"¥{entries.yuan(payment.amount_fen)}"),
            (see.say("状态", "State"), see.word(TAKINGS, payment.status)),
            (see.say("已退", "Refunded"), f"¥{entries.yuan(payment.refunded_fen)}" if payment.refunded_fen else ""),
            (see.say("付款时间", "Paid"), see.at(payment.paid_at)),
            (see.say("支付方单号", "Provider's number"), f"{payment.provider} {payment.provider_ref}".strip()),
        ]
    )


def _refund(see: Visit, each: RefundRow) -> dict[str, Any]:
    return {
        "id": each.id,
        "amount": entries.yuan(each.amount_fen),
        "state": see.word(REFUNDS, each.status),
        "state_tone": {"done": "good", "failed": "bad"}.get(each.status, "wait"),
        "reason": f"{each.reason} {each.error}".strip(),
        "at": see.at(each.done_at or each.created_at),
    }


def messages(see: Visit, more: More) -> None:
    """Show what customer and operators were told."""
    if not more.messages:
        return
    known = {row.id: row for row in more.messages}

    def opened(message_id: str) -> Any:
        return open_message(see, known[message_id]) if message_id in known else None

    with card(see.say("消息", "Messages")):
        columns = (
            Column("kind", see.say("消息", "Message"), "open"),
            Column("state", see.say("状态", "State"), "chip"),
            Column("channel", see.say("渠道", "Channel")),
            Column("at", see.say("时间", "At")),
        )
        rows = [
            {
                "id": row.id,
                "kind": see.word(MESSAGES, row.kind),
                "state": see.word(STANDING, row.status),
                "state_tone": MESSAGE_TONES.get(row.status, "off"),
                "channel": see.word(CHANNELS, row.channel),
                "at": see.at(row.done_at or row.created_at),
            }
            for row in more.messages
        ]
        Table(columns, empty="", on_open=opened, sort=False).show(rows)


def routing(see: Visit, more: More, lines: tuple[OrderLineRow, ...], zone: ZoneInfo) -> None:
    """Show how it was routed, and why."""
    if not more.decisions:
        return
    names = {line.product_number: line.name for line in lines}
    with card(see.say("分配记录", "Routing decisions")):
        columns = (
            Column("at", see.say("时间", "At")),
            Column("outcome", see.say("结果", "Outcome"), "chip"),
            Column("why", see.say("依据（要 / 有）", "Why (wanted / there)"), "long"),
        )
        rows = [
            {
                "id": each["no"],
                "at": see.at(each["at"], zone),
                "outcome": see.word(OUTCOMES, each["outcome"]),
                "outcome_tone": "good" if each["outcome"] == "assigned" else "bad",
                "why": see.say("；", "; ").join(_reason(see, one, names) for one in each["reasons"]),
            }
            for each in more.decisions
        ]
        Table(columns, empty="", sort=False).show(rows)


def _reason(see: Visit, reason: Mapping[str, Any], names: Mapping[int, str]) -> str:
    why = see.word(WHY, str(reason["why"]))
    number = reason.get("product")
    if number is None:
        return why
    return f"{names.get(number, number)} {why} {reason.get('wanted')} / {reason.get('there')}"


def links(see: Visit, order: OrderRow) -> None:
    """Lead to the order that this one took the place of, and to the one that took its."""
    for number, zh, en in (
        (order.replaces, "替代了订单", "Took the place of"),
        (order.replaced_by, "已由订单替代", "Replaced by"),
    ):
        if number is not None:
            with ui.element("div").classes("tools"):
                ui.label(see.say(zh, en))
                ui.link(f"#{number % 10_000:04d}", f"/orders/{number}").classes("row-link")


def open_rerouting(see: Visit, order: OrderRow, store: StoreRow, on_done: Any) -> None:
    """Ask why an order goes to another store; which one is chosen next."""
    title = f"{see.say('改派门店', 'Give to another store')} {order.label}"
    with Dialog(see, title, save=see.say("改派", "Offer it"), danger=True) as dialog:
        sentence = see.say(
            f"订单从“{store.name}”撤下，随后选择能整单供货的门店；顾客会收到可选门店的消息。",
            f"It leaves {store.name}; then a store that has everything is chosen. The customer is told of the choice.",
        )
        ui.label(sentence).classes("whole")
        reason = long_text(see.say("原因", "Reason"))

    async def save() -> bool:
        said, number = typed(reason), order.number
        by = see.operator.login
        done = await see.act(
            "order_rerouted", str(number), lambda work: offer_elsewhere(work, number, by=by, reason=said), detail=said
        )
        if done:
            await on_done()
        return done is not None

    dialog.on_save = save
