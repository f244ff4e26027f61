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
from hq.desk import Desk
from hq.office import Office
from hq.routes import counters, customers, operators, sales
from hq.settings import Settings
from hq.throttle import Throttle
from hq.writer import Writer


def create_app(settings: Settings) -> FastAPI:
    """Open HQ's data and return the application that serves it; leaving its lifespan closes the data."""
    office = Office.open(settings)
    bell = Bell()
    office.on_change = bell.ring
    desk = Desk(office, Writer(office), bell, Throttle(office.clock))

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        bell.attach(asyncio.get_running_loop())
        watching = asyncio.create_task(bell.watch(lambda: desk.read(feed.heads)))
        yield
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        desk.writer.close()
        office.close()

    app = FastAPI(title="Ziti HQ", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.router.routes.append(sales.PLACE)
    for routes in (counters, sales, operators, customers):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    edge.guard(app)
    return app
