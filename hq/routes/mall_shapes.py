"""How the mall's JSON looks: sessions, offers, checkouts and orders as a mini-program is told them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.geo import Place, in_china, to_gcj02
from app.domain.rules import GroupRule, rule_as_json
from app.domain.window import Window, WindowOffer
from hq import spelling
from hq.mall.buying import Checkout
from hq.mall.cart import PricedCart
from hq.mall.changes import Freedom
from hq.mall.offers import Offers, StoreOffer
from hq.mall.status import Standing
from hq.ordering.groups import Group
from hq.ordering.shortages import Shortage
from hq.payments.port import Begun
from hq.storefront import words
from hq.storefront.showcase import Showcase
from hq.stores import StoreRow


def session(shown: Showcase, now: datetime) -> dict[str, Any]:
    """Return a session with its products."""
    told = shown.session
    rule = told.rules.window
    return {
        "slug": told.slug,
        "title": told.title,
        "host": told.host,
        "starts_at": told.starts_at.isoformat(),
        "ends_at": told.ends_at.isoformat(),
        "open": told.sells_at(now),
        "next_start": told.starts_at.isoformat() if now < told.starts_at else None,
        "discount_percent": told.discount_percent,
        "rule": rule_as_json(rule),
        "rule_zh": words.rule(rule, "zh"),
        "rule_en": words.rule(rule, "en"),
        "group_size": rule.size if isinstance(rule, GroupRule) else None,
        "products": [
            {
                "number": ware.number,
                "name": ware.name,
                "description": ware.description,
                "picture": ware.picture,
                "live_price_fen": ware.price_fen,
                "collect_price_fen": ware.pays_fen,
                "catalogue_price_fen": ware.catalogue_fen,
                "most": ware.most,
                "sold_out": ware.sold_out,
            }
            for ware in shown.wares
        ],
    }


def cart(priced: PricedCart) -> dict[str, Any]:
    """Return a priced cart."""
    return {
        "total_fen": priced.total_fen,
        "discount_fen": priced.discount_fen,
        "lines": [
            {
                "product_number": line.product_number,
                "quantity": line.quantity,
                "name": line.name,
                "live_price_fen": line.price_fen,
                "collect_price_fen": line.pays_fen,
            }
            for line in priced.lines
        ],
    }


def offers(found: Offers, now: datetime) -> dict[str, Any]:
    """Return stores with what they can do for a cart."""
    names = {line.product_number: line.name for line in found.cart.lines}
    return {"cart": cart(found.cart), "stores": [_offer(offer, names, now) for offer in found.stores]}


def _offer(offer: StoreOffer, names: dict[int, str], now: datetime) -> dict[str, Any]:
    zone = ZoneInfo(offer.store.time_zone)
    why_zh, why_en = ("", "") if offer.can else (words.why_grey(offer, names, "zh"), words.why_grey(offer, names, "en"))
    return {
        **store(offer.store, now),
        "distance_m": offer.distance_m,
        "can": offer.can,
        "left": offer.left,
        "left_zh": words.left(offer, "zh"),
        "left_en": words.left(offer, "en"),
        "lacking": list(offer.lacking),
        "nearest_that_can": None if offer.can else offer.instead,
        "why_zh": why_zh,
        "why_en": why_en,
        "windows": [window(each, zone) for each in offer.windows],
    }


def store(row: StoreRow, now: datetime) -> dict[str, Any]:
    """Return a store; its place in both systems, because maps of China are shifted."""
    place = None if row.lat is None or row.lon is None else Place(row.lat, row.lon)
    shifted = to_gcj02(place) if place and in_china(place) else place
    return {
        "number": row.number,
        "name": row.name,
        "address": row.address,
        "district": row.district,
        "phone": row.phone,
        "wgs84": {"lat": place.lat, "lon": place.lon} if place else None,
        "gcj02": {"lat": round(shifted.lat, 6), "lon": round(shifted.lon, 6)} if shifted else None,
        "hours_zh": words.hours(row, now, "zh"),
        "hours_en": words.hours(row, now, "en"),
        "open": words.is_open(row, now),
    }


def window(offer: WindowOffer, zone: ZoneInfo) -> dict[str, Any]:
    """Return a pickup time that may be chosen, or why not."""
    return {**span(offer.window, zone), "left": offer.left, "why_not": offer.why.value if offer.why else None}


def span(told: Window, zone: ZoneInfo) -> dict[str, str]:
    """Return a pickup time."""
    return {
        "opens": told.opens.isoformat(),
        "closes": told.closes.isoformat(),
        "zh": spelling.window(told, zone, "zh"),
        "en": spelling.window(told, zone, "en"),
    }


def checkout(bought: Checkout, begun: Begun | None, base: str) -> dict[str, Any]:
    """Return a checkout and how to pay it."""
    hold = bought.hold
    return {
        "id": bought.public_id,
        "status": hold.status,
        "store_number": bought.store.number,
        "total_fen": hold.total_fen,
        "discount_fen": hold.discount_fen,
        "window": span(hold.window, ZoneInfo(bought.store.time_zone)),
        "lines": [
            {"product_number": line.product_number, "quantity": line.quantity, "name": line.name} for line in hold.lines
        ],
        "expires_at": hold.expires_at.isoformat(),
        "payment": bought.payment.status if bought.payment else None,
        "order": bought.page,
        "order_url": f"{base}/o/{bought.page}" if bought.page else None,
        "pay": {"how": begun.how, "data": begun.data} if begun else None,
    }


def order(told: Standing) -> dict[str, Any]:
    """Return an order with what its customer may do."""
    view = told.view
    row, zone = view.row, ZoneInfo(view.store.time_zone)
    return {
        "token": view.page_token,
        "label": row.label,
        "status": view.status.value,
        "payment": row.payment,
        "cancel_requested": row.cancel_requested,
        "store": store(view.store, told.now),
        "window": span(row.window, zone),
        "lines": [
            {
                "product_number": line.product_number,
                "name": line.name,
                "quantity": line.quantity,
                "price_fen": line.price_fen,
            }
            for line in view.lines
        ],
        "total_fen": row.total_fen,
        "discount_fen": row.discount_fen,
        "pickup_code": view.pickup_code,
        "short_code": view.short_code,
        "collector_name": row.collector_name,
        "arrived_at": row.arrived_at.isoformat() if row.arrived_at else None,
        "replaced_by": told.replaced_by,
        "may": _may(told.may, zone),
        "refunds": [
            {"amount_fen": each.amount_fen, "status": each.status, "reason": each.reason} for each in told.refunds
        ],
        "shortage": _shortage(told.shortage, zone),
        "group": _group(told.group),
    }


def _may(may: Freedom, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "cancel": may.may_cancel,
        "arrive": may.may_arrive,
        "reschedule": [window(each, zone) for each in may.windows],
        "reschedule_why_not": may.why_not,
    }


def _group(group: Group | None) -> dict[str, Any] | None:
    if group is None:
        return None
    return {
        "id": group.id,
        "wanted": group.wanted,
        "joined": group.joined,
        "status": group.status,
        "until": group.deadline_at.isoformat(),
    }


def _shortage(told: Shortage | None, zone: ZoneInfo) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "missing": [
            {"product_number": each.product_number, "wanted": each.wanted, "there": each.there} for each in told.missing
        ],
        "answer": told.answer,
        "until": told.deadline_at.isoformat(),
        "stores": [
            {"store_number": each.store_number, "name": each.name, "distance_m": each.distance_m, "left": each.left}
            for each in told.alternatives.stores
        ],
        "products": [
            {
                "instead_of": each.instead_of,
                "product_number": each.product_number,
                "name": each.name,
                "price_fen": each.price_fen,
            }
            for each in told.alternatives.products
        ],
        "windows": [span(Window.of_minutes(each.opens, each.length), zone) for each in told.alternatives.windows],
    }
