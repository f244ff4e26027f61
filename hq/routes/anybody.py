"""What anybody may ask, of any process of HQ: the time."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from hq.desk import AtDesk, json_answer
from sync.wire import TimeAnswer

router = APIRouter(prefix="/v1")


@router.get("/time")
async def time(at: AtDesk) -> Response:
    """Tell HQ's time."""
    return json_answer(TimeAnswer(hq_time=at.office.now()))
