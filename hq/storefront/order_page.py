"""Draws an order's page: what it says, what may be done, and the order that took its place."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from app.domain.geo import Place, in_china, to_gcj02
from app.domain.window import Window, WindowOffer
from hq import spelling
from hq.mall.status import Standing
from hq.ordering import customer_page
from hq.storefront import pages, words
from hq.storefront.watch import state
from hq.storefront.words import Language
from hq.stores import StoreRow

# Stands in a drawn page for the visitor's own form token, so that everybody else's page is the same.
FORM = secrets.token_hex(16)
_SHORTAGE_WHY = "The pickup time of this order cannot be changed now."
_WHY_ZH = {
    _SHORTAGE_WHY: "这个订单现在不能改期。",
    "The pickup time of this order cannot be changed.": "这个订单不能改期。",
    "It is too late to change the pickup time: please call the store.": "改期已截止，请致电门店。",
    "The pickup time was changed as often as it can be.": "改期次数已用完。",
}


def draw(told: Standing, language: Language, *, wrong: str = "", done: str = "") -> bytes:
    """Return the page, its forms not yet the visitor's own."""
    view, zone = told.view, ZoneInfo(told.view.store.time_zone)
    why_not = told.may.why_not
    return pages.draw(
        "order.html",
        language,
        page=customer_page.describe(view, told.now),
        view=view,
        token=view.page_token,
        state=state_of(told),
        form=FORM,
        may=told.may,
        why_not=_WHY_ZH.get(why_not, why_not) if language == "zh" else why_not,
        windows=list(_windows(told.may.windows, zone, language)),
        refunds=told.refunds,
        shortage=_shortage(told, zone, language),
        group=told.group,
        group_until=spelling.moment(told.group.deadline_at, language, zone) if told.group else "",
        replaced_by=told.replaced_by,
        slug=told.slug,
        hours=words.hours(view.store, told.now, language),
        map_link=map_link(view.store),
        wrong=wrong,
        done=done,
        arrived=f"{view.row.arrived_at.astimezone(zone):%H:%M}" if view.row.arrived_at else "",
    )


def state_of(told: Standing) -> str:
    """Return what the page's live connection would say now."""
    row = told.view.row
    return state(row.version, told.view.status, row.payment, told.group.joined if told.group else None)


def own(content: bytes, form: str) -> bytes:
    """Return a drawn page with the visitor's own form token."""
    return content.replace(FORM.encode(), form.encode())


def map_link(store: StoreRow) -> str:
    """Return where a map shows the store; maps of China are shifted."""
    if store.lat is None or store.lon is None:
        return ""
    place, name = Place(store.lat, store.lon), quote(store.name)
    if not in_china(place):
        return f"geo:{place.lat},{place.lon}?q={place.lat},{place.lon}({name})"
    shifted = to_gcj02(place)
    where = f"{shifted.lon:.6f},{shifted.lat:.6f}"
    return f"https://uri.amap.com/marker?position={where}&name={name}&coordinate=gaode&callnative=1"


def _windows(offered: Iterable[WindowOffer], zone: ZoneInfo, language: Language) -> Iterable[dict[str, str]]:
    for each in offered:
        yield {
            "value": f"{each.window.opens_minute}-{each.window.length}",
            "words": spelling.window(each.window, zone, language),
            "why": words.why_not(each.why, language) if each.why else "",
        }


def _shortage(told: Standing, zone: ZoneInfo, language: Language) -> dict[str, Any] | None:
    short = told.shortage
    if short is None:
        return None
    names = {line.product_number: line.name for line in told.view.lines}
    return {
        "answered": bool(short.answer),
        "until": spelling.moment(short.deadline_at, language, zone),
        "missing": [
            {"name": names.get(each.product_number, ""), "wanted": each.wanted, "there": each.there}
            for each in short.missing
        ],
        "stores": [
            {"number": each.store_number, "name": each.name, "distance": words.distance(each.distance_m)}
            for each in short.alternatives.stores
        ],
        "products": [
            {
                "value": f"{each.instead_of}-{each.product_number}",
                "name": each.name,
                "instead": names.get(each.instead_of, ""),
            }
            for each in short.alternatives.products
        ],
        "windows": [
            {
                "value": f"{each.opens}-{each.length}",
                "words": spelling.window(Window.of_minutes(each.opens, each.length), zone, language),
            }
            for each in short.alternatives.windows
        ],
    }
