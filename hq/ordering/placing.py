"""Places orders, many in one transaction: known keys, promises against the stock, rows, feed and decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from hq import stores
from hq.counters import keys
from hq.goods import catalogue
from hq.goods.catalogue import Product
from hq.goods.stock import Allocation, deciding
from hq.ordering import book, decisions, numbering, views
from hq.ordering.book import Draft, OrderLineRow, OrderRow
from hq.ordering.decisions import Decided
from hq.ordering.numbering import Name
from hq.ordering.refusals import short
from hq.ordering.views import OrderView
from hq.ordering.wishes import MAX_NAME, MAX_NOTE, NewOrder, checked_lines, checked_phone, checked_text, checked_window
from hq.ordering.wishes import fingerprint as fingerprint_of
from hq.problems import Rejection, conflict
from hq.routing import Need, Outcome, decide
from hq.stores import Locked
from hq.work import Done, Later, Work


@dataclass(frozen=True, slots=True)
class Placed:
    """An order as it stands, and whether this call made it."""

    view: OrderView
    is_new: bool


@dataclass(frozen=True, slots=True)
class Place:
    """The use-case: place a paid order under its client's key, once for ever."""

    client_key: str
    wish: NewOrder

    def __call__(self, work: Work) -> Placed:
        """Place it alone."""
        placed: Placed = place_all(work, [self])[0].answer()
        return placed

    def with_others(self, work: Work, same: Sequence[Place]) -> list[Done]:
        """Place several."""
        return place_all(work, same)


@dataclass(slots=True)
class _Market:
    """What a set of wishes is held against: locked stores, products, balances, and the names for new orders."""

    stores: dict[int, Locked]
    products: dict[int, Product]
    allocation: Allocation
    names: dict[str, Name]
    new: list[tuple[OrderRow, tuple[OrderLineRow, ...]]] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)


def place_all(work: Work, places: Sequence[Place]) -> list[Done]:
    """Place orders; what stands under a key already is answered with it, what cannot be served is refused."""
    locked = stores.lock_several(work, {place.wish.store_number for place in places})
    # Only now: whoever places the same order in another process holds the same store's lock until all can see it.
    known = book.by_client_keys(work.conn, [place.client_key for place in places])
    fresh = {place.client_key: place for place in places if place.client_key not in known}
    market = _look_around(work, locked, list(fresh.values()))
    done: list[Done] = []
    for place in places:
        fingerprint = fingerprint_of(place.wish)
        row = known.get(place.client_key)
        done.append(_again(row, fingerprint) if row else _try(work, market, place, fingerprint))
        if not row and done[-1].value:
            known[place.client_key] = done[-1].value
    if market.new:
        _write(work, market)
    return _answers(work, market, done)


def _look_around(work: Work, locked: dict[int, Locked], places: Sequence[Place]) -> _Market:
    wanted: dict[str, set[int]] = defaultdict(set)
    for place in places:
        if place.wish.store_number in locked:
            wanted[locked[place.wish.store_number].row.id] |= {number for number, _ in place.wish.lines}
    asked = {number for numbers in wanted.values() for number in numbers}
    keyed = [
        (place.client_key, locked[place.wish.store_number].row) for place in places if place.wish.store_number in locked
    ]
    names = dict(zip((key for key, _ in keyed), numbering.names(work, [store for _, store in keyed]), strict=True))
    return _Market(locked, catalogue.find(work.conn, asked) if asked else {}, Allocation(work, wanted), names)


def _again(row: OrderRow, fingerprint: str) -> Done:
    if row.fingerprint != fingerprint:
        error = conflict("idempotency_key", "This Idempotency-Key was used for another order: take a new one.")
        return Done(error=error)
    return Done(row)


def _try(work: Work, market: _Market, place: Place, fingerprint: str) -> Done:
    try:
        return Done(_admit(work, market, place, fingerprint))
    except Rejection as refused:
        return Done(error=refused)


def _admit(work: Work, market: _Market, place: Place, fingerprint: str) -> OrderRow:
    wish = place.wish
    locked = market.stores.get(wish.store_number)
    if locked is None:
        raise stores.none_such(wish.store_number)
    store, name = locked.row, market.names[place.client_key]
    window = checked_window(wish.opens, wish.closes, work.now)
    lines = checked_lines(wish.lines, market.products)
    draft = Draft(
        store=store,
        name=name,
        client_key=place.client_key,
        fingerprint=fingerprint,
        window=window,
        lines=lines,
        customer_name=checked_text(wish.customer_name, "name", MAX_NAME),
        customer_phone=checked_phone(wish.customer_phone),
        note=checked_text(wish.note, "note", MAX_NOTE),
    )
    needs = tuple(Need(line.product_number, line.quantity) for line in lines)
    balances = deciding(market.allocation.balances(store.id), needs, market.products)
    decision = decide(needs, balances, active=store.active)
    if decision.outcome is Outcome.SHORTAGE:
        raise short(work, store, needs, decision, market.products)
    row = book.row_of(work, draft)
    market.allocation.take(store.id, needs, f"order:{name.number}", name.number)
    market.new.append((row, lines))
    market.decided.append(Decided(store.id, name.number, decision, needs, balances, window))
    return row


def _write(work: Work, market: _Market) -> None:
    market.allocation.write()
    book.add_several(work, market.new, {locked.row.id: locked.seq for locked in market.stores.values()})
    decisions.record(work, market.decided)


def _answers(work: Work, market: _Market, done: Iterable[Done]) -> list[Done]:
    made = {row.number: lines for row, lines in market.new}
    by_id = {locked.row.id: locked.row for locked in market.stores.values()}
    answers = []
    for each in done:
        row: OrderRow | None = each.value
        if row is None:
            answers.append(each)
            continue
        # The second of two same wishes in one transaction finds what the first has just made.
        lines = made.pop(row.number, None)
        store = by_id.get(row.store_id) or stores.by_id(work.conn, row.store_id)
        carried = lines if lines is not None else book.lines(work.conn, row)
        view = partial(views.compose, row, store, carried, keys.signer_of(work), work.vault, work.now)
        answers.append(Done(Later(partial(_placed, view, is_new=lines is not None))))
    return answers


def _placed(view: Callable[[], OrderView], *, is_new: bool) -> Placed:
    placed = Placed(view(), is_new)
    # Whoever places an order is told its code: it is signed now, while the disk is waited for.
    _ = placed.view.pickup_code
    return placed
