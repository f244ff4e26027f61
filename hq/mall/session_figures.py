"""What a live session has sold, what its stores have left, and how far its groups are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, func, select

from hq.mall.sessions import Session
from hq.ordering.groups import Group
from hq.schema import groups, order_lines, orders, stock, stores

MOST_STORES = 200
MOST_GROUPS = 50
_OF_SESSION = (orders.c.session_id == bindparam("session_id"), orders.c.replaced_by.is_(None))
_ORDERS = (
    select(orders.c.status, func.count().label("many"), func.sum(orders.c.total_fen).label("fen"))
    .where(*_OF_SESSION)
    .group_by(orders.c.status)
)
_SOLD = (
    select(order_lines.c.product_number, func.sum(order_lines.c.quantity).label("many"))
    .select_from(orders.join(order_lines))
    .where(*_OF_SESSION, orders.c.status != "cancelled")
    .group_by(order_lines.c.product_number)
)
_STORES = select(stores.c.id, stores.c.number, stores.c.name).where(stores.c.active).order_by(stores.c.number)
_LEFT = select(stock.c.store_id, stock.c.product_number, stock.c.on_hand, stock.c.reserved, stock.c.listed).where(
    stock.c.store_id.in_(bindparam("stores", expanding=True)),
    stock.c.product_number.in_(bindparam("numbers", expanding=True)),
    stock.c.counted,
)
_GROUPS = (
    select(groups.c.status, func.count().label("many"))
    .where(groups.c.session_id == bindparam("session_id"))
    .group_by(groups.c.status)
)
_FORMING = (
    select(groups)
    .where(groups.c.session_id == bindparam("session_id"), groups.c.status == "forming")
    .order_by(groups.c.deadline_at)
    .limit(MOST_GROUPS)
)


@dataclass(frozen=True, slots=True)
class StoreLeft:
    """What a store can still promise of each product; what is not counted there is not named."""

    number: int
    name: str
    left: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """Figures of a session: orders by state, money and pieces of those that are not cancelled, stores, groups."""

    by_state: Mapping[str, int]
    total_fen: int
    sold: Mapping[int, int]
    stores: tuple[StoreLeft, ...]
    groups: Mapping[str, int] = field(default_factory=dict)
    forming: tuple[Group, ...] = ()


def figures(conn: Connection, session: Session) -> SessionFigures:
    """Return a session's figures; of the stores that take part the first 200."""
    asked = {"session_id": session.id}
    states = conn.execute(_ORDERS, asked).all()
    return SessionFigures(
        by_state={row.status: row.many for row in states},
        total_fen=sum(int(row.fen) for row in states if row.status != "cancelled"),
        sold={row.product_number: int(row.many) for row in conn.execute(_SOLD, asked)},
        stores=tuple(_left(conn, session)),
        groups={row.status: row.many for row in conn.execute(_GROUPS, asked)},
        forming=tuple(Group(*row) for row in conn.execute(_FORMING, asked)),
    )


def _left(conn: Connection, session: Session) -> list[StoreLeft]:
    its_stores = [row for row in conn.execute(_STORES) if session.takes_part(row.id)][:MOST_STORES]
    numbers = [offer.product_number for offer in session.offers]
    left: dict[str, dict[int, int]] = {row.id: {} for row in its_stores}
    for row in conn.execute(_LEFT, {"stores": list(left), "numbers": numbers}):
        left[row.store_id][row.product_number] = row.on_hand - row.reserved if row.listed else 0
    return [StoreLeft(row.number, row.name, left[row.id]) for row in its_stores]
