"""The front: what storefront routes need beside the desk, one for each process, kept in `app.state.front`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from hq.desk import Desk
from hq.mall.limits import Limits
from hq.shelf import Fresh
from hq.storefront.pages import Drawn
from hq.storefront.showcase import SECONDS, Showcases
from hq.storefront.watch import Watch


@dataclass(slots=True)
class Changes:
    """When stores changed last, counted; told from the writing thread after each commit of this process."""

    count: int = 0
    _last: dict[str, int] = field(default_factory=dict)

    def tell(self, store_ids: Collection[str]) -> None:
        """Note that these stores changed."""
        self.count += 1
        self._last.update(dict.fromkeys(store_ids, self.count))

    def since(self, store_id: str, count: int) -> bool:
        """Tell whether a store changed after the count was read."""
        return self._last.get(store_id, 0) > count


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order's page as it was drawn after so many changes."""

    store_id: str
    count: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Front:
    """What is drawn is shown again for a second, an order's page no longer than nothing changes at its store."""

    showcases: Showcases
    lives: Fresh[tuple[str, str], Drawn]
    orders: Fresh[tuple[int, str], OrderPage]
    changes: Changes
    watch: Watch
    limits: Limits

    @classmethod
    def of(cls, desk: Desk) -> Front:
        """Return the front of a desk."""
        clock = desk.office.clock
        return cls(
            showcases=Showcases(desk, clock),
            lives=Fresh(clock, SECONDS, most=500),
            orders=Fresh(clock, SECONDS, most=2_000),
            changes=Changes(),
            watch=Watch(desk),
            limits=Limits.of(clock),
        )

    def forget(self, slug: str) -> None:
        """Read and draw a session anew: an operator changed it."""
        self.showcases.forget(slug)
        for language in ("zh", "en"):
            self.lives.forget((slug, language))


async def front(request: Request) -> Front:
    """Return the front of the app that serves this request."""
    found: Front = request.app.state.front
    return found


AtFront = Annotated[Front, Depends(front)]
