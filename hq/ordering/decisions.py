"""Keeps every routing decision with its reasons and inputs, for capacity and preference reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.domain.window import Window
from hq import bulk
from hq.routing import Balance, Decision, Need
from hq.schema import routing_decisions
from hq.work import Work

_OF_ORDER = (
    select(routing_decisions)
    .where(
        routing_decisions.c.store_id == bindparam("store_id"), routing_decisions.c.order_number == bindparam("number")
    )
    .order_by(routing_decisions.c.no)
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about an order, and what it was made from."""

    store_id: str
    order_number: int
    decision: Decision
    needs: tuple[Need, ...]
    balances: Mapping[int, Balance]
    window: Window
    no: int = 1

    def inputs(self) -> dict[str, Any]:
        """Return what decided, as JSON: window in epoch minutes, lines as [product, wanted, on hand, reserved]."""
        return {
            "opens": self.window.opens_minute,
            "length": self.window.length,
            "lines": [_line(need, self.balances.get(need.product_number)) for need in self.needs],
        }


def record(work: Work, decided: Sequence[Decided]) -> None:
    """Keep decisions, with `no` as the caller counted them for each order."""
    at = bulk.moment(work.conn, work.now)
    rows = [
        (
            each.store_id,
            each.order_number,
            each.no,
            at,
            each.decision.outcome.value,
            json.dumps(each.decision.reasons_as_json()),
            json.dumps(each.inputs()),
        )
        for each in decided
    ]
    bulk.add(work.conn, routing_decisions, rows)


def of_order(conn: Connection, store_id: str, order_number: int) -> list[dict[str, Any]]:
    """Return an order's decisions, oldest first."""
    found = conn.execute(_OF_ORDER, {"store_id": store_id, "number": order_number}).mappings()
    return [{**row, "reasons": json.loads(row["reasons"]), "inputs": json.loads(row["inputs"])} for row in found]


def _line(need: Need, balance: Balance | None) -> list[int | None]:
    if balance is None:
        return [need.product_number, need.quantity, None, None]
    return [need.product_number, need.quantity, balance.on_hand, balance.reserved]
