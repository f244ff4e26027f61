"""Another pickup window, asked for at the store's counter: the customer's own rules, for this store's orders only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from hq.counters.terminals import Terminal
from hq.mall import changes
from hq.mall.changes import Freedom
from hq.ordering import book
from hq.ordering.book import OrderRow
from hq.people import audit
from hq.problems import missing
from hq.work import Work


def freedom(conn: Connection, terminal: Terminal, number: int, now: datetime) -> Freedom:
    """Return what may be changed about an order of the terminal's store, or refuse."""
    return changes.freedom(conn, _ours(conn, terminal, number), now)


def reschedule(work: Work, terminal: Terminal, number: int, opens: int, length: int, *, by: str) -> OrderRow:
    """Move an order of the terminal's store as its customer could, and write down who did it."""
    before = _ours(work.conn, terminal, number)
    after = changes.reschedule(work, number, opens, length)
    if after.issue != before.issue:
        moved = f"{before.window.opens:%Y-%m-%d %H:%M}Z → {after.window.opens:%Y-%m-%d %H:%M}Z"
        who = f"{terminal.name}: {by}" if by else terminal.name
        audit.record(work, who, "counter_rescheduled", str(number), detail=moved)
    return after


def _ours(conn: Connection, terminal: Terminal, number: int) -> OrderRow:
    # Another store's order is as unknown here as one that does not exist.
    order = book.find_in_store(conn, terminal.store_id, number)
    if order is None:
        raise missing("order", f"This store has no order {number}.")
    return order
