"""An order as the customer and the operators are shown it, with its codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from app.domain.code import PickupCode
from app.domain.order import Status
from hq import stores
from hq.counters import keys
from hq.ordering import book, page_address
from hq.ordering.book import OrderLineRow, OrderRow
from hq.stores import StoreRow
from hq.vault import Signer, Vault
from hq.work import Work


# Without slots: the code is kept once it is signed.
@dataclass(frozen=True)
class OrderView:
    """An order, its store and lines, and what the customer may show or say; `status` is the one that people see."""

    row: OrderRow
    store: StoreRow
    lines: tuple[OrderLineRow, ...]
    status: Status
    short_code: str
    page_token: str
    code: PickupCode
    signer: Signer

    @cached_property
    def pickup_code(self) -> str:
        """The digits of the code, signed when they are asked for first: most pages do without."""
        return self.signer.text(self.code)


def of(conn: Connection, vault: Vault, now: datetime, order: OrderRow) -> OrderView:
    """Return the view of an order."""
    signer = keys.signer(conn, vault, now)
    return compose(order, stores.by_id(conn, order.store_id), book.lines(conn, order), signer, vault, now)


def in_work(work: Work, order: OrderRow) -> OrderView:
    """Return the view of an order within a transaction."""
    store = stores.by_id(work.conn, order.store_id)
    return compose(order, store, book.lines(work.conn, order), keys.signer_of(work), work.vault, work.now)


def compose(
    order: OrderRow, store: StoreRow, lines: tuple[OrderLineRow, ...], signer: Signer, vault: Vault, now: datetime
) -> OrderView:
    """Put a view together; the pickup code is signed anew, by the key that is given."""
    carried = tuple((line.product_number, line.quantity) for line in lines)
    code = PickupCode(signer.key_id, store.number, order.number, order.issue, order.window, carried)
    return OrderView(
        row=order,
        store=store,
        lines=lines,
        status=order.status_at(now),
        short_code=order.short_code(vault.secret("short-code")),
        page_token=page_address.token(vault.secret("page"), order.number),
        code=code,
        signer=signer,
    )
