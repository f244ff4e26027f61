"""A customer's phone at the mall: looks for stores, checks out, pays at the sandbox, answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import requests

from demo.telling import NotAsTold

_ANSWER_SECONDS = 20.0
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Phone:
    """One customer, known to HQ by the token that a browser keeps; used by one thread at a time."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False
        token = str(self._ask("POST", "/v1/mall/customers")["token"])
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._session.cookies.set("ziti_customer", token)

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def page(self, path: str) -> str:
        """Open a page."""
        response = self._session.get(self.url + path, timeout=_ANSWER_SECONDS)
        if not response.ok:
            raise NotAsTold(f"the page {path}", f"HTTP {response.status_code}")
        return response.text

    def stores(self, session: str, lines: Mapping[int, int], *, lat: float, lon: float) -> list[dict[str, Any]]:
        """Return the stores that are offered for a cart, the nearest first."""
        body = {"lines": _lines(lines), "place": {"lat": lat, "lon": lon}}
        found: list[dict[str, Any]] = self._ask("POST", f"/v1/mall/sessions/{session}/offers", body)["stores"]
        return found

    def buy(self, session: str, store: Mapping[str, Any], lines: Mapping[int, int], name: str, phone: str) -> str:
        """Check out the cart at a store, pay, and return the address part of the order's page."""
        window = next(each for each in store["windows"] if each["why_not"] is None)
        wish = {
            "session": session,
            "store_number": store["number"],
            "opens": window["opens"],
            "closes": window["closes"],
            "lines": _lines(lines),
            "name": name,
            "phone": phone,
        }
        held = self._ask("POST", "/v1/mall/checkouts", wish, key=f"demo-{phone}")
        self._pay(held["pay"]["data"]["url"])
        paid = self._ask("GET", f"/v1/mall/checkouts/{held['id']}")
        if not paid["order"]:
            raise NotAsTold("an order once it is paid", f"the checkout is {paid['status']}")
        return str(paid["order"])

    def order(self, page: str) -> dict[str, Any]:
        """Return an order as its customer sees it."""
        found: dict[str, Any] = self._ask("GET", f"/v1/mall/orders/{page}")
        return found

    def answer(self, page: str, choice: Mapping[str, Any]) -> None:
        """Say what there shall be instead of what the store cannot serve."""
        self._ask("POST", f"/v1/mall/orders/{page}/shortage", choice)

    def _pay(self, cashier: str) -> None:
        form = {name: unescape(value) for name, value in _HIDDEN.findall(self.page(cashier))}
        address = self.url + urlsplit(cashier).path
        paid = {**form, "do": "pay"}
        response = self._session.post(address, data=paid, timeout=_ANSWER_SECONDS, allow_redirects=False)
        if not response.is_redirect:
            raise NotAsTold("a payment, and the way back", f"HTTP {response.status_code}")

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        response = self._session.request(
            method, self.url + path, json=body, headers=headers, timeout=_ANSWER_SECONDS, allow_redirects=False
        )
        if not response.ok:
            raise NotAsTold(f"{method} {path}", f"HTTP {response.status_code} {response.text[:300]}")
        return response.json()


def _lines(lines: Mapping[int, int]) -> list[dict[str, int]]:
    return [{"product_number": number, "quantity": quantity} for number, quantity in lines.items()]
