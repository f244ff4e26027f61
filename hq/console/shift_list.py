"""The shifts of a store's tills: what was counted against what should have been there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import ui
from sqlalchemy import Connection

from hq.console import entries
from hq.console.downloads import export_buttons
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, card, facts
from hq.console.words import TENDERS
from hq.counters import shifts
from hq.counters.shifts import Shift
from hq.stores import StoreRow

_SHOWN = timedelta(days=31)
_MOST = 100


async def draw_shifts(see: Visit, store: StoreRow) -> None:
    """Draw a card with the shifts of the last month."""
    known: dict[str, Shift] = {}

    def query(conn: Connection) -> list[Shift]:
        return shifts.of_store(conn, store.id, see.now - _SHOWN, see.now + timedelta(days=1), limit=_MOST)

    def show(found: list[Shift]) -> None:
        known.clear()
        known.update({shift.id: shift for shift in found})
        table.show([_row(see, shift, ZoneInfo(store.time_zone)) for shift in found])

    def opened(shift_id: str) -> None:
        if shift := known.get(shift_id):
            _open(see, store, shift)

    with card(see.say("交班", "Shifts")) as corner:
        with corner:
            export_buttons(see, "shifts", lambda: {"store": str(store.number)})
        columns = (
            Column("closed", see.say("交班时间", "Closed"), "open"),
            Column("state", see.say("差额（元）", "Difference (yuan)"), "chip"),
            Column("by", see.say("交班人", "By")),
            Column("sales", see.say("销售（元）", "Sales (yuan)"), "number"),
        )
        empty = see.say("最近一个月没有交班。", "No shift was closed within a month.")
        table = Table(columns, empty=empty, on_open=opened, sort=False)
    await see.live(query, show)


def _row(see: Visit, shift: Shift, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": shift.id,
        "closed": see.at(shift.closed_at, zone),
        "by": f"{shift.closed_by} · {shift.terminal}",
        "sales": entries.yuan(shift.sales_fen),
        "state": difference(shift.difference_fen),
        "state_tone": "bad" if shift.difference_fen else "good",
    }


def difference(fen: int) -> str:
    """Return a difference with its sign."""
    return f"{'+' if fen > 0 else '−' if fen < 0 else ''}{entries.yuan(abs(fen))}"


def _open(see: Visit, store: StoreRow, shift: Shift) -> None:
    zone = ZoneInfo(store.time_zone)
    with Dialog(see, f"{see.say('交班', 'Shift')} · {shift.terminal}"), ui.element("div").classes("whole"):
        facts(
            [
                (see.say("开班", "Opened"), f"{see.at(shift.opened_at, zone)} · {shift.opened_by}"),
                (see.say("交班", "Closed"), f"{see.at(shift.closed_at, zone)} · {shift.closed_by}"),
                (see.say("备用金", "Float"), _yuan(shift.float_fen)),
                (
                    see.say("销售", "Sales"),
                    see.say(
                        f"{_yuan(shift.sales_fen)} · {shift.sales} 笔", f"{_yuan(shift.sales_fen)} · {shift.sales}"
                    ),
                ),
                (see.say("退款", "Refunds"), _yuan(shift.refunds_fen)),
                (see.say("现金存取", "Cash in and out"), _yuan(shift.cash_moves_fen)),
                (see.say("收款", "Tenders"), _tenders(see, shift)),
                (see.say("应有", "Expected"), _yuan(shift.expected_fen)),
                (see.say("实点", "Counted"), _yuan(shift.counted_fen)),
                (see.say("差额", "Difference"), difference(shift.difference_fen)),
                (see.say("店长确认", "Accepted by"), shift.accepted_by),
                (see.say("原因", "Reason"), shift.reason),
            ]
        )


def _tenders(see: Visit, shift: Shift) -> str:
    return " · ".join(f"{see.word(TENDERS, kind)} {_yuan(fen)}" for kind, fen in shift.tenders.items())


def _yuan(fen: int) -> str:
    return f"{'−' if fen < 0 else ''}¥{entries.yuan(abs(fen))}"
