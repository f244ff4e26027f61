"""What is open at this store, as the board and the counter's list show it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.changes import Changes
from app.domain.order import AT_STORE, STAYS, Line, Order, Status, effective
from app.domain.window import Phase, Window, WindowPolicy
from app.storage import orders
from app.storage.work import Work, millis

PAGE = 500


@dataclass(frozen=True, slots=True)
class Task:
    """One open order; `status` is the effective one, `start_by` when a made-to-order item must be begun.

    `must_begin`: that time has come and nobody has begun. `here_since`: somebody waits for it at the store.
    `pack_from`: packed before, it would not be fresh. `parcels`: how many labels were made for it.
    """

    number: int
    label: str
    status: Status
    overdue: bool
    window: Window
    customer: str
    phone: str
    lines: tuple[Line, ...]
    zones: frozenset[str]
    made_to_order: bool
    start_by: datetime | None
    shelf: str
    note: str
    here_since: datetime | None = None
    pack_from: datetime | None = None
    must_begin: bool = False
    parcels: int = 0


def must_begin(status: Status, start_by: datetime | None, now: datetime) -> bool:
    """Tell whether something made to order must be begun by now and is not."""
    return status is Status.ASSIGNED and start_by is not None and start_by <= now


def tasks(
    work: Work, *, text: str = "", zone: str = "", after: Task | None = None, limit: int = PAGE
) -> tuple[Task, ...]:
    """List open orders by window and number, at most `limit` that follow `after`; a short answer is the last page.

    `text` matches the label, the masked name, the note or a product's name; `zone` a storage zone.
    """
    found: list[Task] = []
    position = (after.window.opens_minute, after.number) if after else (-1, -1)
    while len(found) < limit:
        rows = work.conn.execute(orders.OPEN_PAGE, (*position, limit)).fetchall()
        page = [_task(orders.order_of(row, work.known), work) for row in rows]
        found += [task for task in page if _matches(task, text=text.casefold(), zone=zone)]
        if len(rows) < limit:
            break
        position = (page[-1].window.opens_minute, page[-1].number)
    return tuple(found[:limit])


def tasks_of(work: Work, numbers: Iterable[int]) -> dict[int, Task | None]:
    """Return the named orders' tasks anew; `None` for one that is no longer open here."""
    wanted = list(numbers)
    answer: dict[int, Task | None] = dict.fromkeys(wanted)
    for row in work.conn.execute(orders.AMONG, (json.dumps(wanted),)):
        order = orders.order_of(row, work.known)
        if order.status in AT_STORE:
            answer[order.number] = _task(order, work)
    return answer


def next_in_window(work: Work, limit: int = 5) -> tuple[Task, ...]:
    """List the orders whose window is open now or opens next."""
    minute = int(work.now.timestamp()) // 60
    rows = work.conn.execute(orders.NEXT, (minute, limit)).fetchall()
    return tuple(_task(orders.order_of(row, work.known), work) for row in rows)


def arrived(work: Work, limit: int = 5) -> tuple[Task, ...]:
    """List the orders whose customers say that they are here, the one who waits longest first."""
    rows = work.conn.execute(orders.ARRIVED, (millis(work.now - STAYS), limit)).fetchall()
    return tuple(_task(orders.order_of(row, work.known), work) for row in rows)


def of_same_customer(work: Work, number: int) -> tuple[Task, ...]:
    """List the other open orders of an order's customer, by window."""
    order = orders.find(work.conn, work.known, number)
    if order is None or not order.customer_key:
        return ()
    rows = work.conn.execute(orders.BY_CUSTOMER, (order.customer_key,)).fetchall()
    found = [orders.order_of(row, work.known) for row in rows]
    return tuple(_task(each, work) for each in found if each.number != number and each.status in AT_STORE)


def due_reminders(work: Work) -> tuple[Task, ...]:
    """List made-to-order orders that must be begun by now, are not, and that nobody has seen on the board."""
    longest = max((product.lead_minutes for product in work.known.products.values()), default=0)
    if not longest:
        return ()
    horizon = int(work.now.timestamp()) // 60 + longest
    rows = work.conn.execute(orders.NOT_BEGUN, (horizon,)).fetchall()
    found = [_task(orders.order_of(row, work.known), work) for row in rows]
    seen = dict(work.conn.execute("SELECT order_number, at FROM reminders_seen").fetchall())
    return tuple(task for task in found if task.must_begin and not _is_seen(task, seen))


def see_reminders(work: Work, numbers: Iterable[int], *, by: str) -> Changes:
    """Note that somebody has seen that these orders must be begun: they are not called out again."""
    work.conn.executemany(
        "INSERT INTO reminders_seen (order_number, at, by) VALUES (?, ?, ?)"
        " ON CONFLICT (order_number) DO UPDATE SET at = excluded.at, by = excluded.by",
        [(number, millis(work.now), by) for number in numbers],
    )
    return Changes()


def _is_seen(task: Task, seen: Mapping[int, int]) -> bool:
    """Tell whether somebody saw it since it must be begun: moved to another day, it is called out again."""
    return task.start_by is not None and seen.get(task.number, -1) >= millis(task.start_by)


def _task(order: Order, work: Work) -> Task:
    store = work.known.store
    policy = WindowPolicy(store.early_minutes, store.late_minutes) if store else WindowPolicy()
    products = work.known.products
    leads = [products[line.product_number].lead_minutes for line in order.lines if line.product_number in products]
    longest = max(leads, default=0)
    start_by = order.window.opens - timedelta(minutes=longest) if longest else None
    return Task(
        number=order.number,
        label=order.label,
        status=effective(order.status, order.window, work.now),
        overdue=policy.phase(order.window, work.now) in (Phase.LATE, Phase.OVERDUE),
        window=order.window,
        customer=order.customer,
        phone=order.phone,
        lines=order.lines,
        zones=frozenset(line.zone for line in order.lines),
        made_to_order=order.made_to_order,
        start_by=start_by,
        shelf=order.shelf,
        note=order.note,
        here_since=order.here_since(work.now),
        pack_from=pack_from(work, order),
        must_begin=must_begin(order.status, start_by, work.now),
        parcels=order.parcels,
    )


def pack_from(work: Work, order: Order) -> datetime | None:
    """Return before when an order must not be packed: the strictest of the store's and its products' rules."""
    products, store = work.known.products, work.known.store
    rules = [products[line.product_number].pack_minutes for line in order.lines if line.product_number in products]
    if store:
        rules.append(store.pack_minutes)
    strictest = min((minutes for minutes in rules if minutes), default=0)
    return order.window.opens - timedelta(minutes=strictest) if strictest else None


def _matches(task: Task, *, text: str, zone: str) -> bool:
    if zone and zone not in task.zones:
        return False
    if not text:
        return True
    haystack = [task.label, task.customer, task.note, str(task.number), *(line.name for line in task.lines)]
    return any(text in part.casefold() for part in haystack)
