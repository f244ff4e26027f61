"""The front: what storefront routes need beside the desk, one for each process, kept in `app.state.front`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from hq.desk import Desk
from hq.mall.limits import Limits
from hq.shelf import Fresh
from hq.storefront.pages import Drawn
from hq.storefront.showcase import SECONDS, Showcases
from hq.storefront.watch import Watch


@dataclass(frozen=True, slots=True)
class Front:
    """Showcases and drawn pages are a second old at the most."""

    showcases: Showcases
    drawn: Fresh[tuple[str, str], Drawn]
    watch: Watch
    limits: Limits

    def forget(self, number: int) -> None:
        """Show no page of an order that was drawn before."""
        _forget(self.drawn, number)

    @classmethod
    def of(cls, desk: Desk) -> Front:
        """Return the front of a desk."""
        clock = desk.office.clock
        drawn: Fresh[tuple[str, str], Drawn] = Fresh(clock, SECONDS, most=2_000)
        watch = Watch(desk, lambda number: _forget(drawn, number))
        return cls(Showcases(desk, clock), drawn, watch, Limits.of(clock))


def _forget(drawn: Fresh[tuple[str, str], Drawn], number: int) -> None:
    for language in ("zh", "en"):
        drawn.forget((str(number), language))


async def front(request: Request) -> Front:
    """Return the front of the app that serves this request."""
    found: Front = request.app.state.front
    return found


AtFront = Annotated[Front, Depends(front)]
