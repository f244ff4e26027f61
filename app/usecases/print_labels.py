"""Labels for parcels: one for each, with a code that guards against the wrong bag at the counter."""

from __future__ import annotations

from collections.abc import Iterable

from app.changes import Changes
from app.domain.document import Align, Code, Document, Pair, Paper, Part, Rule, Size, Text
from app.domain.label import MOST_PARCELS, ParcelLabel
from app.domain.order import Order
from app.errors import NotFound, Refused
from app.storage import orders
from app.storage.work import Work
from app.usecases.print_queue import queue_print
from app.usecases.shift import local_time

_ZONES = {"chilled": ("冷藏", "CHILLED"), "frozen": ("冷冻", "FROZEN"), "warm": ("保温", "WARM")}


def print_labels(work: Work, numbers: Iterable[int], *, parcels: int = 1, language: str = "zh_CN") -> Changes:
    """Print `parcels` labels for each order; printed again they are the same, with a new count of parcels."""
    if not 1 <= parcels <= MOST_PARCELS:
        raise Refused(f"An order has from 1 to {MOST_PARCELS} parcels.")
    changes = Changes()
    for number in numbers:
        order = orders.find(work.conn, work.known, number)
        if order is None:
            raise NotFound("There is no such order here.")
        orders.update(work.conn, number, parcels=parcels)
        for parcel in range(1, parcels + 1):
            changes |= queue_print(work, _label(work, order, ParcelLabel(number, parcel, parcels), language))
        changes |= Changes(orders=frozenset({number}))
    return changes


def _label(work: Work, order: Order, label: ParcelLabel, language: str) -> Document:
    local = local_time(work)
    window = f"{local(order.window.opens):%m-%d %H:%M}–{local(order.window.closes):%H:%M}"
    zones = [_ZONES[zone][language == "en"] for zone in sorted({line.zone for line in order.lines}) if zone in _ZONES]
    which = f"{label.parcel}/{label.parcels}"
    parts: list[Part] = [
        Text(f"{order.label}  {which}" if label.parcels > 1 else order.label, Size.HUGE, bold=True, align=Align.CENTER),
        Pair(order.customer, order.shelf),
        Text(window),
    ]
    if zones:
        parts.append(Text(" ".join(zones), Size.LARGE, bold=True, align=Align.CENTER))
    parts.append(Rule())
    parts += [Pair(line.name or str(line.product_number), f"× {line.quantity}") for line in order.lines]
    if order.note:
        parts.append(Text(order.note))
    parts.append(Code(label.text))
    return Document(f"{order.label} {which}", Paper.LABEL, tuple(parts))
