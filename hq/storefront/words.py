"""The storefront's words in Chinese and English: rules, distances, what is left, and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from app.domain.fields import clock_text
from app.domain.geo import distance_text
from app.domain.hours import Span
from app.domain.rules import ClockRule, EveningRule, GroupRule, LeadRule, Rule
from app.domain.window import WhyNot
from hq.mall.offers import FEW, StoreOffer
from hq.ordering import opening
from hq.problems import Rejection
from hq.stores import StoreRow

Language = Literal["zh", "en"]

_WHY: Mapping[WhyNot, tuple[str, str]] = {
    WhyNot.FULL: ("已约满", "full"),
    WhyNot.CLOSED: ("门店休息", "store closed"),
    WhyNot.TOO_SOON: ("来不及备货", "too soon to make"),
    WhyNot.NOT_OFFERED: ("不可预约", "not offered"),
}
# What refusals say in Chinese, by their code; those without an entry have words of their own below.
_REFUSALS: Mapping[str, str] = {
    "session": "没有这场直播，链接可能已失效。",
    "session_closed": "这场直播现在不能下单。",
    "store": "没有这家门店，或它不参加本场直播。",
    "cart": "购物车是空的，或商品太多。",
    "product": "有商品不在本场直播出售。",
    "quantity": "商品数量超出了限购。",
    "window": "请选择自提时段。",
    "window_full": "这个时段约满了，请换一个。",
    "window_closed": "这个时段门店休息，请换一个。",
    "window_too_soon": "这个时段来不及备货，请换一个。",
    "window_not_offered": "这个时段已不可选，请换一个。",
    "name": "请填写取货人姓名（最多 60 个字）。",
    "phone": "请填写正确的手机号。",
    "note": "备注太长，或含有无法显示的字符。",
    "collector": "代取人姓名太长，或含有无法显示的字符。",
    "relation": "与代取人的关系太长，或含有无法显示的字符。",
    "sold_out": "手慢了，这家门店的库存刚刚不够了。",
    "idempotency_key": "这个订单已经提交过了，请回到购物车重新下单。",
    "expired": "支付时间已过，请重新下单。",
    "payment_refused": "支付没有成功发起，请再试一次。",
    "payment_away": "支付服务暂时连不上，请稍后再试。",
    "reschedule": "现在不能改期。",
    "too_late": "门店已经开始备货，请致电门店。",
    "elsewhere": "请在下单的平台取消这个订单。",
    "not_now": "还没到自提时段，到点再来吧。",
    "far_away": "您离门店还有点远，到店后再点。",
    "closed": "订单已经结束，不能再修改。",
    "completed": "订单已取货。",
    "no_shortage": "这个订单不缺货。",
    "answered": "您已经做过选择了。",
    "choice": "这个选项已经没有了，请另选一个。",
    "attempts": "操作太频繁，请稍等一分钟再试。",
    "forged": "页面已过期，请刷新后再提交一次。",
    "page": "没有这个页面，链接可能不完整。",
    "checkout": "没有这笔订单，或它不属于您。",
    "payment": "没有这笔支付。",
    "order": "没有这个订单。",
    "place": "位置不正确。",
    "storage": "系统繁忙，请稍后再试。",
}


def refusal(error: Rejection, language: Language) -> str:
    """Return a refusal's sentence for a customer."""
    if language == "en":
        return error.sentence
    return _REFUSALS.get(error.code, "没有成功，请检查后再试一次。")


def rule(told: Rule, language: Language) -> str:
    """Return when an order may be collected, in one sentence."""
    zh = language == "zh"
    match told:
        case ClockRule():
            when = f"{_day(told.days_after, language)} {_span(told.span, language)}"
            until = "" if told.cutoff is None else clock_text(told.cutoff)
            if zh:
                return f"{when} 自提" + (f"，{until} 后下单顺延一天" if until else "")
            return f"Collect {when}" + (f"; a day later if ordered after {until}" if until else "")
        case LeadRule():
            hours = f"{told.lead_minutes / 60:g}"
            minutes = told.lead_minutes
            if minutes < 60:
                return f"下单 {minutes} 分钟后起自提" if zh else f"Collect from {minutes} minutes after ordering"
            return f"下单 {hours} 小时后起自提" if zh else f"Collect from {hours} h after ordering"
        case GroupRule():
            span, days = _span(told.span, language), told.days_after
            if zh:
                return f"{told.size} 人成团，成团后第 {days} 天 {span} 自提"
            return f"A group of {told.size}; collect {span} on day {days} after it is complete"
        case EveningRule():
            span, until = _span(told.span, language), clock_text(told.cutoff)
            return f"当晚 {span} 自提，{until} 前下单" if zh else f"Collect this evening {span}; order before {until}"
        case _:
            assert_never(told)


def why_not(why: WhyNot, language: Language) -> str:
    """Return why a window cannot be taken."""
    return _WHY[why][language == "en"]


def percent(discount: int, language: Language) -> str:
    """Return `到店自提 9 折`."""
    if not discount:
        return ""
    if language == "en":
        return f"Collect in store: {discount}% off"
    return f"到店自提 {(100 - discount) / 10:g} 折"


def distance(metres: int | None) -> str:
    """Return a distance, or nothing when it is not known."""
    return "" if metres is None else distance_text(metres)


def hours(store: StoreRow, now: datetime, language: Language) -> str:
    """Return a store's opening hours."""
    return opening.hours_of(store).describe(language, today=now.astimezone(ZoneInfo(store.time_zone)).date())


def is_open(store: StoreRow, now: datetime) -> bool:
    """Tell whether a store is open at a moment."""
    return opening.hours_of(store).is_open(now, ZoneInfo(store.time_zone))


def left(offer: StoreOffer, language: Language) -> str:
    """Return `仅剩 3 份` when there are few."""
    if offer.left is None or not 0 < offer.left < FEW:
        return ""
    return f"only {offer.left} left" if language == "en" else f"仅剩 {offer.left} 份"


def why_grey(offer: StoreOffer, names: Mapping[int, str], language: Language) -> str:
    """Return why a store cannot serve the cart."""
    if offer.lacking:
        told = [names.get(number, str(number)) for number in offer.lacking]
        if language == "en":
            return f"Not enough left: {', '.join(told)}"
        return f"{'、'.join(told)} 已售罄或不够"
    if any(window.why is WhyNot.FULL for window in offer.windows):
        return "All pickup times are full" if language == "en" else "自提时段已约满"
    return "No pickup time at the moment" if language == "en" else "暂无可选的自提时段"


def _day(after: int, language: Language) -> str:
    if language == "en":
        return {0: "the same day", 1: "the next day"}.get(after, f"{after} days later")
    return {0: "当天", 1: "次日"}.get(after, f"{after} 天后")


def _span(span: Span, language: Language) -> str:
    night = "" if span.closes <= 24 * 60 else ("next day " if language == "en" else "次日 ")
    return f"{clock_text(span.opens)}–{night}{clock_text(span.closes)}"
