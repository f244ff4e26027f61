"""The demo's HQ: a process of its own, and an operator who also places orders and opens their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shop import child
from shop import operator as shop_operator
from shop.operator import HqAway, HqRefused

__all__ = ["Headquarters", "HqAway", "HqRefused", "Operator", "Placed"]

_ANSWER_SECONDS = 20.0


class Headquarters(child.Headquarters):
    """HQ whose operator places orders."""

    def operator(self) -> Operator:
        """Return an operator with HQ's own token."""
        return Operator(self.url, self.token)


@dataclass(frozen=True, slots=True)
class Placed:
    """What HQ answered to an order."""

    number: int
    status: str
    short_code: str
    code: str
    page: str

    @property
    def label(self) -> str:
        """The short number for people."""
        return f"#{self.number % 10_000:04d}"


class Operator(shop_operator.Operator):
    """An operator who orders as a mall does."""

    def place(self, key: str, order: Mapping[str, Any]) -> Placed:
        """Place an order under the client's key."""
        answer = self.post("/v1/orders", order, key=key)
        return Placed(
            int(answer["number"]), answer["status"], answer["short_code"], answer["pickup_code"], answer["page_url"]
        )

    def status(self, number: int) -> str:
        """Return what HQ says of an order now."""
        return str(self.get(f"/v1/orders/{number}")["status"])

    def picture(self, page: str) -> bytes:
        """Fetch the code's picture from a customer's page."""
        response = self.session.get(f"{page.rstrip('/')}/qr.png", timeout=_ANSWER_SECONDS)
        response.raise_for_status()
        return response.content
