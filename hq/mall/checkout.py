"""Checking out: a cart, a store and a window become a hold that waits for its payment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.rules import GroupRule
from app.domain.window import WhyNot, Window, WindowOffer
from hq import stores
from hq.goods import catalogue
from hq.mall import cart, offers, sessions
from hq.ordering.holds import Hold, Wanted
from hq.ordering.wishes import MAX_NAME, MAX_NOTE, checked_phone, checked_text
from hq.problems import conflict, invalid
from hq.routing import WindowOption
from hq.stores import StoreRow

WHY: Mapping[WhyNot, str] = {
    WhyNot.FULL: "This pickup time is full: choose another one.",
    WhyNot.CLOSED: "The store is closed at this time: choose another one.",
    WhyNot.TOO_SOON: "It is too late for this pickup time: choose another one.",
    WhyNot.NOT_OFFERED: "This pickup time is not offered: choose another one.",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a customer sends from the cart; `consents` says which messages on which channel are welcome."""

    session: str
    store_number: int
    opens: int
    length: int
    lines: tuple[tuple[int, int], ...]
    name: str
    phone: str
    note: str = ""
    collector_name: str = ""
    collector_relation: str = ""
    language: str = "zh"
    consents: Mapping[str, Any] | None = None
    group_id: str | None = None


def hold_for(conn: Connection, client_key: str, customer_id: str, wish: Wish, *, now: datetime, provider: str) -> Hold:
    """Return the hold of a wish at today's prices, or refuse what the session does not offer."""
    session = sessions.by_slug(conn, wish.session)
    if not session.sells_at(now):
        raise conflict("session_closed", "This live session takes no orders at the moment.")
    store = stores.get(conn, wish.store_number)
    if not session.takes_part(store.id):
        raise invalid("store", f"{store.name} does not take part in this live session.")
    products = catalogue.find(conn, [number for number, _ in wish.lines])
    priced = cart.price(session, wish.lines, products)
    window = _window(wish)
    _check_window(conn, session, store, window, priced.lead_minutes, now)
    return Hold(
        client_key,
        Wanted(
            store_number=store.number,
            window=window,
            lines=priced.order_lines,
            customer_id=customer_id,
            customer_name=checked_text(wish.name, "name", MAX_NAME),
            customer_phone=checked_phone(wish.phone),
            note=checked_text(wish.note, "note", MAX_NOTE),
            collector_name=checked_text(wish.collector_name, "collector", MAX_NAME),
            collector_relation=checked_text(wish.collector_relation, "relation", MAX_NAME),
            language="en" if wish.language == "en" else "zh",
            consents=json.dumps(wish.consents or {"sms": True}, sort_keys=True),
            session_id=session.id,
            group_id=wish.group_id if isinstance(session.rules.window, GroupRule) else None,
            discount_fen=priced.discount_fen,
            # What costs nothing needs no payment.
            provider=provider if priced.total_fen else "",
            windows=_others(offers.windows_of(conn, session, store, priced.lead_minutes, now), window),
        ),
    )


def _window(wish: Wish) -> Window:
    try:
        return Window.of_minutes(wish.opens, wish.length)
    except (ValueError, OverflowError, OSError) as error:
        raise invalid("window", "This is not a pickup time.") from error


def _check_window(
    conn: Connection, session: sessions.Session, store: StoreRow, window: Window, lead_minutes: int, now: datetime
) -> None:
    # A window that is full is refused with alternatives where the stock is decided.
    why = offers.why_not(conn, session, store, window, lead_minutes, now)
    if why is not None:
        raise conflict(f"window_{why}", WHY[why])


def _others(offered: tuple[WindowOffer, ...], window: Window) -> tuple[WindowOption, ...]:
    free = [offer.window for offer in offered if offer.why is None and offer.window != window]
    return tuple(WindowOption(each.opens_minute, each.length) for each in free[:3])
