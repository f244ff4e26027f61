"""What payment providers call: notices, believed only when the provider's signature proves them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from hq.desk import AtDesk
from hq.mall import buying

# Not in the API's description: what comes here is written in each provider's own manual.
router = APIRouter(prefix="/v1/payments")


@router.post("/{provider}/notice", include_in_schema=False)
async def notice(provider: str, request: Request, at: AtDesk) -> Response:
    """Take in what a provider tells of a payment or a refund; the same again changes nothing."""
    answer = await buying.take_notice(at, provider, request.headers, await request.body())
    return Response(answer.body, answer.status, media_type=answer.content_type)
