"""Puts messages into the outbox, in the transaction of what they tell about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy.dialects import postgresql, sqlite

from hq.messages.kinds import Kind, Standing
from hq.schema import messages
from hq.work import Work

# The same subject again is the same message: the first one stands.
_INSERT = {
    "sqlite": sqlite.insert(messages).on_conflict_do_nothing(index_elements=["store_id", "dedup"]),
    "postgresql": postgresql.insert(messages).on_conflict_do_nothing(index_elements=["store_id", "dedup"]),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One message to be sent.

    `facts` fill the text: label, short_code, store, address, window (in the store's zone), items, page (the path of
    the order's page), amount (fen, or as it is to be read); reason, coupon where the kind speaks of them. How to reach
    the customer is looked up when it is sent. `consents` is JSON: {"mini": ["paid"], "sms": true, "wecom": true}.
    """

    store_id: str
    kind: Kind
    dedup: str
    order_number: int | None
    audience: Literal["customer", "operators"]
    customer_id: str | None
    language: Literal["zh", "en"]
    facts: dict[str, str | int]
    consents: str


def post(work: Work, notes: Sequence[Note]) -> None:
    """Queue messages; one whose subject was told before is not told again."""
    if notes:
        work.conn.execute(_INSERT[work.conn.dialect.name], [_row(work, note) for note in notes])


def _row(work: Work, note: Note) -> dict[str, Any]:
    return {
        "store_id": note.store_id,
        "id": work.new_id(),
        "order_number": note.order_number,
        "kind": note.kind.value,
        "dedup": note.dedup,
        "audience": note.audience,
        "customer_id": note.customer_id,
        "language": note.language,
        "facts": json.dumps(note.facts, ensure_ascii=False),
        # Which channels are left is decided when it is sent first: only the worker knows which ones there are.
        "plan": f'{{"consents": {note.consents or "{}"}}}',
        "status": Standing.QUEUED.value,
        "channel": "",
        "attempts": 0,
        "next_at": work.now,
        "created_at": work.now,
        "error": "",
    }
