"""What an alert is about, in words, and what there is to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hq.alerts import Alert
from hq.console import entries
from hq.console.incident_story import stories
from hq.console.visit import Visit
from hq.console.words import CAUSES, STAYED

Pairs = list[tuple[str, str]]


def subject_of(see: Visit, alert: Alert, names: Mapping[int, str]) -> str:
    """Return an alert's subject on one line."""
    facts = alert.facts
    match alert.kind:
        case "shortage" if "missing" in facts:
            missing = see.say("、", ", ").join(_missing(names, each) for each in facts["missing"])
            return missing or str(facts.get("detail", ""))
        case "overpromised":
            name = _name(names, facts.get("product"))
            return see.say(
                f"{name}：在库 {facts.get('on_hand')}，已承诺 {facts.get('promised')}",
                f"{name}: {facts.get('on_hand')} on hand, {facts.get('promised')} promised",
            )
        case "refund_stuck":
            return f"¥{_yuan(facts.get('amount_fen'))} · {facts.get('error', '')}"
        case "payment_amount":
            asked, paid = _yuan(facts.get("asked_fen")), _yuan(facts.get("paid_fen"))
            return see.say(f"应付 ¥{asked}，实付 ¥{paid}", f"asked ¥{asked}, paid ¥{paid}")
        case "group_without_day":
            return see.say(f"{facts.get('wanted')} 人团", f"a group of {facts.get('wanted')}")
        case "put_back_due":
            return str(facts.get("label", alert.subject))
        case "short_hand_over":
            return f"{_stayed(see, facts)} · ¥{_yuan(facts.get('amount_fen'))}"
        case "short_revoked":
            return f"¥{_yuan(facts.get('amount_fen'))}"
        case _:
            return alert.subject


def story_of(see: Visit, alert: Alert, names: Mapping[int, str], zone: ZoneInfo) -> Pairs:
    """Return the alert's facts by name."""
    facts = alert.facts
    match alert.kind:
        case "shortage" if "missing" in facts:
            return _shortage(see, facts, names)
        case "overpromised":
            return [
                (see.say("商品", "Product"), _name(names, facts.get("product"))),
                (see.say("在库", "On hand"), str(facts.get("on_hand"))),
                (see.say("已承诺", "Promised"), str(facts.get("promised"))),
            ]
        case "refund_stuck":
            return [
                (see.say("金额", "Amount"), f"¥{_yuan(facts.get('amount_fen'))}"),
                (see.say("退款编号", "Refund"), str(facts.get("refund"))),
                (see.say("支付方答复", "The provider says"), str(facts.get("error"))),
            ]
        case "payment_amount":
            return [
                (see.say("应付", "Asked"), f"¥{_yuan(facts.get('asked_fen'))}"),
                (see.say("实付", "Paid"), f"¥{_yuan(facts.get('paid_fen'))}"),
                (see.say("支付编号", "Payment"), str(facts.get("payment"))),
            ]
        case "group_without_day":
            return [
                (see.say("团", "Group"), str(facts.get("group"))),
                (see.say("人数", "Members"), str(facts.get("wanted"))),
            ]
        case "short_hand_over":
            return [
                (see.say("未交付", "Not handed over"), _stayed(see, facts)),
                (see.say("价值", "Worth"), f"¥{_yuan(facts.get('amount_fen'))}"),
                (see.say("退款", "Refund"), _way_back(see, facts.get("refund"))),
                (see.say("经手人", "By"), str(facts.get("by", ""))),
                (see.say("照片", "Photo"), see.say("见订单页", "On the order's page") if facts.get("photo") else ""),
            ]
        case "short_revoked":
            return [
                (see.say("已退或将退", "Given back"), f"¥{_yuan(facts.get('amount_fen'))}"),
                (see.say("经手人", "By"), str(facts.get("by", ""))),
            ]
        case "put_back_due":
            return [(see.say("窗口结束", "Window closed"), _moment(see, facts.get("since"), zone))]
        case _:
            told = [(see.say("事由", "Subject"), alert.subject)]
            return told + [pair for _, side in stories(see, facts, zone) for pair in side]


def what_to_do(see: Visit, kind: str) -> str:
    """Return a sentence that says what there is to do."""
    match kind:
        case "shortage":
            return see.say(
                "电话联系顾客：换一家店、换一种商品，或退款；顾客 24 小时不答复则自动退款。",
                "Call the customer: another store, another product, or the money back; after 24 h it goes back.",
            )
        case "refund_stuck":
            return see.say(
                "总部会继续重试。请在支付平台查明原因；在那里退了款，就在此说明并关闭。",
                "HQ keeps trying. Find out why at the payment provider; if you refund it there, say so here and close.",
            )
        case "payment_amount":
            return see.say(
                "实付与应付不符：没有生成订单，已付的钱会全额退回。请联系顾客重新下单。",
                "Paid and asked differ: there is no order, and all that was paid goes back. Call the customer.",
            )
        case "group_without_day":
            return see.say(
                "团已满，但门店一个月内没有可用的日子：请与门店商定后为订单改期。",
                "The group is complete, but the store has no day within a month: agree on one and move the orders.",
            )
        case "put_back_due":
            return see.say(
                "顾客一直未取：请门店把货放回并在收银台确认“回库”。",
                "Nobody came: ask the store to put the goods back and to say so at the counter.",
            )
        case "short_hand_over":
            return see.say(
                "少交的部分按实付价自动退款；订单在别处付款的，请通知对方退款。请与门店核实原因。",
                "What stayed is paid back by itself; if it was paid elsewhere, tell them. Ask the store why.",
            )
        case "short_revoked":
            return see.say(
                "少交的部分已退款，随后核销被撤销：请与顾客商定是补付还是照少交取货。",
                "What stayed was paid back, then the hand-over was revoked: agree with the customer who owes what.",
            )
        case "overpromised":
            return see.say(
                "已承诺多于在库：请门店重新点数或补货；不够时，取消或改店最晚的订单。",
                "More is promised than there is: have it counted or brought, or give the youngest orders away.",
            )
        case _:
            return ""


def _shortage(see: Visit, facts: Mapping[str, Any], names: Mapping[int, str]) -> Pairs:
    missing = see.say("；", "; ").join(_missing(names, each) for each in facts["missing"])
    offered = see.say(
        f"{facts.get('stores', 0)} 家门店、{facts.get('products', 0)} 种商品",
        f"{facts.get('stores', 0)} stores, {facts.get('products', 0)} products",
    )
    return [
        (see.say("缺什么（要 / 有）", "Missing (wanted / there)"), missing),
        (see.say("何处发现", "Found"), see.word(CAUSES, str(facts.get("cause", "")))),
        (see.say("说明", "Detail"), str(facts.get("detail", ""))),
        (see.say("可供选择", "Offered"), offered),
    ]


def _missing(names: Mapping[int, str], each: Mapping[str, Any]) -> str:
    return f"{_name(names, each.get('product_number'))} {each.get('wanted')} / {each.get('there')}"


def _stayed(see: Visit, facts: Mapping[str, Any]) -> str:
    told = [
        f"{name} ×{quantity}" + (f"（{see.word(STAYED, reason)}）" if reason else "")
        for name, quantity, reason in facts.get("short", ())
    ]
    return see.say("；", "; ").join(told)


def _way_back(see: Visit, refund: object) -> str:
    if refund == "elsewhere":
        return see.say("不在总部付款：需通知对方", "Not paid at HQ: somebody has to tell them")
    return see.say("自动退款", "By itself")


def _name(names: Mapping[int, str], number: object) -> str:
    return names.get(number, str(number)) if isinstance(number, int) else str(number)


def _yuan(fen: object) -> str:
    return entries.yuan(fen) if isinstance(fen, int) else "—"


def _moment(see: Visit, text: object, zone: ZoneInfo) -> str:
    try:
        return see.at(datetime.fromisoformat(str(text)), zone)
    except ValueError:
        return str(text)
