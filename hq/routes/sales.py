"""What a mall calls: place, look at, cancel and reschedule an order."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hq import apidoc
from hq.desk import OPERATOR, AtDesk, Desk, desk, operator, parsed
from hq.ordering import orders, views
from hq.ordering.book import OrderRow
from hq.ordering.placing import Place
from hq.ordering.views import OrderView
from hq.ordering.wishes import NewOrder
from hq.problems import no_key
from hq.routes.shapes import OrderShape

router = APIRouter(prefix="/v1/orders", dependencies=[OPERATOR])

_LONGEST_KEY = 200
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Number = Annotated[int, Field(ge=0, lt=2**63)]
# Far enough from the calendar's ends that every zone can tell the time; the rules in `orders` are narrower.
Moment = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(3000, 1, 1, tzinfo=UTC))]


class Wish(BaseModel):
    """The root of what a mall sends."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Customer(Wish):
    """Who collects."""

    name: str
    phone: str


class WishedLine(Wish):
    """One product."""

    product_number: Number
    quantity: Annotated[int, Field(ge=-(2**31), lt=2**31)]


class WishedOrder(Wish):
    """An order to be placed."""

    store_number: Number
    opens: Moment
    closes: Moment
    customer: Customer
    lines: tuple[WishedLine, ...]
    note: str = ""

    def wish(self) -> NewOrder:
        """Return it as the use-case takes it."""
        return NewOrder(
            store_number=self.store_number,
            opens=self.opens,
            closes=self.closes,
            customer_name=self.customer.name,
            customer_phone=self.customer.phone,
            lines=tuple((line.product_number, line.quantity) for line in self.lines),
            note=self.note,
        )


class Cancellation(Wish):
    """Why an order is to be cancelled."""

    reason: Annotated[str, Field(max_length=200)] = ""


class NewWindow(Wish):
    """When an order is to be collected instead."""

    opens: Moment
    closes: Moment


_OPERATOR = apidoc.OPERATOR_ONLY
_NO_ORDER = apidoc.missing("order", "There is no order 42.")
_UNKNOWN_STORE = apidoc.missing("store", "There is no store 9.")
_DONE = apidoc.conflict("completed", "Order #4821 was handed over already.")
_CLOSED = apidoc.conflict("closed", "Order #4821 is closed: its window cannot be moved.")
_OTHER_ORDER = apidoc.conflict("idempotency_key", "This Idempotency-Key was used for another order: take a new one.")
_SOLD_OUT = apidoc.conflict("sold_out", "河畔店 has only 1 of 红烧肉 left.")
_NO_KEY = (HTTPStatus.BAD_REQUEST, "idempotency_key", "Send an Idempotency-Key, so that a retry orders once.")
_A_WINDOW = {"opens": "2026-12-01T14:00:00+08:00", "closes": "2026-12-01T20:00:00+08:00"}
_AN_ORDER = {
    "store_number": 7,
    **_A_WINDOW,
    "customer": {"name": "张小明", "phone": "13812345600"},
    "lines": [{"product_number": 1001, "quantity": 2}],
}


async def place(request: Request) -> Response:
    """Place an order once; the same key and body again answer with the same order."""
    at = await desk(request)
    await operator(request, at)
    key = request.headers.get("idempotency-key", "")
    if not key.strip() or len(key) > _LONGEST_KEY:
        raise no_key(_LONGEST_KEY)
    wish = (await parsed(request, WishedOrder)).wish()
    placed = await at.write(Place(key, wish))
    body = _AS_JSON(_shape(placed.view, request, at)).encode()
    return Response(body, HTTPStatus.CREATED if placed.is_new else HTTPStatus.OK, media_type="application/json")


# Thousands come in a burst: a plain route spares each of them what the framework does for the others, and where HQ
# serves by itself, they do not even meet the framework.
PLACE = Route("/v1/orders", place, methods=["POST"])
LANE = {("POST", "/v1/orders"): place}
PLACE_TOLD = apidoc.operation(
    "Place an order once; the same key and body again answer with the same order.",
    apidoc.call(
        who="operator",
        takes=WishedOrder,
        gives=OrderShape,
        example=_AN_ORDER,
        status=201,
        refuses=[_OPERATOR, _NO_KEY, _OTHER_ORDER, _SOLD_OUT, _UNKNOWN_STORE],
    ),
    [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY},
        }
    ],
)


@router.get("/{number}", **apidoc.call(who="operator", gives=OrderShape, refuses=[_OPERATOR, _NO_ORDER]))
async def show(number: int, request: Request, at: AtDesk) -> Response:
    """Show an order."""

    def query(conn: Connection) -> OrderView:
        return views.of(conn, at.office.vault, at.office.now(), orders.get(conn, number))

    return JSONResponse(_shape(await at.glance(query), request, at))


@router.post(
    "/{number}/cancel",
    **apidoc.call(
        who="operator",
        takes=Cancellation,
        gives=OrderShape,
        example={"reason": "改主意了"},
        refuses=[_OPERATOR, _NO_ORDER, _DONE],
    ),
)
async def cancel(number: int, request: Request, at: AtDesk) -> Response:
    """Cancel an order, or ask its store's lead terminal to."""
    asked = await parsed(request, Cancellation)
    view = await at.write(lambda work: views.in_work(work, orders.cancel(work, number, asked.reason)))
    return JSONResponse(_shape(view, request, at))


@router.post(
    "/{number}/reschedule",
    **apidoc.call(
        who="operator", takes=NewWindow, gives=OrderShape, example=_A_WINDOW, refuses=[_OPERATOR, _NO_ORDER, _CLOSED]
    ),
)
async def reschedule(number: int, request: Request, at: AtDesk) -> Response:
    """Give an order another window; codes that were shown before are superseded."""
    asked = await parsed(request, NewWindow)
    view = await at.write(lambda work: views.in_work(work, orders.reschedule(work, number, asked.opens, asked.closes)))
    return JSONResponse(_shape(view, request, at))


def _shape(view: OrderView, request: Request, at: Desk) -> dict[str, Any]:
    base = at.office.settings.public_url or str(request.base_url).rstrip("/")
    row, window = view.row, view.row.window
    return {
        "number": row.number,
        "id": row.id,
        "label": row.label,
        "store_number": view.store.number,
        "version": row.version,
        "issue": row.issue,
        "status": view.status.value,
        "payment": row.payment,
        "cancel_requested": row.cancel_requested,
        "opens": window.opens.isoformat(),
        "closes": window.closes.isoformat(),
        "short_code": view.short_code,
        "pickup_code": view.pickup_code,
        "page_url": f"{base}/o/{view.page_token}",
        "customer": {"name": row.customer_name, "phone": row.customer_phone},
        "lines": [
            {"product_number": line.product_number, "quantity": line.quantity, "name": line.name} for line in view.lines
        ],
        "total_fen": row.total_fen,
        "note": row.note,
        "times": {
            what: at_.isoformat() if at_ else None
            for what, at_ in (
                ("placed", row.placed_at),
                ("paid", row.paid_at),
                ("assigned", row.assigned_at),
                ("prepared", row.prepared_at),
                ("completed", row.completed_at),
                ("cancelled", row.cancelled_at),
            )
        },
        "redemption": _redemption(row),
    }


def _redemption(row: OrderRow) -> dict[str, str] | None:
    if row.redemption_attempt is None or row.redemption_at is None:
        return None
    return {
        "attempt_id": row.redemption_attempt,
        "at": row.redemption_at.isoformat(),
        "by": row.redemption_by,
        "terminal": row.redemption_terminal,
    }
