"""What must be fetched from the shelves for the orders of a while: sums by product, ticked off one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.changes import Changes
from app.domain.document import Align, Document, Pair, Paper, Part, Rule, Size, Text
from app.storage.work import Work, millis
from app.usecases.print_queue import queue_print
from app.usecases.shift import local_time

# Still to be packed: what lies ready needs no picking.
_SUMS = """
SELECT json_extract(l.value, '$[0]') AS product, sum(json_extract(l.value, '$[1]')), count(DISTINCT o.number),
    max(json_extract(l.value, '$[2]'))
FROM orders o, json_each(o.lines) l
WHERE o.status IN ('assigned', 'preparing', 'put_back') AND o.opens >= ? AND o.opens < ?
GROUP BY product
"""
_ZONES = ("frozen", "chilled", "warm", "ambient")


@dataclass(frozen=True, slots=True)
class Pick:
    """A product, how many pieces are wanted for how many orders, and how many were fetched already."""

    product_number: int
    name: str
    zone: str
    quantity: int
    orders: int
    picked: int = 0

    @property
    def left(self) -> int:
        """How many are still to be fetched; more may be wanted since it was ticked off."""
        return max(0, self.quantity - self.picked)


def pick_list(work: Work, opens_from: datetime, opens_until: datetime) -> tuple[Pick, ...]:
    """List what the orders need whose windows open in a while, by storage zone: the cold ones last into the bag."""
    span = _minutes(opens_from), _minutes(opens_until)
    picked = dict(
        work.conn.execute(
            "SELECT product_number, quantity FROM picks WHERE opens_from = ? AND opens_until = ?", span
        ).fetchall()
    )
    found = []
    for number, quantity, count, name in work.conn.execute(_SUMS, span):
        product = work.known.products.get(number)
        zone = product.zone if product else "ambient"
        label = name or (product.name if product else f"{number}")
        found.append(Pick(number, label, zone, quantity, count, picked.get(number, 0)))
    return tuple(sorted(found, key=lambda pick: (-_ZONES.index(pick.zone), pick.name)))


def tick(work: Work, pick: Pick, opens_from: datetime, opens_until: datetime, *, by: str) -> Changes:
    """Note that all that is wanted now was fetched; ticked a second time, it is to be fetched again."""
    span = _minutes(opens_from), _minutes(opens_until)
    quantity = pick.quantity if pick.left else 0
    work.conn.execute(
        "INSERT INTO picks (opens_from, opens_until, product_number, quantity, at, by) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET quantity = excluded.quantity, at = excluded.at, by = excluded.by",
        (*span, pick.product_number, quantity, millis(work.now), by),
    )
    return Changes()


def print_pick_list(work: Work, opens_from: datetime, opens_until: datetime, *, language: str) -> Changes:
    """Print what is still to be fetched."""
    local = local_time(work)
    title = "Pick list" if language == "en" else "拣货单"
    span = f"{local(opens_from):%m-%d %H:%M} – {local(opens_until):%m-%d %H:%M}"
    parts: list[Part] = [Text(title, Size.LARGE, bold=True, align=Align.CENTER), Text(span, align=Align.CENTER)]
    zone = ""
    for pick in pick_list(work, opens_from, opens_until):
        if not pick.left:
            continue
        if pick.zone != zone:
            zone = pick.zone
            parts += [Rule(), Text(_ZONE_WORDS[zone][language == "en"], bold=True)]
        parts.append(Pair(f"[ ] {pick.name}", f"× {pick.left}"))
    return queue_print(work, Document(title, Paper.RECEIPT, tuple(parts)))


_ZONE_WORDS = {
    "frozen": ("冷冻", "Frozen"),
    "chilled": ("冷藏", "Chilled"),
    "warm": ("保温", "Warm"),
    "ambient": ("常温", "Shelf"),
}


def _minutes(at: datetime) -> int:
    return int(at.timestamp()) // 60
