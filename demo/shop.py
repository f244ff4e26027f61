"""The made-up chain of the demo: two stores, what they sell, who works there, and what customers order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from demo.headquarters import Operator

STORE, OTHER_STORE = 1001, 1002
CLERK, MANAGER, PIN = "王芳", "陈静", "246810"
TERMINAL = "前台一号"

STORES: dict[int, dict[str, Any]] = {
    STORE: {
        "name": "麦香坊·滨江店",
        "address": "杭州市滨江区江南大道588号",
        "time_zone": "Asia/Shanghai",
        "early_minutes": 15,
        "late_minutes": 30,
        "revoke_minutes": 60,
        "lat": 30.2084,
        "lon": 120.2119,
    },
    OTHER_STORE: {
        "name": "麦香坊·西溪店",
        "address": "杭州市西湖区文二西路738号",
        "time_zone": "Asia/Shanghai",
        "early_minutes": 15,
        "late_minutes": 30,
        "revoke_minutes": 60,
        "lat": 30.2732,
        "lon": 120.0850,
    },
}

CROISSANT, TOAST, MOCHI, DUCK, PORK, DUMPLINGS, CAKE, JUICE = 101, 102, 201, 202, 301, 401, 501, 203
PRODUCTS: dict[int, dict[str, Any]] = {
    CROISSANT: {"sku": "BK-101", "name": "黄油可颂", "zone": "ambient", "price_fen": 900},
    TOAST: {"sku": "BK-102", "name": "北海道牛奶吐司", "zone": "ambient", "price_fen": 1800},
    MOCHI: {"sku": "CH-201", "name": "鲜奶麻薯（四只装）", "zone": "chilled", "price_fen": 2200},
    DUCK: {"sku": "CH-202", "name": "桂花盐水鸭半只", "zone": "chilled", "price_fen": 3900},
    JUICE: {"sku": "CH-203", "name": "鲜榨橙汁", "zone": "chilled", "price_fen": 1600},
    PORK: {"sku": "WM-301", "name": "红烧肉便当", "zone": "warm", "price_fen": 3200},
    DUMPLINGS: {"sku": "FZ-401", "name": "手工鲜肉水饺（500克）", "zone": "frozen", "price_fen": 2800},
    CAKE: {"sku": "CK-501", "name": "八寸草莓生日蛋糕", "zone": "chilled", "price_fen": 19800, "lead_minutes": 180},
}

STAFF: dict[str, dict[str, Any]] = {
    "staff-01": {"name": CLERK, "role": "clerk"},
    "staff-02": {"name": "李敏", "role": "clerk"},
    "staff-09": {"name": MANAGER, "role": "manager", "pin": PIN},
}


def load(hq: Operator) -> None:
    """Tell HQ of the chain."""
    for number, store in STORES.items():
        hq.put(f"/v1/stores/{number}", store)
    for number, product in PRODUCTS.items():
        hq.put(f"/v1/products/{number}", product)
    for person_id, person in STAFF.items():
        hq.put(f"/v1/stores/{STORE}/staff/{person_id}", person)


LIVE = "friday"
# What the session sells: live price in fen, how many each store has.
LIVE_PRICES = {PORK: 2_900, JUICE: 1_400}
LIVE_STOCK = {PORK: 12, JUICE: 30}


def open_session(hq: Operator) -> None:
    """Have both stores count what they have, and sell it in a live session: pickup from an hour on, 10 % off."""
    for number in LIVE_PRICES:
        hq.put(f"/v1/products/{number}", {**PRODUCTS[number], "counted": True})
    counts = [{"product_number": number, "on_hand": many} for number, many in LIVE_STOCK.items()]
    for store in STORES:
        hq.put(f"/v1/stores/{store}/stock", {"counts": counts})
    now = datetime.now(UTC)
    session = {
        "title": "周五夜场",
        "host": "小鱼",
        "starts_at": (now - timedelta(minutes=10)).isoformat(),
        "ends_at": (now + timedelta(hours=3)).isoformat(),
        "offers": [{"product_number": number, "price_fen": fen} for number, fen in LIVE_PRICES.items()],
        "rules": {"window": {"kind": "lead", "lead_minutes": 60}},
        "discount_percent": 10,
    }
    hq.put(f"/v1/live-sessions/{LIVE}", session)


def order(
    name: str,
    phone: str,
    lines: Mapping[int, int],
    *,
    store: int = STORE,
    opens_in: timedelta = timedelta(hours=-1),
    note: str = "",
) -> dict[str, Any]:
    """Return an order's body: its window opens on the full hour nearest to `opens_in` from now, for six hours."""
    opens = (datetime.now(UTC) + opens_in).replace(minute=0, second=0, microsecond=0)
    return {
        "store_number": store,
        "opens": opens.isoformat(),
        "closes": (opens + timedelta(hours=6)).isoformat(),
        "customer": {"name": name, "phone": phone},
        "lines": [{"product_number": number, "quantity": quantity} for number, quantity in lines.items()],
        "note": note,
    }


LATER, TOMORROW = timedelta(hours=5), timedelta(hours=20)


def usual_orders() -> list[dict[str, Any]]:
    """Return a morning's orders: what fills the board around the story's own."""
    return [
        order("张伟", "13812345678", {PORK: 2, JUICE: 1}),
        order("刘洋", "13998761234", {CROISSANT: 4, TOAST: 1}),
        order("赵丽颖", "13711112222", {CAKE: 1}, opens_in=LATER, note="生日牌写：豆豆三岁快乐"),
        order("孙悦", "15822223333", {DUMPLINGS: 3, DUCK: 1}),
        order("周杰", "18633334444", {MOCHI: 2}, opens_in=LATER),
        order("吴梅", "13544445555", {TOAST: 2, JUICE: 2}, opens_in=TOMORROW),
    ]
