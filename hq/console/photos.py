"""Photos of what stayed at a hand-over, for whoever may see the order: given out after a look at the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Request
from nicegui import ui
from sqlalchemy import Connection
from starlette.responses import Response

from hq.console.gate import session_token
from hq.console.visit import Visit
from hq.console.widgets import card, chip
from hq.counters import photos
from hq.counters.photos import KEEP_FOR, PhotoRow
from hq.desk import AtDesk
from hq.ordering import orders
from hq.people import sign_in
from hq.people.operators import Role

router = APIRouter(prefix="/console/photos", include_in_schema=False)


@router.get("/{number}/{attempt_id}")
async def picture(
    number: Annotated[int, Path(ge=0, lt=2**63)], attempt_id: str, request: Request, at: AtDesk
) -> Response:
    """Return a photo; the edge forbids everybody to keep it."""
    token, now = session_token(request), at.office.now()

    def query(conn: Connection) -> bytes:
        sign_in.looking(conn, token, now, Role.VIEWER)
        return photos.picture(conn, orders.get(conn, number), attempt_id)

    return Response(await at.read(query), media_type="image/jpeg")


def show(see: Visit, number: int, rows: Sequence[PhotoRow], zone: ZoneInfo) -> None:
    """Show an order's photos, those that are on their way too."""
    if not rows:
        return
    with card(see.say("少交照片", "Photos of what stayed")), ui.element("div").classes("photos"):
        for row in rows:
            with ui.element("div").classes("photo"):
                _show_one(see, number, row)
                ui.label(see.at(row.taken_at, zone)).classes("hint")


def _show_one(see: Visit, number: int, row: PhotoRow) -> None:
    if row.is_here:
        address = f"/console/photos/{number}/{quote(row.attempt_id, safe='')}"
        with ui.link(target=address, new_tab=True):
            shown = ui.element("img").props(f'src="{address}" loading=lazy')
            shown.props["alt"] = see.say("留在门店的商品", "What stayed at the store")
    elif row.received_at is None:
        chip(see.say("照片还在收银台，稍后上传", "Still at the till: it comes by itself"), "wait")
    else:
        days = KEEP_FOR.days
        chip(see.say(f"照片保留 {days} 天，已删除", f"Deleted: photos are kept for {days} days"), "off")
