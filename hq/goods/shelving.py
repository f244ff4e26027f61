"""Sets what a store has and offers, as an operator says: what differs from what is known, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hq import stores
from hq.goods import stock
from hq.routing import Balance
from hq.work import Work


@dataclass(frozen=True, slots=True)
class Change:
    """What an operator says of one product in one store; `on_hand` is `None` where nobody counted it anew."""

    on_hand: int | None
    listed: bool

    @classmethod
    def of(cls, before: Balance | None, on_hand: int, *, listed: bool) -> Change:
        """Return the change from what the page showed: what was left as it stood may have moved on meanwhile."""
        return cls(None if before and before.on_hand == on_hand else on_hand, listed)

    def differs(self, before: Balance | None) -> bool:
        """Tell whether there is anything to write."""
        return self.on_hand is not None or (before is not None and before.listed is not self.listed)

    def told(self, before: Balance | None) -> str:
        """Return it for the audit log."""
        was = f"{before.on_hand} → " if before and self.on_hand is not None else ""
        counted = "" if self.on_hand is None else f"{was}{self.on_hand}, "
        return f"{counted}{'listed' if self.listed else 'delisted'}"


def set_stock(work: Work, store_number: int, changes: Mapping[int, Change], by: str) -> None:
    """Set what is on hand and what is offered in a store."""
    store = stores.locked(work, store_number)
    counted = {number: change.on_hand for number, change in changes.items() if change.on_hand is not None}
    stock.count(work, store.id, counted, cause=f"console:{work.new_id()}", by=by)
    known = stock.balances(work.conn, store.id, changes)
    for listed in (True, False):
        numbers = [
            number
            for number, change in changes.items()
            if number in known and change.listed is listed and known[number].listed is not listed
        ]
        if numbers:
            stock.offer(work, store.id, numbers, listed=listed)
