"""A live session over a few stores of a running HQ, and customers with phones."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from typing import Any

import httpx

from hq.vault import Vault
from tests.hq.server import Counter, Mall, Running, next_store

CAKE, BREAD, MADE = 7, 8, 9
# Stores on a line to the east, a kilometre or so apart.
LAT, LON, STEP = 31.19, 121.44, 0.012
CLOCK_RULE = {"kind": "clock", "opens": "00:00", "closes": "23:59", "days_after": 1}
_SESSIONS = count(1)


class Market:
    """A session of the test's own with three stores of its own: near, middle, far."""

    def __init__(self, hq: Running, *, window: dict[str, Any] | None = None, **session: Any) -> None:
        self.hq = hq
        self.operator = hq.operator
        self.slug = f"live-{next(_SESSIONS)}"
        self.numbers = tuple(next_store() for _ in range(3))
        self.near, self.middle, self.far = self.numbers
        self.malls = {number: Mall(hq.operator, number) for number in self.numbers}
        for at, number in enumerate(self.numbers):
            where: dict[str, Any] = {
                "lat": LAT,
                "lon": LON + at * STEP,
                "address": f"天钥桥路 {number} 号",
                "phone": "021-64381234",
            }
            self.malls[number].open_store(**where, phone="021-64381234", district="徐汇区" if at < 2 else "浦东新区")
        mall = self.malls[self.near]
        mall.add_product(CAKE, name="草莓蛋糕", price_fen=12_800, counted=True)
        mall.add_product(BREAD, name="可颂", price_fen=1_800, sku="BREAD", counted=True)
        self.stock({CAKE: 10, BREAD: 10})
        self.set_session(rules={"window": window or CLOCK_RULE}, **session)

    def set_session(self, **changed: Any) -> None:
        now = datetime.now(UTC)
        told: dict[str, Any] = {
            "title": "周五夜场",
            "host": "小鱼",
            "starts_at": (now - timedelta(hours=1)).isoformat(),
            "ends_at": (now + timedelta(hours=3)).isoformat(),
            "products": [{"product_number": CAKE, "price_fen": 10_000}, {"product_number": BREAD, "price_fen": 1_500}],
            "stores": list(self.numbers),
        }
        answer = self.operator.put(f"/v1/sessions/{self.slug}", json={**told, **changed})
        assert answer.is_success, answer.text

    def stock(self, on_hand: dict[int, int], *numbers: int) -> None:
        for number in numbers or self.numbers:
            answer = self.operator.put(f"/v1/stores/{number}/stock", json={"on_hand": on_hand})
            assert answer.is_success, answer.text

    def left(self, number: int, product: int = CAKE) -> int:
        rows = self.operator.put(f"/v1/stores/{number}/stock", json={"on_hand": {}}).json()["stock"]
        return next(int(row["available"]) for row in rows if row["product_number"] == product)

    def counter(self, number: int) -> Counter:
        return self.malls[number].enrol()

    def phone(self) -> Phone:
        return Phone(self)

    @property
    def secret(self) -> bytes:
        """What the sandbox signs with."""
        return Vault.open(self.hq.data / "secrets.json").secret("sandbox-pay")

    def close(self) -> None:
        for mall in self.malls.values():
            mall.close()


class Phone:
    """A customer's mini-program."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.client = httpx.Client(base_url=market.hq.url, timeout=30)
        self.token = self.client.post("/v1/mall/customers").json()["token"]
        self.client.headers["Authorization"] = f"Bearer {self.token}"
        self._keys = count(1)

    def offers(self, *lines: tuple[int, int], **more: Any) -> list[dict[str, Any]]:
        told = [{"product_number": number, "quantity": quantity} for number, quantity in lines or ((CAKE, 2),)]
        body = {"lines": told, "place": {"lat": LAT, "lon": LON}, **more}
        answer = self.client.post(f"/v1/mall/sessions/{self.market.slug}/offers", json=body)
        assert answer.is_success, answer.text
        found: list[dict[str, Any]] = answer.json()["stores"]
        return found

    def wish(self, number: int = 0, *lines: tuple[int, int], **changed: Any) -> dict[str, Any]:
        number = number or self.market.near
        offered = next(each for each in self.offers((BREAD, 1)) if each["number"] == number)
        window = next(each for each in offered["windows"] if each["why_not"] is None)
        return {
            "session": self.market.slug,
            "store_number": number,
            "opens": window["opens"],
            "closes": window["closes"],
            "lines": [{"product_number": each, "quantity": many} for each, many in lines or ((CAKE, 2),)],
            "name": "王小明",
            "phone": "13812345678",
            **changed,
        }

    def check_out(self, body: dict[str, Any], key: str = "") -> httpx.Response:
        headers = {"Idempotency-Key": key or f"k{next(self._keys)}"}
        return self.client.post("/v1/mall/checkouts", json=body, headers=headers)

    def checkout(self, id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/v1/mall/checkouts/{id}").json()
        return found

    def pay(self, begun: dict[str, Any]) -> httpx.Response:
        """Pay at the sandbox's cashier, as a browser does."""
        with httpx.Client(base_url=self.market.hq.url, timeout=30, headers=SAME_ORIGIN) as browser:
            browser.cookies.set("ziti_customer", self.token)
            page = browser.get(begun["pay"]["data"]["url"])
            return browser.post(page.url.path, data={**hidden(page.text), "do": "pay"})

    def buy(self, number: int = 0, *lines: tuple[int, int], **changed: Any) -> dict[str, Any]:
        """Order and pay; return the order."""
        answer = self.check_out(self.wish(number, *lines, **changed))
        assert answer.is_success, answer.text
        begun = answer.json()
        assert self.pay(begun).status_code == 303
        return self.order(self.checkout(begun["id"])["order"])

    def order(self, token: str) -> dict[str, Any]:
        answer = self.client.get(f"/v1/mall/orders/{token}")
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def close(self) -> None:
        self.client.close()


SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def hidden(page: str) -> dict[str, str]:
    """Return a page's hidden fields."""
    return {
        name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    }
