"""HQ's orders joined with what this store knows of them: single writers per fact, so nothing has to be merged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.changes import Changes
from app.domain.order import Order, Status
from app.domain.records import OrderRecord
from app.storage import orders
from app.storage.work import Work, millis
from app.usecases.hand_over import accept_cancellation

# More changed orders than this and a screen does better to read its page anew.
_MANY = 20
_SYSTEM = "HQ"
_CLOSED = (Status.COMPLETED, Status.CANCELLED)

_UNSENT = "EXISTS (SELECT 1 FROM outbox x WHERE x.order_number = o.number AND NOT x.parked)"
_OVERTAKEN = f"""
SELECT o.number, o.hq_status,
    EXISTS (SELECT 1 FROM claims c WHERE c.order_number = o.number AND c.state = 'handed_over')
FROM orders o WHERE o.number IN (SELECT value FROM json_each(?)) AND o.status <> o.hq_status
    AND o.version > 0 AND o.version >= o.acked_version AND NOT {_UNSENT}
"""  # noqa: S608 - our own constants
_LOCAL = f"""
SELECT o.number, o.version, o.acked_version, o.status, {_UNSENT},
    (SELECT c.state FROM claims c WHERE c.order_number = o.number AND c.state IN ('granted', 'handed_over'))
FROM orders o WHERE o.number IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - our own constants
_UPSERT_ORDER = """
INSERT INTO orders (number, id, status, issue, opens, length, cancel_requested, lines, version, placed_at, prepared_at,
    customer, phone, phone_tail_hash, short_code_hash, note, arrived_at, collector, collector_relation, customer_key,
    hq_status, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET id = excluded.id, status = excluded.status, issue = excluded.issue,
    opens = excluded.opens, length = excluded.length, cancel_requested = excluded.cancel_requested,
    lines = excluded.lines, version = excluded.version, placed_at = excluded.placed_at,
    prepared_at = excluded.prepared_at, customer = excluded.customer, phone = excluded.phone,
    phone_tail_hash = excluded.phone_tail_hash, short_code_hash = excluded.short_code_hash, note = excluded.note,
    arrived_at = excluded.arrived_at, collector = excluded.collector,
    collector_relation = excluded.collector_relation, customer_key = excluded.customer_key,
    hq_status = excluded.hq_status, checksum = excluded.checksum
"""


@dataclass(frozen=True, slots=True)
class _Local:
    """What this terminal has on an order that HQ's record must be joined with."""

    version: int
    acked_version: int
    status: Status
    unsent: bool
    granted: bool
    handed_over: bool


def apply_orders(work: Work, records: Sequence[OrderRecord]) -> Changes:
    """Take in HQ's orders, those that are newer than what is here, each once in `records`."""
    known = _local_orders(work, [record.number for record in records])
    rows, touched = [], []
    for record in records:
        local = known.get(record.number)
        if local and (record.version <= local.version or record.version < local.acked_version):
            continue
        rows.append(_row(record, _joined_status(record, local)))
        touched.append((record, local))
    work.conn.executemany(_UPSERT_ORDER, rows)
    changes = Changes()
    for record, local in touched:
        if local or record.redemption or record.cancel_requested:
            changes |= _join_rest(work, record, local)
    numbers = frozenset(record.number for record, _ in touched)
    new = any(local is None and record.status is Status.ASSIGNED for record, local in touched)
    many = len(numbers) > _MANY
    return changes | Changes(orders=frozenset() if many else numbers, all_orders=many, new_orders=new)


def catch_up(work: Work, numbers: Sequence[int]) -> Changes:
    """Take HQ's word on orders whose last unsent progress is settled, if the feed has told all that HQ answered."""
    rows = work.conn.execute(_OVERTAKEN, (json.dumps(list(numbers)),)).fetchall()
    for number, status, handed_over in rows:
        if handed_over and status not in _CLOSED:
            _drop_redemption(work, number)
        orders.update(work.conn, number, status=status)
    return Changes(orders=frozenset(row[0] for row in rows))


def _local_orders(work: Work, numbers: Sequence[int]) -> dict[int, _Local]:
    rows = work.conn.execute(_LOCAL, (json.dumps(list(numbers)),))
    return {
        number: _Local(version, acked, Status(status), bool(unsent), claim == "granted", claim == "handed_over")
        for number, version, acked, status, unsent, claim in rows
    }


def _joined_status(record: OrderRecord, local: _Local | None) -> Status:
    """HQ's word, unless this terminal knows of progress that HQ has not acknowledged."""
    if local is None or not local.unsent:
        return record.status
    if record.status is Status.CANCELLED and not local.handed_over:
        return Status.CANCELLED
    return local.status


def _row(record: OrderRecord, status: Status) -> tuple[Any, ...]:
    lines = json.dumps([[line.product_number, line.quantity, line.name] for line in record.lines], ensure_ascii=False)
    sealed = (
        record.number,
        record.id,
        str(status),
        record.issue,
        record.opens,
        record.length,
        int(record.cancel_requested),
        lines,
    )
    return (
        *sealed,
        record.version,
        millis(record.placed_at),
        millis(record.prepared_at) if record.prepared_at else None,
        record.customer,
        record.phone,
        record.phone_tail_hash,
        record.short_code_hash,
        record.note,
        millis(record.arrived_at) if record.arrived_at else None,
        record.collector,
        record.collector_relation,
        record.customer_key,
        str(record.status),
        orders.checksum(sealed),
    )


def _join_rest(work: Work, record: OrderRecord, local: _Local | None) -> Changes:
    if record.redemption:
        _keep_redemption(work, record)
    elif local and local.handed_over and not local.unsent and record.status is not Status.CANCELLED:
        _drop_redemption(work, record.number)
    if not record.redemption:
        _drop_foreign_redemption(work, record.number)
    if record.cancel_requested and not (local and (local.granted or local.handed_over)):
        return _cancel(work, record.number)
    return Changes()


def _keep_redemption(work: Work, record: OrderRecord) -> None:
    fact = record.redemption
    if fact is None:
        return
    work.conn.execute(
        "INSERT INTO redemptions (attempt_id, order_number, at, by, terminal, local) VALUES (?, ?, ?, ?, ?, 0)"
        " ON CONFLICT (attempt_id) DO NOTHING",
        (fact.attempt_id, record.number, millis(fact.at), fact.by, fact.terminal),
    )


def _drop_redemption(work: Work, number: int) -> None:
    # Revoked at another terminal: the claim here no longer stands.
    work.conn.execute("UPDATE claims SET state = 'revoked' WHERE order_number = ? AND state = 'handed_over'", (number,))
    _mark_revoked(work, number, local=1)


def _drop_foreign_redemption(work: Work, number: int) -> None:
    _mark_revoked(work, number, local=0)


def _mark_revoked(work: Work, number: int, *, local: int) -> None:
    work.conn.execute(
        "UPDATE redemptions SET revoked_at = ?, revoked_by = ? WHERE order_number = ? AND local = ?"
        " AND revoked_at IS NULL",
        (millis(work.now), _SYSTEM, number, local),
    )


def _cancel(work: Work, number: int) -> Changes:
    # Only the lead's word is final at HQ; another terminal merely stops handing the order over.
    order = orders.find(work.conn, work.known, number)
    if order is None or not work.leads or not _may_cancel(order):
        return Changes()
    return accept_cancellation(work, order, by=_SYSTEM)


def _may_cancel(order: Order) -> bool:
    return order.status not in (Status.CANCELLED, Status.COMPLETED)
