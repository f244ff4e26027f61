"""A session's rules in words."""

from __future__ import annotations

from typing import assert_never

from app.domain.fields import clock_text
from app.domain.policies import OverduePolicy, ReschedulePolicy
from app.domain.rules import ClockRule, EveningRule, GroupRule, LeadRule, Rule
from hq.console import entries
from hq.console.visit import Visit


def rule_in_words(see: Visit, rule: Rule) -> str:
    """Return when an order may be collected."""
    match rule:
        case ClockRule():
            cut = "" if rule.cutoff is None else clock_text(rule.cutoff)
            zh = f"下单后第 {rule.days_after} 天起 {rule.span.text}，可选 {rule.days} 天"
            en = f"{rule.span.text}, from day {rule.days_after} after ordering, {rule.days} days offered"
            return see.say(zh + (f"，{cut} 截单" if cut else ""), en + (f", cut-off {cut}" if cut else ""))
        case LeadRule():
            return see.say(
                f"下单 {rule.lead_minutes} 分钟后，每段 {rule.slot_minutes} 分钟，可选 {rule.slots} 段",
                f"{rule.lead_minutes} min after ordering, slots of {rule.slot_minutes} min, {rule.slots} offered",
            )
        case GroupRule():
            return see.say(
                f"{rule.size} 人团，成团后第 {rule.days_after} 天 {rule.span.text}；"
                f"{rule.forming_minutes} 分钟不成则退款",
                f"group of {rule.size}, {rule.span.text} on day {rule.days_after} after it is complete; "
                f"refunded when it is not within {rule.forming_minutes} min",
            )
        case EveningRule():
            cut = clock_text(rule.cutoff)
            return see.say(f"当晚 {rule.span.text}，{cut} 截单", f"the same evening {rule.span.text}, cut-off {cut}")
        case _:
            assert_never(rule)


def reschedule_in_words(see: Visit, policy: ReschedulePolicy) -> str:
    """Return whether customers may choose another window."""
    if not policy.allowed:
        return see.say("不可改期", "not allowed")
    return see.say(
        f"可改 {policy.most_times} 次，最晚提前 {policy.latest_minutes} 分钟",
        f"{policy.most_times} times, until {policy.latest_minutes} min before",
    )


def overdue_in_words(see: Visit, policy: OverduePolicy) -> str:
    """Return what follows when nobody comes."""
    coupon = see.say(f"发 ¥{entries.yuan(policy.coupon_fen)} 券", f"coupon of ¥{entries.yuan(policy.coupon_fen)}")
    steps = (
        (policy.remind_hours, see.say("提醒", "remind")),
        (policy.coupon_hours, coupon),
        (policy.put_back_hours, see.say("回库", "put back")),
        (policy.refund_hours, see.say("退款", "refund")),
    )
    told = [see.say(f"{hours} 小时后{what}", f"{what} after {hours} h") for hours, what in steps if hours is not None]
    return see.say("，", ", ").join(told)
