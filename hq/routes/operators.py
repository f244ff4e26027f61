"""What HQ's operators call: stores, staff, the lead, products, keys, terminals, incidents."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from app.domain.lookup import mask_name
from hq import apidoc, stores
from hq.counters import enrolment, feed, inbox, incidents, keys, terminals
from hq.counters.keys import SigningKey
from hq.counters.terminals import Terminal
from hq.desk import OPERATOR, AtDesk, parsed
from hq.goods import catalogue
from hq.ordering import book, opening
from hq.people import passwords
from hq.routes.shapes import (
    BriefOrdersShape,
    CodeShape,
    IncidentsShape,
    KeyShape,
    KeysShape,
    ProductShape,
    QuarantineShape,
    StaffShape,
    StoreShape,
    TerminalsShape,
)
from hq.stores import Person, Profile, StoreRow
from hq.work import Work
from sync.wire import StoreNumber

router = APIRouter(prefix="/v1", dependencies=[OPERATOR])

Text = Annotated[str, Field(max_length=200)]
Minutes = Annotated[int, Field(ge=0, le=7 * 24 * 60)]


class Order(BaseModel):
    """The root of what operators send."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StoreProfile(Order):
    """A store's name, place and rules."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    address: Text = ""
    time_zone: Annotated[str, Field(max_length=64)] = "Asia/Shanghai"
    early_minutes: Minutes = 0
    late_minutes: Minutes = 0
    revoke_minutes: Minutes = 60
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    phone: Text = ""
    district: Text = ""
    hours: Annotated[str, Field(max_length=2_000)] = ""
    capacity: Annotated[int, Field(ge=1, le=10_000)] | None = None
    active: bool = True
    pack_minutes: Minutes = 0

    @field_validator("hours")
    @classmethod
    def _read_hours(cls, told: str) -> str:
        return opening.read(told)


class StaffMember(Order):
    """Someone who works in a store; without a PIN the old one stays."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    role: Literal["clerk", "manager"]
    pin: Annotated[str, Field(pattern=r"^[0-9]{6}$")] | None = None
    active: bool = True


class NewLead(Order):
    """Which terminal leads from now on, and who says that the old one is switched off."""

    terminal_id: Text
    old_is_switched_off: bool = False
    by: Annotated[str, Field(min_length=1, max_length=60)]


class Product(Order):
    """A product of the catalogue."""

    sku: Text = ""
    name: Annotated[str, Field(min_length=1, max_length=100)]
    zone: Literal["ambient", "chilled", "frozen", "warm"] = "ambient"
    lead_minutes: Minutes = 0
    price_fen: Annotated[int, Field(ge=0, le=10**9)] = 0
    active: bool = True
    description: Annotated[str, Field(max_length=2_000)] = ""
    picture: Text = ""
    barcode: Annotated[str, Field(max_length=64)] = ""
    counted: bool = False
    pack_minutes: Minutes = 0


_OPERATOR = apidoc.OPERATOR_ONLY
_NO_STORE = apidoc.missing("store", "There is no store 9.")
_NO_TERMINAL = apidoc.missing("terminal", "Store 7 has no such terminal.")
_NO_KEY = apidoc.missing("key", "There is no key 9.")
_TWO_LEADS = apidoc.conflict("lead", "Two leads would hand over twice: switch the old terminal off first, then say so.")
_ENOUGH_KEYS = apidoc.conflict("keys", "There are 3 keys in use: retire the oldest first.")
_KEY_SIGNS = apidoc.conflict("key", "Key 2 still signs, or codes of it may still be on customers' phones.")
_A_STORE = {"name": "河畔店", "address": "滨河路 1 号", "late_minutes": 30, "lat": 31.2304, "lon": 121.4737}
_A_CLERK = {"name": "王芳", "role": "manager", "pin": "246810"}
_A_LEAD = {"terminal_id": "0198c0de-0000-7000-8000-000000000001", "old_is_switched_off": True, "by": "运营 李"}
_A_PRODUCT = {"sku": "PORK", "name": "红烧肉", "zone": "chilled", "price_fen": 3800, "counted": True}


@router.put(
    "/stores/{number}",
    **apidoc.call(who="operator", takes=StoreProfile, gives=StoreShape, example=_A_STORE, refuses=[_OPERATOR]),
)
async def put_store(number: StoreNumber, request: Request, at: AtDesk) -> Response:
    """Open a store or change its profile."""
    profile = await parsed(request, StoreProfile)
    store = await at.write(lambda work: stores.put(work, number, Profile(**profile.model_dump())))
    return JSONResponse(_store(store))


@router.put(
    "/stores/{number}/staff/{person_id}",
    **apidoc.call(
        who="operator", takes=StaffMember, gives=StaffShape, example=_A_CLERK, refuses=[_OPERATOR, _NO_STORE]
    ),
)
async def put_staff(number: StoreNumber, person_id: Text, request: Request, at: AtDesk) -> Response:
    """Add someone to a store's staff or change them."""
    member = await parsed(request, StaffMember)
    # Hashing takes tens of milliseconds: not in the event loop, and not inside a transaction.
    pin_hash = None if member.pin is None else await run_in_threadpool(passwords.hashed_pin, member.pin)
    person = Person(person_id[:64], member.name, member.role, member.active, pin_hash)
    item = await at.write(lambda work: stores.put_person(work, number, person))
    return JSONResponse({**item.model_dump(exclude={"kind", "pin_hash"}), "has_pin": bool(item.pin_hash)})


@router.put(
    "/stores/{number}/lead",
    **apidoc.call(
        who="operator", takes=NewLead, gives=StoreShape, example=_A_LEAD, refuses=[_OPERATOR, _NO_STORE, _TWO_LEADS]
    ),
)
async def put_lead(number: StoreNumber, request: Request, at: AtDesk) -> Response:
    """Give a store's claims to another terminal."""
    lead = await parsed(request, NewLead)

    def usecase(work: Work) -> StoreRow:
        return stores.move_lead(
            work, number, lead.terminal_id, old_is_switched_off=lead.old_is_switched_off, by=lead.by
        )

    return JSONResponse(_store(await at.write(usecase)))


@router.post(
    "/stores/{number}/enrolment-codes",
    **apidoc.call(who="operator", gives=CodeShape, status=201, refuses=[_OPERATOR, _NO_STORE]),
)
async def issue_code(number: StoreNumber, at: AtDesk) -> Response:
    """Make a one-time code that enrols a terminal."""
    code, expires_at = await at.write(lambda work: enrolment.issue_code(work, number))
    return JSONResponse({"code": code, "expires_at": expires_at.isoformat()}, HTTPStatus.CREATED)


@router.get(
    "/stores/{number}/terminals", **apidoc.call(who="operator", gives=TerminalsShape, refuses=[_OPERATOR, _NO_STORE])
)
async def list_terminals(number: StoreNumber, at: AtDesk) -> Response:
    """List a store's terminals."""

    def query(conn: Connection) -> tuple[StoreRow, list[Terminal]]:
        store = stores.get(conn, number)
        return store, terminals.of_store(conn, store.id)

    store, found = await at.read(query)
    return JSONResponse({"terminals": [_terminal(terminal, store) for terminal in found]})


@router.post(
    "/stores/{number}/terminals/{terminal_id}/revoke",
    **apidoc.call(who="operator", status=204, refuses=[_OPERATOR, _NO_STORE, _NO_TERMINAL]),
)
async def revoke_terminal(number: StoreNumber, terminal_id: Text, at: AtDesk) -> Response:
    """Take a terminal's access away."""
    await at.write(lambda work: terminals.revoke(work, number, terminal_id))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/stores/{number}/feed/renew", **apidoc.call(who="operator", status=204, refuses=[_OPERATOR, _NO_STORE]))
async def renew_feed(number: StoreNumber, at: AtDesk) -> Response:
    """Make a store's terminals fetch everything again, after HQ's data was restored from a backup."""
    await at.write(lambda work: feed.begin_anew(work, stores.get(work.conn, number).id))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get(
    "/stores/{number}/incidents", **apidoc.call(who="operator", gives=IncidentsShape, refuses=[_OPERATOR, _NO_STORE])
)
async def list_incidents(number: StoreNumber, at: AtDesk) -> Response:
    """List a store's incidents."""
    found = await at.read(lambda conn: incidents.of_store(conn, stores.get(conn, number).id))
    return JSONResponse({"incidents": [item.model_dump(mode="json", exclude={"kind"}) for item in found]})


@router.get(
    "/stores/{number}/quarantine", **apidoc.call(who="operator", gives=QuarantineShape, refuses=[_OPERATOR, _NO_STORE])
)
async def list_quarantine(number: StoreNumber, at: AtDesk) -> Response:
    """List the events of a store that HQ keeps but could not take."""
    found = await at.read(lambda conn: inbox.quarantined(conn, stores.get(conn, number).id))
    return JSONResponse({"events": [{**row, "received_at": row["received_at"].isoformat()} for row in found]})


@router.get(
    "/stores/{number}/orders", **apidoc.call(who="operator", gives=BriefOrdersShape, refuses=[_OPERATOR, _NO_STORE])
)
async def list_orders(
    number: StoreNumber,
    at: AtDesk,
    before: Annotated[int, Query(ge=0, lt=2**63)] = 2**63 - 1,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """List a store's orders, newest first; the next page is `before` the last number."""

    def query(conn: Connection) -> list[book.OrderRow]:
        return book.of_store(conn, stores.get(conn, number).id, before=before, limit=limit)

    now = at.office.now()
    return JSONResponse({"orders": [_order(row, now) for row in await at.read(query)]})


@router.put(
    "/products/{number}",
    **apidoc.call(who="operator", takes=Product, gives=ProductShape, example=_A_PRODUCT, refuses=[_OPERATOR]),
)
async def put_product(number: Annotated[int, Field(ge=1, lt=2**32)], request: Request, at: AtDesk) -> Response:
    """Add a product or change it."""
    product = await parsed(request, Product)
    wanted = catalogue.Product(number=number, **product.model_dump())
    return JSONResponse(asdict(await at.write(lambda work: catalogue.put(work, wanted))))


@router.get("/keys", **apidoc.call(who="operator", gives=KeysShape, refuses=[_OPERATOR]))
async def list_keys(at: AtDesk) -> Response:
    """List the keys that sign pickup codes."""
    return JSONResponse({"keys": [_key(key) for key in await at.read(keys.all_keys)]})


@router.post("/keys", **apidoc.call(who="operator", gives=KeyShape, status=201, refuses=[_OPERATOR, _ENOUGH_KEYS]))
async def rotate_key(at: AtDesk) -> Response:
    """Make the next key; it signs once every terminal had a week to hear of it."""
    return JSONResponse(_key(await at.write(keys.rotate)), HTTPStatus.CREATED)


@router.post(
    "/keys/{key_id}/retire", **apidoc.call(who="operator", gives=KeyShape, refuses=[_OPERATOR, _NO_KEY, _KEY_SIGNS])
)
async def retire_key(key_id: int, at: AtDesk) -> Response:
    """Take a key out of use."""
    return JSONResponse(_key(await at.write(lambda work: keys.retire(work, key_id))))


def _store(store: StoreRow) -> dict[str, Any]:
    return {"id": store.id, "lat": store.lat, "lon": store.lon, **store.item.model_dump(exclude={"kind"})}


def _terminal(terminal: Terminal, store: StoreRow) -> dict[str, Any]:
    return {
        "id": terminal.id,
        "name": terminal.name,
        "leads": terminal.id == store.lead_terminal,
        "enrolled_at": terminal.enrolled_at.isoformat(),
        "revoked_at": terminal.revoked_at.isoformat() if terminal.revoked_at else None,
    }


def _order(row: book.OrderRow, now: datetime) -> dict[str, Any]:
    return {
        "number": row.number,
        "label": row.label,
        "status": row.status_at(now).value,
        "version": row.version,
        "issue": row.issue,
        "cancel_requested": row.cancel_requested,
        "opens": row.window.opens.isoformat(),
        "closes": row.window.closes.isoformat(),
        "customer": mask_name(row.customer_name),
        "redemption_attempt": row.redemption_attempt,
    }


def _key(key: SigningKey) -> dict[str, Any]:
    return {
        "key_id": key.key_id,
        "public_key": key.public_key.hex(),
        "signs_from": key.signs_from.isoformat(),
        "retired_at": key.retired_at.isoformat() if key.retired_at else None,
    }
