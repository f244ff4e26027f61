"""What a customer opens on a phone: the order's page, its QR code, and whether anything changed."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.domain.lookup import mask_name
from hq import customer_page, orders, page_address, qr, views
from hq.desk import AtDesk, Desk
from hq.problems import missing
from hq.views import OrderView

router = APIRouter(prefix="/o/{token}")

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"), autoescape=True, trim_blocks=True
)
_TEMPLATES.filters["mask_name"] = mask_name


@router.get("")
async def page(token: str, at: AtDesk) -> Response:
    """Show the order's page."""
    view = await _view(at, token)
    described = customer_page.describe(view, at.office.now())
    text = _TEMPLATES.get_template("order.html").render(page=described, view=view, token=token)
    return HTMLResponse(text)


@router.get("/qr.png")
async def picture(token: str, at: AtDesk) -> Response:
    """Draw the pickup code."""
    view = await _view(at, token)
    return Response(await run_in_threadpool(qr.png, view.pickup_code), media_type="image/png")


@router.get("/state")
async def state(token: str, at: AtDesk) -> Response:
    """Tell what differs when the page must be drawn again."""
    return JSONResponse({"state": customer_page.state_of(await _view(at, token))})


async def _view(at: Desk, token: str) -> OrderView:
    office = at.office
    number = page_address.number_of(office.vault.secret("page"), token)
    if number is None:
        raise missing("page", "There is no such page.")

    def query(conn: Connection) -> OrderView:
        return views.of(conn, office.vault, office.now(), orders.get(conn, number))

    return await at.glance(query)
