"""What operators take along: orders, stock, shifts, figures, messages and empty sheets, after a look at the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from nicegui import ui
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from app.domain.order import Status
from hq import stores
from hq.console import entries
from hq.console.gate import session_token
from hq.console.period_bar import Chosen
from hq.console.visit import HOME, Visit
from hq.console.widgets import button
from hq.desk import AtDesk, Desk
from hq.goods import sheets
from hq.messages.kinds import Kind, Standing
from hq.messages.log import Filter
from hq.people import audit, sign_in
from hq.people.operators import Operator, Role
from hq.problems import Rejection, invalid
from hq.reports import extracts, sheet_files
from hq.reports.extracts import Extract
from hq.reports.order_search import Wanted
from hq.reports.totals import LONGEST, Asked
from hq.work import Work

router = APIRouter(prefix="/console/export", include_in_schema=False)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_buttons(see: Visit, what: str, asked: Callable[[], Mapping[str, str]]) -> None:
    """Make the buttons that download what the page shows, as CSV and as XLSX."""
    if not see.may(Role.OPERATOR):
        return

    def fetch(kind: str) -> None:
        # A page of the console's own path: the browser keeps what is open and saves the file.
        ui.run_javascript(f"location.assign('/console/export/{what}.{kind}?{urlencode(dict(asked()))}')")

    button("CSV", lambda: fetch("csv"), icon="download").props["title"] = see.say("导出 CSV", "Export CSV")
    button("XLSX", lambda: fetch("xlsx"), icon="download").props["title"] = see.say("导出 XLSX", "Export XLSX")


@router.get("/products-template.xlsx")
async def template(request: Request, at: AtDesk) -> Response:
    """Return an empty sheet of products."""
    await _who(request, at, "products-template")
    content = await run_in_threadpool(sheets.product_template)
    return Response(content, media_type=_XLSX, headers=_as_file("products-template.xlsx"))


@router.get("/{what}.{kind}")
async def export(what: str, kind: str, request: Request, at: AtDesk) -> Response:
    """Return a file that is written while it is sent."""
    make = _EXTRACTS.get(what)
    if make is None or kind not in {"csv", "xlsx"}:
        raise Rejection(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address.")
    asked = {name: value[:200] for name, value in request.query_params.items()}
    operator = await _who(request, at, f"{what}.{kind} {urlencode(asked)}")
    extract = await run_in_threadpool(make, at, asked, not operator.role.covers(Role.ADMIN))
    headers = _as_file(f"{what}-{at.office.now().astimezone(HOME):%Y%m%d-%H%M}.{kind}")
    if kind == "csv":
        chunks = sheet_files.csv_chunks(extract.heading, extract.rows)
        return StreamingResponse(chunks, media_type="text/csv; charset=utf-8", headers=headers)
    file = await run_in_threadpool(sheet_files.xlsx_file, extract.title, extract.heading, extract.rows)
    return StreamingResponse(sheet_files.pieces(file), media_type=_XLSX, headers=headers)


async def _who(request: Request, at: Desk, what: str) -> Operator:
    token = session_token(request)

    def usecase(work: Work) -> Operator:
        operator = sign_in.acting(work, token, Role.OPERATOR)
        audit.record(work, operator.login, "exported", what)
        return operator

    return await at.write(usecase)


def _orders(at: Desk, asked: Mapping[str, str], masked: bool) -> Extract:
    day = entries.day(asked.get("day", ""))
    start, end = entries.minutes_of(day, HOME) if day else (None, None)
    status = asked.get("status", "")
    wanted = Wanted(
        asked.get("text", ""), asked.get("store_id", ""), Status(status) if status in set(Status) else None, start, end
    )
    return extracts.of_orders(at.office, wanted, masked=masked)


def _stock(at: Desk, asked: Mapping[str, str], _masked: bool) -> Extract:
    return extracts.of_stock(at.office, _number(asked, "store"), _number(asked, "product"))


def _shifts(at: Desk, asked: Mapping[str, str], _masked: bool) -> Extract:
    until = at.office.now() + timedelta(days=1)
    return extracts.of_shifts(at.office, _number(asked, "store"), until - LONGEST, until)


def _figures(at: Desk, asked: Mapping[str, str], _masked: bool) -> Extract:
    chosen = Chosen(*(asked.get(name, "") for name in Chosen.__slots__))
    known = {store.id: store for store in at.office.read(stores.all_stores)}
    zone = chosen.zone(known)
    return extracts.of_figures(at.office, Asked(*chosen.span(zone), chosen.store, chosen.session), zone)


def _messages(at: Desk, asked: Mapping[str, str], masked: bool) -> Extract:
    status, kind = asked.get("status", ""), asked.get("kind", "")
    only = Filter(
        asked.get("store_id") or None,
        Standing(status) if status in set(Standing) else None,
        Kind(kind) if kind in set(Kind) else None,
        _number(asked, "order"),
    )
    return extracts.of_messages(at.office, only, masked=masked)


def _number(asked: Mapping[str, str], name: str) -> int | None:
    text = asked.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise invalid("number", "This is not a number.")
    return int(text)


def _as_file(name: str) -> dict[str, str]:
    return {"content-disposition": f"attachment; filename={quote(name)}"}


_EXTRACTS: dict[str, Callable[[Desk, Mapping[str, str], bool], Extract]] = {
    "orders": _orders,
    "stock": _stock,
    "shifts": _shifts,
    "figures": _figures,
    "messages": _messages,
}
