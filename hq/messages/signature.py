"""The signature of webhooks: HMAC-SHA256 over the time and the body; made by HQ, checked by whoever receives them.

The receiving half is a function of the standard library alone, so that it can be copied into the receiver's program.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

ID_HEADER, TIME_HEADER, SIGNATURE_HEADER = "Ziti-Event-Id", "Ziti-Timestamp", "Ziti-Signature"
TOLERANCE_SECONDS = 300


class NotGenuine(Exception):
    """This is no webhook of HQ's, or an old one sent again."""


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a body sent at a Unix time."""
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def opened(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float, is_new: Callable[[str], bool]
) -> dict[str, Any] | None:
    """Return the event of a genuine webhook, `None` when it was handled before; raise `NotGenuine`.

    `headers` must find names in any case, as web frameworks' do. `is_new` keeps an id and tells whether it was unknown,
    in the transaction of what the event does; ids may be forgotten after a week: HQ tries no longer.
    """
    told = headers.get(TIME_HEADER, "")
    if not (told.isascii() and told.isdigit() and len(told) <= 12) or abs(now - int(told)) > TOLERANCE_SECONDS:
        raise NotGenuine("the time is missing or too far from ours")
    expected = signature(secret, int(told), body)
    if not hmac.compare_digest(expected.encode(), headers.get(SIGNATURE_HEADER, "").encode("utf-8", "replace")):
        raise NotGenuine("the signature does not fit")
    event: dict[str, Any] = json.loads(body)
    # The header is for routing and logs and is not signed: the id that counts is the one in the body.
    return event if is_new(str(event["id"])) else None
