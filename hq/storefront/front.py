"""The front: what storefront routes need beside the desk, one for each process, kept in `app.state.front`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from hq.desk import Desk
from hq.goods.shelf import Fresh
from hq.mall.limits import Limits
from hq.storefront.pages import Drawn
from hq.storefront.shared import Shared
from hq.storefront.showcase import SECONDS, Showcases
from hq.storefront.watch import Watch

_ALONE_SECONDS = 10.0


@dataclass(slots=True)
class Changes:
    """How often each store changed; told from the writing thread after each commit of this process."""

    count: int = 0
    _last: dict[str, int] = field(default_factory=dict)

    def tell(self, store_ids: Collection[str]) -> None:
        """Note that these stores changed."""
        self.count += 1
        self._last.update(dict.fromkeys(store_ids, self.count))

    def last(self, store_id: str | None) -> int:
        """Return which change was a store's last; of any store when it is not known which one."""
        return self.count if store_id is None else self._last.get(store_id, 0)


@dataclass(frozen=True, slots=True)
class Front:
    """What is drawn is shown again for a second.

    An order's page is shown for as long as nothing changes at its store, but for what the clock changes; where other
    processes write too, whose changes are heard of late, for a second as well.
    """

    showcases: Showcases
    lives: Shared[tuple[str, str], Drawn]
    offers: Shared[tuple[Any, ...], Drawn]
    orders: Shared[tuple[int, str, int], bytes]
    store_of: Fresh[int, str]
    changes: Changes
    watch: Watch
    limits: Limits

    @classmethod
    def of(cls, desk: Desk) -> Front:
        """Return the front of a desk."""
        clock, waits = desk.office.clock, desk.office.database.waits
        return cls(
            showcases=Showcases(desk, clock),
            lives=Shared(clock, SECONDS, most=500),
            offers=Shared(clock, SECONDS, most=2_000),
            orders=Shared(clock, SECONDS if waits else _ALONE_SECONDS, most=5_000, at_once=not waits),
            # An order never changes its store.
            store_of=Fresh(clock, 24 * 3600, most=50_000),
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
