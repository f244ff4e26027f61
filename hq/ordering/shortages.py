"""Shortages as HQ keeps them: what is missing, what was offered instead, what the customer answered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from hq.routing import Alternatives, Missing
from hq.schema import shortages
from hq.work import Work

ANSWER_WITHIN = timedelta(hours=24)

_OF_ORDER = (
    select(shortages)
    .where(shortages.c.store_id == bindparam("store_id"), shortages.c.order_number == bindparam("number"))
    .order_by(shortages.c.no.desc())
)
_TO_SETTLE = (
    select(shortages)
    .where(
        shortages.c.settled_at.is_(None),
        or_(shortages.c.answer != "", shortages.c.deadline_at <= bindparam("now")),
    )
    .order_by(shortages.c.deadline_at)
    .limit(bindparam("at_most"))
)


class Cause(StrEnum):
    """Where it came to light."""

    ROUTING = "routing"
    STORE = "store"


class Answer(StrEnum):
    """What the customer, or the clock, said; empty: nothing yet."""

    NONE = ""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Shortage:
    """One shortage of an order; `chosen` names the hold that the customer took instead: store id and checkout id."""

    store_id: str
    order_number: int
    no: int
    cause: str
    detail: str
    missing: tuple[Missing, ...]
    alternatives: Alternatives
    opened_at: datetime
    deadline_at: datetime
    answer: str
    answered_at: datetime | None
    chosen: Mapping[str, str]
    settled_at: datetime | None


def add(
    work: Work,
    store_id: str,
    number: int,
    cause: Cause,
    missing: Sequence[Missing],
    alternatives: Alternatives,
    detail: str = "",
) -> Shortage:
    """Keep a new shortage of an order."""
    last = latest(work.conn, store_id, number)
    shortage = Shortage(
        store_id=store_id,
        order_number=number,
        no=last.no + 1 if last else 1,
        cause=cause.value,
        detail=detail,
        missing=tuple(missing),
        alternatives=alternatives,
        opened_at=work.now,
        deadline_at=work.now + ANSWER_WITHIN,
        answer=Answer.NONE.value,
        answered_at=None,
        chosen={},
        settled_at=None,
    )
    told = {name: getattr(shortage, name) for name in Shortage.__slots__}
    told["missing"] = json.dumps([asdict(each) for each in missing])
    told["alternatives"] = json.dumps(alternatives.as_json(), ensure_ascii=False)
    work.conn.execute(insert(shortages), {**told, "chosen": "{}"})
    return shortage


def latest(conn: Connection, store_id: str, number: int) -> Shortage | None:
    """Return an order's newest shortage."""
    row = conn.execute(_OF_ORDER, {"store_id": store_id, "number": number}).first()
    return _shortage(row) if row else None


def is_replaced(conn: Connection, store_id: str, number: int) -> bool:
    """Tell whether the customer took something else instead of this order."""
    last = latest(conn, store_id, number)
    return last is not None and last.answer == Answer.ACCEPTED


def to_settle(conn: Connection, now: datetime, most: int = 100) -> list[Shortage]:
    """Return what was answered, or not answered in time, and is not carried out yet."""
    return [_shortage(row) for row in conn.execute(_TO_SETTLE, {"now": now, "at_most": most})]


def change(work: Work, shortage: Shortage, **values: Any) -> None:
    """Write what became of a shortage."""
    where = (
        shortages.c.store_id == shortage.store_id,
        shortages.c.order_number == shortage.order_number,
        shortages.c.no == shortage.no,
    )
    work.conn.execute(update(shortages).where(*where).values(**values))


def _shortage(row: Any) -> Shortage:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name for a row's mapping
    values["missing"] = tuple(Missing(**each) for each in json.loads(row.missing))
    values["alternatives"] = Alternatives.from_json(json.loads(row.alternatives))
    values["chosen"] = json.loads(row.chosen)
    return Shortage(**values)
