"""Makes HQ's web application out of settings."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from hq import edge, feed
from hq.bell import Bell
from hq.contacts import Contacts
from hq.desk import Desk
from hq.office import Office
from hq.routes import counters, customers, operators, sales
from hq.settings import Settings
from hq.throttle import Throttle
from hq.writer import Writer


def create_app(settings: Settings, *, console: bool = False) -> FastAPI:
    """Open HQ's data and return the application that serves it; leaving its lifespan closes the data.

    With `console` also the operators' pages, of which a process can serve one set.
    """
    office = Office.open(settings)
    bell = Bell()
    office.on_change = bell.ring
    clock = office.clock
    desk = Desk(office, Writer(office), bell, Throttle(clock), Throttle(clock, most=30), Contacts(clock))

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        bell.attach(asyncio.get_running_loop())
        watching = asyncio.create_task(bell.watch(lambda: desk.read(feed.heads)))
        yield
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        office.close()

    app = FastAPI(title="Ziti HQ", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    for routes in (counters, sales, operators, customers):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    if console:
        # Late: what has no console need not load it.
        from hq.console import mount

        mount(app, desk)
    edge.guard(app)
    return app
