"""What a customer has ordered, and what an order's owner may ask of it by its page's address."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select
from starlette.concurrency import run_in_threadpool

from hq import stores
from hq.desk import Desk
from hq.ordering import book, dispatch, orders, page_address, replacing, shortages, views
from hq.ordering.book import OrderRow
from hq.ordering.dispatch import Choice
from hq.ordering.views import OrderView
from hq.problems import missing
from hq.schema import orders as order_table
from hq.stores import StoreRow

MOST = 50
_OF_CUSTOMER = (
    select(order_table)
    .where(order_table.c.customer_id == bindparam("customer_id"))
    .order_by(order_table.c.placed_at.desc())
    .limit(MOST)
)


def of_customer(conn: Connection, customer_id: str) -> list[tuple[OrderRow, StoreRow]]:
    """Return a customer's orders, the newest first, each with its store."""
    found = [book.OrderRow(*row) for row in conn.execute(_OF_CUSTOMER, {"customer_id": customer_id})]
    known = {store_id: stores.by_id(conn, store_id) for store_id in {row.store_id for row in found}}
    return [(row, known[row.store_id]) for row in found]


def number_of(at: Desk, token: str) -> int:
    """Return the order that a page's address stands for, or refuse."""
    number = page_address.number_of(at.office.vault.secret("page"), token)
    if number is None:
        raise missing("page", "There is no such page.")
    return number


async def view(at: Desk, token: str) -> OrderView:
    """Return the order that a page's address stands for."""
    number = number_of(at, token)
    return await at.read(lambda conn: views.of(conn, at.office.vault, at.office.now(), orders.get(conn, number)))


async def answer_shortage(at: Desk, number: int, choice: Choice | None) -> None:
    """Take what the customer chose instead, or (`None`) give the money back; a second answer changes nothing."""

    def open_one(conn: Connection) -> tuple[OrderRow, bool]:
        order = orders.get(conn, number)
        last = shortages.latest(conn, order.store_id, number)
        return order, last is not None and bool(last.answer)

    order, decided = await at.read(open_one)
    if not decided:
        if choice is None:
            await at.write(lambda work: dispatch.refuse(work, number))
        else:
            held = await at.write(await at.read(lambda conn: dispatch.hold_for(conn, order, choice)))
            await at.write(lambda work: dispatch.accept(work, number, held.hold.store_id, held.hold.id))
    await run_in_threadpool(_settle, at, order)


def _settle(at: Desk, order: OrderRow) -> None:
    # At once, because somebody is looking; after a crash the chore takes it up.
    last = at.office.read(lambda conn: shortages.latest(conn, order.store_id, order.number))
    if last and last.settled_at is None:
        replacing.settle(at.office, last)
