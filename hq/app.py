"""Makes HQ's web application out of settings."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from hq import apidoc, edge
from hq.bell import Bell
from hq.counters import feed
from hq.counters.contacts import Contacts
from hq.desk import Desk
from hq.office import Office
from hq.payments.choose import choose
from hq.roles import Role
from hq.routes import (
    anybody,
    cashier,
    counters,
    customers,
    imports,
    mall,
    mall_orders,
    malls,
    operators,
    payments,
    sales,
    storefront,
)
from hq.settings import Settings
from hq.storefront.front import Front
from hq.throttle import Throttle
from hq.writer import Writer

# A change that another process wrote must reach a terminal's board within a second; alone, there is none.
_RECHECK_AMONG_OTHERS = 0.25
_ROUTES: dict[Role, tuple[Any, ...]] = {
    Role.DESK: (
        counters,
        sales,
        operators,
        malls,
        imports,
        mall,
        mall_orders,
        payments,
        storefront,
        cashier,
        customers,
    ),
    Role.BACK: (),
}


def create_app(
    settings: Settings, roles: Role = Role.ALL, environ: Mapping[str, str] = os.environ, *, console: bool = False
) -> FastAPI:
    """Open HQ's data and return the application that serves it; leaving its lifespan closes the data.

    With `console` the back office has the operators' pages too, of which a process can serve one set.
    """
    desk = _open_desk(settings, environ, alone=roles == Role.ALL)
    app = FastAPI(
        title="Ziti HQ", lifespan=_lifespan(desk, roles, environ), docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.desk = desk
    app.state.front = front = Front.of(desk)
    desk.office.on_change = lambda store_ids: _tell(front, desk.bell, store_ids)
    if Role.DESK in roles:
        app.router.routes += [sales.PLACE, storefront.LIVE]
    for routes in (anybody, *(each for role in roles for each in _ROUTES[role])):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    if console and Role.BACK in roles:
        # Late: what has no console need not load it.
        from hq.console import mount

        mount(app, desk)
    edge.guard(app)
    plain = {"/v1/orders": {"post": sales.PLACE_TOLD}} if Role.DESK in roles else {}
    app.openapi = functools.cache(lambda: apidoc.describe(app, plain))  # type: ignore[method-assign] # FastAPI's own way
    return app


def _open_desk(settings: Settings, environ: Mapping[str, str], *, alone: bool) -> Desk:
    office = Office.open(settings)
    clock = office.clock
    bell = Bell() if alone else Bell(_RECHECK_AMONG_OTHERS)
    secret = office.vault.secret("sandbox-pay")
    provider = choose(environ, folder=settings.data / "payments", secret=secret, clock=clock)
    return Desk(office, Writer(office), bell, Throttle(clock), Throttle(clock, most=30), Contacts(clock), provider)


def _tell(front: Front, bell: Bell, store_ids: frozenset[str]) -> None:
    front.changes.tell(store_ids)
    bell.ring(store_ids)


def _lifespan(
    desk: Desk, roles: Role, environ: Mapping[str, str]
) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    async def heads(store_ids: frozenset[str]) -> dict[str, int]:
        return await desk.read(lambda conn: feed.heads_of(conn, store_ids))

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        desk.bell.attach(asyncio.get_running_loop())
        tasks = [asyncio.create_task(desk.bell.watch(heads))]
        if Role.BACK in roles:
            tasks += _chores(desk, environ)
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await desk.contacts.settle()
        desk.writer.close()
        desk.provider.stop()
        desk.office.close()

    return lifespan


def _chores(desk: Desk, environ: Mapping[str, str]) -> list[asyncio.Task[None]]:
    # Mail, SMS and the like load only where they are sent.
    from hq import chores
    from hq.messages import settings as message_settings
    from hq.messages.channels.configured import configured

    told = message_settings.load(environ)
    channels = configured(told, desk.office.clock, desk.office.random_bits)
    every = chores.all_chores(desk.office, desk.provider, channels, told.hook)
    return [asyncio.create_task(chores.keep_doing(chore), name=chore.name) for chore in every]
