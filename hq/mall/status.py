"""An order with everything around it that its customer is shown: group, shortage, refunds, what may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from hq.desk import Desk
from hq.mall import changes, mine, sessions
from hq.mall.changes import Freedom
from hq.money import refunds
from hq.money.refunds import RefundRow
from hq.ordering import groups, orders, page_address, shortages, views
from hq.ordering.groups import Group
from hq.ordering.shortages import Shortage
from hq.ordering.views import OrderView


@dataclass(frozen=True, slots=True)
class Standing:
    """An order as its customer sees it at a moment; `replaced_by` is the page of the order in its place."""

    view: OrderView
    may: Freedom
    refunds: tuple[RefundRow, ...]
    shortage: Shortage | None
    group: Group | None
    replaced_by: str | None
    slug: str | None
    now: datetime


async def standing(at: Desk, token: str) -> Standing:
    """Return how the order behind a page's address stands."""
    number = mine.number_of(at, token)
    return await at.glance(lambda conn: of_order(conn, at, number))


def of_order(conn: Connection, at: Desk, number: int) -> Standing:
    """Return how an order stands."""
    row, now = orders.get(conn, number), at.office.now()
    short = shortages.latest(conn, row.store_id, row.number)
    return Standing(
        view=views.of(conn, at.office.vault, now, row),
        may=changes.freedom(conn, row, now),
        refunds=tuple(refunds.of_order(conn, row.store_id, row.number)),
        shortage=short if short and short.settled_at is None else None,
        group=groups.find(conn, row.store_id, row.group_id) if row.group_id else None,
        replaced_by=None
        if row.replaced_by is None
        else page_address.token(at.office.vault.secret("page"), row.replaced_by),
        slug=sessions.by_id(conn, row.session_id).slug if row.session_id else None,
        now=now,
    )
