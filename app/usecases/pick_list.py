"""What must be fetched from the shelves for the orders of a while: sums by product, ticked off one by one.

A tick is kept for each opening of a window, so that it counts in every while that this opening belongs to: what was
fetched for the next two hours is fetched for today as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.changes import Changes
from app.domain.document import Align, Document, Pair, Paper, Part, Rule, Size, Text
from app.storage.work import Work, from_millis, millis
from app.usecases.print_queue import queue_print
from app.usecases.shift import local_time

# What is packed or gone counts too: it was fetched, and what came since must not hide behind it.
_SUMS = """
WITH wanted AS (
    SELECT number, opens, lines, status IN ('prepared', 'awaiting_pickup') AS packed FROM orders
    WHERE status NOT IN ('completed', 'cancelled') AND opens >= ?1 AND opens < ?2
        AND status IN ('assigned', 'preparing', 'prepared', 'awaiting_pickup')
    UNION ALL
    SELECT number, opens, lines, 1 FROM orders
    WHERE completed_at >= ?3 AND status = 'completed' AND opens >= ?1 AND opens < ?2
)
SELECT json_extract(l.value, '$[0]') AS product, w.opens, sum(json_extract(l.value, '$[1]')),
    sum(json_extract(l.value, '$[1]') * w.packed), count(DISTINCT CASE WHEN NOT w.packed THEN w.number END),
    max(json_extract(l.value, '$[2]'))
FROM wanted w, json_each(w.lines) l GROUP BY product, w.opens
"""
_NEXT = """
SELECT opens FROM orders WHERE status NOT IN ('completed', 'cancelled') AND status IN ('assigned', 'preparing')
    AND opens >= ? ORDER BY opens LIMIT 1
"""
_PICKED = "SELECT product_number, opens_from, quantity, at, by FROM picks WHERE opens_from >= ? AND opens_from < ?"
# Who comes days before the window needs a manager: further back nothing of this while was handed over.
_EARLIEST_HAND_OVER = timedelta(days=2)
KEPT = timedelta(days=14)
_MINUTE = timedelta(minutes=1)
_ZONES = ("ambient", "warm", "chilled", "frozen")


@dataclass(frozen=True, slots=True)
class Pick:
    """A product: pieces wanted in all, of these packed and ticked off, and the orders that are not packed yet.

    `wanted` holds the pieces for each opening (epoch minutes): what a tick says was fetched.
    """

    product_number: int
    name: str
    zone: str
    quantity: int
    packed: int
    picked: int
    left: int
    orders: int
    wanted: tuple[tuple[int, int], ...]
    by: str = ""
    at: datetime | None = None

    @property
    def came_since(self) -> int:
        """How many more are wanted than were ticked off; 0 where nothing was."""
        return self.left if self.picked else 0


@dataclass(frozen=True, slots=True)
class PickList:
    """What the orders need whose windows open in [opens_from, opens_until): the cold goods last into the bag."""

    opens_from: datetime
    opens_until: datetime
    picks: tuple[Pick, ...] = ()

    @property
    def left(self) -> int:
        """How many pieces are still to be fetched."""
        return sum(pick.left for pick in self.picks)


@dataclass(slots=True)
class _Sum:
    """A product's sums while they are added up."""

    name: str = ""
    quantity: int = 0
    packed: int = 0
    picked: int = 0
    left: int = 0
    orders: int = 0


def pick_list(work: Work, opens_from: datetime, opens_until: datetime) -> PickList:
    """Sum what is to be packed for the windows that open in a while, by product; what is all packed is left out."""
    span = _minute(opens_from), _minute(opens_until)
    ticks = {(row[0], row[1]): row[2:] for row in work.conn.execute(_PICKED, span)}
    since = millis(opens_from - _EARLIEST_HAND_OVER)
    sums: dict[int, _Sum] = defaultdict(_Sum)
    wanted: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, opens, quantity, packed, orders, name in work.conn.execute(_SUMS, (*span, since)):
        picked = ticks.get((number, opens), (0,))[0]
        found = sums[number]
        found.name = name or found.name
        found.quantity += quantity
        found.packed += packed
        found.picked += min(picked, quantity)
        found.left += max(0, quantity - max(picked, packed))
        found.orders += orders
        wanted[number].append((opens, quantity))
    last: dict[int, tuple[int, str]] = {}
    for (number, _), (_, at, by) in ticks.items():
        last[number] = max(last.get(number, (0, "")), (at, by))
    picks = [
        _pick(work, number, each, tuple(wanted[number]), last.get(number))
        for number, each in sums.items()
        if each.orders
    ]
    picks.sort(key=lambda pick: (_ZONES.index(pick.zone), pick.name))
    return PickList(opens_from, opens_until, tuple(picks))


def next_pick_list(work: Work) -> PickList:
    """Sum what is to be packed for the windows that open next."""
    row = work.conn.execute(_NEXT, (_minute(work.now),)).fetchone()
    opens = datetime.fromtimestamp(row[0] * 60, UTC) if row else work.now
    return pick_list(work, opens, opens + _MINUTE)


def tick(work: Work, pick: Pick, *, by: str) -> Changes:
    """Note that the pieces that were seen on the list are fetched; what came meanwhile stays to be fetched."""
    work.conn.executemany(
        "INSERT INTO picks (opens_from, opens_until, product_number, quantity, at, by) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET quantity = excluded.quantity, at = excluded.at, by = excluded.by",
        [(opens, opens + 1, pick.product_number, quantity, millis(work.now), by) for opens, quantity in pick.wanted],
    )
    return Changes()


def untick(work: Work, pick: Pick) -> Changes:
    """Note that a product must be fetched again."""
    work.conn.executemany(
        "DELETE FROM picks WHERE opens_from = ? AND opens_until = ? AND product_number = ?",
        [(opens, opens + 1, pick.product_number) for opens, _ in pick.wanted],
    )
    return Changes()


def forget_picks(work: Work) -> Changes:
    """Let go what was ticked off for windows that are long over."""
    work.conn.execute("DELETE FROM picks WHERE opens_from < ?", (_minute(work.now - KEPT),))
    return Changes()


def print_pick_list(work: Work, found: PickList, *, zone: str = "", language: str) -> Changes:
    """Print what of a list is still to be fetched, or of one storage zone of it."""
    local, english = local_time(work), language == "en"
    title = "Pick list" if english else "拣货单"
    last = found.opens_until - _MINUTE
    span = f"{local(found.opens_from):%m-%d %H:%M}"
    if found.opens_from < last:
        span += f" – {local(found.opens_until):%m-%d %H:%M}"
    head: list[Part] = [Text(title, Size.LARGE, bold=True, align=Align.CENTER), Text(span, align=Align.CENTER)]
    picks = [pick for pick in found.picks if pick.left and zone in ("", pick.zone)]
    pieces = sum(pick.left for pick in picks)
    foot = Pair("Pieces" if english else "合计件数", str(pieces), bold=True)
    return queue_print(work, Document(title, Paper.RECEIPT, (*head, *_lines(picks, english=english), Rule(), foot)))


def _lines(picks: list[Pick], *, english: bool) -> list[Part]:
    parts: list[Part] = []
    zone = ""
    for pick in picks:
        if pick.zone != zone:
            zone = pick.zone
            parts += [Rule(), Text(_ZONE_WORDS[zone][english], bold=True)]
        parts.append(Pair(f"[ ] {pick.name}", f"× {pick.left}"))
    return parts


def _pick(
    work: Work, number: int, found: _Sum, wanted: tuple[tuple[int, int], ...], last: tuple[int, str] | None
) -> Pick:
    product = work.known.products.get(number)
    zone = product.zone if product and product.zone in _ZONES else "ambient"
    return Pick(
        number,
        found.name or (product.name if product else ""),
        zone,
        found.quantity,
        found.packed,
        found.picked,
        found.left,
        found.orders,
        wanted,
        by=last[1] if last else "",
        at=from_millis(last[0]) if last else None,
    )


_ZONE_WORDS = {
    "ambient": ("常温", "Shelf"),
    "warm": ("保温", "Warm"),
    "chilled": ("冷藏", "Chilled"),
    "frozen": ("冷冻", "Frozen"),
}


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
