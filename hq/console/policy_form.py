"""The fields of what a session allows around its windows: moving an order, and what follows when nobody comes."""

from __future__ import annotations

from nicegui import ui

from app.domain.policies import OverduePolicy, ReschedulePolicy
from hq.console import entries
from hq.console.visit import Visit
from hq.console.widgets import text, tick, typed
from hq.problems import invalid

_HOURS = ("remind_hours", "coupon_hours", "put_back_hours", "refund_hours")


class PolicyForm:
    """Stands in a dialog; reads both policies or refuses with a sentence."""

    def __init__(self, see: Visit, reschedule: ReschedulePolicy, overdue: OverduePolicy) -> None:
        self._see = see
        ui.label(see.say("改期", "Rescheduling")).classes("whole section")
        self._allowed = tick(see.say("顾客可以改期", "Customers may choose another window"), value=reschedule.allowed)
        self._latest = text(
            see.say("最晚提前（分钟）", "At the latest before (minutes)"), str(reschedule.latest_minutes)
        )
        self._times = text(see.say("最多改几次", "At most (times)"), str(reschedule.most_times))
        ui.label(
            see.say("逾期未取（窗口结束后多少小时，空：不做）", "Overdue (hours after the window; empty: not done)")
        ).classes("whole section")
        labels = (
            see.say("提醒", "Remind"),
            see.say("发优惠券", "Coupon"),
            see.say("回库", "Put back"),
            see.say("退款", "Refund"),
        )
        self._hours = {
            name: text(label, _number(getattr(overdue, name))) for name, label in zip(_HOURS, labels, strict=True)
        }
        self._coupon = text(see.say("优惠券（元）", "Coupon (yuan)"), entries.yuan(overdue.coupon_fen))

    def reschedule(self) -> ReschedulePolicy:
        """Return whether and how an order may be moved."""
        return ReschedulePolicy(
            bool(self._allowed.value),
            entries.whole(typed(self._latest), "policy", 0, 43_200),
            entries.whole(typed(self._times), "policy", 0, 100),
        )

    def overdue(self) -> OverduePolicy:
        """Return what follows when nobody comes."""
        hours = {name: _hours(typed(field)) for name, field in self._hours.items()}
        try:
            return OverduePolicy(coupon_fen=entries.fen(typed(self._coupon) or "0"), **hours)
        except ValueError as error:
            raise invalid("overdue", str(error)) from error


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _hours(said: str) -> int | None:
    return entries.whole(said, "policy", 0, 1440) if said else None
