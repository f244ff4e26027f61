"""What anybody may ask, of any process of HQ: the time, and how its API is spoken."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from hq import apidoc
from hq.desk import AtDesk, json_answer
from sync.wire import TimeAnswer

router = APIRouter(prefix="/v1")


@router.get("/time", **apidoc.call(gives=TimeAnswer))
async def time(at: AtDesk) -> Response:
    """Tell HQ's time."""
    return json_answer(TimeAnswer(hq_time=at.office.now()))


@router.get("/openapi.json", include_in_schema=False)
async def description(request: Request) -> Response:
    """Describe the API (OpenAPI 3.1)."""
    return JSONResponse(request.app.openapi())
