"""Makes HQ's web application out of settings."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from hq import edge, feed
from hq.bell import Bell
from hq.desk import Desk
from hq.office import Office
from hq.roles import Role
from hq.routes import anybody, counters, customers, operators, sales
from hq.settings import Settings
from hq.throttle import Throttle
from hq.writer import Writer

# A change that another process wrote must reach a terminal's board within a second; alone, there is none.
_RECHECK_AMONG_OTHERS = 0.25
_ROUTES: dict[Role, tuple[Any, ...]] = {Role.DESK: (counters, sales, operators, customers), Role.BACK: ()}


def create_app(settings: Settings, roles: Role = Role.ALL) -> FastAPI:
    """Open HQ's data and return the application that serves it; leaving its lifespan closes the data."""
    office = Office.open(settings)
    bell = Bell() if roles == Role.ALL else Bell(_RECHECK_AMONG_OTHERS)
    office.on_change = bell.ring
    desk = Desk(office, Writer(office), bell, Throttle(office.clock))

    async def heads(store_ids: frozenset[str]) -> dict[str, int]:
        return await desk.read(lambda conn: feed.heads_of(conn, store_ids))

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        bell.attach(asyncio.get_running_loop())
        watching = asyncio.create_task(bell.watch(heads))
        yield
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        desk.writer.close()
        office.close()

    app = FastAPI(title="Ziti HQ", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    if Role.DESK in roles:
        app.router.routes.append(sales.PLACE)
    for routes in (anybody, *(each for role in roles for each in _ROUTES[role])):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    edge.guard(app)
    return app
